import { AwsError } from "../../kernel/errors.ts";
import type { Shard } from "./shard.ts";

/** The parameters of GetShardIterator that set the starting position. */
export interface StartParams {
  readonly ShardIteratorType: string;
  readonly StartingSequenceNumber?: string | undefined;
  /** Epoch seconds. */
  readonly Timestamp?: number | undefined;
}

/**
 * The starting position of an iterator.
 * @param now cloud time, milliseconds since the epoch.
 * @throws AwsError InvalidArgumentException.
 */
export function startOf(shard: Shard, params: StartParams, now: number): number {
  const { ShardIteratorType: type, StartingSequenceNumber: number } = params;
  if (type === "AT_TIMESTAMP") return shard.positionAt(timeOf(params, now));
  if (type === "TRIM_HORIZON" || type === "LATEST") {
    if (number !== undefined) throw combination(type, "a StartingSequenceNumber");
    return type === "LATEST" ? shard.latest : shard.trimHorizon;
  }
  if (number === undefined) throw combination(type, "a null StartingSequenceNumber");
  const position = shard.positionOf(number);
  if (position === undefined) {
    throw invalid(
      `StartingSequenceNumber ${number} used in GetShardIterator on shard ${shard.shardId} is invalid because it did not come from this stream.`,
    );
  }
  const isBetweenRecords = number === shard.startingSequenceNumber || number === shard.end?.sequenceNumber;
  return type === "AT_SEQUENCE_NUMBER" || isBetweenRecords ? position : position + 1;
}

/** The time of AT_TIMESTAMP, epoch seconds. @throws AwsError InvalidArgumentException for one in the future. */
function timeOf({ Timestamp: seconds }: StartParams, now: number): number {
  if (seconds === undefined) {
    throw invalid(
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
    );
  }
  const time = Math.round(seconds * 1000);
  if (time <= now) return seconds;
  throw invalid(
    `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
  );
}

function combination(type: string, given: string): AwsError {
  return invalid(
    `Must either specify (1) AT_SEQUENCE_NUMBER and StartingSequenceNumber or (2) AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (3) TRIM_HORIZON and no StartingSequenceNumber or (4) LATEST and no StartingSequenceNumber. Request specified ${type} and also ${given}.`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidArgumentException", message);
}
