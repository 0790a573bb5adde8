import type { Ports } from "../../../kernel/ports.ts";
import type { LambdaFunction } from "../function.ts";
import type { MappingSettings } from "./settings.ts";

/** The functions that mappings feed, and the mappings that there are. */
export interface MappedFunctions {
  readonly ports: Ports;
  /** The function with this ARN, or undefined. */
  findFunction(arn: string): LambdaFunction | undefined;
  mappings(): readonly { readonly uuid: string; readonly settings: MappingSettings }[];
}
