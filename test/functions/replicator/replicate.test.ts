import type { KinesisStreamEvent } from "aws-lambda";
import { expect } from "chai";
import { HashKeyScope, HashKeySeparator } from "../../../functions/replicator/core/item.ts";
import { NumberPolicy } from "../../../functions/replicator/core/number-text.ts";
import { ForeignStreamError, type ReplicateOptions, replicate } from "../../../functions/replicator/replicate.ts";
import { awsError } from "../support/aws-error.ts";
import {
  ARRIVAL_SECONDS,
  kinesisEvent,
  kinesisRecord,
  SHARD_ID,
  STREAM_ARN,
  sequenceNumber,
} from "../support/kinesis-events.ts";
import { MemoryTable } from "../support/memory-table.ts";
import { MemoryObjectStore, recordingOutput } from "../support/recording-ports.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const OPTIONS: ReplicateOptions = {
  sourceStreamArn: STREAM_ARN,
  hashKeyScope: HashKeyScope.Shard,
  hashKeySeparator: HashKeySeparator.Underscore,
  numberPolicy: NumberPolicy.Park,
  indexedAttributes: [],
  parkedPrefix: "parked/",
};

const OTHER_STREAM_ARN = "arn:aws:kinesis:us-east-1:111111111111:stream/other";

function setup(options: Partial<ReplicateOptions> = {}, totalMs = 60_000, table = new MemoryTable()) {
  const clock = new VirtualClock(ARRIVAL_SECONDS * 1_000 + 2_500);
  const endsAt = clock.now() + totalMs;
  const store = new MemoryObjectStore();
  const output = recordingOutput();
  const run = (event: KinesisStreamEvent) =>
    replicate(
      event,
      { ...OPTIONS, ...options },
      {
        writer: table,
        store,
        clock,
        random: () => 0.5,
        remainingMs: () => endsAt - clock.now(),
        log: output.log,
        emitMetrics: output.emitMetrics,
      },
    );
  return { clock, table, store, output, run };
}

