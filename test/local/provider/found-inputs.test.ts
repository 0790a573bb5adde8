import { expect } from "chai";
import { z } from "zod";
import { foundInputs } from "../../../local/provider/found-inputs.ts";
import { defineResourceType, type Properties } from "../../../local/resource-types/resource-type.ts";

const inputs = z.strictObject({
  title: z.string(),
  pages: z.number().default(100),
  index: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  cover: z
    .strictObject({
      colour: z.string(),
      weight: z.number().default(80),
      foil: z.string().optional(),
      spine: z.string().optional(),
    })
    .optional(),
  chapters: z.array(z.strictObject({ name: z.string(), motto: z.string().optional(), length: z.number().optional() })),
});

const type = defineResourceType<z.infer<typeof inputs>>({
  token: "aws:test/book:Book",
  inputs,
  replaceOn: [],
  optionalComputed: ["index", "cover.spine", "chapters[*].length"],
  create: (args) => ({ id: args.title, outputs: args }),
  read: (_id, state) => state,
  update: (_id, args) => args,
  delete: () => {},
});

describe("the inputs read from a service", () => {
  const known = { title: "a", pages: 100, cover: { colour: "red", weight: 80 }, chapters: [{ name: "one" }] };
  const found = (more: Properties) => foundInputs(type, { ...known, ...more }, known);

  it("have the current values, without inputs that are unset now", () => {
    expect(found({ pages: 7, arn: "arn:a" })).to.deep.equal({ ...known, pages: 7 });
    const { cover: _gone, ...rest } = known;
    expect(found({ cover: undefined })).to.deep.equal(rest);
  });

  it("include inputs added by hand, but not those filled in by the service, defaults and empty values", () => {
    expect(found({ tags: { a: "b" } })).to.deep.equal({ ...known, tags: { a: "b" } });
    expect(found({ index: "x", tags: {} })).to.deep.equal(known);
  });

  it("include parts added by hand, but not those filled in by the service, defaults and empty values", () => {
    const foil = { colour: "red", weight: 80, foil: "gold", spine: "round", arn: "arn:cover" };
    expect(found({ cover: foil })).to.deep.equal({ ...known, cover: { colour: "red", weight: 80, foil: "gold" } });
    const few = { ...known, cover: { colour: "red" } };
    const filled = { ...few, cover: { colour: "red", weight: 80, foil: "" } };
    expect(foundInputs(type, filled, few)).to.deep.equal(few);
  });

  it("include additions to an element of a list, and added elements", () => {
    const chapters = [{ name: "one", motto: "go", length: 3 }, { name: "two" }];
    expect(found({ chapters })).to.deep.equal({
      ...known,
      chapters: [{ name: "one", motto: "go" }, { name: "two" }],
    });
  });

  it("are all non-empty values in an import", () => {
    const all = { ...known, index: "x", arn: "arn:a", tags: {}, cover: { colour: "red", weight: 80, foil: "" } };
    expect(foundInputs(type, all, undefined)).to.deep.equal({
      title: "a",
      index: "x",
      cover: { colour: "red", weight: 80 },
      chapters: [{ name: "one" }],
    });
  });
});
