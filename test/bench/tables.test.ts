import { expect } from "chai";
import { Comparison, toMark } from "../../bench/marks.ts";
import { markTable, tableMarkdown, tableText } from "../../bench/tables.ts";

const table = {
  title: "CPU",
  columns: ["variant", "µs a record"],
  rows: [
    ["floor", "7.10"],
    ["ours|shipped", "206"],
  ],
};

describe("bench/tables", () => {
  it("align figures to the right and words to the left", () => {
    expect(tableText(table)).to.equal(
      [
        "CPU",
        "variant       µs a record",
        "------------  -----------",
        "floor                7.10",
        "ours|shipped          206",
      ].join("\n"),
    );
  });

  it("are Markdown without a bar in a cell", () => {
    expect(tableMarkdown(table)).to.equal(
      ["| variant | µs a record |", "|---|---|", "| floor | 7.10 |", "| ours\\|shipped | 206 |"].join("\n"),
    );
  });

  it("show of a mark its value, its goal, what it weighs and whether it holds", () => {
    const missed = toMark({ name: "peak RSS", value: 140, goal: 128, comparison: Comparison.AtMost, unit: "MB" });
    expect(markTable([missed]).rows).to.deep.equal([["peak RSS", "140 MB", "≤ 128 MB", "follows", "NO"]]);
  });
});
