import { randomBytes } from "node:crypto";
import { AwsError } from "../../../kernel/errors.ts";
import { defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs } from "../../../wire/models/firehose.ts";
import { pageAfter } from "../../../wire/pages.ts";
import { type DeliveryStream, putMetric } from "../delivery-stream.ts";
import { describe } from "../describe.ts";
import { MAX_BATCH_BYTES, NAMES_PER_LIST } from "../limits.ts";
import type { FirehoseStore } from "../store.ts";

/** Putting records, describing and listing. Throughput quotas are not enforced: AWS raises them on request. */
export function recordOperations(store: FirehoseStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    PutRecord: {
      authorize: (params, call) => [store.authorize("firehose:PutRecord", params, call)],
      run: (params, call) => {
        const stream = store.require(params, call);
        const data = Buffer.from(params.Record.Data, "base64");
        stream.put(data);
        count(store, stream, 1, data.length, "PutRecord");
        call.note({ deliveryStream: stream.name, records: 1, bytes: data.length });
        return { RecordId: recordIds()(0), Encrypted: stream.encryption !== undefined };
      },
    },

    PutRecordBatch: {
      authorize: (params, call) => [store.authorize("firehose:PutRecordBatch", params, call)],
      run: (params, call) => {
        const stream = store.require(params, call);
        const records = params.Records.map(({ Data }) => Buffer.from(Data, "base64"));
        const bytes = records.reduce((sum, record) => sum + record.length, 0);
        if (bytes > MAX_BATCH_BYTES) {
          throw new AwsError("InvalidArgumentException", "Records size exceeds 4 MB limit");
        }
        for (const record of records) stream.put(record);
        count(store, stream, records.length, bytes, "PutRecordBatch");
        call.note({ deliveryStream: stream.name, records: records.length, bytes });
        const idOf = recordIds();
        return {
          FailedPutCount: 0,
          Encrypted: stream.encryption !== undefined,
          RequestResponses: records.map((_record, index) => ({ RecordId: idOf(index) })),
        };
      },
    },

    DescribeDeliveryStream: {
      authorize: (params, call) => [store.authorize("firehose:DescribeDeliveryStream", params, call)],
      run: (params, call) => ({ DeliveryStreamDescription: describe(store.require(params, call)) }),
    },

    ListDeliveryStreams: {
      authorize: () => [{ action: "firehose:ListDeliveryStreams", resource: "*" }],
      run: (params, call) => {
        const { Limit: limit = NAMES_PER_LIST, ExclusiveStartDeliveryStreamName: after } = params;
        const isShown = params.DeliveryStreamType === undefined || params.DeliveryStreamType === "DirectPut";
        const names = isShown ? store.list(call).map(({ name }) => name) : [];
        const { page, next } = pageAfter(names, { limit, after }, (name) => name);
        return { DeliveryStreamNames: page, HasMoreDeliveryStreams: next !== undefined };
      },
    },
  });
}

function count(
  { ports }: FirehoseStore,
  stream: DeliveryStream,
  records: number,
  bytes: number,
  operation: string,
): void {
  putMetric(ports, stream, "IncomingRecords", records, "Count");
  putMetric(ports, stream, "IncomingBytes", bytes, "Bytes");
  putMetric(ports, stream, `${operation}.Requests`, 1, "Count");
  putMetric(ports, stream, `${operation}.Bytes`, bytes, "Bytes");
}

/** Ids of one request's records: one random part, and the record's number. */
function recordIds(): (index: number) => string {
  const random = randomBytes(120).toString("base64url");
  return (index) => `${random}${index.toString(36).padStart(4, "0")}`;
}
