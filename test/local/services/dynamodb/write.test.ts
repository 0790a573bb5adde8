import { expect } from "chai";
import { ServiceStage, STAGE_ACCOUNT } from "../../../support/service-stage.ts";
import { tableCalls } from "../../../support/table-calls.ts";

const ARN = `arn:aws:dynamodb:us-east-1:${STAGE_ACCOUNT}:table/events`;
const INVALID = "One or more parameter values were invalid: ";

describe("DynamoDB, writing", () => {
  let stage: ServiceStage;
  const { call, refusal, make, key, put, get, batch, batchRefusal, count } = tableCalls(() => stage);

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("refuses all of a batch for one invalid item, a key that comes twice, or more than 25", async () => {
    await make();
    const many = (length: number) => Array.from({ length }, (_, index) => key(String(index)));
    expect(await batchRefusal([...many(24), { h: { S: "a" } }])).to.deep.equal({
      code: "ValidationException",
      message: "The provided key element does not match the schema",
    });
    expect((await batchRefusal([{ h: { S: "a" }, r: { N: "1" } }])).message).to.equal(
      "The provided key element does not match the schema",
    );
    expect((await refusal("PutItem", { TableName: "events", Item: { h: { S: "a" } } })).message).to.equal(
      `${INVALID}Missing the key r in the item`,
    );
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
