import { expect } from "chai";
import {
  type Batch,
  backoffMs,
  batchLength,
  type DeliveryOutcome,
  eventPayload,
  nextStep,
  type StreamEntry,
} from "../../../../../local/services/lambda/mappings/batch.ts";
import { readBatchResponse } from "../../../../../local/services/lambda/mappings/batch-response.ts";
import { onFailureKey, onFailureMetadata } from "../../../../../local/services/lambda/mappings/on-failure.ts";
import { laneOf } from "../../../../../local/services/lambda/mappings/shard-consumer.ts";

const entry = (sequenceNumber: string, bytes = 10): StreamEntry => ({
  sequenceNumber,
  arrivedAt: Date.UTC(2031, 0, 2, 3, 4, 5, 6),
  orderKey: sequenceNumber,
  json: `{"n":"${sequenceNumber}"}`,
  bytes,
  readAt: 0,
});

const numbers = (batch: Batch): string => batch.entries.map((one) => one.sequenceNumber).join("");

const batchOf = (text: string, more: Partial<Batch> = {}): Batch => ({
  entries: [...text].map((number) => entry(number)),
  failures: 0,
  undelivered: 0,
  invokeCount: 0,
  ...more,
});

/** A step in a few words: `12+34 now`, `1234 waits (2 failures)`, `give up 12`. */
function told(batch: Batch, outcome: DeliveryOutcome, isBisecting: boolean, maximumRetryAttempts: number): string {
  const step = nextStep(batch, outcome, { isBisecting, maximumRetryAttempts });
  if (step.kind === "done") return "done";
  if (step.kind === "give-up") return `give up ${numbers(step.batch)}`;
  const [first] = step.batches;
  const how = step.isWaiting ? `waits (${first?.failures} failures, ${first?.undelivered} undelivered)` : "now";
  return `${step.batches.map(numbers).join("+")} ${how}`;
}

