import { expect } from "chai";
import { ServiceStage, STAGE_ACCOUNT } from "../support/service-stage.ts";

type Item = Record<string, unknown>;
const ARN = `arn:aws:dynamodb:us-east-1:${STAGE_ACCOUNT}:table/events`;
const INVALID = "One or more parameter values were invalid: ";

describe("DynamoDB, writing", () => {
  let stage: ServiceStage;
  const call = <T>(operation: string, params: object) => stage.call<T>("dynamodb", operation, params);
  const refusal = (operation: string, params: object) => stage.refusal("dynamodb", operation, params);
  const make = (inputs: object = {}) =>
    stage.make("aws:dynamodb/table:Table", {
      name: "events",
      hashKey: "h",
      rangeKey: "r",
      attributes: [
        { name: "h", type: "S" },
        { name: "r", type: "S" },
      ],
      billingMode: "PAY_PER_REQUEST",
      ...inputs,
    });
  const key = (r = "1") => ({ h: { S: "a" }, r: { S: r } });
  const put = (item: Item) => call<object>("PutItem", { TableName: "events", Item: item });
  const putRefusal = async (item: Item) => {
    const { code, message } = await refusal("PutItem", { TableName: "events", Item: item });
    expect(code).to.equal("ValidationException");
    return message;
  };
  const get = async (r = "1") =>
    (await call<{ Item?: Item }>("GetItem", { TableName: "events", Key: key(r), ConsistentRead: true })).Item;
  const batch = <T = { UnprocessedItems: Record<string, object[]> }>(items: Item[], more: object = {}) =>
    call<T>("BatchWriteItem", {
      RequestItems: { events: items.map((Item) => ({ PutRequest: { Item } })) },
      ...more,
    });
  const batchRefusal = (items: Item[]) =>
    refusal("BatchWriteItem", { RequestItems: { events: items.map((Item) => ({ PutRequest: { Item } })) } });
  const count = async () => (await call<{ Count: number }>("Scan", { TableName: "events", Select: "COUNT" })).Count;

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
      `${INVALID}Size of hashkey has exceeded the size limit of 2048 bytes`,
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

  it("refuses all of a batch for one invalid item, a key that comes twice, or more than 25", async () => {
    await make();
    const many = (length: number) => Array.from({ length }, (_, index) => key(String(index)));
    expect(await batchRefusal([...many(24), { h: { S: "a" } }])).to.deep.equal({
      code: "ValidationException",
      message: `${INVALID}Missing the key r in the item`,
    });
    expect(await batchRefusal([...many(3), { ...key("2"), other: { S: "x" } }])).to.deep.equal({
      code: "ValidationException",
      message: "Provided list of item keys contains duplicates",
    });
    expect((await batchRefusal(many(26))).message).to.contain("length less than or equal to 25");
    expect((await batchRefusal([])).message).to.contain("greater than or equal to 1");
    expect(await count()).to.equal(0);
    await batch(many(25));
    expect(await count()).to.equal(25);
  });

  it("refuses a batch over 16 MB, and one over 25 in two tables", async () => {
    await make();
    await make({ name: "second" });
    // A control character is one byte of an item and six of the request.
    const big = Array.from({ length: 8 }, (_, index) => ({
      ...key(String(index)),
      s: { S: "\u0001".repeat(390_000) },
    }));
    expect((await batchRefusal(big)).message).to.contain("exceeds 16 MB");
    const requests = (length: number) =>
      Array.from({ length }, (_, index) => ({ PutRequest: { Item: key(String(index)) } }));
    expect(
      (await refusal("BatchWriteItem", { RequestItems: { events: requests(13), second: requests(13) } })).message,
    ).to.equal("Too many items requested for the BatchWriteItem call");
    await call("BatchWriteItem", { RequestItems: { events: requests(12), second: requests(13) } });
    expect(await count()).to.equal(12);
  });

  it("puts and deletes in one batch, and answers the old item of a single write", async () => {
    await make();
    await batch([key("1"), key("2")]);
    await call("BatchWriteItem", {
      RequestItems: {
        events: [{ DeleteRequest: { Key: key("1") } }, { PutRequest: { Item: { ...key("3"), n: { N: "1" } } } }],
      },
    });
    expect([await get("1"), await get("2"), await get("3")]).to.deep.equal([
      undefined,
      key("2"),
      { ...key("3"), n: { N: "1" } },
    ]);
    expect(await call("PutItem", { TableName: "events", Item: key("3"), ReturnValues: "ALL_OLD" })).to.deep.equal({
      Attributes: { ...key("3"), n: { N: "1" } },
    });
    expect(await call("DeleteItem", { TableName: "events", Key: key("3"), ReturnValues: "ALL_OLD" })).to.deep.equal({
      Attributes: key("3"),
    });
    expect(await call("DeleteItem", { TableName: "events", Key: key("3") })).to.deep.equal({});
    expect((await refusal("DeleteItem", { TableName: "events", Key: { h: { S: "a" } } })).message).to.equal(
      "The provided key element does not match the schema",
    );
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

  it("holds a provisioned table to its write capacity in cloud time: the rest of a batch is unprocessed, a whole one is an error", async () => {
    await make({ billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 10 });
    const items = Array.from({ length: 25 }, (_, index) => key(String(index)));
    const first = await batch(items);
    expect(first.UnprocessedItems["events"]).to.deep.equal(items.slice(10).map((Item) => ({ PutRequest: { Item } })));
    expect(await count()).to.equal(10);
    const throttled = "ProvisionedThroughputExceededException";
    expect((await batchRefusal(items.slice(10))).code).to.equal(throttled);
    expect((await refusal("PutItem", { TableName: "events", Item: key("99") })).code).to.equal(throttled);
    await stage.cloud.clock.advance(1_500);
    expect(await batch(items.slice(10))).to.deep.equal({ UnprocessedItems: {} });
    expect(await count()).to.equal(25);
    // Up to five minutes of unused capacity is kept: 3,000 units, here as 1,500 writes of two.
    await stage.cloud.clock.advance(3_600_000);
    const heavy = { pad: { S: "x".repeat(1_100) } };
    let written = 0;
    for (let round = 0; round < 61; round++) {
      const round25 = Array.from({ length: 25 }, (_, index) => ({ ...key(`${round}-${index}`), ...heavy }));
      if (round === 60) expect((await batchRefusal(round25)).code).to.equal(throttled);
      else written += 25 - ((await batch(round25)).UnprocessedItems["events"] ?? []).length;
    }
    expect(written).to.equal(1_500);
  });

  it("counts the writes of an index against the index's own capacity", async () => {
    await make({
      attributes: ["h", "r", "user"].map((name) => ({ name, type: "S" })),
      billingMode: "PROVISIONED",
      readCapacity: 5,
      writeCapacity: 10,
      globalSecondaryIndexes: [
        { name: "by-user", hashKey: "user", projectionType: "ALL", readCapacity: 1, writeCapacity: 2 },
      ],
    });
    const { UnprocessedItems } = await batch([
      ...["1", "2", "3"].map((r) => ({ ...key(r), user: { S: "u" } })),
      key("4"),
    ]);
    expect(UnprocessedItems).to.deep.equal({ events: [{ PutRequest: { Item: { ...key("3"), user: { S: "u" } } } }] });
  });

  it("says what was consumed when it is asked", async () => {
    await make();
    const items = [key("1"), { ...key("2"), pad: { S: "x".repeat(1_500) } }];
    expect(await batch(items, { ReturnConsumedCapacity: "TOTAL" })).to.deep.equal({
      UnprocessedItems: {},
      ConsumedCapacity: [{ TableName: "events", CapacityUnits: 3 }],
    });
  });

  it("names what it does not support", async () => {
    await make();
    const put = { TableName: "events", Item: key() };
    expect((await refusal("PutItem", { ...put, ConditionExpression: "attribute_not_exists(h)" })).message).to.contain(
      "ConditionExpression",
    );
    expect((await refusal("UpdateItem", { TableName: "events" })).message).to.contain("dynamodb:UpdateItem");
  });

  it("takes a table's ARN for its name, and refuses another account until the table's policy allows it", async () => {
    await make();
    await call("PutItem", { TableName: ARN, Item: key() });
    expect(await get()).to.deep.equal(key());
    expect((await refusal("PutItem", { TableName: "nowhere", Item: key() })).code).to.equal(
      "ResourceNotFoundException",
    );
    const other = stage.administrator("222222222222");
    const params = { RequestItems: { [ARN]: [{ PutRequest: { Item: key("2") } }] } };
    expect((await stage.refusal("dynamodb", "BatchWriteItem", params, other)).code).to.equal("AccessDeniedException");
    expect(stage.cloud.trace.records().at(-1)?.authorizations).to.deep.equal([
      { action: "dynamodb:BatchWriteItem", resource: ARN },
    ]);
    await stage.make("aws:dynamodb/resourcePolicy:ResourcePolicy", {
      resourceArn: ARN,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal: { AWS: other.arn }, Action: "dynamodb:BatchWriteItem", Resource: ARN },
      }),
    });
    await stage.call("dynamodb", "BatchWriteItem", params, other);
    expect(await get("2")).to.deep.equal(key("2"));
    const read = { TableName: ARN, Key: key() };
    expect((await stage.refusal("dynamodb", "GetItem", read, other)).code).to.equal("AccessDeniedException");
  });

  it("empties the table and keeps it", async () => {
    await make();
    await batch([key("1"), key("2")]);
    stage.cloud.emptyData();
    expect(await count()).to.equal(0);
    await put(key("1"));
    expect(await count()).to.equal(1);
  });
});
