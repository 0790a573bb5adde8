import { MAX_BATCH_EVENTS, MAX_BATCH_LINES } from "../../defaults/gateway.ts";
import { copyHeader, inUtf8, REFUSED_RECORD } from "./headers.ts";
import { lines } from "./lines.ts";
import { type PartitionKey, partitionKeyMember, partitionKeySetUp } from "./partition-key.ts";

/** One event into PutRecord: the bytes of the body, unchanged. */
export function putRecordTemplate(streamName: string, key: PartitionKey): string {
  const template = lines(
    ...partitionKeySetUp(key),
    `{"StreamName":"${streamName}","Data":"$util.base64Encode($input.body)",`,
    partitionKeyMember(key, "$", undefined),
    `}`,
  );
  return inUtf8(template, `{"StreamName":"${streamName}",${REFUSED_RECORD}}`);
}

/** `{"events":[…]}` into PutRecords: each event as API Gateway's JSON engine serializes it. */
export function putEnvelopeTemplate(streamName: string, key: PartitionKey): string {
  const event = "$.events[$foreach.index]";
  const template = lines(
    ...partitionKeySetUp(key),
    `{"StreamName":"${streamName}","Records":[`,
    `#foreach($event in $input.path('$.events'))`,
    `#if($foreach.index > 0),#end`,
    `{"Data":"$util.base64Encode($input.json("${event}"))",`,
    partitionKeyMember(key, event, "$foreach.count"),
    `}`,
    `#end`,
    `]}`,
  );
  return inUtf8(template, refusedBatch(streamName));
}

/**
 * JSON Lines into PutRecords: the bytes of each line, unchanged, without blank lines. More than 500 events, or more
 * lines than a loop may read, make an empty list, which Kinesis refuses as a whole: a batch is never cut short. A
 * template sees an empty body as `{}`: it is refused if the content length is 0, and otherwise it is the event `{}`.
 */
export function putLinesTemplate(streamName: string, key: PartitionKey): string {
  const template = lines(
    ...partitionKeySetUp(key),
    ...copyHeader("$contentLength", "Content-Length"),
    `#set($isEmpty = $input.body == "{}" && $contentLength == "0")`,
    `#set($lines = $input.body.split("\\r?\\n"))`,
    `#set($count = 0)`,
    `#foreach($line in $lines)`,
    `#if($line.trim().length() > 0)`,
    `#set($count = $count + 1)`,
    `#end`,
    `#end`,
    `{"StreamName":"${streamName}","Records":[`,
    `#if($count <= ${MAX_BATCH_EVENTS} && $lines.size() <= ${MAX_BATCH_LINES} && !$isEmpty)`,
    `#set($number = 0)`,
    `#foreach($line in $lines)`,
    `#if($line.trim().length() > 0)`,
    `#set($number = $number + 1)`,
    `#if($number > 1),#end`,
    `{"Data":"$util.base64Encode($line)",`,
    partitionKeyMember(key, undefined, "$number"),
    `}`,
    `#end`,
    `#end`,
    `#end`,
    `]}`,
  );
  return inUtf8(template, refusedBatch(streamName));
}

function refusedBatch(streamName: string): string {
  return `{"StreamName":"${streamName}","Records":[{${REFUSED_RECORD}}]}`;
}
