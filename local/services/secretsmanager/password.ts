import { randomInt } from "node:crypto";
import type { GetRandomPasswordRequest } from "../../wire/models/secretsmanager.ts";
import { invalidParameter } from "./errors.ts";
import { PASSWORD_LENGTH } from "./limits.ts";

/** A password with at least one character of each kind that it may have, unless that is switched off. */
export function randomPassword(request: GetRandomPasswordRequest): string {
  const { PasswordLength: length = PASSWORD_LENGTH, ExcludeCharacters: excluded = "" } = request;
  const kinds = [
    request.ExcludeLowercase ? "" : "abcdefghijklmnopqrstuvwxyz",
    request.ExcludeUppercase ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    request.ExcludeNumbers ? "" : "0123456789",
    request.ExcludePunctuation ? "" : "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    request.IncludeSpace ? " " : "",
  ].map((kind) => [...kind].filter((character) => !excluded.includes(character)));
  const all = kinds.flat();
  const required = request.RequireEachIncludedType === false ? [] : kinds.filter((kind) => kind.length > 0);
  // The second in moto's words, the first in our own.
  if (all.length === 0) throw invalidParameter("No characters are left that the password may have.");
  if (required.length > length) {
    throw invalidParameter("Password length is too short based on the required types.");
  }
  const password: string[] = [];
  while (password.length < length) {
    const from = required[password.length] ?? all;
    password.splice(randomInt(password.length + 1), 0, from[randomInt(from.length)]!);
  }
  return password.join("");
}
