import { objectPrefixes } from "../defaults/s3.ts";
import { literalStart } from "../delivery-stream/prefixes.ts";

/** Prefixes of the archive's bucket with a retention of their own: parked lines and delivery errors. */
export function ownRetentionPrefixes(errorPrefix: string): readonly string[] {
  const { parked } = objectPrefixes;
  const errors = literalStart(errorPrefix);
  // The error prefix may be below that of parked lines.
  return errors.startsWith(parked) ? [parked] : [parked, errors];
}

/**
 * The first prefix with a retention of its own that contains, or is contained in, the archive's prefix; undefined
 * without one.
 */
export function mixedWith(prefix: string, errorPrefix: string): string | undefined {
  const archive = literalStart(prefix);
  return ownRetentionPrefixes(errorPrefix).find((own) => own.startsWith(archive) || archive.startsWith(own));
}
