import type { Properties } from "../resource-types/resource-type.ts";
import { isPlainRecord, isSecret, mapValues } from "../resource-types/wire-values.ts";

/** A secret in the engine's results. */
export interface SecretOutput {
  readonly secret: true;
  readonly value: unknown;
}

/** Converts values in wire format: every secret becomes `{ secret: true, value }`. */
export function plainOutputs(values: Properties): Properties {
  return mapValues(values, plain);
}

function plain(value: unknown): unknown {
  if (isSecret(value)) return { secret: true, value: plain(value.value) } satisfies SecretOutput;
  if (Array.isArray(value)) return value.map(plain);
  return isPlainRecord(value) ? mapValues(value, plain) : value;
}
