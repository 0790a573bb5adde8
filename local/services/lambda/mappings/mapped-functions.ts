import type { Ports } from "../../../kernel/ports.ts";
import type { LambdaFunction } from "../function.ts";
import type { MappingSettings } from "./settings.ts";

/** A mapping's view of the functions and mappings. */
export interface MappedFunctions {
  readonly ports: Ports;
  /** The function with this ARN, or undefined. */
  findFunction(arn: string): LambdaFunction | undefined;
  listMappings(): readonly { readonly uuid: string; readonly settings: MappingSettings }[];
}
