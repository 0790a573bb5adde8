import { randomBytes } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import { type Call, defineOperations, type Operation, type Service } from "../../kernel/service.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import type { Inputs } from "../../wire/models/firehose.ts";
import { arnOf } from "./arn.ts";
import { type DeliveryStream, putMetric } from "./delivery-stream.ts";
import { describe } from "./describe.ts";
import { faults } from "./faultable.ts";
import { resourceTypes } from "./resources.ts";
import { settingsOperations } from "./settings-operations.ts";
import { wire } from "./wire.ts";

const NAMES_PER_LIST = 10;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Firehose: delivery streams into buckets. Its quotas of throughput are not enforced: an account can have them raised. */
export class FirehoseService implements Service {
  readonly name = "firehose";
  readonly resourceTypes = withStore(resourceTypes, this);
  readonly wire = wire;
  readonly faults = faults;
  readonly conditionKeys = ["kms:ViaService"];
  readonly operations: Readonly<Record<string, Operation>>;
  readonly ports: Ports;
  readonly #streams = new Map<string, DeliveryStream>();

  constructor(ports: Ports) {
    this.ports = ports;
    this.operations = { ...this.#operations(), ...settingsOperations(this) };
  }

  /** The delivery stream with this ARN, or undefined. */
  find(arn: string): DeliveryStream | undefined {
    return this.#streams.get(arn);
  }

  /** Delivery streams of one account and region, by name; without them, all. */
  list(place?: { accountId: string; region: string }): DeliveryStream[] {
    return [...this.#streams.values()]
      .filter((stream) => !place || (stream.accountId === place.accountId && stream.region === place.region))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Bytes that were taken in and are not yet in a bucket, nor given up: of one delivery stream, or of all. */
  pendingBytes(arn?: string): number {
    const streams = arn === undefined ? this.list() : this.list().filter((stream) => stream.arn === arn);
    return streams.reduce((sum, stream) => sum + stream.counts().pendingBytes, 0);
  }

  /** @throws AwsError ResourceInUseException when the name is taken. */
  add(stream: DeliveryStream): void {
    if (this.#streams.has(stream.arn)) {
      throw new AwsError(
        "ResourceInUseException",
        `Firehose ${stream.name} under accountId ${stream.accountId} already exists`,
      );
    }
    this.#streams.set(stream.arn, stream);
  }

  /**
   * Takes a delivery stream away. What it had not delivered is gone with it, as in AWS, which deletes "a Firehose stream and its data".
   * @returns how much that is, for the trace; undefined for nothing.
   */
  remove(arn: string): { readonly undeliveredRecords: number; readonly undeliveredBytes: number } | undefined {
    const stream = this.#streams.get(arn);
    if (!stream) return undefined;
    const { pendingRecords, pendingBytes } = stream.counts();
    stream.empty();
    this.#streams.delete(arn);
    return pendingRecords === 0 ? undefined : { undeliveredRecords: pendingRecords, undeliveredBytes: pendingBytes };
  }

  /** The delivery stream that a call names. @throws AwsError ResourceNotFoundException. */
  require(params: { DeliveryStreamName: string }, call: Call): DeliveryStream {
    const stream = this.#streams.get(arnOf(params, call));
    if (stream) return stream;
    throw new AwsError(
      "ResourceNotFoundException",
      `Firehose ${params.DeliveryStreamName} under account ${call.accountId} not found.`,
    );
  }

  emptyData(): void {
    for (const stream of this.#streams.values()) stream.empty();
  }

  close(): void {
    this.emptyData();
  }

  #operations(): Readonly<Record<string, Operation>> {
    return defineOperations<Inputs>({
      PutRecord: {
        authorize: (params, call) => [{ action: "firehose:PutRecord", resource: arnOf(params, call) }],
        run: (params, call) => {
          const stream = this.require(params, call);
          const data = Buffer.from(params.Record.Data, "base64");
          stream.put(data);
          this.#count(stream, 1, data.length, "PutRecord");
          call.note({ deliveryStream: stream.name, records: 1, bytes: data.length });
          return { RecordId: recordIds()(0), Encrypted: stream.encryption !== undefined };
        },
      },

      PutRecordBatch: {
        authorize: (params, call) => [{ action: "firehose:PutRecordBatch", resource: arnOf(params, call) }],
        run: (params, call) => {
          const stream = this.require(params, call);
          const records = params.Records.map(({ Data }) => Buffer.from(Data, "base64"));
          const bytes = records.reduce((sum, record) => sum + record.length, 0);
          if (bytes > MAX_BATCH_BYTES) {
            throw new AwsError("InvalidArgumentException", "Records size exceeds 4 MB limit");
          }
          for (const record of records) stream.put(record);
          this.#count(stream, records.length, bytes, "PutRecordBatch");
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
        authorize: (params, call) => [{ action: "firehose:DescribeDeliveryStream", resource: arnOf(params, call) }],
        run: (params, call) => ({ DeliveryStreamDescription: describe(this.require(params, call)) }),
      },

      ListDeliveryStreams: {
        authorize: () => [{ action: "firehose:ListDeliveryStreams", resource: "*" }],
        run: (params, call) => {
          const limit = params.Limit ?? NAMES_PER_LIST;
          const isShown = params.DeliveryStreamType === undefined || params.DeliveryStreamType === "DirectPut";
          const names = this.list(call)
            .map((stream) => stream.name)
            .filter((name) => isShown && name > (params.ExclusiveStartDeliveryStreamName ?? ""));
          return {
            DeliveryStreamNames: names.slice(0, limit),
            HasMoreDeliveryStreams: names.length > limit,
          };
        },
      },
    });
  }

  #count(stream: DeliveryStream, records: number, bytes: number, operation: string): void {
    putMetric(this.ports, stream, "IncomingRecords", records, "Count");
    putMetric(this.ports, stream, "IncomingBytes", bytes, "Bytes");
    putMetric(this.ports, stream, `${operation}.Requests`, 1, "Count");
    putMetric(this.ports, stream, `${operation}.Bytes`, bytes, "Bytes");
  }
}

/** Ids of one request's records: one random part, and the record's number. */
function recordIds(): (index: number) => string {
  const random = randomBytes(120).toString("base64url");
  return (index) => `${random}${index.toString(36).padStart(4, "0")}`;
}
