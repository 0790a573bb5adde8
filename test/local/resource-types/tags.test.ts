import { expect } from "chai";
import { tagList, tagMap, tagsByKey } from "../../../local/resource-types/tags.ts";

describe("tags as an argument", () => {
  const mistakes = (tags: Record<string, string>) =>
    tagMap.safeParse(tags).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

  it("take what AWS takes", () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`Größe ${index}`, "a_.:/=+-@ z"]));
    expect(mistakes(tags)).to.deep.equal([]);
    expect(mistakes({ ["k".repeat(128)]: "v".repeat(256), empty: "" })).to.deep.equal([]);
  });

  it("name each mistake at its key", () => {
    expect(mistakes({ "aws:own": "a", ["k".repeat(129)]: "b", long: "v".repeat(257), odd: "a#b" })).to.deep.equal([
      "aws:own: tag keys that begin with aws: are reserved for AWS (aws:own)",
      `${"k".repeat(129)}: a tag's key has 1 to 128 characters, this one 129`,
      "long: a tag's value has at most 256 characters, this one 257",
      "odd: tags consist of letters, digits, spaces and _ . : / = + - @ (odd: a#b)",
    ]);
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
    expect(mistakes(many)).to.deep.equal([": has 51 tags; a resource has at most 50: remove some"]);
  });
});

describe("tags on the wire", () => {
  it("are a list of keys and values, of which the last one of a key counts", () => {
    const list = tagList({ b: "1", a: "2" });
    expect(list).to.deep.equal([
      { Key: "b", Value: "1" },
      { Key: "a", Value: "2" },
    ]);
    expect(tagsByKey([...list, { Key: "b", Value: "3" }])).to.deep.equal({ b: "3", a: "2" });
  });
});
