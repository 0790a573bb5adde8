import { gunzipSync } from "node:zlib";
import type { Calls } from "../kernel/calls.ts";
import type { Principal } from "../kernel/principal.ts";

/** An account and region to read, and the principal to read as. */
export interface View {
  readonly cloud: Pick<Calls, "call">;
  readonly principal: Principal;
  readonly region: string;
}

/** `shardId/sequenceNumber`: identifies an event from the stream on. */
export type RecordId = string;

/** Makes the id of a stream record. */
export function recordId(shardId: string, sequenceNumber: string): RecordId {
  return `${shardId}/${sequenceNumber}`;
}

async function call<T>(view: View, service: string, operation: string, params: unknown): Promise<T> {
  return (await view.cloud.call({ service, operation, params, principal: view.principal, region: view.region })) as T;
}

/** All records in the stream: id, and bytes in base64. */
export async function* streamRecords(view: View, streamName: string): AsyncGenerator<{ id: RecordId; data: string }> {
  const { Shards } = await call<{ Shards: { ShardId: string }[] }>(view, "kinesis", "ListShards", {
    StreamName: streamName,
  });
  for (const { ShardId } of Shards) {
    const first = await call<{ ShardIterator: string }>(view, "kinesis", "GetShardIterator", {
      StreamName: streamName,
      ShardId,
      ShardIteratorType: "TRIM_HORIZON",
    });
    let iterator: string | undefined = first.ShardIterator;
    while (iterator) {
      const page: {
        Records: { SequenceNumber: string; Data: string }[];
        NextShardIterator?: string;
        MillisBehindLatest: number;
      } = await call(view, "kinesis", "GetRecords", { ShardIterator: iterator });
      for (const record of page.Records) yield { id: recordId(ShardId, record.SequenceNumber), data: record.Data };
      if (page.Records.length === 0 && page.MillisBehindLatest === 0) break;
      iterator = page.NextShardIterator;
    }
  }
}

/** An item in wire format: attribute values by name. */
export type TableItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** All items of the table, with the ids of their records. */
export async function* tableItems(view: View, tableName: string): AsyncGenerator<{ id: RecordId; item: TableItem }> {
  let startKey: unknown;
  do {
    const page: { Items: TableItem[]; LastEvaluatedKey?: unknown } = await call(view, "dynamodb", "Scan", {
      TableName: tableName,
      ...(startKey ? { ExclusiveStartKey: startKey } : {}),
    });
    for (const item of page.Items) {
      yield { id: recordId(String(item["shardId"]?.["S"]), String(item["sequenceNumber"]?.["S"])), item };
    }
    startKey = page.LastEvaluatedKey;
  } while (startKey);
}

/** All objects under a prefix: key, and bytes without gzip. */
export async function* objects(view: View, bucket: string, prefix = ""): AsyncGenerator<{ key: string; body: Buffer }> {
  let continuationToken: string | undefined;
  do {
    const page: { Contents?: { Key: string }[]; NextContinuationToken?: string } = await call(
      view,
      "s3",
      "ListObjectsV2",
      {
        Bucket: bucket,
        ...(prefix ? { Prefix: prefix } : {}),
        ...(continuationToken ? { ContinuationToken: continuationToken } : {}),
      },
    );
    for (const { Key } of page.Contents ?? []) {
      const { Body } = await call<{ Body: Buffer }>(view, "s3", "GetObject", { Bucket: bucket, Key });
      yield { key: Key, body: gunzipped(Body) };
    }
    continuationToken = page.NextContinuationToken;
  } while (continuationToken);
}

/** Prefix of records parked by the replicator. */
const PARKED_PREFIX = "parked/";
/** Prefix of failed batches, written by Lambda as the on-failure destination. */
const FAILED_BATCH_PREFIX = "aws/lambda/";

/** A parked record: reason, and bytes in base64. */
export interface ParkedRecord {
  readonly id: RecordId;
  readonly reason: string;
  readonly data: string;
}

/** All parked records: first those in failed batches, then those of the replicator, which take precedence. */
export async function* parkedRecords(view: View, bucket: string): AsyncGenerator<ParkedRecord> {
  for (const prefix of [FAILED_BATCH_PREFIX, PARKED_PREFIX]) {
    for await (const { key, body } of objects(view, bucket, prefix)) yield* recordsParkedIn(key, body);
  }
}

/** The parked records in one object of their bucket. */
export function recordsParkedIn(key: string, body: Buffer): ParkedRecord[] {
  if (key.startsWith(FAILED_BATCH_PREFIX)) {
    const batch = JSON.parse(body.toString("utf8")) as { payload: string; requestContext?: { condition?: string } };
    const { Records } = JSON.parse(batch.payload) as { Records: { eventID: string; kinesis: { data: string } }[] };
    const reason = batch.requestContext?.condition ?? "failed batch";
    return Records.map(({ eventID, kinesis }) => {
      const [shardId = "", sequenceNumber = ""] = eventID.split(":");
      return { id: recordId(shardId, sequenceNumber), reason, data: kinesis.data };
    });
  }
  if (!key.startsWith(PARKED_PREFIX)) return [];
  const { shardId, sequenceNumber, reason, data } = JSON.parse(body.toString("utf8")) as Record<
    "shardId" | "sequenceNumber" | "reason" | "data",
    string
  >;
  return [{ id: recordId(shardId, sequenceNumber), reason, data }];
}

/** An archived item: the id of its record, and its line. */
export interface ArchivedItem {
  readonly id: RecordId;
  readonly line: string;
}

/** All archived items, without tombstones and parked lines. */
export async function* archivedItems(
  view: View,
  bucket: string,
  oversizedPrefix = "parked/",
): AsyncGenerator<ArchivedItem> {
  for await (const { key, body } of objects(view, bucket)) yield* recordsArchivedIn(key, body, oversizedPrefix);
}

/** The items in one object of the archive. */
export function* recordsArchivedIn(key: string, body: Buffer, oversizedPrefix = "parked/"): Generator<ArchivedItem> {
  if (key.startsWith(oversizedPrefix)) return;
  for (const line of gunzipped(body).toString("utf8").split("\n")) {
    if (line === "") continue;
    const { item } = JSON.parse(line) as { item?: { shardId: string; sequenceNumber: string } };
    if (item) yield { id: recordId(item.shardId, item.sequenceNumber), line };
  }
}

function gunzipped(body: Buffer): Buffer {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
}
