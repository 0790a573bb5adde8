import { expect } from "chai";
import { ownTags, tagsAll } from "../../../local/resource-types/default-tags.ts";

describe("a resource's tags", () => {
  const context = { defaultTags: { project: "stage", team: "data" } };

  it("are the default ones and its own, which win", () => {
    expect(tagsAll({ team: "web", a: "b" }, context)).to.deep.equal({ project: "stage", team: "web", a: "b" });
    expect(tagsAll(undefined, context)).to.deep.equal({ project: "stage", team: "data" });
  });

  it("are its own when they are no default tags, or have another value", () => {
    const all = { project: "stage", team: "web", a: "b" };
    expect(ownTags(all, context, {})).to.deep.equal({ team: "web", a: "b" });
  });

  it("are its own when the program says what the default says too", () => {
    const all = { project: "stage", team: "data" };
    expect(ownTags(all, context, { tags: { team: "data" } })).to.deep.equal({ team: "data" });
  });

  it("are none when there are none, and empty when the program's are gone or empty", () => {
    expect(ownTags({ project: "stage", team: "data" }, context, {})).to.equal(undefined);
    expect(ownTags({ project: "stage" }, context, { tags: { a: "b" } })).to.deep.equal({});
    expect(ownTags({}, context, { tags: {} })).to.deep.equal({});
  });
});
