import { expect } from "chai";
import { failureOf } from "../support/failure-of.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../support/service-stage.ts";

const TOKEN = "aws:dynamodb/table:Table";
const ARN = `arn:aws:dynamodb:us-east-1:${STAGE_ACCOUNT}:table/events`;
const BASE = {
  name: "events",
  hashKey: "h",
  attributes: [{ name: "h", type: "S" }],
  billingMode: "PAY_PER_REQUEST",
};

describe("aws:dynamodb/table:Table", () => {
  let stage: ServiceStage;
  const update = async (inputs: object) => {
    const type = stage.type(TOKEN);
    return type.update("events", type.inputs.parse({ ...BASE, ...inputs }), {}, stage.context);
  };
  const describeTable = async () =>
    (await stage.call<{ Table: object }>("dynamodb", "DescribeTable", { TableName: "events" })).Table;

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("is made with AWS's defaults, and its id is its name", async () => {
    expect(await stage.make(TOKEN, BASE)).to.deep.equal({
      id: "events",
      outputs: {
        ...BASE,
        arn: ARN,
        region: "us-east-1",
        readCapacity: 0,
        writeCapacity: 0,
        streamEnabled: false,
        streamArn: "",
        streamLabel: "",
        streamViewType: "",
        ttl: { attributeName: "", enabled: false },
        pointInTimeRecovery: { enabled: false, recoveryPeriodInDays: 0 },
        serverSideEncryption: { enabled: false, kmsKeyArn: "" },
        deletionProtectionEnabled: false,
        tableClass: "STANDARD",
        tagsAll: {},
      },
    });
    expect(await failureOf(stage.make(TOKEN, BASE))).to.equal("Table already exists: events");
  });

  it("takes every setting that the program gives, and DescribeTable shows them", async () => {
    const { outputs } = await stage.make(TOKEN, {
      ...BASE,
      billingMode: "PROVISIONED",
      readCapacity: 20,
      writeCapacity: 20,
      rangeKey: "r",
      attributes: [
        { name: "h", type: "S" },
        { name: "r", type: "N" },
        { name: "user", type: "B" },
      ],
      globalSecondaryIndexes: [
        { name: "by-user", hashKey: "user", rangeKey: "r", projectionType: "ALL", readCapacity: 1, writeCapacity: 2 },
      ],
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      ttl: { attributeName: "expiresAt", enabled: true },
      deletionProtectionEnabled: true,
      tags: { team: "a" },
    });
    const streamArn = `${ARN}/stream/2026-01-31T12:00:00.250`;
    expect(outputs).to.deep.include({ streamArn, streamEnabled: true, tagsAll: { team: "a" } });
    expect(await describeTable()).to.deep.include({
      TableArn: ARN,
      TableStatus: "ACTIVE",
      CreationDateTime: STAGE_START / 1000,
      KeySchema: [
        { AttributeName: "h", KeyType: "HASH" },
        { AttributeName: "r", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "h", AttributeType: "S" },
        { AttributeName: "r", AttributeType: "N" },
        { AttributeName: "user", AttributeType: "B" },
      ],
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 20, WriteCapacityUnits: 20 },
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      LatestStreamArn: streamArn,
      DeletionProtectionEnabled: true,
      ItemCount: 0,
    });
    const call = (operation: string) => stage.call("dynamodb", operation, { TableName: "events" });
    expect(await call("DescribeTimeToLive")).to.deep.equal({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" },
    });
    expect(await call("DescribeContinuousBackups")).to.nested.include({
      "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus": "ENABLED",
    });
    expect(await stage.call("dynamodb", "ListTables", {})).to.deep.equal({ TableNames: ["events"] });
    expect(await stage.call("dynamodb", "ListTagsOfResource", { ResourceArn: ARN })).to.deep.equal({
      Tags: [{ Key: "team", Value: "a" }],
    });
  });

  it("names each mistake in the arguments", () => {
    const reasons = (inputs: object) =>
      stage.mistakes(TOKEN, { ...BASE, ...inputs }).map(({ property, reason }) => `${property}: ${reason}`);
    const index = { name: "idx", hashKey: "h", projectionType: "ALL" };
    expect(reasons({ rangeKey: "r" })).to.deep.equal([
      "attributes: all indexes must match a defined attribute. Unmatched indexes: r",
    ]);
    expect(reasons({ attributes: [...BASE.attributes, { name: "x", type: "S" }] })).to.deep.equal([
      "attributes: all attributes must be indexed. Unused attributes: x",
    ]);
    expect(reasons({ billingMode: "PROVISIONED", readCapacity: 1 })).to.deep.equal([
      "writeCapacity: writeCapacity must be at least 1 when billingMode is PROVISIONED",
    ]);
    expect(reasons({ writeCapacity: 1 })).to.deep.equal([
      "writeCapacity: writeCapacity must not be set when billingMode is PAY_PER_REQUEST",
    ]);
    expect(reasons({ streamEnabled: true })).to.deep.equal([
      "streamViewType: streamViewType is required when streamEnabled is true",
    ]);
    expect(reasons({ ttl: { enabled: true } })).to.deep.equal(["ttl: attributeName is required when ttl is enabled"]);
    expect(reasons({ globalSecondaryIndexes: [index, index] })).to.deep.equal([
      "globalSecondaryIndexes: Duplicate index name: idx",
    ]);
    expect(reasons({ globalSecondaryIndexes: [{ ...index, projectionType: "INCLUDE" }] })).to.deep.equal([
      'globalSecondaryIndexes: globalSecondaryIndexes "idx": nonKeyAttributes goes with projectionType INCLUDE, and only with it',
    ]);
    expect(reasons({ serverSideEncryption: { enabled: true, kmsKeyArn: "alias/mine" } })).to.deep.equal([
      "serverSideEncryption: KeyARN must be a key's ARN, not an alias (alias/mine)",
    ]);
    const { inputs } = stage.type(TOKEN);
    for (const argument of ["replicas", "localSecondaryIndexes", "importTable", "onDemandThroughput"]) {
      expect(inputs.safeParse({ ...BASE, [argument]: [] }).error?.issues[0]?.message).to.contain(argument);
    }
  });

  it("fills a new index from the items it has, leaves out what does not fit, and drops the index again", async () => {
    await stage.make(TOKEN, BASE);
    const put = (h: string, user: object) =>
      stage.call("dynamodb", "PutItem", { TableName: "events", Item: { h: { S: h }, user } });
    await put("a", { S: "u" });
    await put("b", { N: "1" });
    await put("c", { S: "u" });
    const attributes = [...BASE.attributes, { name: "user", type: "S" }];
    const globalSecondaryIndexes = [{ name: "by-user", hashKey: "user", projectionType: "ALL" }];
    await update({ attributes, globalSecondaryIndexes });
    const scan = { TableName: "events", IndexName: "by-user", Select: "COUNT" };
    expect(await stage.call("dynamodb", "Scan", scan)).to.include({ Count: 2 });
    await put("c", { S: "v" });
    expect(await stage.call("dynamodb", "Scan", scan)).to.include({ Count: 2 });
    await update({});
    expect((await stage.refusal("dynamodb", "Scan", scan)).message).to.contain("by-user");
    expect(await stage.call("dynamodb", "Scan", { TableName: "events", Select: "COUNT" })).to.include({ Count: 3 });
  });

  it("switches TTL on over the items it has, and capacity from on-demand to provisioned", async () => {
    await stage.make(TOKEN, BASE);
    const expiresAt = { N: String(STAGE_START / 1000 + 100) };
    await stage.call("dynamodb", "PutItem", { TableName: "events", Item: { h: { S: "a" }, expiresAt } });
    await update({ ttl: { attributeName: "expiresAt", enabled: true } });
    await stage.cloud.clock.advance(180_000);
    expect(await describeTable()).to.include({ ItemCount: 0, TableSizeBytes: 0 });
    await update({ billingMode: "PROVISIONED", readCapacity: 1, writeCapacity: 1 });
    const put = { TableName: "events", Item: { h: { S: "a" } } };
    await stage.call("dynamodb", "PutItem", put);
    expect((await stage.refusal("dynamodb", "PutItem", put)).code).to.equal("ProvisionedThroughputExceededException");
  });

  it("gives a stream that is switched on again, or shows something else, a new ARN", async () => {
    await stage.make(TOKEN, { ...BASE, streamEnabled: true, streamViewType: "KEYS_ONLY" });
    await stage.cloud.clock.advance(1_000);
    expect(await update({ streamEnabled: true, streamViewType: "NEW_IMAGE" })).to.include({
      streamArn: `${ARN}/stream/2026-01-31T12:00:01.250`,
      streamViewType: "NEW_IMAGE",
    });
    expect(await update({})).to.include({ streamEnabled: false, streamArn: `${ARN}/stream/2026-01-31T12:00:01.250` });
  });

  it("is not deleted while it is protected, and is gone afterwards", async () => {
    const type = stage.type(TOKEN);
    const { outputs } = await stage.make(TOKEN, { ...BASE, deletionProtectionEnabled: true });
    const remove = async () => type.delete("events", outputs, stage.context);
    expect(await failureOf(remove())).to.equal(
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
    await update({});
    await remove();
    expect(await type.read("events", outputs, stage.context)).to.equal(undefined);
    expect(await failureOf(update({}))).to.contain("pulumi up --refresh");
  });

  it("keeps the same name apart in two accounts", async () => {
    await stage.make(TOKEN, BASE);
    const type = stage.type(TOKEN);
    await type.create(type.inputs.parse(BASE), { ...stage.context, accountId: "222222222222" });
    await stage.call("dynamodb", "PutItem", { TableName: "events", Item: { h: { S: "a" } } });
    const scan = { TableName: "events", Select: "COUNT" };
    expect(await stage.call("dynamodb", "Scan", scan)).to.include({ Count: 1 });
    expect(await stage.call("dynamodb", "Scan", scan, stage.administrator("222222222222"))).to.include({ Count: 0 });
  });
});
