import { AwsError } from "../../../kernel/errors.ts";

/** A shard iterator of a table's stream lives for fifteen minutes of cloud time. */
export const ITERATOR_LIFETIME_MS = 15 * 60 * 1000;

/** What a shard iterator stands for. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  /** Position in the shard's log. */
  readonly position: number;
  /** Cloud time, milliseconds since the epoch. */
  readonly issuedAt: number;
}

/** An opaque text that begins with the stream's ARN, as AWS's do. */
export function encodeIterator(iterator: ShardIterator): string {
  const rest = [iterator.shardId, iterator.position, iterator.issuedAt].join(" ");
  return `${iterator.streamArn}|1|${Buffer.from(rest).toString("base64")}`;
}

/** The iterator that a text stands for; throws ValidationException for any other text. */
export function decodeIterator(text: string): ShardIterator {
  const [streamArn = "", version, rest = ""] = text.split("|");
  const [shardId, position, issuedAt] = Buffer.from(rest, "base64").toString("utf8").split(" ");
  const iterator = { streamArn, shardId, position: Number(position), issuedAt: Number(issuedAt) };
  if (!streamArn.startsWith("arn:") || version !== "1" || !Number.isInteger(iterator.position + iterator.issuedAt)) {
    throw new AwsError("ValidationException", "Invalid ShardIterator");
  }
  return iterator as ShardIterator;
}
