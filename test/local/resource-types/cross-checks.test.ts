import { expect } from "chai";
import { z } from "zod";
import { withCrossChecks } from "../../../local/resource-types/cross-checks.ts";
import { shapeOf } from "../../../local/resource-types/input-schema.ts";
import { UNKNOWN } from "../../../local/resource-types/wire-values.ts";

const inputs = withCrossChecks(
  z.strictObject({ name: z.string(), from: z.number().default(0), to: z.number(), zone: z.string().optional() }),
  ({ from, to, zone }) => [
    ...(from !== undefined && to !== undefined && from > to ? [{ path: ["from"], reason: `is after ${to}` }] : []),
    ...(zone === undefined ? [] : [{ path: ["zone"], reason: "was seen" }]),
  ],
);

const mistakes = (values: unknown) =>
  inputs.safeParse(values).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("checks between arguments", () => {
  it("are reported together with mistakes in other arguments", () => {
    expect(mistakes({ name: "a", from: 2, to: 1 })).to.deep.equal(["from: is after 1"]);
    const all = mistakes({ from: 2, to: 1, size: 3 });
    expect(all).to.have.length(3);
    expect(all).to.include("from: is after 1");
  });

  it("get defaults, but no invalid or unknown values", () => {
    expect(mistakes({ name: "a", to: -1 })).to.deep.equal(["from: is after -1"]);
    expect(mistakes({ name: "a", from: 2, to: "1" })).to.have.length(1);
    expect(mistakes({ name: "a", to: 1, zone: UNKNOWN })).to.deep.equal([]);
    expect(mistakes({ name: "a", to: 1, zone: "utc" })).to.deep.equal(["zone: was seen"]);
    expect(mistakes(null)).to.have.length(1);
  });

  it("leave the names of the inputs to be read", () => {
    expect(Object.keys(shapeOf(inputs) ?? {})).to.deep.equal(["name", "from", "to", "zone"]);
  });
});
