import { expect } from "chai";
import { z } from "zod";
import { Cloud } from "../../../local/cloud.ts";
import { changedInputs } from "../../../local/provider/changed-inputs.ts";
import { LocalProvider } from "../../../local/provider/local-provider.ts";
import { previewOfUpdate } from "../../../local/provider/preview.ts";
import {
  defineResourceType,
  type Properties,
  type ResourceContext,
} from "../../../local/resource-types/resource-type.ts";
import { UNKNOWN } from "../../../local/resource-types/wire-values.ts";

const urn = "urn:pulumi:dev::fixture::aws:test/book:Book::book";
const inputs = z.strictObject({
  title: z.string().default("none"),
  pages: z.number().optional(),
  backup: z.strictObject({ enabled: z.boolean(), days: z.number().optional() }).optional(),
  index: z.string().optional(),
  words: z.array(z.string()).optional(),
  copies: z.array(z.strictObject({ place: z.string(), shelf: z.string().optional() })).optional(),
});

const type = defineResourceType<z.infer<typeof inputs>>({
  token: "aws:test/book:Book",
  inputs,
  replaceOn: [],
  computed: ["arn"],
  optionalComputed: ["pages", "backup", "backup.days", "copies[*].shelf"],
  recomputed: { pages: ["title"] },
  suppressDiffs: (changed) => (changed.includes("index") ? [] : ["words"]),
  idOf: (importId) => (importId.startsWith("arn:") ? importId : `arn:${importId}`),
  create: (args) => ({ id: `arn:${args.title}`, outputs: args }),
  read: (id, state) => ({ ...state, title: id.slice("arn:".length), arn: id }),
  update: (_id, args) => args,
  delete: () => {},
});

describe("the changed inputs of a program", () => {
  const olds = { title: "a", pages: 3, backup: { enabled: true, days: 35 } };
  const changed = (oldInputs: Properties, news: Properties) => changedInputs(type, { olds, oldInputs, news }).changed;

  it("exclude an omitted input that the service fills in", () => {
    expect(changed({ title: "a", pages: 3, backup: { enabled: true } }, { title: "a" })).to.deep.equal([]);
    expect(changed({ title: "a", pages: 3 }, {})).to.deep.equal(["title"]);
  });

  it("exclude a new input that equals the current value", () => {
    expect(changed({ title: "a" }, { title: "a", pages: 3, backup: { enabled: true } })).to.deep.equal([]);
    expect(changed({ title: "a" }, { title: "a", pages: 4 })).to.deep.equal(["pages"]);
    expect(changed({ title: "a" }, { title: "a", backup: { enabled: false } })).to.deep.equal(["backup"]);
  });

  it("exclude an omitted part that the service fills in", () => {
    const backup = (days?: number) => ({ title: "a", backup: { enabled: true, ...(days ? { days } : {}) } });
    expect(changed(backup(35), backup())).to.deep.equal([]);
    expect(changed(backup(), backup(35))).to.deep.equal([]);
    expect(changed(backup(), backup(7))).to.deep.equal(["backup"]);
  });

  it("exclude an omitted part of a list's element that the service fills in", () => {
    const state = { title: "a", copies: [{ place: "x", shelf: "1" }, { place: "y" }] };
    const copies = (...shelves: (string | undefined)[]) => ({
      title: "a",
      copies: ["x", "y"].map((place, index) => ({ place, ...(shelves[index] ? { shelf: shelves[index] } : {}) })),
    });
    const changedFrom = (oldInputs: Properties, news: Properties) =>
      changedInputs(type, { olds: state, oldInputs, news }).changed;
    expect(changedFrom(copies("1"), copies())).to.deep.equal([]);
    expect(changedFrom(copies(), copies("1"))).to.deep.equal([]);
    expect(changedFrom(copies(), copies("2"))).to.deep.equal(["copies"]);
    expect(changedFrom(copies(), copies("1", "2"))).to.deep.equal(["copies"]);
  });

  it("exclude an empty map of tags instead of none", () => {
    expect(changed({ title: "a" }, { title: "a", tags: {} })).to.deep.equal([]);
    expect(changed({ title: "a", tags: {} }, { title: "a" })).to.deep.equal([]);
    expect(changed({ title: "a", tags: { b: "c" } }, { title: "a" })).to.deep.equal(["tags"]);
  });

  it("exclude inputs whose differences the type suppresses", () => {
    expect(changed({ title: "a" }, { title: "a", words: ["b"] })).to.deep.equal([]);
    expect(changed({ title: "a" }, { title: "a", words: ["b"], index: "b" })).to.deep.equal(["index", "words"]);
  });

  it("are known in a preview when given, and unknown when the update computes them", () => {
    const preview = (news: Properties) =>
      previewOfUpdate(type, olds, { title: "a" }, news, { defaultTags: {} } as ResourceContext)["pages"];
    expect(preview({ title: "b" })).to.equal(UNKNOWN);
    expect(preview({ title: "b", pages: 7 })).to.equal(7);
    expect(preview({ title: "a" })).to.equal(3);
  });
});

describe("an import by another name than the id", () => {
  it("finds the resource and returns its id", async () => {
    const cloud = new Cloud();
    const registry = { resourceTypes: new Map([[type.token, type]]), providerFunctions: new Map() };
    const provider = new LocalProvider({ cloud, registry });
    await provider.configure({ args: { region: "us-east-1", allowedAccountIds: '["111111111111"]' } });
    for (const id of ["a", "arn:a"]) expect(await provider.read({ urn, id })).to.deep.include({ id: "arn:a" });
    await cloud.close();
  });
});