const failureAt = (index: number) => ({ batchItemFailures: [{ itemIdentifier: sequenceNumber(index) }] });
const COMPLETE = { batchItemFailures: [] };
const thrownBy = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe("replicate", () => {
  it("parks a record that is not JSON and stores the other 299", async () => {
    const { table, store, output, run } = setup();
    const response = await run(kinesisEvent(300, (index) => (index === 123 ? "not json" : `{"n":${index}}`)));
    expect(response).to.deep.equal(COMPLETE);
    expect(table.items.size).to.equal(299);
    expect([...store.objects.keys()]).to.deep.equal([`parked/2024/02/29/${SHARD_ID}/${sequenceNumber(123)}.json`]);
    expect(store.parsed()[0]).to.include({
      reason: "not-json",
      sequenceNumber: sequenceNumber(123),
      data: Buffer.from("not json").toString("base64"),
    });
    expect(Object.fromEntries(output.recorded.metrics.map(({ name, value }) => [name, value]))).to.deep.equal({
      Received: 300,
      Stored: 299,
      Parked: 1,
      "Parked.not-json": 1,
      Unfinished: 0,
      Retried: 0,
      Lag: 2_500,
    });
  });

  it("parks all 300 when all are poison, without a write", async () => {
    const { table, store, run } = setup();
    expect(await run(kinesisEvent(300, () => "{"))).to.deep.equal(COMPLETE);
    expect(table.calls).to.deep.equal([]);
    expect(store.objects.size).to.equal(300);
  });

  it("answers an empty batch with complete success", async () => {
    const { run, output } = setup();
    expect(await run({ Records: [] })).to.deep.equal(COMPLETE);
    expect(output.metric("Lag")).to.equal(0);
  });

  it("parks what the table refuses, with what it said", async () => {
    const { table, store, run } = setup({ indexedAttributes: [{ attribute: "userId", path: "user" }] });
    const message =
      "One or more parameter values were invalid: Type mismatch for Index Key userId Expected: S Actual: N";
    table.refusal = (item) => ("N" in (item["userId"] ?? {}) ? message : undefined);
    const response = await run(kinesisEvent(25, (index) => `{"user":${index === 24 ? 1 : '"u"'}}`));
    expect(response).to.deep.equal(COMPLETE);
    expect(table.items.size).to.equal(24);
    expect(store.parsed()).to.have.length(1);
    expect(store.parsed()[0]).to.include({
      reason: "invalid-item",
      detail: message,
      sequenceNumber: sequenceNumber(24),
    });
  });

  it("stores one item for a record that is in the batch twice", async () => {
    const { table, run } = setup();
    const twice = [kinesisRecord('{"n":1}', { index: 1 }), kinesisRecord('{"n":1}', { index: 1 })];
    expect(await run({ Records: [...twice, kinesisRecord('{"n":2}', { index: 2 })] })).to.deep.equal(COMPLETE);
    expect(table.calls).to.deep.equal([2]);
  });

  it("writes the same items again when the batch comes again", async () => {
    const { table, run } = setup();
    const event = kinesisEvent(40);
    await run(event);
    const first = JSON.stringify([...table.items]);
    await run(event);
    expect(JSON.stringify([...table.items])).to.equal(first);
  });

  it("reports the lowest record that is not stored when the time is up, and stores what it can", async () => {
    const { table, output, run } = setup({}, 5_000);
    table.before = (items) =>
      items.flatMap((item, index) => (/"n":\{"N":"(41|57)"\}/.test(JSON.stringify(item)) ? [index] : []));
    expect(await run(kinesisEvent(100))).to.deep.equal(failureAt(41));
    expect(table.items.size).to.equal(98);
    expect(output.metric("Unfinished")).to.equal(2);
    expect(output.metric("Retried")).to.be.greaterThan(2);
  });

  it("reports every record of an invocation that has no time", async () => {
    const { table, store, run } = setup({}, 0);
    expect(await run(kinesisEvent(5, (index) => (index === 3 ? "bad" : "1")))).to.deep.equal(failureAt(0));
    expect(table.calls).to.deep.equal([]);
    expect(store.keys).to.deep.equal([]);
  });

  it("has time to park what is poison, however long the table is throttled", async () => {
    const { clock, table, store, run } = setup({}, 30_000);
    const endsAt = clock.now() + 30_000;
    table.before = () => {
      throw awsError("ProvisionedThroughputExceededException");
    };
    store.before = () => clock.sleep(1_500);
    expect(await run(kinesisEvent(10, (index) => (index < 3 ? "poison" : "1")))).to.deep.equal(failureAt(3));
    expect(store.objects.size).to.equal(3);
    expect(clock.now()).to.be.lessThan(endsAt - 900);
  });

  it("retries parking until it works", async () => {
    const { store, output, run } = setup();
    store.before = (_, call) => {
      if (call <= 3) throw awsError("SlowDown", { status: 503 });
    };
    expect(await run(kinesisEvent(2, (index) => (index === 1 ? "bad" : "1")))).to.deep.equal(COMPLETE);
    expect(store.keys).to.have.length(4);
    expect(store.objects.size).to.equal(1);
    expect(output.metric("Retried")).to.equal(3);
  });

  it("reports a record that cannot be parked, and stores the others", async () => {
    const { table, store, output, run } = setup();
    store.before = (key) => {
      if (key.includes(sequenceNumber(6))) throw awsError("AccessDenied", { status: 403 });
    };
    expect(await run(kinesisEvent(20, (index) => (index === 2 || index === 6 ? "bad" : "1")))).to.deep.equal(
      failureAt(6),
    );
    expect(table.items.size).to.equal(18);
    expect(store.keys).to.have.length(2);
    expect(output.metric("Parked")).to.equal(1);
    expect(output.metric("Parked.not-json")).to.equal(1);
    expect(output.recorded.lines.map((line) => JSON.parse(line).message)).to.deep.equal([
      "parking failed",
      "batch not finished",
    ]);
  });

  it("reports a record whose parking does not end in time", async () => {
    const { clock, store, run } = setup({}, 10_000);
    store.before = () => clock.sleep(60_000);
    const startedAt = clock.now();
    expect(await run(kinesisEvent(1, () => "bad"))).to.deep.equal(failureAt(0));
    expect(clock.now() - startedAt).to.equal(9_000);
  });

  for (const name of ["AccessDeniedException", "ResourceNotFoundException", "ExpiredTokenException"]) {
    it(`throws ${name} and parks nothing, not even what is poison`, async () => {
      const { table, store, output, run } = setup();
      const error = awsError(name);
      table.before = () => {
        throw error;
      };
      expect(await thrownBy(run(kinesisEvent(10, (index) => (index === 0 ? "bad" : "1"))))).to.equal(error);
      expect(store.keys).to.deep.equal([]);
      expect(output.metric("Failed")).to.equal(1);
      expect(JSON.parse(output.recorded.lines[0] ?? "")).to.include({ level: "ERROR", errorName: name });
    });
  }

  it("throws on a record of another stream, and writes and parks nothing", async () => {
    const { table, store, run } = setup();
    const Records = [kinesisRecord("1", { index: 1 }), kinesisRecord("bad", { index: 2, streamArn: OTHER_STREAM_ARN })];
    expect(await thrownBy(run({ Records }))).to.be.instanceOf(ForeignStreamError);
    expect(table.calls).to.deep.equal([]);
    expect(store.keys).to.deep.equal([]);
  });

  it("keeps two streams apart by name when the hash key has stream scope", async () => {
    const { table, store, run } = setup({ hashKeyScope: HashKeyScope.Stream });
    const Records = [STREAM_ARN, OTHER_STREAM_ARN].flatMap((streamArn) => [
      kinesisRecord("1", { index: 1, streamArn }),
      kinesisRecord("bad", { index: 2, streamArn }),
    ]);
    expect(await run({ Records })).to.deep.equal(COMPLETE);
    expect([...table.items.keys()].map((key) => key.split("_")[0])).to.deep.equal(["events", "other"]);
    expect(store.objects.size).to.equal(2);
  });

  it("makes a second item of a record that comes again after the separator of hash keys was changed", async () => {
    const Records = [kinesisRecord("1", { index: 1 }), kinesisRecord("2", { index: 2 })];
    const before = setup({ hashKeySeparator: HashKeySeparator.Hyphen });
    await before.run({ Records: Records.slice(0, 1) });
    const after = setup({}, 60_000, before.table);
    await after.run({ Records });
    const [first, second] = Records.map(({ kinesis }) => kinesis.sequenceNumber);
    const digits = (number = "") => number.slice(-3, -1);
    expect([...after.table.items.keys()]).to.deep.equal([
      `${digits(first)}-${SHARD_ID} ${first}`,
      `${digits(first)}_${SHARD_ID} ${first}`,
      `${digits(second)}_${SHARD_ID} ${second}`,
    ]);
  });

  it("takes a record that came by enhanced fan-out for one of its stream", async () => {
    const { table, run } = setup();
    const Records = [kinesisRecord("1", { streamArn: `${STREAM_ARN}/consumer/fast:1700000000` })];
    expect(await run({ Records })).to.deep.equal(COMPLETE);
    expect(table.items.size).to.equal(1);
  });

  it("logs counts and identifiers and never a payload", async () => {
    const { table, store, output, run } = setup();
    table.refusal = (item) => (JSON.stringify(item).includes("refused") ? "refused: s3cret" : undefined);
    store.before = () => {
      throw awsError("NoSuchBucket", { status: 404 });
    };
    await run(kinesisEvent(3, (index) => ['"s3cret"', '{"s3cret', '"s3cret refused"'][index] ?? ""));
    expect(output.recorded.lines).to.have.length(2);
    for (const line of output.recorded.lines) {
      expect(line).to.not.include("s3cret");
      expect(JSON.parse(line)).to.include({ requestId: "request-1" });
    }
  });
});
