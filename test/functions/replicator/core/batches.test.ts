import { expect } from "chai";
import { MAX_BATCH_BYTES, toBatches } from "../../../../functions/replicator/core/batches.ts";
import { encoded, textOf } from "../../support/encoded-items.ts";

describe("toBatches", () => {
  it("cuts after 25 items, in order, none lost", () => {
    const entries = Array.from({ length: 51 }, (_, index) => encoded({ event: { N: String(index) } }));
    const batches = [...toBatches(entries)];
    expect(batches.map(({ length }) => length)).to.deep.equal([25, 25, 1]);
    expect(batches.flat()).to.deep.equal(entries);
    expect([...toBatches([])]).to.deep.equal([]);
  });

  it("keeps a request under 16 MB, decimal or binary, however long its items are written", () => {
    const items = Array.from({ length: 6 }, (_, index) => encoded({ event: { S: "\u0001".repeat(550_000 + index) } }));
    const batches = [...toBatches(items)];
    expect(batches.map(({ length }) => length)).to.deep.equal([4, 2]);
    const request = (batch: typeof items) =>
      `{"RequestItems":{"${"t".repeat(255)}":[${batch.map((item) => `{"PutRequest":{"Item":${textOf(item)}}}`).join()}]}}`;
    expect(Math.max(...batches.map((batch) => request(batch).length))).to.be.lessThanOrEqual(16_000_000);
  });

  it("closes a batch before the item with which it would be over 16 MB", () => {
    const large = encoded({ event: { S: "x".repeat(MAX_BATCH_BYTES / 2) } });
    expect([...toBatches([large, large])].map(({ length }) => length)).to.deep.equal([1, 1]);
  });
});
