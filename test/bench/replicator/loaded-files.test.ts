import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { filesWithout } from "../../../bench/replicator/loaded-files.ts";

const files = {
  "index.mjs": 'import{a as b}from"./shared.mjs";import"./plain.mjs";const c=()=>import("./sts-session-1.mjs");',
  "shared.mjs": 'const d=await import("./lazy.mjs");export{a};',
  "plain.mjs": "",
  "sts-session-1.mjs": 'import"./sdk.mjs";import{a}from"./shared.mjs";',
  "sdk.mjs": "",
  "lazy.mjs": "",
};

describe("bench/replicator/loaded-files", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "bench-files-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  });
  after(() => rmSync(folder, { recursive: true }));

  const without = (loaded: readonly string[]) => filesWithout(/^sts-session/, join(folder, "index.mjs"), loaded);

  it("leaves out what the excluded file alone leads to, and keeps what others need too", () => {
    expect(without(Object.keys(files))).to.have.members(["index.mjs", "shared.mjs", "plain.mjs", "lazy.mjs"]);
  });

  it("does not count a file that was not loaded", () => {
    expect(without(["index.mjs", "shared.mjs"])).to.have.members(["index.mjs", "shared.mjs"]);
  });
});
