import { isPlainRecord, isRawAsset, isSecret, mapValues, UNKNOWN } from "../resource-types/wire-values.ts";
import { isSecretOutput } from "../system.ts";

/** Stands where a secret would; the CLI's own word. */
export const SECRET = "[secret]";

/** Stands for what is known only once the change is deployed. */
export const NOT_KNOWN_YET = "[known when it is deployed]";

/** Digits of an asset's hash that are told. */
const HASH_DIGITS = 12;

/** Properties as they may be shown to anyone: no secrets, assets by their hash. */
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
