import { expect } from "chai";
import { Comparison, goalText, reasonsOf, toMark, Weight, withUnit } from "../../bench/marks.ts";

const { AtMost, AtLeast } = Comparison;

describe("bench/marks", () => {
  it("hold at their goal, and not beyond it", () => {
    const holds = (value: number, goal: number, comparison: Comparison) =>
      toMark({ name: "a", value, goal, comparison }).holds;
    expect(holds(5.5, 5.5, AtMost)).to.equal(true);
    expect(holds(5.51, 5.5, AtMost)).to.equal(false);
    expect(holds(2, 2, AtLeast)).to.equal(true);
    expect(holds(1.99, 2, AtLeast)).to.equal(false);
  });

  it("do not hold without a finite value", () => {
    expect(toMark({ name: "a", value: Number.NaN, goal: 1, comparison: AtMost }).holds).to.equal(false);
    expect(toMark({ name: "a", value: Number.POSITIVE_INFINITY, goal: 1, comparison: AtLeast }).holds).to.equal(false);
  });

  it("are ratios that follow, unless they say otherwise", () => {
    const mark = toMark({ name: "a", value: 1, goal: 5.5, comparison: AtMost });
    expect(mark).to.include({ unit: "×", weight: Weight.Follows });
    expect(goalText(mark)).to.equal("≤ 5.50×");
    expect(goalText(toMark({ name: "a", value: 1, goal: 60, comparison: AtLeast, unit: "KB" }))).to.equal("≥ 60 KB");
    expect(toMark({ name: "a", value: 1, goal: 2, comparison: AtMost, weight: Weight.Binds }).weight).to.equal("binds");
  });

  it("show figures with three digits and their unit", () => {
    expect([1210.6, 29.04, 1.333, 0.0421, 0].map((value) => withUnit(value, "µs"))).to.deep.equal([
      "1211 µs",
      "29.0 µs",
      "1.33 µs",
      "0.0421 µs",
      "0 µs",
    ]);
  });

  it("say once what is in the way of several", () => {
    const missed = (name: string, note?: string) => toMark({ name, value: 2, goal: 1, comparison: AtMost, note });
    const held = toMark({ name: "held", value: 1, goal: 1, comparison: AtMost, note: "x" });
    expect(reasonsOf([missed("a", "x"), missed("b", "y"), held, missed("c", "x"), missed("d")])).to.deep.equal([
      "a; c: x",
      "b: y",
    ]);
  });
});
