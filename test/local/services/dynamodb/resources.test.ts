import { expect } from "chai";
import { failureOf } from "../../../support/failure-of.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

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
        pointInTimeRecovery: { enabled: false },
        globalSecondaryIndexes: [],
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

  describe("names each mistake in the arguments", () => {
    const reasons = (inputs: object) =>
      stage.mistakes(TOKEN, { ...BASE, ...inputs }).map(({ property, reason }) => `${property}: ${reason}`);
    const index = { name: "idx", hashKey: "h", projectionType: "ALL" };
    const indexReasons = (...indexes: object[]) => reasons({ globalSecondaryIndexes: indexes });

    it("of its attributes and keys", () => {
      expect(reasons({ rangeKey: "r" })).to.deep.equal([
        "attributes: all indexes must match a defined attribute. Unmatched indexes: r",
      ]);
      expect(reasons({ attributes: undefined })).to.deep.equal([
        "attributes: all indexes must match a defined attribute. Unmatched indexes: h",
      ]);
      expect(reasons({ attributes: [...BASE.attributes, { name: "x", type: "S" }] })).to.deep.equal([
        "attributes: all attributes must be indexed. Unused attributes: x",
      ]);
      expect(reasons({ attributes: [...BASE.attributes, { name: "h", type: "N" }] })).to.deep.equal([
        "attributes: Attribute Name is duplicated: h",
      ]);
      expect(reasons({ rangeKey: "h" })).to.deep.equal(["rangeKey: rangeKey must not be the hashKey"]);
    });

    it("of its capacity, stream, TTL and encryption", () => {
      expect(reasons({ billingMode: "PROVISIONED", readCapacity: 1 })).to.deep.equal([
        "writeCapacity: writeCapacity must be at least 1 when billingMode is PROVISIONED",
      ]);
      expect(reasons({ writeCapacity: 1 })).to.deep.equal([
        "writeCapacity: writeCapacity must not be set when billingMode is PAY_PER_REQUEST",
      ]);
      expect(reasons({ streamEnabled: true })).to.deep.equal([
        "streamViewType: streamViewType is required when streamEnabled is true",
      ]);
      expect(reasons({ streamViewType: "KEYS_ONLY" })).to.deep.equal([
        "streamViewType: streamViewType must not be set when streamEnabled is not true",
      ]);
      expect(reasons({ ttl: { enabled: true } })).to.deep.equal(["ttl: attributeName is required when ttl is enabled"]);
      const encrypted = (kmsKeyArn: string) => reasons({ serverSideEncryption: { enabled: true, kmsKeyArn } });
      expect(encrypted("alias/mine")).to.deep.equal([
        "serverSideEncryption: KeyARN must be a key's ARN, not an alias (alias/mine)",
      ]);
      expect(encrypted("0a1b")).to.deep.equal([`serverSideEncryption: kmsKeyArn must be a key's ARN, not "0a1b"`]);
      expect(encrypted("arn:aws:kms:us-east-1:111111111111:alias/aws/dynamodb")).to.deep.equal([]);
    });

    it("of its indexes", () => {
      expect(indexReasons(index, index)).to.deep.equal(["globalSecondaryIndexes: Duplicate index name: idx"]);
      const where = 'globalSecondaryIndexes: globalSecondaryIndexes "idx":';
      expect(indexReasons({ ...index, projectionType: "INCLUDE" })).to.deep.equal([
        `${where} nonKeyAttributes goes with projectionType INCLUDE, and only with it`,
      ]);
      expect(indexReasons({ name: "idx", projectionType: "ALL" })).to.deep.equal([`${where} hashKey is missing`]);
      const keys = (...types: string[]) => types.map((keyType) => ({ attributeName: "h", keyType }));
      expect(indexReasons({ ...index, keySchemas: keys("HASH") })).to.deep.equal([
        `${where} give either keySchemas, or hashKey and rangeKey`,
      ]);
      expect(indexReasons({ name: "idx", projectionType: "ALL", keySchemas: keys("HASH", "HASH") })).to.deep.equal([
        `${where} the local cloud supports one HASH and one RANGE key`,
      ]);
      const reversed = [...keys("RANGE"), { attributeName: "g", keyType: "HASH" }];
      expect(indexReasons({ name: "idx", projectionType: "ALL", keySchemas: reversed })[0]).to.contain("comes before");
      const provisioned = { billingMode: "PROVISIONED", readCapacity: 1, writeCapacity: 1 };
      expect(reasons({ ...provisioned, globalSecondaryIndexes: [{ ...index, readCapacity: 1 }] })).to.deep.equal([
        `${where} readCapacity and writeCapacity must be at least 1 when billingMode is PROVISIONED`,
      ]);
    });

    it("of names, values and ranges, and each argument that there is not", () => {
      const { inputs } = stage.type(TOKEN);
      const issues = (given: object) => inputs.safeParse({ ...BASE, ...given }).error?.issues ?? [];
      const given = {
        name: "a!",
        billingMode: "FREE",
        readCapacity: -1,
        globalSecondaryIndexes: [{ ...index, name: "a" }],
        pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 36 },
        streamViewType: "ALL",
        tableClass: "COLD",
        tags: { "aws:own": "" },
      };
      expect(issues(given).map(({ path }) => path[0])).to.have.members(Object.keys(given));
      for (const argument of ["replicas", "localSecondaryIndexes", "importTable", "onDemandThroughput"]) {
        expect(issues({ [argument]: [] })[0]?.message).to.contain(argument);
      }
    });

    it("and none of what a table that is there has already", async () => {
      const attributes = [...BASE.attributes, { name: "user", type: "S" }];
      const globalSecondaryIndexes = [{ ...index, hashKey: "user", readCapacity: 1, writeCapacity: 1 }];
      const provisioned = { billingMode: "PROVISIONED", readCapacity: 1, writeCapacity: 1 };
      await stage.make(TOKEN, { ...BASE, ...provisioned, attributes, globalSecondaryIndexes });
      expect(reasons({ billingMode: "PROVISIONED" })).to.deep.equal([]);
      expect(reasons({ ...provisioned, attributes })).to.deep.equal([]);
      expect(reasons({ ...provisioned, globalSecondaryIndexes })).to.deep.equal([]);
    });
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
    expect(await stage.call("dynamodb", "Scan", scan), "left out").to.include({ Count: 2 });
    await update({ globalSecondaryIndexes: [] });
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

  it("cannot have another TTL attribute before it has none, as on AWS", async () => {
    const ttl = (attributeName: string | undefined, enabled: boolean) => update({ ttl: { attributeName, enabled } });
    await stage.make(TOKEN, { ...BASE, ttl: { attributeName: "expiresAt", enabled: true } });
    expect(await failureOf(ttl("until", true))).to.equal(
      "TimeToLive is active on a different AttributeName: current AttributeName is expiresAt",
    );
    expect(await failureOf(ttl(undefined, false))).to.contain("timeToLiveSpecification.attributeName");
    await ttl("expiresAt", false);
    expect(await ttl("until", true)).to.deep.include({ ttl: { attributeName: "until", enabled: true } });
  });

  it("keeps what the program leaves out, and takes one unit where there is none to keep", async () => {
    const encryption = { enabled: true, kmsKeyArn: "arn:aws:kms:us-east-1:111111111111:key/one" };
    const settings = {
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 },
      serverSideEncryption: encryption,
    };
    expect(await failureOf(stage.make(TOKEN, { ...BASE, billingMode: "PROVISIONED" })), "a new table").to.equal(
      "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
    );
    await stage.make(TOKEN, { ...BASE, ...settings });
    expect(await update({})).to.deep.include(settings);
    expect(await update({ serverSideEncryption: { enabled: true } })).to.deep.include(settings);
    expect(await update({ billingMode: "PROVISIONED" })).to.include({ readCapacity: 1, writeCapacity: 1 });
    expect(await update({ billingMode: "PROVISIONED", readCapacity: 7 })).to.include({
      readCapacity: 7,
      writeCapacity: 1,
    });
    expect(await update({ billingMode: "PROVISIONED" })).to.include({ readCapacity: 7, writeCapacity: 1 });
  });

  it("changes everything at once, though UpdateTable changes one thing at a time", async () => {
    const attributes = [...BASE.attributes, { name: "user", type: "S" }];
    const index = (name: string) => ({ name, hashKey: "user", projectionType: "ALL" });
    const provisioned = (name: string) => ({ ...index(name), readCapacity: 1, writeCapacity: 1 });
    await stage.make(TOKEN, {
      ...BASE,
      attributes,
      globalSecondaryIndexes: [index("one"), index("two"), index("stays")],
    });
    const everything = {
      attributes,
      billingMode: "PROVISIONED",
      readCapacity: 2,
      writeCapacity: 3,
      globalSecondaryIndexes: [provisioned("stays"), provisioned("three"), provisioned("four")],
      streamEnabled: true,
      streamViewType: "KEYS_ONLY",
      serverSideEncryption: { enabled: true, kmsKeyArn: "" },
      tableClass: "STANDARD_INFREQUENT_ACCESS",
      deletionProtectionEnabled: true,
    };
    const { streamViewType, ...outputs } = everything;
    expect(await update(everything))
      .to.deep.include(outputs)
      .and.to.include({ streamViewType });
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

describe("aws:dynamodb/resourcePolicy:ResourcePolicy", () => {
  const POLICY_TOKEN = "aws:dynamodb/resourcePolicy:ResourcePolicy";
  const policyOf = (Effect: string) =>
    JSON.stringify({ Statement: { Effect, Principal: "*", Action: "dynamodb:*", Resource: ARN } });
  let stage: ServiceStage;
  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("names a policy that cannot be read or evaluated, and a resource that is no table", () => {
    const { inputs } = stage.type(POLICY_TOKEN);
    const reasons = (policy: string, resourceArn = ARN) =>
      inputs
        .safeParse({ resourceArn, policy })
        .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
    expect(reasons("{")[0]).to.match(/^policy: contains an invalid JSON: /);
    expect(reasons("")[0]).to.match(/^policy: contains an invalid JSON: /);
    expect(reasons('{"Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}')[0]).to.match(
      /^policy: .*Principal/,
    );
    const [resource, policy] = reasons("{", `${ARN}/stream/x`);
    expect(resource).to.match(/^resourceArn: .*does not support policies of streams/);
    expect(policy).to.match(/^policy: /);
  });

  it("is refused for a table that is not there, and when it locks its author out who does not confirm that", async () => {
    const make = (effect: string, more: object = {}) =>
      stage.make(POLICY_TOKEN, { resourceArn: ARN, policy: policyOf(effect), ...more });
    expect(await failureOf(make("Allow"))).to.equal("Requested resource not found: Table: events not found");
    await stage.make(TOKEN, BASE);
    expect(await failureOf(make("Deny"))).to.contain("set ConfirmRemoveSelfResourceAccess to true");
    const { outputs } = await make("Deny", { confirmRemoveSelfResourceAccess: true });
    expect(outputs).to.include({ revisionId: String(STAGE_START) });
  });
});
