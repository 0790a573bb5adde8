import { expect } from "chai";
import { batchesUnderLoad } from "../../../bench/archiver/arrivals.ts";

const batches = (eventsPerSecond: number, seconds: number, batchSize: number, batchWindowSeconds: number) =>
  batchesUnderLoad({ eventsPerSecond, seconds, recordBytes: 1_000 }, { batchSize, batchWindowSeconds });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("bench/archiver/arrivals", () => {
  it("cuts batches at the window where few records arrive, and at the batch size where many do", async () => {
    expect((await batches(10, 20, 100, 1)).slice(1, -1)).to.satisfy((sizes: readonly number[]) =>
      sizes.every((size) => size >= 10 && size <= 13),
    );
    expect(new Set((await batches(1_000, 3, 100, 1)).slice(0, -1))).to.deep.equal(new Set([100]));
  });

  it("waits for a longer window, and cuts at 6 MB of event", async () => {
    expect((await batches(10, 60, 1_000, 10))[0]).to.be.within(95, 110);
    const large = await batchesUnderLoad(
      { eventsPerSecond: 1_000, seconds: 3, recordBytes: 60_000 },
      { batchSize: 10_000, batchWindowSeconds: 60 },
    );
    expect(large[0]).to.be.within(90, 110);
  });

  it("delivers every record once", async () => {
    expect(sum(await batches(100, 7, 90, 1))).to.equal(700);
    expect(sum(await batches(3, 7, 100, 0))).to.equal(21);
  });
});
