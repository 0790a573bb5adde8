import { expect } from "chai";
import { RetainedLog } from "../../../../local/kernel/retained-log.ts";

describe("the log behind a shard", () => {
  it("gives a record the same position for ever, however much was forgotten before it", () => {
    const log = new RetainedLog<number>();
    for (let value = 0; value < 10_000; value++) expect(log.append(value)).to.equal(value);
    for (const limit of [10, 1_500, 6_000, 6_001, 9_999]) {
      log.trim((value) => value < limit);
      expect([log.first, log.next, log.at(limit - 1), log.at(limit), log.at(9_999)]).to.deep.equal([
        limit,
        10_000,
        undefined,
        limit,
        9_999,
      ]);
      expect(log.search((value) => value >= 9_999)).to.equal(9_999);
      expect(log.search((value) => value >= 0)).to.equal(limit);
    }
    expect(log.search((value) => value > 10_000)).to.equal(10_000);
    log.clear();
    expect([log.first, log.next, log.append(1)]).to.deep.equal([10_000, 10_000, 10_000]);
  });

  it("lets go of what it forgot", () => {
    const log = new RetainedLog<{ value: number }>();
    let held = 0;
    for (let value = 0; value < 100_000; value++) {
      log.append({ value });
      log.trim((record) => record.value < value - 10);
      held = Math.max(held, log.size);
    }
    expect(held).to.be.below(5_000);
  });
});
