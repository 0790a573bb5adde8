import type { Ports } from "../../../kernel/ports.ts";
import type { LambdaFunction } from "../function.ts";
import type { MappingSettings } from "./settings.ts";

/** Functions and mappings, as one mapping needs them. */
export interface MappedFunctions {
  readonly ports: Ports;
  /** The function with this ARN, or undefined. */
  findFunction(arn: string): LambdaFunction | undefined;
  listMappings(): readonly { readonly uuid: string; readonly settings: MappingSettings }[];
}
