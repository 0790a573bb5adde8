import { randomBytes } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A unique id such as `AROA…`. @param prefix by kind (IAM user guide, "Unique identifiers"). */
export function uniqueId(prefix: "AROA" | "ANPA"): string {
  return prefix + [...randomBytes(17)].map((byte) => ALPHABET[byte % 32]).join("");
}
