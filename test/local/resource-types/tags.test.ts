import { expect } from "chai";
import { AwsError } from "../../../local/kernel/errors.ts";
import { tagVerbs } from "../../../local/resource-types/tag-verbs.ts";
import { tagList, tagMap, tagsByKey, tagsWith, tagsWithout } from "../../../local/resource-types/tags.ts";

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

describe("the tags of a resource", () => {
  const tooMany = () => new AwsError("TooManyTags", "too many");

  it("are changed by key, to at most 50", () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, "v"]));
    expect(tagsWith({ a: "1", b: "2" }, { b: "3" }, tooMany)).to.deep.equal({ a: "1", b: "3" });
    expect(tagsWith(tags, { k0: "w" }, tooMany)).to.include({ k0: "w" });
    expect(() => tagsWith(tags, { more: "v" }, tooMany)).to.throw("too many");
    expect(tagsWithout({ a: "1", b: "2" }, ["b", "c"])).to.deep.equal({ a: "1" });
  });

  it("are added from a list or by key, after the service's own check, and removed", () => {
    const thing: { tags: Readonly<Record<string, string>> | undefined } = { tags: undefined };
    const { add, remove } = tagVerbs<typeof thing>({
      of: ({ tags }) => tags,
      set(one, tags) {
        one.tags = tags;
      },
      check(added) {
        if (added["bad"] !== undefined) throw new AwsError("BadTag", "bad");
      },
      tooMany,
    });
    remove.run(thing, { TagKeys: ["a"] });
    expect(thing.tags).to.equal(undefined);
    add.run(thing, { Tags: [{ Key: "a", Value: "1" }] });
    add.run(thing, { Tags: { b: "2" } });
    expect(() => add.run(thing, { Tags: { bad: "" } })).to.throw("bad");
    remove.run(thing, { TagKeys: ["a"] });
    expect(thing.tags).to.deep.equal({ b: "2" });
  });
});
