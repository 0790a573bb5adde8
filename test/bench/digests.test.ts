import { expect } from "chai";
import { SameDigest } from "../../bench/digests.ts";

describe("bench/digests", () => {
  it("fail the benchmark when a way stored something else, and name both ways", () => {
    const digests = new SameDigest();
    digests.hold("ours", "aa");
    digests.hold("theirs", "aa");
    expect(() => digests.hold("others", "bb")).to.throw('"others" and "ours" did not store the same (bb and aa)');
  });
});
