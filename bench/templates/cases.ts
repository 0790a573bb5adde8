import {
  failedAnswer,
  putRecordAnswer,
  putRecordsAnswer,
  refusedAnswer,
} from "../../components/ingest-gateway/templates/answers.ts";
import type { PartitionKey } from "../../components/ingest-gateway/templates/partition-key.ts";
import {
  putEnvelopeTemplate,
  putLinesTemplate,
  putRecordTemplate,
} from "../../components/ingest-gateway/templates/requests.ts";
import { plainEvents } from "../data/page-views.ts";

/** A template of the gateway, and the body that it renders. */
export interface TemplateCase {
  readonly name: string;
  readonly template: string;
  /** Whether the body has as many events as the batch; else it is always the same. */
  readonly isBatch: boolean;
  /** The body for so many events. */
  body(events: number): string;
}

const STREAM = "events";
const SEED = 1;
const byRequestId: PartitionKey = { source: "requestId" };
const byHeader: PartitionKey = { source: "header", header: "x-partition-key" };
const byField: PartitionKey = { source: "bodyPath", path: "user" };

const one = (): string => plainEvents(1, SEED)[0] ?? "";
const envelope = (count: number): string => `{"events":[${plainEvents(count, SEED).join(",")}]}`;
const jsonLines = (count: number): string => plainEvents(count, SEED).join("\n");

const stored = (index: number) => ({
  SequenceNumber: `4959033827149025660855969253836157109592157598913658${String(index).padStart(4, "0")}`,
  ShardId: "shardId-000000000000",
});
const throttled = { ErrorCode: "ProvisionedThroughputExceededException", ErrorMessage: "Rate exceeded" };
const results = (count: number, isStored: (index: number) => boolean): string =>
  JSON.stringify({
    FailedRecordCount: 0,
    Records: Array.from({ length: count }, (_, index) => (isStored(index) ? stored(index) : throttled)),
  });

const refusal = JSON.stringify({ __type: "ProvisionedThroughputExceededException", message: "Rate exceeded" });
const invalid = JSON.stringify({ __type: "ValidationException", message: "Value at 'partitionKey' is too long" });

const batch = (name: string, template: string, body: (events: number) => string): TemplateCase => ({
  name,
  template,
  isBatch: true,
  body,
});
const single = (name: string, template: string, body: string): TemplateCase => ({
  name,
  template,
  isBatch: false,
  body: () => body,
});

/** Every template of the gateway's routes, with each way to make a partition key. */
export const templateCases: readonly TemplateCase[] = [
  single("request: one event", putRecordTemplate(STREAM, byRequestId), one()),
  single("request: one event, key of a field", putRecordTemplate(STREAM, byField), one()),
  batch("request: envelope", putEnvelopeTemplate(STREAM, byRequestId), envelope),
  batch("request: envelope, key of a header", putEnvelopeTemplate(STREAM, byHeader), envelope),
  batch("request: envelope, key of a field", putEnvelopeTemplate(STREAM, byField), envelope),
  batch("request: JSON Lines", putLinesTemplate(STREAM, byRequestId), jsonLines),
  batch("request: JSON Lines, key of a header", putLinesTemplate(STREAM, byHeader), jsonLines),
  single("answer: one event", putRecordAnswer(), JSON.stringify(stored(1))),
  batch("answer: batch, all stored", putRecordsAnswer(), (count) => results(count, () => true)),
  batch("answer: batch, half throttled", putRecordsAnswer(), (count) => results(count, (index) => index % 2 === 0)),
  single("answer: throttled", refusedAnswer(byRequestId, 1_024), refusal),
  single("answer: bad partition key", refusedAnswer(byRequestId, 1_024), invalid),
  single("answer: failed", failedAnswer(), refusal),
];
