import { expect } from "chai";
import { z } from "zod";
import { Cloud } from "../../../local/cloud.ts";
import { canonicalInputs } from "../../../local/provider/canonical.ts";
import { LocalProvider } from "../../../local/provider/local-provider.ts";
import { defineResourceType } from "../../../local/provider/resource-type.ts";

const urn = "urn:pulumi:dev::fixture::aws:test/page:Page::page";
const inputs = z.strictObject({
  name: z.string(),
  book: z.string(),
  text: z.string(),
  size: z.number().default(12),
  margin: z.strictObject({ width: z.number().default(2) }).optional(),
});

const type = defineResourceType<z.infer<typeof inputs>>({
  token: "aws:test/page:Page",
  inputs,
  replaceOn: [],
  idOf: (importId) => importId.split(":").at(-1) ?? importId,
  stateOf: (importId) => (importId.includes(":") ? { book: importId.split(":")[0] } : {}),
  create: (args) => ({ id: args.name, outputs: args }),
  read: (id, state) => (state["book"] === undefined ? undefined : { ...state, name: id }),
  update: (_id, args) => args,
  delete: () => {},
});

describe("inputs in one form", () => {
  it("have their defaults, also where another input cannot be known", () => {
    expect(canonicalInputs(type, { name: "a", book: "b", text: "c" })).to.include({ size: 12 });
    expect(canonicalInputs(type, { name: "a", margin: {} })).to.deep.equal({
      name: "a",
      size: 12,
      margin: { width: 2 },
    });
    expect(canonicalInputs(type, { name: "a", size: "large" })).to.deep.equal({ name: "a", size: "large" });
  });
});

describe("an import by a name that says more than the id", () => {
  it("finds the resource by what the name says", async () => {
    const cloud = new Cloud();
    const registry = { resourceTypes: new Map([[type.token, type]]), providerFunctions: new Map() };
    const provider = new LocalProvider({ cloud, registry });
    await provider.configure({ args: { region: "us-east-1", allowedAccountIds: '["111111111111"]' } });
    expect(await provider.read({ urn, id: "atlas:7" })).to.deep.equal({
      id: "7",
      properties: { book: "atlas", name: "7" },
      inputs: { book: "atlas", name: "7" },
    });
    const known = { name: "7", book: "atlas", text: "t" };
    expect(await provider.read({ urn, id: "7", properties: known, inputs: known })).to.include({ id: "7" });
    expect(await provider.read({ urn, id: "7" })).to.include({ id: "" });
    await cloud.close();
  });
});
