import { expect } from "chai";
import { printerOf } from "../../../../local/kernel/json-text.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

const TABLE = "events";
const STREAM_ARN = `arn:aws:dynamodb:us-east-1:${STAGE_ACCOUNT}:table/${TABLE}/stream/2026-01-31T12:00:00.250`;

interface StreamRecord {
  eventID: string;
  eventName: string;
  dynamodb: { SequenceNumber: string; Keys: object; NewImage?: object; OldImage?: object };
  userIdentity?: object;
}
interface Page {
  Records: StreamRecord[];
  NextShardIterator?: string;
}

describe("DynamoDB Streams", () => {
  let stage: ServiceStage;
  const call = <T>(operation: string, params: object) => stage.call<T>("streams.dynamodb", operation, params);
  const refusal = (operation: string, params: object) => stage.refusal("streams.dynamodb", operation, params);
  const make = (inputs: object = {}) =>
    stage.make("aws:dynamodb/table:Table", {
      name: TABLE,
      hashKey: "h",
      attributes: [{ name: "h", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      ...inputs,
    });
  const put = (h: string, more: object = {}) =>
    stage.call("dynamodb", "PutItem", { TableName: TABLE, Item: { h: { S: h }, ...more } });
  const remove = (h: string) => stage.call("dynamodb", "DeleteItem", { TableName: TABLE, Key: { h: { S: h } } });
  const shards = async (StreamArn = STREAM_ARN) =>
    (
      await call<{ StreamDescription: { Shards: { ShardId: string }[] } }>("DescribeStream", { StreamArn })
    ).StreamDescription.Shards.map(({ ShardId }) => ShardId);
  const iterator = async (ShardId: string, type = "TRIM_HORIZON", more: object = {}, StreamArn = STREAM_ARN) =>
    (
      await call<{ ShardIterator: string }>("GetShardIterator", {
        StreamArn,
        ShardId,
        ShardIteratorType: type,
        ...more,
      })
    ).ShardIterator;
  /** All records from the horizon, shard by shard. */
  const everything = async (StreamArn = STREAM_ARN) => {
    const byShard: StreamRecord[][] = [];
    for (const shardId of await shards(StreamArn)) {
      const ShardIterator = await iterator(shardId, "TRIM_HORIZON", {}, StreamArn);
      byShard.push((await call<Page>("GetRecords", { ShardIterator })).Records);
    }
    return byShard;
  };
  const records = async () => (await everything()).flat();

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("records insert, change and removal, with keys and both images; a put that changes nothing is none", async () => {
    await make();
    await put("a", { n: { N: "1.10" }, l: { L: [{ S: "x" }] } });
    await put("a", { l: { L: [{ S: "x" }] }, n: { N: "1.1" } });
    await stage.cloud.clock.advance(1_900);
    await put("a", { n: { N: "2" } });
    await remove("a");
    await remove("a");
    const found = await records();
    const [first, second, third] = found;
    expect(found).to.have.length(3);
    expect(first).to.deep.include({
      eventName: "INSERT",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: "us-east-1",
    });
    expect(first?.eventID).to.match(/^[0-9a-f]{32}$/);
    const old = { h: { S: "a" }, l: { L: [{ S: "x" }] }, n: { N: "1.1" } };
    const number = first?.dynamodb.SequenceNumber;
    expect(first?.dynamodb).to.deep.equal({
      ApproximateCreationDateTime: Math.floor(STAGE_START / 1000),
      Keys: { h: { S: "a" } },
      NewImage: old,
      SequenceNumber: number,
      // Key: 1 + 1. Item: names 3, "a" 1, list 3 + 1 + 1, number 2.
      SizeBytes: 2 + 11,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    });
    expect(second?.dynamodb).to.deep.include({
      ApproximateCreationDateTime: Math.floor(STAGE_START / 1000) + 2,
      OldImage: old,
      NewImage: { h: { S: "a" }, n: { N: "2" } },
    });
    expect(second).to.include({ eventName: "MODIFY" });
    expect(third).to.include({ eventName: "REMOVE" });
    expect(third?.dynamodb).to.deep.include({ Keys: { h: { S: "a" } }, OldImage: { h: { S: "a" }, n: { N: "2" } } });
    expect(third?.dynamodb).not.to.have.property("NewImage");
    expect(third).not.to.have.property("userIdentity");
    expect(found.map((record) => JSON.parse(printerOf(record)()))).to.deep.equal(found);
  });

  it("shows of the item what the view type says", async () => {
    const seen: Record<string, string[][]> = {};
    for (const streamViewType of ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE"]) {
      stage = new ServiceStage();
      await make({ streamViewType });
      await put("a", { n: { N: "1" } });
      await put("a");
      await remove("a");
      const found = await records();
      expect(found.map((record) => JSON.parse(printerOf(record)()))).to.deep.equal(found);
      seen[streamViewType] = found.map(({ dynamodb }) =>
        Object.keys(dynamodb).filter((name) => ["Keys", "NewImage", "OldImage"].includes(name)),
      );
    }
    expect(seen).to.deep.equal({
      KEYS_ONLY: [["Keys"], ["Keys"], ["Keys"]],
      NEW_IMAGE: [["Keys", "NewImage"], ["Keys", "NewImage"], ["Keys"]],
      OLD_IMAGE: [["Keys"], ["Keys", "OldImage"], ["Keys", "OldImage"]],
    });
  });

  it("keeps the order of each item within its shard, and spreads items over four shards", async () => {
    await make();
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 40; index++) await put(`h${index}`, { round: { N: String(round) } });
    }
    const byShard = await everything();
    expect(byShard).to.have.length(4);
    for (const shard of byShard) {
      expect(shard.length).to.be.within(9, 66);
      const numbers = shard.map(({ dynamodb }) => dynamodb.SequenceNumber);
      expect(numbers).to.deep.equal([...numbers].sort());
      const rounds = new Map<string, string[]>();
      for (const { dynamodb } of shard) {
        const image = dynamodb.NewImage as { h: { S: string }; round: { N: string } };
        rounds.set(image.h.S, [...(rounds.get(image.h.S) ?? []), image.round.N]);
      }
      for (const order of rounds.values()) expect(order).to.deep.equal(["0", "1", "2"]);
    }
    expect(byShard.flat()).to.have.length(120);
    expect(new Set(byShard.flat().map(({ eventID }) => eventID)).size).to.equal(120);
    expect(new Set(byShard.flat().map(({ dynamodb }) => dynamodb.SequenceNumber)).size).to.equal(120);
  });

  it("begins at, after, at the horizon and at the tip, and pages by Limit", async () => {
    await make();
    for (const n of ["1", "2", "3"]) await put("a", { n: { N: n } });
    const byShard = await everything();
    const at = byShard.findIndex((shard) => shard.length > 0);
    const shardId = (await shards())[at] as string;
    const SequenceNumber = byShard[at]?.[1]?.dynamodb.SequenceNumber;
    const images = async (type: string, more: object = {}, limit = {}) =>
      (await call<Page>("GetRecords", { ShardIterator: await iterator(shardId, type, more), ...limit })).Records.map(
        ({ dynamodb }) => (dynamodb.NewImage as { n: { N: string } }).n.N,
      );
    expect(await images("TRIM_HORIZON")).to.deep.equal(["1", "2", "3"]);
    expect(await images("TRIM_HORIZON", {}, { Limit: 2 })).to.deep.equal(["1", "2"]);
    expect(await images("AT_SEQUENCE_NUMBER", { SequenceNumber })).to.deep.equal(["2", "3"]);
    expect(await images("AFTER_SEQUENCE_NUMBER", { SequenceNumber })).to.deep.equal(["3"]);
    expect(await images("LATEST")).to.deep.equal([]);
    const first = await call<Page>("GetRecords", { ShardIterator: await iterator(shardId), Limit: 2 });
    const second = await call<Page>("GetRecords", { ShardIterator: first.NextShardIterator });
    expect(second.Records).to.have.length(1);
    await put("a", { n: { N: "4" } });
    expect((await call<Page>("GetRecords", { ShardIterator: second.NextShardIterator })).Records).to.have.length(1);
    expect(
      (
        await refusal("GetShardIterator", {
          StreamArn: STREAM_ARN,
          ShardId: shardId,
          ShardIteratorType: "AT_TIMESTAMP",
        })
      ).code,
    ).to.equal("NotSupportedByLocalCloud");
  });

  it("ends a page at 1 MB", async () => {
    await make();
    for (const size of [300_000, 300_001, 300_002]) await put("a", { pad: { S: "x".repeat(size) } });
    const pages = (await everything()).map(({ length }) => length);
    // The second and third carry the old image as well: 0.3 + 0.6 MB fit, the next 0.6 MB do not.
    expect(pages.filter((length) => length > 0)).to.deep.equal([2]);
  });

  it("forgets records after 24 hours of cloud time, and says so to who reads what is gone", async () => {
    await make();
    await put("a");
    const at = (await everything()).findIndex((shard) => shard.length > 0);
    const shardId = (await shards())[at] as string;
    await stage.cloud.clock.advance(86_400_000);
    expect(await records()).to.have.length(1);
    const ShardIterator = await iterator(shardId);
    await stage.cloud.clock.advance(1_000);
    expect(await records()).to.deep.equal([]);
    expect((await refusal("GetRecords", { ShardIterator })).code).to.equal("TrimmedDataAccessException");
  });

  it("lets an iterator expire after fifteen minutes of cloud time", async () => {
    await make();
    const ShardIterator = await iterator((await shards())[0] as string, "LATEST");
    await stage.cloud.clock.advance(900_000);
    expect((await call<Page>("GetRecords", { ShardIterator })).Records).to.deep.equal([]);
    await stage.cloud.clock.advance(1);
    expect((await refusal("GetRecords", { ShardIterator })).code).to.equal("ExpiredIteratorException");
  });

  it("deletes expired items within a minute of cloud time, as DynamoDB itself", async () => {
    await make({ ttl: { attributeName: "expiresAt", enabled: true } });
    const now = Math.floor(STAGE_START / 1000);
    const expiring = (seconds: number) => ({ expiresAt: { N: String(now + seconds) } });
    await put("soon", expiring(3_600));
    await put("later", expiring(7_200));
    await put("renewed", expiring(3_600));
    await put("renewed", expiring(90_000));
    await put("ancient", expiring(-6 * 365 * 86_400));
    await put("text", { expiresAt: { S: String(now + 1) } });
    const left = async () =>
      (await stage.call<{ Items: { h: { S: string } }[] }>("dynamodb", "Scan", { TableName: TABLE })).Items.map(
        ({ h }) => h.S,
      ).sort();
    await stage.cloud.clock.advance(3_599_000);
    expect(await left()).to.deep.equal(["ancient", "later", "renewed", "soon", "text"]);
    await stage.cloud.clock.advance(61_000);
    expect(await left()).to.deep.equal(["ancient", "later", "renewed", "text"]);
    const [removal] = (await records()).filter(({ eventName }) => eventName === "REMOVE");
    expect(removal).to.deep.include({ userIdentity: { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" } });
    expect(JSON.parse(printerOf(removal as object)())).to.deep.equal(removal);
    expect(removal?.dynamodb).to.deep.include({ Keys: { h: { S: "soon" } } });
    await stage.cloud.clock.advance(3_600_000);
    expect(await left()).to.deep.equal(["ancient", "renewed", "text"]);
  });

  it("wakes the stream's consumers after each change", async () => {
    await make();
    let wakes = 0;
    stage.cloud.signals.subscribe(STREAM_ARN, () => wakes++);
    await put("a");
    await put("a");
    await remove("a");
    expect(wakes).to.equal(2);
  });

  it("is emptied with its table, and its sequence numbers go on rising", async () => {
    await make();
    await put("a");
    const [before] = await records();
    stage.cloud.emptyData();
    expect(await records()).to.deep.equal([]);
    await put("a");
    const [after] = await records();
    expect(after).to.include({ eventName: "INSERT" });
    expect((after?.dynamodb.SequenceNumber ?? "") > (before?.dynamodb.SequenceNumber ?? "")).to.equal(true);
  });

  it("can still be read to its end once it is switched off", async () => {
    await make();
    await put("a");
    const type = stage.type("aws:dynamodb/table:Table");
    const off = type.inputs.parse({
      name: TABLE,
      hashKey: "h",
      attributes: [{ name: "h", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
    });
    await type.update(TABLE, off, {}, stage.context);
    await put("b");
    expect(await records()).to.have.length(1);
    expect(await call("DescribeStream", { StreamArn: STREAM_ARN })).to.nested.include({
      "StreamDescription.StreamStatus": "DISABLED",
    });
    const ShardIterator = await iterator((await shards())[0] as string);
    expect(await call("GetRecords", { ShardIterator })).not.to.have.property("NextShardIterator");
  });

  it("describes and lists streams, and asks IAM about the stream's own ARN", async () => {
    await make();
    expect(await call("DescribeStream", { StreamArn: STREAM_ARN, Limit: 1 })).to.nested.include({
      "StreamDescription.TableName": TABLE,
      "StreamDescription.StreamStatus": "ENABLED",
      "StreamDescription.StreamViewType": "NEW_AND_OLD_IMAGES",
      "StreamDescription.LastEvaluatedShardId": (await shards())[0],
    });
    expect(await call("ListStreams", {})).to.deep.equal({
      Streams: [{ StreamArn: STREAM_ARN, StreamLabel: "2026-01-31T12:00:00.250", TableName: TABLE }],
    });
    expect(await call("ListStreams", { TableName: "other" })).to.deep.equal({ Streams: [] });
    await everything();
    expect(stage.cloud.trace.records().at(-1)?.authorizations).to.deep.equal([
      { action: "dynamodb:GetRecords", resource: STREAM_ARN },
    ]);
    const other = stage.administrator("222222222222");
    expect((await stage.refusal("streams.dynamodb", "DescribeStream", { StreamArn: STREAM_ARN }, other)).code).to.equal(
      "AccessDeniedException",
    );
    expect((await refusal("DescribeStream", { StreamArn: `${STREAM_ARN}1` })).code).to.equal(
      "ResourceNotFoundException",
    );
    expect((await refusal("GetRecords", { ShardIterator: "garbled" })).code).to.equal("ValidationException");
  });
});
