import {
  MAX_BATCH_EVENTS,
  MAX_BATCH_LINES,
  MAX_PARTITION_KEY_CHARACTERS,
  PartitionKeySource,
  retryAfterSeconds,
} from "../../defaults/gateway.ts";
import { lines } from "./lines.ts";
import type { PartitionKey } from "./partition-key.ts";

// A reference to a missing member is "" on AWS, not null, and "" may be true. So everything that may be missing is
// copied into a string ("$!…") and tested there.

/** Messages for clients. None names a stream, an account or an ARN: a service's own message is never passed on. */
export const answerTexts = {
  throttled: "Too many events at once; send again later.",
  failed: "The request could not be served; send again later.",
  partial: "Some events were not accepted; send those again.",
  badBatch: `A batch holds 1 to ${MAX_BATCH_EVENTS} events, in at most ${MAX_BATCH_LINES} lines.`,
  otherCharset: "A body is UTF-8: send the content type without a charset, or with charset=utf-8.",
} as const;

function error(message: string): string {
  return `{"message":"${message}","requestId":"$context.extendedRequestId"}`;
}

function status(code: number): string {
  return `#set($context.responseOverride.status = ${code})`;
}

const retryAfter = `#set($context.responseOverride.header.Retry-After = "${retryAfterSeconds.throttled}")`;

/** The message of a 413. */
export function tooLargeText(recordSizeKiB: number): string {
  return `An event and its partition key may have ${recordSizeKiB} KiB together, a batch 10 MiB.`;
}

/** The message of a 400, for a partition key that Kinesis refuses. */
export function badKeyText(key: PartitionKey): string {
  const length = `1 to ${MAX_PARTITION_KEY_CHARACTERS} characters`;
  if (key.source === PartitionKeySource.Header)
    return `The header ${key.header} must hold a partition key of ${length}.`;
  if (key.source === PartitionKeySource.BodyPath)
    return `${key.path} of each event must be a partition key of ${length}.`;
  return `A partition key has ${length}.`;
}

/** The answer to PutRecord: 200 if the event has a sequence number, else 500, whatever the status. */
export function putRecordAnswer(): string {
  return lines(
    `#set($sequenceNumber = "$!input.path('$.SequenceNumber')")`,
    `#set($shardId = "$!input.path('$.ShardId')")`,
    `#if($sequenceNumber != "")`,
    `{"sequenceNumber":"$sequenceNumber","shardId":"$shardId"}`,
    `#else`,
    status(500),
    error(answerTexts.failed),
    `#end`,
  );
}

/**
 * The answer to PutRecords, which is 200 even if records failed: 200 if none did, 207 if some did, 429 if all were
 * throttled, 500 if all failed otherwise.
 */
export function putRecordsAnswer(): string {
  const copy = [
    `#set($sequenceNumber = "$!record.SequenceNumber")`,
    `#set($shardId = "$!record.ShardId")`,
    `#set($errorCode = "$!record.ErrorCode")`,
  ];
  const isStored = `$sequenceNumber != "" && $errorCode == ""`;
  const isThrottled = `$errorCode.contains("Throughput") || $errorCode.contains("Throttl")`;
  return lines(
    `#set($records = $input.path('$.Records'))`,
    `#set($total = 0)`,
    `#set($stored = 0)`,
    `#set($throttled = 0)`,
    `#foreach($record in $records)`,
    ...copy,
    `#set($total = $total + 1)`,
    `#if(${isStored})`,
    `#set($stored = $stored + 1)`,
    `#elseif(${isThrottled})`,
    `#set($throttled = $throttled + 1)`,
    `#end`,
    `#end`,
    `#set($failed = $total - $stored)`,
    `{`,
    `#if($stored == 0 && $total > 0 && $throttled == $total)`,
    status(429),
    retryAfter,
    `"message":"${answerTexts.throttled}","requestId":"$context.extendedRequestId",`,
    `#elseif($stored == 0)`,
    status(500),
    `"message":"${answerTexts.failed}","requestId":"$context.extendedRequestId",`,
    `#elseif($failed > 0)`,
    status(207),
    `"message":"${answerTexts.partial}","requestId":"$context.extendedRequestId",`,
    `#end`,
    `"accepted":$stored,"failed":$failed,"results":[`,
    `#foreach($record in $records)`,
    ...copy,
    `#if($foreach.index > 0),#end`,
    `#if(${isStored})`,
    `{"status":200,"sequenceNumber":"$sequenceNumber","shardId":"$shardId"}`,
    `#elseif(${isThrottled})`,
    `{"status":429,"message":"${answerTexts.throttled}"}`,
    `#else`,
    `{"status":500,"message":"${answerTexts.failed}"}`,
    `#end`,
    `#end`,
    `]}`,
  );
}

/**
 * The answer to a refusal by Kinesis, which is 400 for throttling, bad input, refused access and a missing stream
 * alike: the error's type and the constraint that its message names tell them apart.
 */
export function refusedAnswer(key: PartitionKey, recordSizeKiB: number): string {
  return lines(
    `#set($type = "$!input.path('$.__type')")`,
    `#set($message = "$!input.path('$.message')")`,
    `#set($message = $message.toLowerCase())`,
    `#set($isInvalid = $type.contains("Validation") || $type.contains("InvalidArgument"))`,
    `#if($type.contains("Throughput") || $type.contains("Throttl"))`,
    status(429),
    retryAfter,
    error(answerTexts.throttled),
    // A hash key is only sent by a request template, for a body in another charset.
    `#elseif($isInvalid && $message.contains("explicithashkey"))`,
    status(415),
    error(answerTexts.otherCharset),
    `#elseif($isInvalid && $message.contains("partitionkey"))`,
    status(400),
    error(badKeyText(key)),
    `#elseif($isInvalid && $message.contains("'records'"))`,
    status(400),
    error(answerTexts.badBatch),
    `#elseif($isInvalid && ($message.contains("data") || $message.contains("size") || $message.contains("exceed")))`,
    status(413),
    error(tooLargeText(recordSizeKiB)),
    `#else`,
    status(500),
    error(answerTexts.failed),
    `#end`,
  );
}

/** The answer to any status other than 2xx and 4xx. */
export function failedAnswer(): string {
  return error(answerTexts.failed);
}
