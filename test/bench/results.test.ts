import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Comparison, toMark } from "../../bench/marks.ts";
import { sectionText } from "../../bench/report.ts";
import { provenanceOf, type RecordedSection, readResults, writeResults } from "../../bench/results.ts";
import { projectFile } from "../docs/markdown-tables.ts";

const ORDER = ["replicator", "archiver", "system"];

const recorded = (name: string, change: Partial<RecordedSection> = {}): RecordedSection => ({
  name,
  machine: "a processor, 2 cores, 8 GiB, linux 6.1",
  node: "v20.20.2",
  date: "2026-11-30T10:00Z",
  commit: "abcdef0",
  command: "npm run bench",
  seconds: 12,
  tables: [],
  marks: [],
  notes: [],
  skipped: [],
  ...change,
});

describe("bench/results", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bench-results-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keep what is recorded of a section that was not run, in the order of the sections", () => {
    const file = join(folder, "results/latest.json");
    writeResults(file, [recorded("system"), recorded("replicator"), recorded("gone")], ORDER);
    writeResults(file, [recorded("system", { commit: "1234567+" })], ORDER);
    expect(readResults(file).map(({ name, commit }) => [name, commit])).to.deep.equal([
      ["replicator", "abcdef0"],
      ["system", "1234567+"],
    ]);
  });

  it("name machine, Node.js, date, commit and command", async () => {
    const now = new Date("2026-11-30T10:00:59Z");
    const provenance = await provenanceOf(projectFile("."), ["--only", "system"], now);
    expect(provenance).to.include({
      node: process.version,
      date: "2026-11-30T10:00Z",
      command: "npm run bench -- --only system",
    });
    expect(provenance.commit).to.match(/^[0-9a-f]{7,}\+?$/);
    expect(provenance.machine).to.match(/, \d+ cores, \d+ GiB, /);
  });

  it("are printed with every mark, and what is in the way of those that do not hold", () => {
    const goal = { goal: 2, comparison: Comparison.AtMost };
    const text = sectionText(
      recorded("archiver", {
        tables: [{ title: "CPU", columns: ["variant", "µs"], rows: [["ours", "12"]] }],
        marks: [
          toMark({ name: "first", value: 1, note: "nothing", ...goal }),
          toMark({ name: "second", value: 3, note: "the parser takes half of it", ...goal }),
        ],
        skipped: ["Python: there is no python3"],
      }),
    );
    expect(text).to.match(/^== archiver \(12 s\)\n/);
    expect(text).to.include("commit abcdef0: npm run bench").and.include("ours     12");
    expect(text)
      .to.match(/^first +1× +≤ 2× +follows +yes$/m)
      .and.match(/^second +3× +≤ 2× +follows +NO$/m);
    expect(text).to.include("In the way\n- second: the parser takes half of it").and.not.include("nothing");
    expect(text).to.include("Skipped\n- Python: there is no python3");
  });
});
