import { expect } from "chai";
import { endWithNpm } from "../../../local/run/end-with-npm.ts";

/** What a look at the parent leads to, look by look, and how many looks there are. */
function lookedAt(parents: readonly number[], script?: string) {
  const left = [...parents];
  let ends = 0;
  let looks = 0;
  endWithNpm({
    environment: script === undefined ? {} : { npm_lifecycle_script: script },
    parent: () => left.shift() ?? 0,
    every(look) {
      do looks++;
      while (look() && left.length > 0);
    },
    end: () => ends++,
  });
  return { ends, looks };
}

const start = "exec node -- load-typescript.mjs local/run/main.ts";

describe("a command that npm started", () => {
  it("ends once when its parent has ended, and not while it is there", () => {
    expect(lookedAt([7, 7, 7], start)).to.deep.equal({ ends: 0, looks: 2 });
    expect(lookedAt([7, 7, 1, 1], start)).to.deep.equal({ ends: 1, looks: 2 });
    // In a container npm may be the first process.
    expect(lookedAt([1, 1], start)).to.deep.equal({ ends: 0, looks: 1 });
  });

  it("is distinguished from one started by a shell, which may end first", () => {
    expect(lookedAt([7, 1])).to.deep.equal({ ends: 0, looks: 0 });
    // The shell of another script of npm is the parent here.
    expect(lookedAt([7, 1], "node local/run/main.ts & npm test")).to.deep.equal({ ends: 0, looks: 0 });
  });
});
