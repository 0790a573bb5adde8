import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import type { FaultPoint, Faults } from "../kernel/fault-port.ts";

/** A deliberate breakage of the system, inserted as a test double around its calls: the proof must detect it. */
export interface Breakage {
  readonly name: string;
  /**
   * Faults that the breakage hides, in the grammar of `--faults`; "" for a breakage that needs none. Each hits however
   * the mapping splits its batches: a share of many records, every call, or the first call (`#1`).
   */
  readonly faults: string;
  /** Beginning of the violation that the proof must report. */
  readonly complaint: string;
  /** Calls `onMet` each time that it had an effect. */
  around<T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>, onMet: () => void): Promise<T>;
}

interface RecordsAnswer {
  FailedRecordCount: number;
  Records: { ErrorCode?: string; SequenceNumber?: string; ShardId?: string }[];
}
interface BatchWrite {
  RequestItems: Record<string, { PutRequest: { Item: Record<string, Record<string, unknown>> } }[]>;
}
interface FirehoseBatch {
  Records: { Data: string }[];
}
interface ObjectPut {
  Key: string;
  Body: Buffer;
}

const isCall = (point: FaultPoint, call: string) => `${point.service}:${point.operation}` === call;

/** Changes the answer of one operation; has an effect when the answer differs. */
function answering(call: string, change: (answer: never) => unknown): Breakage["around"] {
  return async (point, params, run, onMet) => {
    const answer = await run(params);
    if (!isCall(point, call)) return answer;
    const changed = change(answer as never) as typeof answer;
    if (!isDeepStrictEqual(changed, answer)) onMet();
    return changed;
  };
}

/** Changes the parameters of one operation; has an effect when they differ. */
function asking(call: string, change: (params: never) => unknown): Breakage["around"] {
  return (point, params, run, onMet) => {
    if (!isCall(point, call)) return run(params);
    const changed = change(params as never);
    if (!isDeepStrictEqual(changed, params)) onMet();
    return run(changed);
  };
}

/** Hides failures of one operation, for some of its calls. */
function swallowing(call: string, isMeant: (params: never) => boolean, answer: unknown): Breakage["around"] {
  return async <T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>, onMet: () => void) => {
    try {
      return await run(params);
    } catch (error) {
      if (!isCall(point, call) || !isMeant(params as never)) throw error;
      onMet();
      return answer as T;
    }
  };
}

/** Skips the first call and answers as if it had been made. */
function skippingFirst(call: string, isMeant: (params: never) => boolean, answer: unknown): Breakage["around"] {
  let isOver = false;
  return async <T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>, onMet: () => void) => {
    if (isOver || !isCall(point, call) || !isMeant(params as never)) return run(params);
    isOver = true;
    onMet();
    return answer as T;
  };
}

function mapItems(
  params: BatchWrite,
  change: (item: BatchWrite["RequestItems"][string][number]["PutRequest"]["Item"]) => typeof item,
): BatchWrite {
  const tables = Object.entries(params.RequestItems).map(
    ([table, writes]) =>
      [table, writes.map((write) => ({ PutRequest: { Item: change(write.PutRequest.Item) } }))] as const,
  );
  return { ...params, RequestItems: Object.fromEntries(tables) };
}

/** A function's answer for a batch without failures. */
const NO_FAILURES = '{"batchItemFailures":[]}';

const isParked = (params: ObjectPut) => params.Key.startsWith("parked/");
const isArchive = (params: ObjectPut) => !isParked(params);

/**
 * Ways in which systems of this kind lose, duplicate or change events. Each run makes a new instance, because some
 * have a state.
 */
