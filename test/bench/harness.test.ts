import { expect } from "chai";
import { interleave, median, medianOf, medianRatio } from "../../bench/harness.ts";
import { failureOf } from "../support/failure-of.ts";

describe("bench/harness", () => {
  it("takes the middle value, and of an even count the mean of the two in the middle", () => {
    expect(median([9, 1, 5])).to.equal(5);
    expect(median([10, 2, 4, 1])).to.equal(3);
    expect(median([7])).to.equal(7);
  });

  it("refuses a median of nothing, and of a figure that a sample lacks", () => {
    expect(() => median([])).to.throw(RangeError, "never measured");
    expect(() => medianOf(undefined, "cpu")).to.throw(RangeError);
    expect(() => medianOf([{ cpu: 1 }, { rss: 2 }], "cpu")).to.throw('no figure "cpu"; it has rss');
  });

  it("holds the samples of one round against each other, not the medians", () => {
    // The second round was ten times as slow for both.
    const ours = [{ cpu: 2 }, { cpu: 30 }, { cpu: 2 }];
    const theirs = [{ cpu: 1 }, { cpu: 10 }, { cpu: 4 }];
    expect(medianRatio(ours, theirs, "cpu")).to.equal(2);
    expect(() => medianRatio(ours, theirs.slice(1), "cpu")).to.throw(RangeError, "3 rounds");
  });

  it("runs every variant once per round, and begins each round with the next one", async () => {
    const runs: string[] = [];
    const variant = (name: string) => ({
      name,
      measure: async () => {
        runs.push(name);
        return { run: runs.length };
      },
    });
    const samples = await interleave(["a", "b", "c"].map(variant), { rounds: 2 });
    expect(runs).to.deep.equal(["a", "b", "c", "b", "c", "a"]);
    expect(samples.get("a")).to.deep.equal([{ run: 1 }, { run: 6 }]);
  });

  it("fails with the variant that fails", async () => {
    const failing = { name: "a", measure: () => Promise.reject(new Error("digest differs")) };
    expect(await failureOf(interleave([failing], { rounds: 2 }))).to.equal("digest differs");
  });
});
