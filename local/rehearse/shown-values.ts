import { isPlainRecord, isRawAsset, isSecret, mapValues, UNKNOWN } from "../resource-types/wire-values.ts";
import { isSecretOutput } from "../system.ts";

/** Replaces a secret, as in the CLI's output. */
export const SECRET = "[secret]";

/** Replaces a value that is unknown until deployment. */
export const NOT_KNOWN_YET = "[known when it is deployed]";

/** How many digits of an asset's hash are shown. */
const HASH_DIGITS = 12;

/** Properties for display: secrets replaced, assets by hash. */
export function shownValues(values: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return mapValues(values, shownValue);
}

function shownValue(value: unknown): unknown {
  if (isSecret(value) || isSecretOutput(value)) return SECRET;
  if (value === UNKNOWN) return NOT_KNOWN_YET;
  if (isRawAsset(value)) return `asset ${String(value.hash).slice(0, HASH_DIGITS)}`;
  if (Array.isArray(value)) return value.map(shownValue);
  return isPlainRecord(value) ? mapValues(value, shownValue) : value;
}
