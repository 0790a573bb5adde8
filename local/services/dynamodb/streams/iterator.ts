import { AwsError } from "../../../kernel/errors.ts";

/** The content of a shard iterator. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  /** Position in the shard's log. */
  readonly position: number;
  /** Cloud time, milliseconds since the epoch. */
  readonly issuedAt: number;
}

/** The opaque text that clients get; as on AWS, it begins with the stream's ARN. */
export function encodeIterator(iterator: ShardIterator): string {
  const rest = [iterator.shardId, iterator.position, iterator.issuedAt].join(" ");
  return `${iterator.streamArn}|1|${Buffer.from(rest).toString("base64")}`;
}

/** Reads the text of an iterator. @throws AwsError ValidationException. */
export function decodeIterator(text: string): ShardIterator {
  const [streamArn = "", version, rest = ""] = text.split("|");
  const [shardId, position, issuedAt] = Buffer.from(rest, "base64").toString("utf8").split(" ");
  const iterator = { streamArn, shardId, position: Number(position), issuedAt: Number(issuedAt) };
  if (!streamArn.startsWith("arn:") || version !== "1" || !Number.isInteger(iterator.position + iterator.issuedAt)) {
    throw new AwsError("ValidationException", "Invalid ShardIterator");
  }
  return iterator as ShardIterator;
}
