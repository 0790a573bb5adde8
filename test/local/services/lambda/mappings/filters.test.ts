import { expect } from "chai";
import { compileFilters } from "../../../../../local/services/lambda/mappings/filters/criteria.ts";
import { closeClouds, LambdaFixture } from "../fixture.ts";
import { makeConsumer, settle } from "./mapping-fixture.ts";

/** Whether a Kinesis record with these bytes passes. */
function passes(pattern: unknown, data: string | Buffer): boolean {
  const json = JSON.stringify({ kinesis: { data: Buffer.from(data).toString("base64") } });
  const text = typeof pattern === "string" ? pattern : JSON.stringify({ data: pattern });
  const entry = { sequenceNumber: "1", arrivedAt: 0, orderKey: "", json, bytes: 0, readAt: 0 };
  return compileFilters([text], "kinesis")(entry);
}

/** For each document, whether the pattern lets it pass. */
function verdicts(pattern: unknown, documents: readonly string[]): boolean[] {
  return documents.map((document) => passes(pattern, document));
}

describe("the filters of an event source mapping", () => {
  afterEach(closeClouds);

  it("compare plain values exactly, type included, and any of a list is enough", () => {
    expect(
      verdicts({ a: ["x", "y"] }, ['{"a":"x"}', '{"a":"y"}', '{"a":"X"}', '{"a":"xy"}', '{"b":"x"}', "{}"]),
    ).to.deep.equal([true, true, false, false, false, false]);
    expect(
      verdicts({ a: [1, true, ""] }, ['{"a":1}', '{"a":"1"}', '{"a":true}', '{"a":"true"}', '{"a":""}']),
    ).to.deep.equal([true, false, true, false, true]);
    expect(verdicts({ a: [null] }, ['{"a":null}', '{"a":"null"}', '{"a":""}', "{}"])).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
  });

  it("compare numbers by their spelling, and by value in a numeric rule only", () => {
    const documents = ['{"a":300}', '{"a":300.0}', '{"a":3.0e2}', '{"a":"300"}'];
    expect(verdicts('{"data":{"a":[300]}}', documents)).to.deep.equal([true, false, false, false]);
    expect(verdicts('{"data":{"a":[{"numeric":["=",300]}]}}', documents)).to.deep.equal([true, true, true, false]);
    const range = { a: [{ numeric: [">", 10, "<=", 20] }] };
    expect(verdicts(range, ['{"a":10}', '{"a":10.1}', '{"a":20}', '{"a":21}', '{"a":null}'])).to.deep.equal([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(verdicts({ a: [{ numeric: ["<", 5] }] }, ['{"a":4.9}', '{"a":5}'])).to.deep.equal([true, false]);
    expect(verdicts({ a: [{ numeric: [">=", 5] }] }, ['{"a":4.9}', '{"a":5}'])).to.deep.equal([false, true]);
  });

  it("know prefix, suffix and equals-ignore-case, for texts", () => {
    const documents = ['{"a":"us-east"}', '{"a":"US-EAST"}', '{"a":"east-us"}', '{"a":5}'];
    expect(verdicts({ a: [{ prefix: "us-" }] }, documents)).to.deep.equal([true, false, false, false]);
    expect(verdicts({ a: [{ suffix: "-us" }] }, documents)).to.deep.equal([false, false, true, false]);
    expect(verdicts({ a: [{ "equals-ignore-case": "Us-East" }] }, documents)).to.deep.equal([true, true, false, false]);
  });

  it("know anything-but, for a field that is there", () => {
    const documents = ['{"a":"x"}', '{"a":"y"}', '{"a":"z"}', '{"a":5}', '{"a":null}', "{}", '{"a":{"b":"x"}}'];
    expect(verdicts({ a: [{ "anything-but": ["x", "y"] }] }, documents)).to.deep.equal([
      false,
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(verdicts({ a: [{ "anything-but": 5 }] }, documents)).to.deep.equal([
      true,
      true,
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  it("see with exists leaf nodes only", () => {
    const documents = ['{"a":null}', '{"a":[]}', '{"a":{"b":1}}', '{"a":["x"]}', "{}"];
    expect(verdicts({ a: [{ exists: true }] }, documents)).to.deep.equal([true, false, false, true, false]);
    expect(verdicts({ a: [{ exists: false }] }, documents)).to.deep.equal([false, true, true, false, true]);
    expect(verdicts({ a: { b: [{ exists: true }] } }, documents)).to.deep.equal([false, false, true, false, false]);
    expect(verdicts({ a: { b: [{ exists: false }] } }, ["{}", '{"a":{"c":1}}', '{"a":{"b":1}}'])).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("ask for every field that they name, and for one of each $or", () => {
    const pattern = {
      type: ["order"],
      $or: [{ city: ["Bern"] }, { day: ["Monday"], year: [{ numeric: [">", 2000] }] }],
    };
    const documents = [
      '{"type":"order","city":"Bern"}',
      '{"type":"order","day":"Monday","year":2001}',
      '{"type":"order","day":"Monday","year":1999}',
      '{"type":"order"}',
      '{"city":"Bern"}',
    ];
    expect(verdicts(pattern, documents)).to.deep.equal([true, true, false, false, false]);
  });

  it("look into lists: one element is enough, and of objects one that has everything", () => {
    const pattern = { items: { sku: ["a"], size: ["L"] }, tags: ["new"] };
    expect(
      verdicts(pattern, [
        '{"tags":["old","new"],"items":[{"sku":"b"},{"sku":"a","size":"L"}]}',
        '{"tags":["new"],"items":[{"sku":"a","size":"M"},{"sku":"b","size":"L"}]}',
        '{"tags":[],"items":[{"sku":"a","size":"L"}]}',
      ]),
    ).to.deep.equal([true, false, false]);
  });

  it("drop a record whose data is not JSON", () => {
    const pattern = { a: [{ exists: false }] };
    expect(verdicts(pattern, ["{}", "plain text", "", "{", "5"])).to.deep.equal([true, false, false, false, true]);
    expect(passes(pattern, Buffer.from([0xf3, 0x89, 0x9a, 0xc2, 0x0a]))).to.equal(false);
    expect(passes(pattern, Buffer.from([0x22, 0xff, 0x22]))).to.equal(false);
  });

  it("take the last of two equal names, and no inherited name for a field", () => {
    expect(passes({ a: ["y"] }, '{"a":"x","a":"y"}')).to.equal(true);
    expect(passes({ constructor: [{ exists: true }] }, "{}")).to.equal(false);
    expect(passes('{"data":{"toString":{"name":["toString"]}}}', "{}")).to.equal(false);
  });

  it("decide which records are delivered: one matching filter is enough, and the others are done", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const filterCriteria = {
      filters: [{ pattern: '{"data":{"n":[1]}}' }, { pattern: '{"data":{"kind":[{"prefix":"or"}]}}' }],
    };
    const { id } = await fixture.mapping({ functionName: "consumer", eventSourceArn, filterCriteria });
    const texts = ['{"n":1}', '{"n":2}', "plain", '{"kind":"order"}', '{"n":3}'];
    await fixture.put("events", texts, () => "key");
    await settle(fixture);
    expect(invocations.batches.flat()).to.deep.equal(['{"n":1}', '{"kind":"order"}']);
    const described = await fixture.call<Record<string, unknown>>("lambda", "GetEventSourceMapping", { UUID: id });
    expect(described["FilterCriteria"]).to.deep.equal({
      Filters: filterCriteria.filters.map(({ pattern }) => ({ Pattern: pattern })),
    });
    await fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, Enabled: false });
    await fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, Enabled: true });
    await settle(fixture);
    expect(invocations.batches.flat()).to.have.length(2);
  });

  it("fill a batch with records that pass only", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const texts = Array.from({ length: 12 }, (_, n) => JSON.stringify({ n, odd: n % 2 === 1 }));
    await fixture.put("events", texts, () => "key");
    await fixture.mapping({
      functionName: "consumer",
      eventSourceArn,
      batchSize: 3,
      maximumBatchingWindowInSeconds: 60,
      filterCriteria: { filters: [{ pattern: '{"data":{"odd":[true]}}' }] },
    });
    await settle(fixture);
    expect(
      invocations.batches.map((batch) => batch.map((text) => (JSON.parse(text) as { n: number }).n)),
    ).to.deep.equal([
      [1, 3, 5],
      [7, 9, 11],
    ]);
  });

  it("see a table's changes as DynamoDB writes them", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const { outputs } = await fixture.create("aws:dynamodb/table:Table", {
      name: "items",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
    });
    const pattern = JSON.stringify({
      eventName: ["INSERT"],
      dynamodb: { NewImage: { price: { N: ["7"] }, text: { S: [{ prefix: "a" }] } } },
    });
    await fixture.mapping({
      functionName: "consumer",
      eventSourceArn: String(outputs["streamArn"]),
      filterCriteria: { filters: [{ pattern }] },
    });
    const put = (id: string, text: string, price: string) =>
      fixture.call("dynamodb", "PutItem", {
        TableName: "items",
        Item: { id: { S: id }, text: { S: text }, price: { N: price } },
      });
    await put("1", "apple", "7");
    await put("1", "apricot", "7");
    await put("2", "banana", "7");
    await put("3", "avocado", "8");
    await settle(fixture);
    expect(invocations.batches.flat()).to.deep.equal(["apple"]);
  });
});
