import { expect } from "chai";
import {
  MAX_BATCH_BYTES,
  MAX_BATCH_ITEMS,
  requestBytes,
  type SizedItem,
  toBatches,
} from "../../../../functions/replicator/core/batches.ts";
import { itemBytes, MAX_ITEM_BYTES } from "../../../../functions/replicator/core/item-size.ts";
import type { Item, ItemValue } from "../../../../functions/replicator/core/item-value.ts";

function sized(event: ItemValue): SizedItem {
  const item: Item = { event };
  return { item, bytes: itemBytes(item) };
}

describe("toBatches", () => {
  it("cuts after 25 items, in order, none lost", () => {
    const entries = Array.from({ length: 51 }, (_, index) => sized({ N: String(index) }));
    const batches = toBatches(entries);
    expect(batches.map(({ length }) => length)).to.deep.equal([25, 25, 1]);
    expect(batches.flat()).to.deep.equal(entries);
    expect(toBatches([])).to.deep.equal([]);
  });

  it("keeps a request of items that are written long under 16 MB", () => {
    const nulls = sized({ L: Array.from({ length: 200_000 }, (): ItemValue => ({ NULL: true })) });
    expect(nulls.bytes).to.be.lessThanOrEqual(MAX_ITEM_BYTES);
    const batches = toBatches(Array.from({ length: 6 }, () => nulls));
    const lengths = batches.map((batch) => JSON.stringify(batch.map(({ item }) => item)).length);
    expect(batches.map(({ length }) => length)).to.deep.equal([5, 1]);
    expect(Math.max(...lengths)).to.be.lessThanOrEqual(MAX_BATCH_BYTES);
  });

  it("bounds what small items can grow to when they are written", () => {
    for (const event of [
      { L: Array.from({ length: 8_000 }, (): ItemValue => ({ S: "" })) },
      { S: "\u0001".repeat(16_000) },
      { M: Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`\u0001${index}`, { S: "" }])) },
    ] satisfies ItemValue[]) {
      const entry = sized(event);
      expect(requestBytes(entry)).to.be.greaterThan(JSON.stringify({ PutRequest: { Item: entry.item } }).length);
      expect(requestBytes(entry) * MAX_BATCH_ITEMS).to.be.lessThanOrEqual(MAX_BATCH_BYTES);
    }
  });
});
