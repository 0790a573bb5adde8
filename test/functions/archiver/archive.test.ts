import type { DynamoDBRecord } from "aws-lambda";
import { expect } from "chai";
import { archive } from "../../../functions/archiver/archive.ts";
import { MissingImageError, RemovePolicy } from "../../../functions/archiver/core/line.ts";
import { MAX_CALL_BYTES, MAX_RECORD_BYTES } from "../../../functions/archiver/core/packing.ts";
import type { DeliveryStream } from "../../../functions/archiver/ports.ts";
import { awsError } from "../support/aws-error.ts";
import { MemoryObjectStore, recordingOutput } from "../support/recording-ports.ts";
import { CHANGE_SECONDS, changeNumber, insertRecord, removeRecord } from "../support/stream-events.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

class MemoryDeliveryStream implements DeliveryStream {
  readonly taken: string[] = [];
  readonly calls: number[][] = [];
  before: (records: readonly Buffer[], callNumber: number) => readonly number[] | Promise<readonly number[]> = () => [];

  async put(records: readonly Buffer[]): Promise<readonly number[]> {
    this.calls.push(records.map(({ length }) => length));
    const failed = await this.before(records, this.calls.length);
    for (const [index, bytes] of records.entries()) if (!failed.includes(index)) this.taken.push(bytes.toString());
    return failed;
  }

  lines(): string[] {
    const text = this.taken.join("");
    expect(text === "" || text.endsWith("\n")).to.equal(true);
    return text.split("\n").slice(0, -1);
  }
}

function setup(removePolicy: RemovePolicy = RemovePolicy.Skip, totalMs = 60_000) {
  const clock = new VirtualClock(CHANGE_SECONDS * 1_000 + 700);
  const endsAt = clock.now() + totalMs;
  const deliveryStream = new MemoryDeliveryStream();
  const store = new MemoryObjectStore();
  const output = recordingOutput();
  const run = (Records: DynamoDBRecord[]) =>
    archive(
      { Records },
      { removePolicy, oversizedPrefix: "parked/" },
      {
        deliveryStream,
        store,
        clock,
        random: () => 0.5,
        remainingMs: () => endsAt - clock.now(),
        log: output.log,
        emitMetrics: output.emitMetrics,
      },
    );
  return { clock, deliveryStream, store, output, run };
}

const COMPLETE = { batchItemFailures: [] };
const failureAt = (index: number) => ({ batchItemFailures: [{ itemIdentifier: changeNumber(index) }] });
const small = (count: number): DynamoDBRecord[] =>
  Array.from({ length: count }, (_, index) => insertRecord({ n: { N: String(index) } }, { index }));
/** Records of which each makes a line that fills a Firehose record by itself. */
const large = (count: number): DynamoDBRecord[] =>
  Array.from({ length: count }, (_, index) => insertRecord({ text: { S: "x".repeat(600_000) } }, { index }));
