import { expect } from "chai";
import { z } from "zod";
import { Cloud } from "../../../local/cloud.ts";
import { LocalProvider } from "../../../local/provider/local-provider.ts";
import { asPolicy, canonicalInputs } from "../../../local/resource-types/canonical.ts";
import { defineResourceType } from "../../../local/resource-types/resource-type.ts";

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

describe("inputs in canonical form", () => {
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

describe("a policy in canonical form", () => {
  const write = { Sid: "Write", Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"], Resource: "*" };
  const trust = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { AWS: ["111111111111", "arn:aws:iam::222222222222:root"] },
    Condition: { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "s3:max-keys": ["10"] } },
  };
  const document = { Version: "2012-10-17", Statement: [write, trust] };

  it("says the same whatever the order of statements and lists, as text or object, with an account as its number or its root", () => {
    const other = {
      Statement: [
        {
          Condition: { NumericLessThan: { "s3:max-keys": 10 }, Bool: { "aws:SecureTransport": "true" } },
          Principal: { AWS: ["222222222222", "arn:aws:iam::111111111111:root"] },
          Action: ["sts:AssumeRole"],
          Effect: "Allow",
        },
        { ...write, Action: ["s3:GetObject", "s3:PutObject"], Resource: ["*"] },
      ],
      Version: "2012-10-17",
    };
    expect(asPolicy(JSON.stringify(other, null, 2))).to.deep.equal(asPolicy(document));
    expect(asPolicy({ Statement: write })).to.deep.equal(asPolicy({ Statement: [write] }));
  });

  it("says something else with another action, sid, principal, version or number of statements", () => {
    const others = [
      { ...document, Version: "2008-10-17" },
      { ...document, Statement: [write] },
      { ...document, Statement: [{ ...write, Sid: "Other" }, trust] },
      { ...document, Statement: [{ ...write, Action: "s3:PutObject" }, trust] },
      { ...document, Statement: [write, { ...trust, Principal: { AWS: "111111111111" } }] },
      { ...document, Statement: [write, { ...trust, Principal: "*" }] },
    ];
    for (const other of others) expect(asPolicy(other), JSON.stringify(other)).to.not.deep.equal(asPolicy(document));
    const open = (Principal: unknown) => asPolicy({ Statement: { ...trust, Principal } });
    expect(open("*")).to.not.deep.equal(open({ AWS: "*" }));
  });

  it("leaves text that is no JSON as it is", () => {
    expect(asPolicy("{")).to.equal("{");
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
