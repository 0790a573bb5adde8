import { expect } from "chai";
import { Attribute } from "../../../functions/replicator/core/item.ts";
import type { EncodedItem, Item } from "../../../functions/replicator/core/item-value.ts";
import { WRITE_CONCURRENCY, writeItems } from "../../../functions/replicator/write-items.ts";
import { createDeadline } from "../../../functions/shared/deadline.ts";
import { awsError } from "../support/aws-error.ts";
import { encoded } from "../support/encoded-items.ts";
import { MemoryTable } from "../support/memory-table.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

interface Entry extends EncodedItem {
  readonly n: number;
}

function entries(count: number): Entry[] {
  return Array.from({ length: count }, (_, n) => ({
    ...encoded({ [Attribute.HashKey]: { S: "h" }, [Attribute.SequenceNumber]: { S: String(n) } }),
    n,
  }));
}

function numberOf(item: Item): number {
  return Number((item[Attribute.SequenceNumber] as { S: string }).S);
}

function setup(totalMs = 60_000) {
  const clock = new VirtualClock(0);
  const table = new MemoryTable();
  const run = (count: number) =>
    writeItems(entries(count), {
      writer: table,
      clock,
      random: () => 0.5,
      deadline: createDeadline(clock, () => totalMs - clock.now(), 0),
    });
  return { clock, table, run };
}

const numbers = (list: readonly { readonly n: number }[]): number[] => list.map(({ n }) => n).sort((a, b) => a - b);
const numbersIn = (table: MemoryTable): number[] => [...table.items.values()].map(numberOf).sort((a, b) => a - b);
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe("writeItems", () => {
  it("stores 300 items in 12 calls, and nothing in none", async () => {
    const { table, run } = setup();
    const outcome = await run(300);
    expect(table.calls).to.deep.equal(Array.from({ length: 12 }, () => 25));
    expect(numbersIn(table)).to.deep.equal(range(0, 300));
    expect(outcome.stored).to.equal(table.items.size);
    expect(outcome).to.deep.include({ refused: [], unfinished: [], retried: 0 });
    const empty = setup();
    expect(await empty.run(0)).to.deep.equal({ stored: 0, refused: [], unfinished: [], retried: 0 });
    expect(empty.table.calls).to.deep.equal([]);
  });

  it("has no more than eight calls under way", async () => {
    const { clock, table, run } = setup();
    let running = 0;
    let most = 0;
    table.before = async () => {
      most = Math.max(most, ++running);
      await clock.sleep(20);
      running--;
      return [];
    };
    await run(500);
    expect(most).to.equal(WRITE_CONCURRENCY);
  });

  it("halves a refused batch until the bad item stands alone, and waits for nothing", async () => {
    const { clock, table, run } = setup();
    table.refusal = (item) => (numberOf(item) === 7 ? "Type mismatch for Index Key" : undefined);
    const outcome = await run(25);
    expect(table.calls).to.deep.equal([25, 13, 7, 6, 3, 2, 1, 1, 1, 3, 12]);
    expect(numbersIn(table)).to.deep.equal(range(0, 25).filter((n) => n !== 7));
    expect(outcome.stored).to.equal(table.items.size);
    expect(outcome.refused.map(({ entry, detail }) => [entry.n, detail])).to.deep.equal([
      [7, "Type mismatch for Index Key"],
    ]);
    expect(clock.slept).to.deep.equal([]);
    expect(outcome.retried).to.equal(0);
  });

  it("isolates several bad items, and a whole batch of them", async () => {
    const { table, run } = setup();
    table.refusal = (item) => ([0, 11, 12, 24].includes(numberOf(item)) ? "bad" : undefined);
    const outcome = await run(26);
    expect(numbers(outcome.refused.map(({ entry }) => entry))).to.deep.equal([0, 11, 12, 24]);
    expect(outcome.stored).to.equal(22);
    const all = setup();
    all.table.refusal = () => "bad";
    expect((await all.run(25)).refused).to.have.length(25);
    expect(all.table.calls).to.have.length(49);
  });

  it("sends only the unprocessed items again, after a backoff", async () => {
    const { clock, table, run } = setup();
    table.before = (items, call) =>
      call <= 2 ? items.map((_, index) => index).filter((index) => index % 2 === 1) : [];
    const outcome = await run(25);
    expect(table.calls).to.deep.equal([25, 12, 6]);
    expect(clock.slept).to.deep.equal([25, 50]);
    expect(numbersIn(table)).to.deep.equal(range(0, 25));
    expect(outcome.stored).to.equal(table.items.size);
    expect(outcome.retried).to.equal(18);
  });

  it("backs off from throttles, resets and the service's own errors until they pass", async () => {
    const { clock, table, run } = setup();
    const errors = [
      awsError("ProvisionedThroughputExceededException"),
      Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }),
      awsError("InternalServerError", { status: 500 }),
    ];
    table.before = (_, call) => {
      const error = errors[call - 1];
      if (error !== undefined) throw error;
      return [];
    };
    const outcome = await run(3);
    expect(outcome.stored).to.equal(3);
    expect(outcome.retried).to.equal(9);
    expect(clock.slept).to.deep.equal([25, 50, 100]);
  });

  it("isolates a bad item that a throttle hid", async () => {
    const { table, run } = setup();
    table.refusal = (item) => (numberOf(item) === 1 ? "bad" : undefined);
    table.before = (_, call) => {
      if (call % 2 === 1) throw awsError("ThrottlingException");
      return [];
    };
    const outcome = await run(2);
    expect(numbersIn(table)).to.deep.equal([0]);
    expect(outcome.stored).to.equal(table.items.size);
    expect(numbers(outcome.refused.map(({ entry }) => entry))).to.deep.equal([1]);
  });

  it("ends with the time: what was stored is told from what was not", async () => {
    const { clock, table, run } = setup(1_000);
    table.before = (items) => (items.some((item) => numberOf(item) === 30) ? items.map((_, index) => index) : []);
    const outcome = await run(60);
    expect(numbers(outcome.unfinished)).to.deep.equal(range(25, 50));
    expect(outcome.stored).to.equal(35);
    expect(clock.now()).to.be.lessThan(1_000);
  });

  it("counts a call that does not end in time as not done", async () => {
    const { clock, table, run } = setup(1_000);
    table.before = async (items) => {
      if (items.some((item) => numberOf(item) === 0)) await clock.sleep(5_000);
      return [];
    };
    const outcome = await run(30);
    expect(numbers(outcome.unfinished)).to.deep.equal(range(0, 25));
    expect(outcome.stored).to.equal(5);
  });

  it("starts no call when the time is up at the start", async () => {
    const { table, run } = setup(0);
    expect(numbers((await run(30)).unfinished)).to.deep.equal(range(0, 30));
    expect(table.calls).to.deep.equal([]);
  });

  for (const name of ["AccessDeniedException", "ResourceNotFoundException", "ExpiredTokenException"]) {
    it(`throws ${name} and starts no further call`, async () => {
      const { table, run } = setup();
      const error = awsError(name);
      table.before = () => {
        throw error;
      };
      expect(await run(1_000).catch((thrown: unknown) => thrown)).to.equal(error);
      expect(table.calls.length).to.be.lessThanOrEqual(WRITE_CONCURRENCY);
    });
  }

  it("lays a key schema that does not fit on the table: throws, isolates nothing", async () => {
    const { table, run } = setup();
    table.refusal = () => "The provided key element does not match the schema";
    const thrown = await run(25).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(Error).with.property("name", "ValidationException");
    expect(table.calls).to.deep.equal([25]);
  });
});
