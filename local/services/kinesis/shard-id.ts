import { AwsError } from "../../kernel/errors.ts";
import type { Shard } from "./shard.ts";
import type { KinesisStream } from "./stream.ts";

const MAX_SHARD_NUMBER = 2 ** 31 - 1;

/** Id of the shard with this number in its stream. */
export function shardIdOf(number: number): string {
  return `shardId-${String(number).padStart(12, "0")}`;
}

/**
 * The shard that a caller means: by its id, or by a shorter form that has its number (`shardId-0`, `0`), as Kinesis takes it.
 * @param isChange whether the shard is to be split or merged, which is refused in other words.
 * @throws AwsError ResourceNotFoundException.
 */
export function requireShard(stream: KinesisStream, text: string, isChange = false): Shard {
  const number = /^(?:[^-]*-)?(\d+)$/.exec(text)?.[1];
  const shardId = number !== undefined && Number(number) <= MAX_SHARD_NUMBER ? shardIdOf(Number(number)) : undefined;
  const shard = stream.shards.find((candidate) => candidate.shardId === shardId);
  if (shard) return shard;
  const where = `in stream ${stream.name} under account ${stream.accountId}`;
  const message =
    shardId === undefined || isChange
      ? `Could not find shard ${shardId ?? text} ${where}.`
      : `Shard ${shardId} ${where} does not exist`;
  throw new AwsError("ResourceNotFoundException", message);
}
