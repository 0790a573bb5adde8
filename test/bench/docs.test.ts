import { expect } from "chai";
import { Page, resultsMarkdown, withResults } from "../../bench/docs.ts";
import { Comparison, toMark } from "../../bench/marks.ts";
import type { RecordedSection } from "../../bench/results.ts";

const section = (name: string): RecordedSection => ({
  name,
  machine: "a processor, 2 cores, 8 GiB, linux 6.1",
  node: "v20.20.2",
  date: "2026-11-30T10:00Z",
  commit: "abcdef0",
  command: "npm run bench",
  seconds: 12,
  tables: [
    { title: `CPU of ${name}`, columns: ["way", "µs"], rows: [["ours", "12"]] },
    { title: "Memory", columns: ["way", "MB"], rows: [["ours", "3"]] },
  ],
  marks: [toMark({ name: "first", value: 3, goal: 2, comparison: Comparison.AtMost, note: "the parser" })],
  notes: ["Plain HTTP."],
  skipped: ["Python"],
});

describe("bench/docs", () => {
  it("shows every table, mark, reason and note of every section, with its provenance", () => {
    const text = resultsMarkdown(Page.All, [section("replicator"), section("archiver")]);
    for (const part of ["## replicator", "## archiver", "**CPU of archiver**", "| ours | 3 |", "- Plain HTTP."]) {
      expect(text).to.include(part);
    }
    expect(text).to.include("| first | 3× | ≤ 2× | follows | NO |").and.include("- first: the parser");
    expect(text).to.include("Measured on 2026-11-30 by `npm run bench`, commit abcdef0, on a processor");
  });

  it("shows the first table of the first section in the README", () => {
    const text = resultsMarkdown(Page.Short, [section("replicator"), section("archiver")]);
    expect(text).to.include("CPU of replicator").and.not.include("Memory").and.not.include("archiver");
  });

  it("replaces what stands between the marks, and nothing else", () => {
    const page = "before\n<!-- results of npm run bench -->\n\nold\n\n<!-- end of results -->\nafter\n";
    const changed = withResults(page, "new");
    expect(changed).to.equal(page.replace("old", "new"));
    expect(withResults(changed, "new")).to.equal(changed);
  });
});
