import { objectPrefixes } from "../defaults/s3.ts";

/** What every key begins with that Firehose makes of a prefix: the text before the first expression. */
export function literalStart(prefix: string): string {
  return prefix.split("!{")[0] ?? "";
}

/** Where in the archive's bucket things are set aside: none of it is archive, and all of it is kept for another time. */
export function asidePrefixes(errorPrefix: string): readonly string[] {
  const { parked } = objectPrefixes;
  const errors = literalStart(errorPrefix);
  // Errors may well go to the parked.
  return errors.startsWith(parked) ? [parked] : [parked, errors];
}

/** The first prefix of what is set aside that archived objects would get mixed up with; undefined when there is none. */
export function mixedWith(prefix: string, errorPrefix: string): string | undefined {
  const archive = literalStart(prefix);
  return asidePrefixes(errorPrefix).find((aside) => aside.startsWith(archive) || archive.startsWith(aside));
}