export const breakages: readonly (() => Breakage)[] = [
  () => ({
    name: "the gateway swallows FailedRecordCount",
    faults: "kinesis:PutRecords partial 10%",
    complaint: "answered with success, not in the stream",
    around: answering("kinesis:PutRecords", (answer: RecordsAnswer) => ({
      FailedRecordCount: 0,
      Records: answer.Records.map((record, index) =>
        record.ErrorCode
          ? { ShardId: "shardId-000000000000", SequenceNumber: `4${String(index).padStart(55, "0")}` }
          : record,
      ),
    })),
  }),
  () => ({
    name: "the gateway answers 200 for a failed PutRecord",
    faults: "kinesis:PutRecord error #1,2",
    complaint: "answered with success, not in the stream",
    around: swallowing("kinesis:PutRecord", () => true, {
      ShardId: "shardId-000000000000",
      SequenceNumber: "4".repeat(56),
    }),
  }),
  () => ({
    name: "UnprocessedItems are never sent again",
    faults: "dynamodb:BatchWriteItem partial 10%",
    complaint: "in the stream, neither stored nor parked",
    around: answering("dynamodb:BatchWriteItem", (answer: object) => ({ ...answer, UnprocessedItems: {} })),
  }),
  () => ({
    name: "the checkpoint passes a failed batch",
    faults: "lambda:Invoke crash-before #1",
    complaint: "in the stream, neither stored nor parked",
    around: swallowing("lambda:Invoke", () => true, {
      requestId: "double",
      payload: NO_FAILURES,
      logTail: "",
    }),
  }),
  () => ({
    name: "a reported item failure is taken for success",
    faults: "dynamodb:BatchWriteItem missing",
    complaint: "in the stream, neither stored nor parked",
    around: answering("lambda:Invoke", (answer: { payload: string; functionError?: string }) =>
      answer.functionError === undefined && answer.payload === NO_FAILURES
        ? answer
        : { requestId: "double", payload: NO_FAILURES, logTail: "" },
    ),
  }),
  () => ({
    name: "records are parked without their bytes",
    faults: "",
    complaint: "parked with other bytes than came",
    around: asking("s3:PutObject", (params: ObjectPut) =>
      isParked(params)
        ? withBody(params, Buffer.from(JSON.stringify({ ...JSON.parse(params.Body.toString()), data: "" })))
        : params,
    ),
  }),
  () => ({
    name: "a failure to park is swallowed",
    faults: "s3:PutObject@prod refuse",
    complaint: "in the stream, neither stored nor parked",
    around: swallowing("s3:PutObject", isParked, { ETag: '"double"' }),
  }),
  () => ({
    name: "the packer leaves out the last Firehose record",
    faults: "",
    complaint: "stored, not in the archive",
    around: async <T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>, onMet: () => void) => {
      if (!isCall(point, "firehose:PutRecordBatch")) return run(params);
      onMet();
      const { Records, ...rest } = params as FirehoseBatch;
      const answered = { RecordId: "double" };
      if (Records.length === 1) return { FailedPutCount: 0, Encrypted: false, RequestResponses: [answered] } as T;
      const answer = (await run({ ...rest, Records: Records.slice(0, -1) })) as { RequestResponses: unknown[] };
      return { ...answer, RequestResponses: [...answer.RequestResponses, answered] } as T;
    },
  }),
  () => ({
    name: "FailedPutCount is swallowed",
    faults: "firehose:PutRecordBatch partial",
    complaint: "stored, not in the archive",
    around: answering("firehose:PutRecordBatch", (answer: { RequestResponses: { ErrorCode?: string }[] }) => ({
      ...answer,
      FailedPutCount: 0,
      RequestResponses: answer.RequestResponses.map((response) =>
        response.ErrorCode ? { RecordId: "double" } : response,
      ),
    })),
  }),
  () => ({
    name: "an archived object is never written",
    faults: "",
    complaint: "stored, not in the archive",
    around: skippingFirst("s3:PutObject", isArchive, { ETag: '"double"' }),
  }),
  () => ({
    name: "an archived object loses its last line",
    faults: "",
    complaint: "stored, not in the archive",
    around: asking("s3:PutObject", (params: ObjectPut) =>
      isArchive(params) ? { ...params, Body: withoutLastLine(params.Body) } : params,
    ),
  }),
  () => ({
    name: "a write is answered and not done (the remainder at the deadline)",
    faults: "",
    complaint: "in the stream, neither stored nor parked",
    around: skippingFirst("dynamodb:BatchWriteItem", () => true, { UnprocessedItems: {} }),
  }),
  () => ({
    name: "one record is stored under two keys",
    faults: "",
    complaint: "stored under two keys",
    around: async <T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>, onMet: () => void) => {
      if (!isCall(point, "dynamodb:BatchWriteItem")) return run(params);
      onMet();
      const answer = await run(params);
      const again = (item: Record<string, Record<string, unknown>>) => ({
        ...item,
        seqNumbershardIdHash: { S: `again-${item["seqNumbershardIdHash"]?.["S"]}` },
      });
      await run(mapItems(params as BatchWrite, again));
      return answer;
    },
  }),
  () => ({
    name: "numbers pass through a double",
    faults: "",
    complaint: "stored with other fields than came",
    around: asking("dynamodb:BatchWriteItem", (params: BatchWrite) =>
      mapItems(params, (item) => ({
        ...item,
        event: JSON.parse(JSON.stringify(item["event"]), (name, value: unknown) =>
          name === "N"
            ? Number(value).toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: 17 })
            : value,
        ) as Record<string, unknown>,
      })),
    ),
  }),
  () => ({
    name: "a field of the event is dropped",
    faults: "",
    complaint: "stored with other fields than came",
    around: asking("dynamodb:BatchWriteItem", (params: BatchWrite) =>
      mapItems(params, (item) => {
        const { proofId: _dropped, ...members } = (item["event"]?.["M"] ?? {}) as Record<string, unknown>;
        return { ...item, event: { M: members } };
      }),
    ),
  }),
];

/** Replaces the body, and removes the checksums of the old one. */
function withBody(params: ObjectPut, body: Buffer): ObjectPut {
  const kept = Object.entries(params).filter(([name]) => !/^Checksum|^ContentMD5$/.test(name));
  return { ...(Object.fromEntries(kept) as unknown as ObjectPut), Body: body };
}

function withoutLastLine(body: Buffer): Buffer {
  const text = (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString("utf8");
  return Buffer.from(text.slice(0, text.slice(0, -1).lastIndexOf("\n") + 1));
}

/** Wraps the faults in the breakage, so that the breakage can hide the failures that they cause. */
export function withBreakage(breakage: Breakage, faults: Faults, onMet: () => void): Faults {
  return {
    around: (point, params, run) =>
      breakage.around(point, params, (changed) => faults.around(point, changed, run), onMet),
  };
}
