import { createHash } from "node:crypto";

/**
 * What a call is about, whatever the order in which calls arrive: the content of its first record. Sequence numbers, request ids and times differ from run to
 * run of the same input and are left out. Undefined when a call has no content of its own: then it is known by its number.
 */
export function callIdentity(service: string, operation: string, params: unknown): string | undefined {
  const first = recordIdentities(service, operation, params)[0];
  if (first !== undefined) return first;
  if (service === "kinesis" && operation === "PutRecord") return (params as { Data: string }).Data;
  if (service === "execute-api") return digest((params as { body: Buffer }).body);
  if (service === "lambda") return invocationIdentity(params);
  if (service === "s3" && operation === "PutObject") return objectIdentity(params as { Key: string; Body?: Buffer });
  return undefined;
}

/** The identity of each record of a batch call, in order; empty for other calls. */
export function recordIdentities(service: string, operation: string, params: unknown): string[] {
  if (service === "kinesis" && operation === "PutRecords") {
    return (params as { Records: { Data: string }[] }).Records.map(({ Data }) => Data);
  }
  if (service === "dynamodb" && operation === "BatchWriteItem") {
    const { RequestItems } = params as {
      RequestItems: Record<string, { PutRequest?: { Item: Record<string, unknown> } }[]>;
    };
    return Object.values(RequestItems).flatMap((writes) =>
      writes.map((write) => JSON.stringify(write.PutRequest?.Item["event"] ?? write)),
    );
  }
  if (service === "firehose" && operation === "PutRecordBatch") {
    return (params as { Records: { Data: string }[] }).Records.map(({ Data }) => archivedEvent(Data));
  }
  return [];
}

/** The event of the first line of a Firehose record: the line's ids and times differ from run to run. */
function archivedEvent(data: string): string {
  const text = Buffer.from(data, "base64").toString("utf8");
  const line = text.slice(0, text.indexOf("\n") + 1 || undefined);
  const at = line.indexOf('"event":');
  return at < 0 ? line : line.slice(at);
}

/** Invocations and checkpoints are known by the first record that they carry. */
function invocationIdentity(params: unknown): string | undefined {
  const { FirstRecord } = params as { FirstRecord?: string };
  if (FirstRecord === undefined) return undefined;
  const record = JSON.parse(FirstRecord) as {
    kinesis?: { data: string };
    dynamodb?: { NewImage?: Record<string, unknown>; Keys?: unknown };
  };
  return record.kinesis?.data ?? JSON.stringify(record.dynamodb?.NewImage?.["event"] ?? record.dynamodb?.Keys);
}

/** A parked record by its bytes, any other object by its size. */
function objectIdentity({ Body }: { Key: string; Body?: Buffer }): string | undefined {
  const data = /"data":"([^"]*)"/.exec(Body?.subarray(0, 2_000_000).toString("latin1") ?? "")?.[1];
  return data ?? undefined;
}

function digest(bytes: Buffer): string {
  return createHash("sha1").update(bytes).digest("hex");
}

/** A number from 0 to 1 (exclusive) that depends on its parts alone. */
export function verdict(...parts: readonly (string | number)[]): number {
  const hash = createHash("sha1").update(parts.join("\u0000")).digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}
