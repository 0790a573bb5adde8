import { expect } from "chai";
import { ServiceStage, STAGE_ACCOUNT } from "../../../support/service-stage.ts";

type Item = Record<string, { S?: string; N?: string; B?: string }>;
interface Page {
  Items: Item[];
  Count: number;
  ScannedCount: number;
  LastEvaluatedKey?: Item;
}

const TABLE = "events";

describe("DynamoDB, reading", () => {
  let stage: ServiceStage;
  const call = <T>(operation: string, params: object) =>
    stage.call<T>("dynamodb", operation, { TableName: TABLE, ...params });
  const message = async (operation: string, params: object) =>
    (await stage.refusal("dynamodb", operation, { TableName: TABLE, ...params })).message;
  const make = (rangeType = "S", inputs: object = {}) =>
    stage.make("aws:dynamodb/table:Table", {
      name: TABLE,
      hashKey: "h",
      rangeKey: "r",
      attributes: [
        { name: "h", type: "S" },
        { name: "r", type: rangeType },
      ],
      billingMode: "PAY_PER_REQUEST",
      ...inputs,
    });
  const put = async (...items: Item[]) => {
    for (const Item of items) await call("PutItem", { Item });
  };
  /** All pages, checking that each but the last has a key to go on from. */
  const all = async (operation: string, params: object) => {
    const pages: Page[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page: Page = await call(operation, { ...params, ExclusiveStartKey });
      pages.push(page);
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return pages;
  };
  const ranges = (items: Item[]) => items.map(({ r }) => r?.S ?? r?.N ?? r?.B);
  const query = async (condition: string, values: object, more: object = {}) =>
    ranges(
      (await call<Page>("Query", { KeyConditionExpression: condition, ExpressionAttributeValues: values, ...more }))
        .Items,
    );

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("queries the items of a hash key in the order of the range key, either way, by each condition", async () => {
    await make();
    await put(...["b", "a", "é", "c", "ab", "🙂", "\uffee"].map((r) => ({ h: { S: "x" }, r: { S: r } })));
    await put({ h: { S: "y" }, r: { S: "b" } });
    const x = { ":h": { S: "x" } };
    const sorted = ["a", "ab", "b", "c", "é", "\uffee", "🙂"];
    expect(await query("h = :h", x)).to.deep.equal(sorted);
    expect(await query("h = :h", x, { ScanIndexForward: false })).to.deep.equal([...sorted].reverse());
    const b = { ...x, ":b": { S: "b" } };
    expect(await query("h = :h AND r = :b", b)).to.deep.equal(["b"]);
    expect(await query("h = :h AND r < :b", b)).to.deep.equal(["a", "ab"]);
    expect(await query("h = :h and r <= :b", b)).to.deep.equal(["a", "ab", "b"]);
    expect(await query("r > :b AND h = :h", b)).to.deep.equal(["c", "é", "\uffee", "🙂"]);
    expect(await query("(h = :h) AND (r >= :b)", b)).to.deep.equal(["b", "c", "é", "\uffee", "🙂"]);
    expect(await query("h = :h AND r BETWEEN :a AND :b", { ...b, ":a": { S: "ab" } })).to.deep.equal(["ab", "b"]);
    expect(await query("h = :h AND begins_with(r, :a)", { ...x, ":a": { S: "a" } })).to.deep.equal(["a", "ab"]);
    expect(await query("#k = :h AND #r = :b", b, { ExpressionAttributeNames: { "#k": "h", "#r": "r" } })).to.deep.equal(
      ["b"],
    );
  });

  it("compares numbers by value and binaries by their bytes", async () => {
    await make("N");
    await put(...["10", "9", "-1", "1.5", "100"].map((r) => ({ h: { S: "x" }, r: { N: r } })));
    const x = { ":h": { S: "x" } };
    expect(await query("h = :h", x)).to.deep.equal(["-1", "1.5", "9", "10", "100"]);
    expect(await query("h = :h AND r > :n", { ...x, ":n": { N: "9.0" } })).to.deep.equal(["10", "100"]);
    expect(
      await message("Query", {
        KeyConditionExpression: "h = :h AND begins_with(r, :n)",
        ExpressionAttributeValues: { ...x, ":n": { N: "1" } },
      }),
    ).to.contain("begins_with, operand type: N");
    expect((await call<{ Item: Item }>("GetItem", { Key: { h: { S: "x" }, r: { N: "1e1" } } })).Item).to.deep.equal({
      h: { S: "x" },
      r: { N: "10" },
    });
  });

  it("refuses a key condition that DynamoDB refuses, in its words", async () => {
    await make();
    const refuse = (KeyConditionExpression: string, values: object, more: object = {}) =>
      message("Query", { KeyConditionExpression, ExpressionAttributeValues: values, ...more });
    const h = { ":h": { S: "x" } };
    expect(await refuse("r = :h", h)).to.equal("Query condition missed key schema element: h");
    expect(await refuse("h = :h AND o = :o", { ...h, ":o": { S: "x" } })).to.equal(
      "Query condition missed key schema element: r",
    );
    expect(await refuse("h > :h", h)).to.equal("Query key condition not supported");
    expect(await refuse("h = :h AND r <> :o", { ...h, ":o": { S: "x" } })).to.equal(
      "Invalid operator used in KeyConditionExpression: <>",
    );
    expect(await refuse("h = :h", { ":h": { N: "1" } })).to.contain(
      "Condition parameter type does not match schema type",
    );
    expect(await refuse("h = :x", h)).to.contain("is not defined; attribute value: :x");
    expect(await refuse("#h = :h", h)).to.contain("is not defined; attribute name: #h");
    expect(await refuse("h = :h", { ...h, ":z": { S: "" } })).to.contain("unused in expressions: keys: {:z}");
    expect(await refuse("h = :h", h, { ExpressionAttributeNames: { "#z": "z" } })).to.contain(
      "ExpressionAttributeNames unused in expressions: keys: {#z}",
    );
    expect(await refuse("h = :h", h, { FilterExpression: "a = :a" })).to.contain("FilterExpression");
  });

  it("pages by Limit, forwards and backwards, over a key that was deleted meanwhile", async () => {
    await make();
    await put(...["1", "2", "3", "4", "5"].map((r) => ({ h: { S: "x" }, r: { S: r } })));
    const params = { KeyConditionExpression: "h = :h", ExpressionAttributeValues: { ":h": { S: "x" } }, Limit: 2 };
    expect((await all("Query", params)).map(({ Items }) => ranges(Items))).to.deep.equal([
      ["1", "2"],
      ["3", "4"],
      ["5"],
    ]);
    const backwards = await all("Query", { ...params, ScanIndexForward: false });
    expect(backwards.map(({ Items }) => ranges(Items))).to.deep.equal([["5", "4"], ["3", "2"], ["1"]]);
    const key = { h: { S: "x" }, r: { S: "2" } };
    await call("DeleteItem", { Key: key });
    expect(ranges((await call<Page>("Query", { ...params, ExclusiveStartKey: key })).Items)).to.deep.equal(["3", "4"]);
    expect(await message("Query", { ...params, ExclusiveStartKey: { h: { S: "y" }, r: { S: "2" } } })).to.equal(
      "The provided starting key is outside query boundaries based on provided conditions",
    );
    const upTo3 = {
      KeyConditionExpression: "h = :h AND r < :r",
      ExpressionAttributeValues: { ":h": { S: "x" }, ":r": { S: "3" } },
    };
    const from = (h: string, r: string) => ({ ...upTo3, ExclusiveStartKey: { h: { S: h }, r: { S: r } } });
    expect(ranges((await call<Page>("Query", from("x", "0"))).Items)).to.deep.equal(["1"]);
    expect(await message("Query", from("x", "3"))).to.equal(
      "The provided starting key does not match the range key predicate",
    );
    expect(await message("Query", from("y", "1"))).to.equal(
      "The query can return at most one row and cannot be restarted",
    );
    const half = { ExclusiveStartKey: { h: { S: "y" } } };
    expect(await message("Query", { ...upTo3, ...half })).to.equal("The provided starting key is invalid");
    expect(await message("Scan", half)).to.equal(
      "The provided starting key is invalid: The provided key element does not match the schema",
    );
  });

  it("scans everything exactly once: whole, by pages, by segments, and as a count", async () => {
    await make();
    const items = Array.from({ length: 200 }, (_, index) => ({ h: { S: `h${index % 60}` }, r: { S: String(index) } }));
    await put(...items);
    const expected = ranges(items).sort();
    const scanned = async (params: object) => ranges((await all("Scan", params)).flatMap(({ Items }) => Items)).sort();
    expect(await scanned({})).to.deep.equal(expected);
    expect(await scanned({ Limit: 7 })).to.deep.equal(expected);
    const segments = await Promise.all([0, 1, 2].map((Segment) => scanned({ Segment, TotalSegments: 3, Limit: 10 })));
    for (const segment of segments) expect(segment).to.have.length.within(30, 120);
    expect(segments.flat().sort()).to.deep.equal(expected);
    expect(await call<Page>("Scan", { Select: "COUNT" })).to.deep.equal({ Count: 200, ScannedCount: 200 });
    expect(await message("Scan", { Segment: 3, TotalSegments: 3 })).to.contain("must be less than");
  });

  it("ends a page at 1 MB", async () => {
    await make();
    await put(...["1", "2", "3", "4"].map((r) => ({ h: { S: "x" }, r: { S: r }, pad: { S: "x".repeat(380_000) } })));
    expect((await all("Scan", {})).map(({ Count }) => Count)).to.deep.equal([3, 1]);
    expect((await all("Scan", { Select: "COUNT" })).map(({ Count }) => Count)).to.deep.equal([3, 1]);
  });

  it("projects top-level attributes, and refuses nested paths by name", async () => {
    await make();
    await put({ h: { S: "x" }, r: { S: "1" }, a: { S: "A" }, b: { S: "B" } });
    const projection = { ProjectionExpression: "a, #b", ExpressionAttributeNames: { "#b": "b" } };
    const projected = { a: { S: "A" }, b: { S: "B" } };
    const key = { h: { S: "x" }, r: { S: "1" } };
    expect((await call<Page>("Scan", projection)).Items).to.deep.equal([projected]);
    expect(await call("GetItem", { Key: key, ...projection })).to.deep.equal({ Item: projected });
    expect(
      await stage.call("dynamodb", "BatchGetItem", { RequestItems: { [TABLE]: { Keys: [key], ...projection } } }),
    ).to.deep.equal({ Responses: { [TABLE]: [projected] }, UnprocessedKeys: {} });
    expect(await message("Scan", { ProjectionExpression: "a.b" })).to.equal(
      "The local cloud does not support a nested path in a ProjectionExpression (a.b). It supports: top-level attributes.",
    );
  });

  it("gets a batch of keys, and refuses more than 100 or the same one twice", async () => {
    await make();
    await put({ h: { S: "x" }, r: { S: "1" } }, { h: { S: "x" }, r: { S: "2" } });
    const keys = (length: number) => Array.from({ length }, (_, index) => ({ h: { S: "x" }, r: { S: String(index) } }));
    const get = (Keys: object[]) => ({ RequestItems: { [TABLE]: { Keys } } });
    expect(
      (await stage.call<{ Responses: Record<string, Item[]> }>("dynamodb", "BatchGetItem", get(keys(100)))).Responses,
    ).to.deep.equal({ [TABLE]: keys(3).slice(1) });
    const refusal = async (Keys: object[]) => (await stage.refusal("dynamodb", "BatchGetItem", get(Keys))).message;
    expect(await refusal(keys(101))).to.match(
      new RegExp(
        `^1 validation error detected: Value '\\[.+\\]' at 'requestItems.${TABLE}.member.keys' failed to satisfy constraint: Member must have length less than or equal to 100$`,
      ),
    );
    const two = { RequestItems: { [TABLE]: { Keys: keys(100) }, other: { Keys: keys(1) } } };
    expect((await stage.refusal("dynamodb", "BatchGetItem", two)).message).to.equal(
      "Too many items requested for the BatchGetItem call",
    );
    expect(await refusal([...keys(1), ...keys(1)])).to.equal("Provided list of item keys contains duplicates");
  });

  it("keeps an index in step with the table, and pages through equal index keys", async () => {
    await make("S", {
      attributes: [
        { name: "h", type: "S" },
        { name: "r", type: "S" },
        { name: "user", type: "S" },
        { name: "at", type: "N" },
      ],
      globalSecondaryIndexes: [
        { name: "by-user", hashKey: "user", rangeKey: "at", projectionType: "ALL" },
        { name: "keys-only", hashKey: "user", projectionType: "KEYS_ONLY" },
        { name: "including", hashKey: "user", projectionType: "INCLUDE", nonKeyAttributes: ["a"] },
      ],
    });
    const item = (r: string, at: string, user = "u") => ({
      h: { S: "x" },
      r: { S: r },
      user: { S: user },
      at: { N: at },
      a: { S: "A" },
      b: { S: "B" },
    });
    const byUser = (more: object = {}) => ({
      IndexName: "by-user",
      KeyConditionExpression: "#u = :u",
      ExpressionAttributeNames: { "#u": "user" },
      ExpressionAttributeValues: { ":u": { S: "u" } },
      ...more,
    });
    await put(item("1", "10"), item("2", "9"), item("3", "9"), item("4", "9"), { h: { S: "x" }, r: { S: "5" } });
    expect((await all("Query", byUser({ Limit: 1 }))).flatMap(({ Items }) => ranges(Items))).to.deep.equal([
      "2",
      "3",
      "4",
      "1",
    ]);
    expect((await call<Page>("Query", byUser({ Limit: 1 }))).LastEvaluatedKey).to.deep.equal({
      h: { S: "x" },
      r: { S: "2" },
      user: { S: "u" },
      at: { N: "9" },
    });
    expect((await call<Page>("Scan", { IndexName: "by-user", Select: "COUNT" })).Count).to.equal(4);
    await put(item("3", "11"), item("4", "9", "other"));
    await call("DeleteItem", { Key: { h: { S: "x" }, r: { S: "1" } } });
    expect(ranges((await call<Page>("Query", byUser())).Items)).to.deep.equal(["2", "3"]);
    const names = async (IndexName: string) =>
      Object.keys((await call<Page>("Query", byUser({ IndexName, Limit: 1 }))).Items[0] ?? {}).sort();
    expect(await names("keys-only")).to.deep.equal(["h", "r", "user"]);
    expect(await names("including")).to.deep.equal(["a", "h", "r", "user"]);
    expect(await names("by-user")).to.deep.equal(["a", "at", "b", "h", "r", "user"]);
    expect(await message("Query", byUser({ IndexName: "including", Select: "ALL_ATTRIBUTES" }))).to.contain(
      "projection type is not ALL",
    );
    expect(await message("Query", byUser({ ConsistentRead: true }))).to.equal(
      "Consistent reads are not supported on global secondary indexes",
    );
    expect(await message("Scan", { IndexName: "nowhere" })).to.equal(
      "The table does not have the specified index: nowhere",
    );
    expect(stage.cloud.trace.records().at(-1)?.authorizations).to.deep.equal([
      {
        action: "dynamodb:Scan",
        resource: `arn:aws:dynamodb:us-east-1:${STAGE_ACCOUNT}:table/${TABLE}/index/nowhere`,
      },
    ]);
  });
});
