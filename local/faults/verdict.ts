import { createHash } from "node:crypto";

/** A hash of the parts as a number from 0 to 1 (exclusive). */
export function verdict(...parts: readonly (string | number)[]): number {
  const hash = createHash("sha1").update(parts.join("\u0000")).digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}
