import type { CheckFailure } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";
import { isPlainRecord, unwrapSecrets, type ValuePath } from "../resource-types/wire-values.ts";

/** Shorter texts occur in messages by chance. */
const MIN_SECRET_CHARACTERS = 4;
/** A message may quote only a part of a secret, such as the text that a JSON parser rejects. */
const MIN_QUOTED_CHARACTERS = 8;

/**
 * Masks secrets in the reasons of failures, because engines print them.
 * @param plain the checked inputs, without their secret marks.
 * @param secretPaths the paths of those marks.
 */
export function maskedReasons(
  failures: readonly CheckFailure[],
  plain: Properties,
  secretPaths: readonly ValuePath[],
): readonly CheckFailure[] {
  const secrets = secretTexts(plain, secretPaths);
  return failures.map(({ property, reason }) => ({ property, reason: secrets.reduce(masked, reason) }));
}

/** Runs `work` and masks secrets in the message of its error. @param properties with their secret marks. */
export async function maskingErrors<T>(properties: Properties, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { plain, paths } = unwrapSecrets(properties);
    if (error instanceof Error) error.message = secretTexts(plain, paths).reduce(masked, error.message);
    throw error;
  }
}

function secretTexts(plain: Properties, secretPaths: readonly ValuePath[]): readonly string[] {
  return secretPaths
    .flatMap((path) => textsIn(path.reduce<unknown>((value, step) => (value as Properties | undefined)?.[step], plain)))
    .filter((text) => text.length >= MIN_SECRET_CHARACTERS);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isPlainRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Masks every part of the reason that is also part of the secret, unless it is short. */
function masked(reason: string, secret: string): string {
  const least = Math.min(secret.length, MIN_QUOTED_CHARACTERS);
  let text = "";
  let at = 0;
  while (at < reason.length) {
    let end = at + least;
    if (end > reason.length || !secret.includes(reason.slice(at, end))) {
      text += reason[at];
      at++;
      continue;
    }
    while (end < reason.length && secret.includes(reason.slice(at, end + 1))) end++;
    text += "[secret]";
    at = end;
  }
  return text;
}
