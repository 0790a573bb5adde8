import { createHash, randomBytes } from "node:crypto";
import type { AutoName, Properties } from "./resource-type.ts";

const SUFFIX_LENGTH = 7;

/**
 * The physical name of a resource that the program does not name: the one it has, else `<logical name>-<7 hex digits>`.
 * @param randomSeed what the digits are made from; none: random ones.
 */
export function autoNameFor(
  autoName: AutoName,
  logicalName: string,
  olds: Properties | undefined,
  randomSeed: Uint8Array | undefined,
): string {
  const current = olds?.[autoName.property];
  if (typeof current === "string" && current !== "") return current;
  const seed = randomSeed?.length ? randomSeed : randomBytes(32);
  const suffix = createHash("sha256").update(seed).update(logicalName).digest("hex").slice(0, SUFFIX_LENGTH);
  return `${stemOf(autoName, logicalName)}-${suffix}`;
}

/** Whether `name` is one that `autoNameFor` makes for this logical name. */
export function isAutoName(autoName: AutoName, logicalName: string, name: string): boolean {
  const stem = `${stemOf(autoName, logicalName)}-`;
  return name.startsWith(stem) && /^[0-9a-f]{7}$/.test(name.slice(stem.length));
}

function stemOf(autoName: AutoName, logicalName: string): string {
  const shaped = autoName.shape?.(logicalName) ?? logicalName;
  return shaped.slice(0, autoName.maxLength - SUFFIX_LENGTH - 1);
}
