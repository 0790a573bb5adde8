import { expect } from "chai";
import { Clock, ClockMode } from "../../../../../local/kernel/clock.ts";
import type { Batch, DeliveryOutcome, StreamEntry } from "../../../../../local/services/lambda/mappings/batch.ts";
import { Lane } from "../../../../../local/services/lambda/mappings/lane.ts";
import type { MappingSettings } from "../../../../../local/services/lambda/mappings/settings.ts";

const START = 1_000_000_000;
const HOUR_MS = 3_600_000;

const settings: MappingSettings = {
  functionArn: "arn:function",
  eventSourceArn: "arn:stream",
  startingPosition: "TRIM_HORIZON",
  batchSize: 3,
  batchWindowSeconds: 0,
  parallelizationFactor: 1,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  isBisecting: false,
  isReportingItemFailures: true,
  startingPositionTime: undefined,
  onFailureArn: undefined,
  filterPatterns: [],
};

/** A lane on a clock that stands still, with a function that does what `outcomes` says (then succeeds). */
class LaneRun {
  readonly clock = new Clock({ mode: ClockMode.Manual, startAt: START });
  readonly events: string[] = [];
  readonly lane: Lane;
  retentionMs = 24 * HOUR_MS;
  /** What every delivery waits for. */
  gate: Promise<void> | undefined;
  outcomes: DeliveryOutcome[] = [];

  constructor(more: Partial<MappingSettings> = {}) {
    this.lane = new Lane({
      clock: this.clock,
      settings: () => ({ ...settings, ...more }),
      deliver: async (batch) => {
        this.#note(`deliver ${named(batch.entries)}`);
        await this.gate;
        const outcome = this.outcomes.shift() ?? { kind: "success" };
        return { batch: { ...batch, invokeCount: batch.invokeCount + 1 } satisfies Batch, outcome };
      },
      giveUp: async (batch, condition) => this.#note(`give up ${named(batch.entries)}: ${condition}`),
      retentionMs: async () => this.retentionMs,
      lost: (entries) => this.#note(`lost ${named(entries)}`),
      onProgress: () => undefined,
    });
  }

  /** Records named by one character each, arrived and read now or `ageMs` ago. */
  push(names: string, ageMs = 0): void {
    const now = this.clock.now();
    this.lane.push(
      [...names].map((sequenceNumber) => ({
        sequenceNumber,
        arrivedAt: now - ageMs,
        orderKey: "",
        json: "{}",
        bytes: 2,
        readAt: now,
      })),
    );
  }

  #note(what: string): void {
    this.events.push(`${this.clock.now() - START}: ${what}`);
  }
}

const named = (entries: readonly StreamEntry[]): string => entries.map((entry) => entry.sequenceNumber).join("");

describe("a lane of an event source mapping", () => {
  it("delivers what there is at once without a window, in order, one batch at a time", async () => {
    const run = new LaneRun();
    run.push("abcdefg");
    await run.clock.advance(0);
    expect(run.events).to.deep.equal(["0: deliver abc", "0: deliver def", "0: deliver g"]);
    expect(run.lane.isIdle).to.equal(true);
  });

  it("waits for the batch window, and no longer once the batch is full", async () => {
    const run = new LaneRun({ batchWindowSeconds: 10 });
    run.push("a");
    await run.clock.advance(4_000);
    run.push("b");
    await run.clock.advance(7_000);
    run.push("cdef");
    await run.clock.advance(0);
    expect(run.events).to.deep.equal(["10000: deliver ab", "11000: deliver cde"]);
    await run.clock.advance(30_000);
    expect(run.events.slice(2)).to.deep.equal(["21000: deliver f"]);
  });

  it("retries with growing pauses, up to a minute, and holds back what is behind", async () => {
    const run = new LaneRun();
    run.outcomes = Array.from({ length: 8 }, () => ({ kind: "failure" }));
    run.push("abcd");
    await run.clock.advance(200_000);
    expect(run.events).to.deep.equal([
      "0: deliver abc",
      "1000: deliver abc",
      "3000: deliver abc",
      "7000: deliver abc",
      "15000: deliver abc",
      "31000: deliver abc",
      "63000: deliver abc",
      "123000: deliver abc",
      "183000: deliver abc",
      "183000: deliver d",
    ]);
  });

  it("delivers again only what comes from the reported record on", async () => {
    const run = new LaneRun();
    run.outcomes = [{ kind: "partial", from: 1 }];
    run.push("abc");
    await run.clock.advance(5_000);
    expect(run.events).to.deep.equal(["0: deliver abc", "1000: deliver bc"]);
  });

  it("finds one bad record by bisecting, without a pause, and gives up that one alone", async () => {
    const run = new LaneRun({ batchSize: 4, isBisecting: true, maximumRetryAttempts: 1 });
    const failure: DeliveryOutcome = { kind: "failure" };
    const success: DeliveryOutcome = { kind: "success" };
    // c is bad: abcd, ab, cd, c, c again, d.
    run.outcomes = [failure, success, failure, failure, failure, success];
    run.push("abcde");
    await run.clock.advance(10_000);
    expect(run.events).to.deep.equal([
      "0: deliver abcd",
      "0: deliver ab",
      "0: deliver cd",
      "0: deliver c",
      "1000: deliver c",
      "1000: give up c: RetryAttemptsExhausted",
      "1000: deliver d",
      "1000: deliver e",
    ]);
  });

  it("goes on for ever with a batch that does not reach the function", async () => {
    const run = new LaneRun({ maximumRetryAttempts: 0 });
    run.outcomes = Array.from({ length: 3 }, () => ({ kind: "undelivered" }));
    run.push("a");
    await run.clock.advance(60_000);
    expect(run.events).to.deep.equal(["0: deliver a", "1000: deliver a", "3000: deliver a", "7000: deliver a"]);
  });

  it("gives up records by their own age, before a delivery and between retries", async () => {
    const run = new LaneRun({ maximumRecordAgeSeconds: 60 });
    run.outcomes = [{ kind: "failure" }, { kind: "failure" }];
    run.push("a", 60_001);
    run.push("b", 58_000);
    run.push("c");
    await run.clock.advance(120_000);
    expect(run.events).to.deep.equal([
      "0: give up a: RecordAgeExceeded",
      "0: deliver bc",
      "1000: deliver bc",
      "3000: give up b: RecordAgeExceeded",
      "3000: deliver c",
    ]);
  });

  it("forgets a record that the stream no longer keeps, and asks for the retention only of one over a day old", async () => {
    const run = new LaneRun();
    run.retentionMs = 48 * HOUR_MS;
    run.outcomes = Array.from({ length: 10_000 }, () => ({ kind: "failure" }));
    run.push("a", 47 * HOUR_MS);
    await run.clock.advance(2 * HOUR_MS);
    expect(run.events.at(-1)).to.match(/^36\d{5}: lost a$/);
    expect(run.lane.isIdle).to.equal(true);
  });

  it("finishes the delivery in flight when it is stopped, and gives back the rest in order", async () => {
    const run = new LaneRun();
    let open = (): void => undefined;
    run.gate = new Promise((resolve) => {
      open = resolve;
    });
    run.outcomes = [{ kind: "partial", from: 2 }];
    run.push("abcde");
    let rest: string | undefined;
    const stopped = run.lane.stop().then((entries) => {
      rest = named(entries);
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(rest).to.equal(undefined);
    open();
    await stopped;
    expect(rest).to.equal("cde");
    await run.clock.advance(60_000);
    expect(run.events).to.deep.equal(["0: deliver abc"]);
  });
});
