import { randomBytes } from "node:crypto";

/** An identifier in API Gateway's form: lower-case letters and digits. */
export function newId(length: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
