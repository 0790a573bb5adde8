import { AwsError } from "../../kernel/errors.ts";

/** The source of a copy: an object, or one version of it. */
export interface CopySource {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/**
 * Reads the header `x-amz-copy-source`: `bucket/key` or `/bucket/key`, URL-encoded (a space may be `+`), then
 * `?versionId=`.
 * @throws AwsError InvalidArgument for anything else.
 */
export function readCopySource(text: string): CopySource {
  const [path = "", query, ...more] = text.split("?");
  const version = query === undefined ? undefined : /^versionId=([^&]+)$/.exec(query)?.[1];
  const decoded = decode(path)?.replace(/^\//, "");
  const slash = decoded?.indexOf("/") ?? -1;
  if (decoded === undefined || slash < 1 || slash === decoded.length - 1 || more.length > 0) throw invalidSource(text);
  if (query !== undefined && version === undefined) throw invalidSource(text);
  const named = { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
  return version === undefined ? named : { ...named, versionId: decode(version) ?? version };
}

/**
 * Reads the header `x-amz-copy-source-range`, both ends included; without it, the range is the whole object.
 * @throws AwsError InvalidArgument for another form, or a range beyond the end of the source.
 */
export function readCopyRange(text: string | undefined, length: number): { start: number; end: number } {
  if (text === undefined) return { start: 0, end: length - 1 };
  const match = /^bytes=(\d+)-(\d+)$/.exec(text);
  const argument = { ArgumentName: "x-amz-copy-source-range", ArgumentValue: text };
  const [start, end] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || end < start) {
    throw new AwsError(
      "InvalidArgument",
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      400,
      argument,
    );
  }
  if (end >= length) {
    throw new AwsError(
      "InvalidArgument",
      `Range specified is not valid for source object of size: ${length}`,
      400,
      argument,
    );
  }
  return { start, end };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return undefined;
  }
}

function invalidSource(text: string): AwsError {
  return new AwsError(
    "InvalidArgument",
    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
    400,
    { ArgumentName: "x-amz-copy-source", ArgumentValue: text },
  );
}