const lineNumbers = (lines: readonly string[]): number[] => lines.map((line) => JSON.parse(line).item.n as number);
const thrownBy = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe("archive", () => {
  it("packs all lines of a batch into one record, each ended by one newline", async () => {
    const { deliveryStream, output, run } = setup();
    expect(await run(small(300))).to.deep.equal(COMPLETE);
    expect(deliveryStream.calls).to.have.length(1);
    expect(deliveryStream.calls[0]).to.have.length(1);
    expect(lineNumbers(deliveryStream.lines())).to.deep.equal(Array.from({ length: 300 }, (_, index) => index));
    expect(Object.fromEntries(output.recorded.metrics.map(({ name, value }) => [name, value]))).to.deep.equal({
      Received: 300,
      Stored: 300,
      Parked: 0,
      Skipped: 0,
      Unfinished: 0,
      Retried: 0,
      Lag: 700,
    });
  });

  it("keeps every call within 4 MiB", async () => {
    const { deliveryStream, run } = setup();
    expect(await run(large(9))).to.deep.equal(COMPLETE);
    expect(deliveryStream.calls.map((call) => call.length)).to.deep.equal([6, 3]);
    for (const call of deliveryStream.calls) {
      expect(call.reduce((sum, length) => sum + length, 0)).to.be.lessThanOrEqual(MAX_CALL_BYTES);
    }
    expect(deliveryStream.lines()).to.have.length(9);
  });

  it("delivers a line of exactly 1,000 KiB and parks one byte more, whole and with its reason", async () => {
    const { deliveryStream, store, run } = setup();
    const lineOf = (length: number, index: number) => insertRecord({ text: { S: "x".repeat(length) } }, { index });
    await run([lineOf(0, 0)]);
    const overhead = deliveryStream.calls[0]?.[0] ?? 0;
    const full = MAX_RECORD_BYTES - overhead;
    expect(await run([lineOf(full, 0), lineOf(full + 1, 1)])).to.deep.equal(COMPLETE);
    expect(deliveryStream.calls[1]).to.deep.equal([MAX_RECORD_BYTES]);
    expect([...store.objects.keys()]).to.deep.equal(["parked/2024/02/29/event-1.json"]);
    const [parked] = store.parsed();
    expect(JSON.parse(String(parked?.["line"])).item.text).to.have.length(full + 1);
    expect(parked).to.include({
      reason: "line-too-long",
      detail: "the line has 1024001 bytes; a Firehose record takes 1024000",
      eventId: "event-1",
      eventName: "INSERT",
      approximateCreationDateTime: CHANGE_SECONDS,
    });
  });

  it("sends only the records again that were not taken, until they are", async () => {
    const { clock, deliveryStream, output, run } = setup();
    deliveryStream.before = (records, call) => (call <= 2 ? records.map((_, index) => index).slice(1) : []);
    expect(await run(large(4))).to.deep.equal(COMPLETE);
    expect(deliveryStream.calls.map((call) => call.length)).to.deep.equal([4, 3, 2]);
    expect(deliveryStream.lines().map((line) => JSON.parse(line).eventId)).to.deep.equal([
      "event-0",
      "event-1",
      "event-2",
      "event-3",
    ]);
    expect(clock.slept).to.deep.equal([25, 50]);
    expect(output.metric("Retried")).to.equal(5);
  });

  it("reports the lowest change in a record that was never taken", async () => {
    const { deliveryStream, output, run } = setup(RemovePolicy.Skip, 5_000);
    deliveryStream.before = (records) =>
      records.flatMap((bytes, index) => (/event-(2|3)"/.test(bytes.subarray(0, 60).toString()) ? [index] : []));
    expect(await run(large(5))).to.deep.equal(failureAt(2));
    expect(deliveryStream.lines()).to.have.length(3);
    expect(output.metric("Unfinished")).to.equal(2);
    expect(output.metric("Stored")).to.equal(3);
  });

  it("reports all changes of a packed record, by the first of them", async () => {
    const { deliveryStream, output, run } = setup(RemovePolicy.Skip, 1_000);
    deliveryStream.before = () => [0];
    expect(await run(small(10).slice(4))).to.deep.equal(failureAt(4));
    expect(output.metric("Unfinished")).to.equal(6);
  });

  it("retries when the service is not available, and ends with the time", async () => {
    const { clock, deliveryStream, run } = setup(RemovePolicy.Skip, 10_000);
    deliveryStream.before = () => {
      throw awsError("ServiceUnavailableException", { status: 503 });
    };
    const startedAt = clock.now();
    expect(await run(small(2))).to.deep.equal(failureAt(0));
    expect(deliveryStream.calls.length).to.be.greaterThan(5);
    expect(clock.now() - startedAt).to.be.lessThan(9_000);
  });

  it("counts a call that does not end in time as not done", async () => {
    const { clock, deliveryStream, run } = setup(RemovePolicy.Skip, 10_000);
    deliveryStream.before = async () => {
      await clock.sleep(60_000);
      return [];
    };
    const startedAt = clock.now();
    expect(await run(small(2))).to.deep.equal(failureAt(0));
    expect(clock.now() - startedAt).to.equal(9_000);
  });

  it("leaves deletions out, or archives them, by policy", async () => {
    const skipping = setup();
    expect(await skipping.run([removeRecord(0), ...small(3).slice(1)])).to.deep.equal(COMPLETE);
    expect(skipping.deliveryStream.lines()).to.have.length(2);
    expect(skipping.output.metric("Skipped")).to.equal(1);
    const archiving = setup(RemovePolicy.Tombstone);
    expect(await archiving.run([removeRecord(0)])).to.deep.equal(COMPLETE);
    expect(archiving.deliveryStream.lines().map((line) => JSON.parse(line))).to.deep.equal([
      {
        eventId: "event-0",
        eventName: "REMOVE",
        approximateCreationDateTime: CHANGE_SECONDS,
        sequenceNumber: changeNumber(0),
        keys: { id: "k0" },
      },
    ]);
  });

  it("makes no call when there is nothing to archive", async () => {
    const { deliveryStream, run } = setup();
    expect(await run([removeRecord()])).to.deep.equal(COMPLETE);
    expect(await run([])).to.deep.equal(COMPLETE);
    expect(deliveryStream.calls).to.deep.equal([]);
  });

  it("parks an image that it cannot read, as it came, and archives the others", async () => {
    const { deliveryStream, store, run } = setup();
    const unreadable = insertRecord({ a: { N: "NaN" } }, { index: 1 });
    expect(await run([...small(1), unreadable])).to.deep.equal(COMPLETE);
    expect(deliveryStream.lines()).to.have.length(1);
    expect(store.parsed()[0]).to.include({ reason: "unreadable-image", line: JSON.stringify(unreadable) });
  });

  it("reports an oversized line that cannot be parked", async () => {
    const { store, output, run } = setup();
    store.before = () => {
      throw awsError("AccessDenied", { status: 403 });
    };
    const oversized = insertRecord({ text: { S: "x".repeat(MAX_RECORD_BYTES) } }, { index: 2 });
    expect(await run([...small(2), oversized])).to.deep.equal(failureAt(2));
    expect(output.metric("Stored")).to.equal(2);
    expect(output.metric("Parked")).to.equal(0);
  });

  for (const name of ["ResourceNotFoundException", "AccessDeniedException", "InvalidKMSResourceException"]) {
    it(`throws ${name} and parks nothing`, async () => {
      const { deliveryStream, store, output, run } = setup();
      const error = awsError(name);
      deliveryStream.before = () => {
        throw error;
      };
      const oversized = insertRecord({ text: { S: "x".repeat(MAX_RECORD_BYTES) } }, { index: 2 });
      expect(await thrownBy(run([...small(2), oversized]))).to.equal(error);
      expect(store.keys).to.deep.equal([]);
      expect(output.metric("Failed")).to.equal(1);
    });
  }

  it("throws when the stream carries no new images, before anything is sent", async () => {
    const { deliveryStream, run } = setup();
    const without = { ...removeRecord(1), eventName: "INSERT" as const };
    expect(await thrownBy(run([...small(1), without]))).to.be.instanceOf(MissingImageError);
    expect(deliveryStream.calls).to.deep.equal([]);
  });
});