describe("what an event source mapping does with a batch", () => {
  it("reads a ReportBatchItemFailures answer as AWS was recorded to", () => {
    const entries = ["1", "2", "3"].map((number) => entry(number));
    const success = { kind: "success" };
    const failure = { kind: "failure" };
    const item = (...identifiers: unknown[]) =>
      JSON.stringify({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });
    const expected: [string, unknown][] = [
      ["null", success],
      ['""', success],
      ["[]", success],
      ["{}", success],
      ['{"other":1}', success],
      ['{"batchItemFailures":null}', success],
      ['{"batchItemFailures":[]}', success],
      [item(""), failure],
      [item(null), failure],
      ['{"batchItemFailures":[{"itemId":"2"}]}', failure],
      ['{"batchItemFailures":[null]}', failure],
      [item("9"), failure],
      [item("2", "9"), failure],
      [item(2), failure],
      ['{"batchItemFailures":"2"}', failure],
      ['{"batchItemFailures":{"itemIdentifier":"2"}}', failure],
      ['"2"', failure],
      ["[1]", failure],
      ["7", failure],
      [item("2"), { kind: "partial", from: 1 }],
      [item("3", "2"), { kind: "partial", from: 1 }],
      [item("3"), { kind: "partial", from: 2 }],
      [item("3", "1"), failure],
    ];
    for (const [payload, outcome] of expected)
      expect(readBatchResponse(payload, entries), payload).to.deep.equal(outcome);
  });

  it("retries a failed batch whole, until its retries are used up", () => {
    expect(told(batchOf("1234"), { kind: "success" }, false, -1)).to.equal("done");
    expect(told(batchOf("1234"), { kind: "failure" }, false, -1)).to.equal("1234 waits (1 failures, 0 undelivered)");
    expect(told(batchOf("1234", { failures: 99_999 }), { kind: "failure" }, false, -1)).to.include("1234 waits");
    expect(told(batchOf("1234", { failures: 1 }), { kind: "failure" }, false, 2)).to.include("1234 waits (2 failures");
    expect(told(batchOf("1234", { failures: 2 }), { kind: "failure" }, false, 2)).to.equal("give up 1234");
    expect(told(batchOf("1234"), { kind: "failure" }, false, 0)).to.equal("give up 1234");
  });

  it("makes a new batch of what comes again after a partial answer, with all its retries", () => {
    const partial: DeliveryOutcome = { kind: "partial", from: 2 };
    for (const retries of [-1, 2, 0]) {
      const failedBefore = batchOf("1234", { failures: 2, undelivered: 1, invokeCount: 7 });
      expect(told(failedBefore, partial, false, retries)).to.equal("34 waits (0 failures, 0 undelivered)");
      expect(
        nextStep(failedBefore, partial, { isBisecting: false, maximumRetryAttempts: retries }),
      ).to.have.nested.property("batches[0].invokeCount", 0);
    }
  });

  it("bisects on an error, at the reported number when there is one, and uses up no retry by it", () => {
    const failure: DeliveryOutcome = { kind: "failure" };
    expect(told(batchOf("12345"), failure, true, 0)).to.equal("123+45 now");
    expect(told(batchOf("12"), failure, true, 0)).to.equal("1+2 now");
    expect(told(batchOf("1234"), { kind: "partial", from: 3 }, true, 0)).to.equal("4 now");
    expect(told(batchOf("1"), failure, true, 1)).to.equal("1 waits (1 failures, 0 undelivered)");
    expect(told(batchOf("1", { failures: 1 }), failure, true, 1)).to.equal("give up 1");
  });

  it("uses up no retry while the function cannot be reached", () => {
    const batch = batchOf("12", { failures: 2, undelivered: 7 });
    expect(told(batch, { kind: "undelivered" }, true, 2)).to.equal("12 waits (2 failures, 8 undelivered)");
  });

  it("begins again at the last checkpoint when its worker is lost before it remembered the answer", () => {
    const batch = batchOf("12", { failures: 1 });
    expect(told(batch, { kind: "lost" }, true, 1)).to.equal("12 now");
  });

  it("waits twice as long each time, and a minute at most", () => {
    expect([1, 2, 3, 6, 7, 8, 2_000].map(backoffMs)).to.deep.equal([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it("cuts a batch at its size and at 6 MB of event, and never below one record", () => {
    const many = [..."12345"].map((number) => entry(number));
    expect(batchLength(many, 3)).to.equal(3);
    expect(batchLength(many, 10)).to.equal(5);
    const limit = 6 * 1024 * 1024 - '{"Records":[]}'.length;
    expect(batchLength([entry("1", limit - 6), entry("2", 5)], 10)).to.equal(2);
    expect(batchLength([entry("1", limit - 5), entry("2", 5)], 10)).to.equal(1);
    expect(batchLength([entry("1", limit * 2), entry("2")], 10)).to.equal(1);
    const json = "x".repeat(100);
    const exact = Array.from({ length: 3 }, () => ({ ...entry("1"), json: JSON.stringify(json), bytes: 102 }));
    expect(Buffer.byteLength(eventPayload(exact))).to.equal('{"Records":[]}'.length + 3 * 102 + 2);
  });

  it("keeps a key in one lane and uses all lanes", () => {
    const lanes = new Set(Array.from({ length: 200 }, (_, index) => laneOf(`key-${index}`, 10)));
    expect([...lanes].sort()).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(laneOf("key-1", 10)).to.equal(laneOf("key-1", 10));
  });

  it("writes an on-failure object as AWS lays it out", () => {
    const now = Date.UTC(2031, 0, 2, 13, 14, 15, 16);
    const batch = batchOf("12", {
      invokeCount: 3,
      requestId: "request",
      response: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    });
    const failed = {
      mappingUuid: "uuid",
      functionArn: "arn:function",
      streamArn: "arn:stream",
      shardId: "shardId-000000000000",
      batchInfoName: "KinesisBatchInfo",
      batch,
      condition: "RetryAttemptsExhausted",
      now,
    } as const;
    expect(onFailureKey(failed)).to.match(
      /^aws\/lambda\/uuid\/shardId-000000000000\/2031\/01\/02\/2031-01-02T13\.14\.15-[0-9a-f]{8}-[0-9a-f-]{27}$/,
    );
    const expected = {
      requestContext: {
        requestId: "request",
        functionArn: "arn:function",
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      version: "1.0",
      timestamp: "2031-01-02T13:14:15.016Z",
      KinesisBatchInfo: {
        shardId: "shardId-000000000000",
        startSequenceNumber: "1",
        endSequenceNumber: "2",
        approximateArrivalOfFirstRecord: "2031-01-02T03:04:05.006Z",
        approximateArrivalOfLastRecord: "2031-01-02T03:04:05.006Z",
        batchSize: 2,
        streamArn: "arn:stream",
      },
    };
    expect(onFailureMetadata(failed)).to.deep.equal(expected);
    const [first] = batch.entries;
    const wholeSecond = { ...batch, entries: [{ ...first!, arrivedAt: Date.UTC(2031, 0, 2, 3, 4, 5) }] };
    const ofTable = onFailureMetadata({ ...failed, batchInfoName: "DDBStreamBatchInfo", batch: wholeSecond });
    expect(ofTable["DDBStreamBatchInfo"]).to.include({
      approximateArrivalOfFirstRecord: "2031-01-02T03:04:05Z",
      approximateArrivalOfLastRecord: "2031-01-02T03:04:05Z",
    });
    const aged = onFailureMetadata({ ...failed, condition: "RecordAgeExceeded" });
    expect(aged).not.to.have.property("responseContext");
  });
});
