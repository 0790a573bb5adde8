import { randomBytes } from "node:crypto";

/** An identifier as API Gateway makes them: lower-case letters and digits. */
export function newId(length: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
