import { expect } from "chai";
import { Clock, ClockMode } from "../../../../../local/kernel/clock.ts";
import { AwsError } from "../../../../../local/kernel/errors.ts";
import type { StreamEntry } from "../../../../../local/services/lambda/mappings/batch.ts";
import { ShardReader } from "../../../../../local/services/lambda/mappings/shard-reader.ts";
import type { Position, ReadResult } from "../../../../../local/services/lambda/mappings/stream-source.ts";

const START = 1_000_000_000;

const named = (entries: readonly StreamEntry[]): string => entries.map((entry) => entry.sequenceNumber).join("");

/** A reader on a clock that stands still, and a shard that answers what the test says. */
class ReaderRun {
  readonly clock = new Clock({ mode: ClockMode.Manual, startAt: START });
  readonly events: string[] = [];
  readonly reader: ShardReader;
  hasRoom = true;
  isGone = false;
  answers: (Partial<ReadResult> | AwsError)[] = [];
  #iterators = 0;

  constructor(position: Position = { type: "TRIM_HORIZON" }) {
    this.reader = new ShardReader(
      {
        clock: this.clock,
        getIterator: async (from) => {
          this.#note(`iterator ${from.type}${from.type === "AFTER_SEQUENCE_NUMBER" ? ` ${from.sequenceNumber}` : ""}`);
          return `i${++this.#iterators}`;
        },
        getRecords: async (iterator) => {
          this.#note(`read ${iterator}`);
          const answer = this.answers.shift() ?? {};
          if (answer instanceof AwsError) throw answer;
          return { entries: [], nextIterator: `${iterator}+`, isBehind: false, ...answer };
        },
        hasRoom: () => this.hasRoom,
        onEntries: (entries) => this.#note(`got ${named(entries)}`),
        isGone: async () => this.isGone,
        onProblem: (message) => this.#note(`problem ${message}`),
        onEnd: () => this.#note("end"),
      },
      position,
    );
  }

  take(): string[] {
    return this.events.splice(0);
  }

  #note(what: string): void {
    this.events.push(`${this.clock.now() - START}: ${what}`);
  }
}

const entriesNamed = (names: string, arrivedAt = START): StreamEntry[] =>
  [...names].map((sequenceNumber) => ({
    sequenceNumber,
    arrivedAt,
    orderKey: "",
    json: "{}",
    bytes: 2,
    readAt: START,
  }));

describe("a shard reader of an event source mapping", () => {
  it("reads once, and then only when it is woken, at most once a second", async () => {
    const run = new ReaderRun();
    run.answers = [{ entries: entriesNamed("ab") }];
    await run.reader.open();
    run.reader.pump();
    await run.clock.advance(600_000);
    expect(run.take()).to.deep.equal(["0: iterator TRIM_HORIZON", "0: read i1", "0: got ab"]);
    expect(run.reader.isCaughtUp).to.equal(true);
    run.reader.wake();
    await run.clock.advance(300);
    run.reader.wake();
    run.reader.wake();
    await run.clock.advance(10_000);
    expect(run.take()).to.deep.equal([
      "600000: iterator AFTER_SEQUENCE_NUMBER b",
      "600000: read i2",
      "601000: read i2+",
    ]);
  });

  it("reads five times a second while there is more", async () => {
    const run = new ReaderRun();
    run.answers = [{ entries: entriesNamed("a"), isBehind: true }, { isBehind: true }, { entries: entriesNamed("b") }];
    run.reader.pump();
    await run.clock.advance(5_000);
    expect(run.take()).to.deep.equal([
      "0: iterator TRIM_HORIZON",
      "0: read i1",
      "0: got a",
      "200: read i1+",
      "400: read i1++",
      "400: got b",
    ]);
  });

  it("does not read while there is no room", async () => {
    const run = new ReaderRun();
    run.hasRoom = false;
    run.reader.wake();
    await run.clock.advance(5_000);
    expect(run.take()).to.deep.equal([]);
    expect(run.reader.isCaughtUp).to.equal(false);
    run.hasRoom = true;
    run.reader.pump();
    await run.clock.advance(0);
    expect(run.take()).to.deep.equal(["5000: iterator TRIM_HORIZON", "5000: read i1"]);
  });

  it("goes on from its place after an expired iterator, a throttle and a refusal", async () => {
    const run = new ReaderRun();
    const refused = (code: string) => new AwsError(code, code);
    run.answers = [
      { entries: entriesNamed("a"), isBehind: true },
      refused("ExpiredIteratorException"),
      refused("ProvisionedThroughputExceededException"),
      refused("ProvisionedThroughputExceededException"),
      refused("AccessDeniedException"),
    ];
    run.reader.pump();
    await run.clock.advance(100);
    run.take();
    await run.clock.advance(120_000);
    expect(run.take()).to.deep.equal([
      "200: read i1+",
      "200: iterator AFTER_SEQUENCE_NUMBER a",
      "200: read i2",
      "200: problem ProvisionedThroughputExceededException",
      "1200: iterator AFTER_SEQUENCE_NUMBER a",
      "1200: read i3",
      "1200: problem ProvisionedThroughputExceededException",
      "3200: iterator AFTER_SEQUENCE_NUMBER a",
      "3200: read i4",
      "3200: problem AccessDeniedException",
      "63200: iterator AFTER_SEQUENCE_NUMBER a",
      "63200: read i5",
    ]);
  });

  it("loses nothing that came after a start at LATEST, also when its first iterator expires unused", async () => {
    const run = new ReaderRun({ type: "LATEST" });
    await run.reader.open();
    await run.clock.advance(900_000);
    run.answers = [{ entries: [...entriesNamed("o", START - 1_000), ...entriesNamed("n", START)] }];
    run.reader.wake();
    await run.clock.advance(0);
    expect(run.take()).to.deep.equal([
      "0: iterator LATEST",
      "900000: iterator SINCE",
      "900000: read i2",
      "900000: got n",
    ]);
  });

  it("ends with a shard that the stream has let go, and goes on asking one that only refuses", async () => {
    const run = new ReaderRun();
    const missing = new AwsError("ResourceNotFoundException", "no such shard");
    run.answers = [missing, missing];
    run.reader.pump();
    await run.clock.advance(59_000);
    expect(run.take()).to.deep.equal(["0: iterator TRIM_HORIZON", "0: read i1", "0: problem no such shard"]);
    expect(run.reader.isEnded).to.equal(false);
    run.isGone = true;
    await run.clock.advance(600_000);
    expect(run.take()).to.deep.equal(["60000: iterator TRIM_HORIZON", "60000: read i2", "60000: end"]);
    expect(run.reader.isEnded).to.equal(true);
  });

  it("ends with a closed shard", async () => {
    const run = new ReaderRun();
    run.answers = [{ entries: entriesNamed("a"), nextIterator: undefined }];
    run.reader.pump();
    await run.clock.advance(0);
    run.reader.wake();
    await run.clock.advance(5_000);
    expect(run.take()).to.deep.equal(["0: iterator TRIM_HORIZON", "0: read i1", "0: got a", "0: end"]);
    expect(run.reader.isCaughtUp).to.equal(true);
  });
});
