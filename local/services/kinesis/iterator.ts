import { AwsError } from "../../kernel/errors.ts";
import { ITERATOR_LIFETIME_MS } from "./limits.ts";

/** The content of a shard iterator. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  /** Position in the shard's log. */
  readonly position: number;
  /** Cloud time, milliseconds since the epoch. */
  readonly issuedAt: number;
}

/** The opaque text that clients get. */
export function encodeIterator(iterator: ShardIterator): string {
  const parts = [iterator.streamArn, iterator.shardId, iterator.position, iterator.issuedAt];
  return Buffer.from(parts.join(" ")).toString("base64");
}

/** Reads the text of an iterator. @throws AwsError InvalidArgumentException. */
export function decodeIterator(text: string): ShardIterator {
  const [streamArn, shardId, position, issuedAt] = Buffer.from(text, "base64").toString("utf8").split(" ");
  const iterator = { streamArn, shardId, position: Number(position), issuedAt: Number(issuedAt) };
  if (!streamArn?.startsWith("arn:") || !shardId || !Number.isInteger(iterator.position + iterator.issuedAt)) {
    throw new AwsError("InvalidArgumentException", "Invalid ShardIterator.");
  }
  return iterator as ShardIterator;
}

/** @throws AwsError ExpiredIteratorException for an iterator that is over five minutes old. */
export function assertFresh(iterator: ShardIterator, now: number): void {
  if (now - iterator.issuedAt <= ITERATOR_LIFETIME_MS) return;
  throw new AwsError(
    "ExpiredIteratorException",
    `Iterator expired. The iterator was created at time ${javaDate(iterator.issuedAt)} while right now it is ` +
      `${javaDate(now)} which is further in the future than the tolerated delay of ${ITERATOR_LIFETIME_MS} milliseconds.`,
  );
}

/** A time as Java prints a date, such as `Thu Jan 22 01:22:02 UTC 2015`. */
function javaDate(time: number): string {
  const [weekday = "", day, month, year, clock] = new Date(time).toUTCString().split(" ");
  return [weekday.replace(",", ""), month, day, clock, "UTC", year].join(" ");
}
