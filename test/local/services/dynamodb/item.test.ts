import { expect } from "chai";
import { ServiceStage } from "../../../support/service-stage.ts";
import { tableCalls } from "../../../support/table-calls.ts";

const INVALID = "One or more parameter values were invalid: ";
type Item = Record<string, unknown>;

describe("DynamoDB, what an item may hold", () => {
  let stage: ServiceStage;
  const { refusal, make, key, put, putRefusal, get } = tableCalls(() => stage);

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("keeps every type of value as it came, empty ones and odd names too", async () => {
    await make();
    const item = {
      ...key(),
      s: { S: "" },
      b: { B: "" },
      bytes: { B: "AAEC" },
      yes: { BOOL: true },
      no: { BOOL: false },
      nothing: { NULL: true },
      list: { L: [] },
      map: { M: {} },
      nested: { M: { "a.b": { S: "x" }, l: { L: [{ N: "1" }, { M: {} }, { S: "🙂 é \u0000" }] } } },
      ss: { SS: ["a", "b"] },
      ns: { NS: ["1", "2"] },
      bs: { BS: ["AA==", "AQ=="] },
      constructor: { S: "c" },
      "1": { S: "digit" },
    };
    const withProto = JSON.parse(`{"__proto__":{"S":"p"},${JSON.stringify(item).slice(1)}`) as Item;
    await put(withProto);
    expect(JSON.stringify(Object.entries((await get()) ?? {}).sort())).to.equal(
      JSON.stringify(Object.entries({ ...item, ["__proto__"]: { S: "p" } }).sort()),
    );
    expect(Object.keys((await get()) ?? {})).to.include("__proto__");
  });

  it("refuses an item without its key, with a mistyped, empty or too long one", async () => {
    await make();
    expect(await putRefusal({ h: { S: "a" } })).to.equal(`${INVALID}Missing the key r in the item`);
    expect(await putRefusal({ h: { S: "a" }, r: { N: "1" } })).to.equal(
      `${INVALID}Type mismatch for key r expected: S actual: N`,
    );
    expect(await putRefusal({ h: { S: "" }, r: { S: "1" } })).to.equal(
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: h",
    );
    expect(await putRefusal({ h: { S: "é".repeat(1025) }, r: { S: "1" } })).to.equal(
      `${INVALID}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    );
    expect(await putRefusal({ h: { S: "a" }, r: { S: "x".repeat(1025) } })).to.equal(
      `${INVALID}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
    );
    await put({ h: { S: "é".repeat(1024) }, r: { S: "x".repeat(1024) } });
  });

  it("refuses values that have no type, two types, or a content that is not of the type", async () => {
    await make();
    const value = (v: unknown) => refusal("PutItem", { TableName: "events", Item: { ...key(), v } });
    expect((await value({})).message).to.equal(
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
    expect((await value({ S: "a", N: "1" })).message).to.equal(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
    expect((await value({ NULL: false })).message).to.equal(
      `${INVALID}Null attribute value types must have the value of true`,
    );
    for (const content of [{ S: 1 }, { N: 1 }, { BOOL: "true" }, { L: {} }, { M: [] }, { B: "%" }, { SS: "a" }]) {
      expect((await value(content)).code, JSON.stringify(content)).to.equal("SerializationException");
    }
    expect(await putRefusal({ ...key(), "": { S: "x" } })).to.equal(`${INVALID}The attribute name must not be empty`);
    expect(await putRefusal({ ...key(), m: { M: { "": { S: "x" } } } })).to.equal(
      `${INVALID}The attribute name must not be empty`,
    );
    expect(await putRefusal({ ...key(), s: { S: "\ud800" } })).to.contain("lone surrogate");
  });

  it("refuses empty sets and sets with duplicates, numbers by their value", async () => {
    await make();
    expect(await putRefusal({ ...key(), s: { SS: [] } })).to.equal(`${INVALID}An string set  may not be empty`);
    expect(await putRefusal({ ...key(), s: { SS: ["a", "a"] } })).to.equal(
      `${INVALID}Input collection [a, a] contains duplicates.`,
    );
    expect(await putRefusal({ ...key(), s: { BS: ["AA==", "AA=="] } })).to.equal(
      `${INVALID}Input collection [AA==, AA==]of type BS contains duplicates.`,
    );
    expect(await putRefusal({ ...key(), s: { NS: ["1", "1.0"] } })).to.equal("Input collection contains duplicates");
  });

  it("accepts a value at level 32 of nesting and refuses one at level 33", async () => {
    await make();
    const nest = (depth: number) => {
      let value: object = { S: "leaf" };
      for (let level = 0; level < depth; level++) value = level % 2 ? { L: [value] } : { M: { n: value } };
      return value;
    };
    await put({ ...key(), deep: nest(31) });
    expect(await get()).to.deep.equal({ ...key(), deep: nest(31) });
    expect(await putRefusal({ ...key(), deep: nest(32) })).to.equal(
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
  });

  it("counts names and values against 400 KB, by DynamoDB's rules", async () => {
    await make();
    // Names h, r, s: 3; values "a", "1": 2.
    const room = 400 * 1024 - 5;
    await put({ ...key(), s: { S: "x".repeat(room) } });
    expect(await putRefusal({ ...key(), s: { S: "x".repeat(room + 1) } })).to.equal(
      "Item size has exceeded the maximum allowed size",
    );
    await put({ ...key(), s: { S: "é".repeat(Math.floor(room / 2)) } });
    expect(await putRefusal({ ...key(), s: { S: "é".repeat(room / 2 + 1) } })).to.contain("Item size");
    // A list counts 3, and 1 for each element; a null 1; a number 1 and half its digits; binary its bytes.
    const list = (extra: number) => ({ L: [{ NULL: true }, { N: "-12.50" }, { B: "AAEC" }, { S: "x".repeat(extra) }] });
    const fixed = 3 + 4 + 1 + (2 + 1 + 1) + 3;
    await put({ ...key(), l: list(room - fixed) });
    expect(await putRefusal({ ...key(), l: list(room - fixed + 1) })).to.contain("Item size");
    // A map counts 3, and 1 for each element, and its names.
    const map = (extra: number) => ({ M: { ab: { BOOL: true }, c: { S: "x".repeat(extra) } } });
    await put({ ...key(), m: map(room - 3 - 2 - 3 - 1) });
    expect(await putRefusal({ ...key(), m: map(room - 3 - 2 - 3 - 1 + 1) })).to.contain("Item size");
  });

  it("refuses an item whose index key is mistyped or empty; one without it is stored", async () => {
    await make({
      attributes: ["h", "r", "user"].map((name) => ({ name, type: "S" })),
      globalSecondaryIndexes: [{ name: "by-user", hashKey: "user", projectionType: "ALL" }],
    });
    expect(await putRefusal({ ...key(), user: { N: "7" } })).to.equal(
      `${INVALID}Type mismatch for Index Key user Expected: S Actual: N IndexName: by-user`,
    );
    expect(await putRefusal({ ...key(), user: { S: "" } })).to.equal(
      "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-user, IndexKey: user",
    );
    await put(key());
    expect(await get()).to.deep.equal(key());
  });
});
