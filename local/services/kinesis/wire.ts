import { modelWire } from "../../wire/model-wire.ts";
import type { Inputs, PutRecordInput, PutRecordsInput } from "../../wire/models/kinesis.ts";
import type { PutEntry } from "./put.ts";

/**
 * Where AWS differs from its model, as recorded in kinesalite's tests. A partition key is required: only streams with
 * another distribution of records, which the local cloud does not have, do without.
 */
const corrections = {
  HashKey: { pattern: "0|([1-9]\\d{0,38})" },
  SequenceNumber: { pattern: "0|([1-9]\\d{0,128})" },
  ShardIteratorType: {
    enum: ["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"],
  },
  PutRecordInput: { required: ["Data", "PartitionKey"] },
  PutRecordsRequestEntry: { required: ["Data", "PartitionKey"] },
} as const;

/** JSON 1.1. The local cloud addresses streams by name or ARN, not by id. */
export const wire = modelWire("kinesis", {
  corrections,
  unsupported: [
    "*.StreamId",
    "*.DryRun",
    "EncryptionType=NONE",
    "ListStreamConsumersInput.StreamCreationTimestamp",
    "UpdateStreamModeInput.WarmThroughputMiBps",
  ],
});

/** The inputs of the operations, with the corrections. */
export interface KinesisInputs extends Omit<Inputs, "PutRecord" | "PutRecords"> {
  readonly PutRecord: PutRecordInput & PutEntry;
  readonly PutRecords: PutRecordsInput & { readonly Records: readonly PutEntry[] };
}
