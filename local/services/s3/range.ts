import { AwsError } from "../../kernel/errors.ts";

/**
 * The bytes that a `Range` header asks for, both ends included. Undefined, the whole object, for a header that S3
 * ignores (several ranges, another unit).
 * @throws AwsError InvalidRange for a range beyond the end.
 */
export function parseRange(header: string, length: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [, first, last] = match;
  if (first === "") {
    const suffix = Number(last);
    if (suffix === 0 || length === 0) throw invalidRange(header, length);
    return { start: Math.max(0, length - suffix), end: length - 1 };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= length) throw invalidRange(header, length);
  return { start, end: last === "" ? length - 1 : Math.min(Number(last), length - 1) };
}

function invalidRange(header: string, length: number): AwsError {
  return new AwsError("InvalidRange", "The requested range is not satisfiable", 416, {
    RangeRequested: header,
    ActualObjectSize: length,
  });
}
