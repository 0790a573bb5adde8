import { AwsError } from "../../kernel/errors.ts";
import { MAX_PUT_RECORDS_BYTES } from "./limits.ts";
import { isPossible } from "./sequence-number.ts";
import { recordBytes } from "./shard.ts";
import type { KinesisStream } from "./stream.ts";

/** A record of a put request. */
export interface PutEntry {
  readonly Data: string;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

/** The result of one record. */
export type PutResult =
  | { readonly ShardId: string; readonly SequenceNumber: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** AWS's error code for exceeding the rate of a shard. */
export const THROTTLED = "ProvisionedThroughputExceededException";
const MAX_HASH_KEY = (1n << 128n) - 1n;

/**
 * Appends checked records. A record beyond the rate of its shard gets an error as its result.
 * @param now cloud time, milliseconds since the epoch.
 */
export function appendAll(stream: KinesisStream, entries: readonly PutEntry[], now: number): PutResult[] {
  const isEncrypted = stream.settings.kmsKeyId !== undefined;
  return entries.map((entry) => {
    const shard = stream.route(entry.PartitionKey, entry.ExplicitHashKey);
    const bytes = recordBytes(entry.Data, entry.PartitionKey);
    stream.trim(shard, now);
    const number = shard.append({ data: entry.Data, partitionKey: entry.PartitionKey, bytes, isEncrypted }, now);
    if (number !== undefined) return { ShardId: shard.shardId, SequenceNumber: number };
    const where = `shard ${shard.shardId} in stream ${stream.name} under account ${stream.accountId}`;
    return { ErrorCode: THROTTLED, ErrorMessage: `Rate exceeded for ${where}.` };
  });
}

/**
 * @throws AwsError for an impossible hash key, a record over the stream's maximum size, or too many bytes in a batch.
 */
export function checkRecords(stream: KinesisStream, entries: readonly PutEntry[], isBatch: boolean): void {
  const maxBytes = stream.settings.maxRecordKib * 1024;
  let total = 0;
  for (const [index, entry] of entries.entries()) {
    checkHashKey(entry.ExplicitHashKey);
    const bytes = recordBytes(entry.Data, entry.PartitionKey);
    if (bytes > maxBytes) {
      throw constraint(`${memberPath(index, isBatch)}data`, undefined, `have length less than or equal to ${maxBytes}`);
    }
    total += bytes;
  }
  if (isBatch && total > MAX_PUT_RECORDS_BYTES) {
    throw new AwsError("InvalidArgumentException", "Records size exceeds 10 MB limit");
  }
}

/**
 * @throws AwsError for a SequenceNumberForOrdering that no stream can have assigned by `now` (cloud time,
 * milliseconds).
 */
export function checkOrdering(stream: KinesisStream, number: string | undefined, now: number): void {
  if (number === undefined || isPossible(number, now)) return;
  throw new AwsError(
    "InvalidArgumentException",
    `ExclusiveMinimumSequenceNumber ${number} used in PutRecord on stream ${stream.name} under account ${stream.accountId} is invalid.`,
  );
}

const memberPath = (index: number, isBatch: boolean) => (isBatch ? `records.${index + 1}.member.` : "");

function checkHashKey(key: string | undefined): void {
  if (key === undefined) return;
  if (BigInt(key) > MAX_HASH_KEY) {
    throw new AwsError(
      "InvalidArgumentException",
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${key}`,
    );
  }
}

function constraint(where: string, value: string | undefined, rule: string): AwsError {
  const shown = value === undefined ? "Value" : `Value '${value}'`;
  return new AwsError(
    "ValidationException",
    `1 validation error detected: ${shown} at '${where}' failed to satisfy constraint: Member must ${rule}`,
  );
}
