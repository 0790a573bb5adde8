import { expect } from "chai";
import { profileText, sharesOf } from "../../bench/profile.ts";

const node = (id: number, functionName: string, url: string) => ({ id, callFrame: { functionName, url } });

describe("bench/profile", () => {
  it("shares the time that is not idle by file of the bundle, and outside of it by kind", () => {
    const nodes = [
      node(1, "(idle)", ""),
      node(2, "decode", "file:///tmp/bundle/index.mjs"),
      node(3, "encode", "file:///tmp/bundle/index.mjs"),
      node(4, "writev", ""),
      node(5, "(garbage collector)", ""),
      node(6, "update", "node:crypto"),
      node(7, "rare", "file:///tmp/bundle/chunk-00000007.mjs"),
    ];
    const shares = sharesOf({
      nodes,
      samples: [1, 2, 3, 4, 5, 6, 7],
      timeDeltas: [9_000, 300, 200, 250, 150, 99, 1],
    });
    expect(shares.map(({ what, share }) => [what, Math.round(share * 1_000)])).to.deep.equal([
      ["index.mjs", 500],
      ["writes to sockets", 250],
      ["garbage collection", 150],
      ["Node.js", 99],
    ]);
    expect(profileText(shares)).to.equal(
      "a profile of this CPU time: index.mjs 50 %, writes to sockets 25 %, garbage collection 15 %, Node.js 10 %",
    );
  });
});
