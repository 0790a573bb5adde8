import { expect } from "chai";
import { ServiceStage, STAGE_START } from "../../../support/service-stage.ts";

const TableName = "events";
const INVALID = "One or more parameter values were invalid: ";
const units = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({ ReadCapacityUnits, WriteCapacityUnits });
const creation = (IndexName: string, more: object = {}) => ({
  Create: {
    IndexName,
    KeySchema: [{ AttributeName: "user", KeyType: "HASH" }],
    Projection: { ProjectionType: "ALL" },
    ...more,
  },
});
const user = { AttributeDefinitions: [{ AttributeName: "user", AttributeType: "S" }] };

interface Described {
  Table: {
    BillingModeSummary?: object;
    ProvisionedThroughput: object;
    GlobalSecondaryIndexes?: { IndexName: string; ProvisionedThroughput: object }[];
    StreamSpecification?: object;
    LatestStreamArn?: string;
    SSEDescription?: object;
    TableClassSummary: object;
    DeletionProtectionEnabled: boolean;
    AttributeDefinitions: { AttributeName: string }[];
  };
}

describe("DynamoDB, changing a table", () => {
  let stage: ServiceStage;
  const call = <T>(operation: string, params: object) => stage.call<T>("dynamodb", operation, params);
  const update = <T>(params: object) => call<T>("UpdateTable", { TableName, ...params });
  const refused = async (params: object) => {
    const { code, message } = await stage.refusal("dynamodb", "UpdateTable", { TableName, ...params });
    return `${code}: ${message}`;
  };
  const table = async () => (await call<Described>("DescribeTable", { TableName })).Table;
  const make = (more: object = {}) =>
    stage.make("aws:dynamodb/table:Table", {
      name: TableName,
      hashKey: "h",
      attributes: [{ name: "h", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      ...more,
    });
  const indexNames = async () => (await table()).GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName) ?? [];

  beforeEach(async () => {
    stage = new ServiceStage();
    await make();
  });
  afterEach(() => stage.close());

  it("switches the billing mode with the capacity that the new one needs", async () => {
    const provisioned = { BillingMode: "PROVISIONED" };
    expect(await refused(provisioned)).to.equal(
      `ValidationException: ${INVALID}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
    );
    expect(await refused({ ProvisionedThroughput: units(1, 1) })).to.contain(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
    await update({ ...provisioned, ProvisionedThroughput: units(5, 6) });
    expect(await table()).to.deep.include({ ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...units(5, 6) } });
    expect(await refused({ ProvisionedThroughput: units(5, 6) })).to.equal(
      "ValidationException: The provisioned throughput for the table will not change. The requested value equals the current value. " +
        "Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. " +
        "Current WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. " +
        "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
    );
    await update({ ProvisionedThroughput: units(5, 7) });
    expect(await table()).not.to.have.property("BillingModeSummary");
    await stage.cloud.clock.advance(1_000);
    const { TableDescription } = await update<{ TableDescription: object }>({ BillingMode: "PAY_PER_REQUEST" });
    const onDemand = {
      BillingModeSummary: {
        BillingMode: "PAY_PER_REQUEST",
        LastUpdateToPayPerRequestDateTime: STAGE_START / 1000 + 1,
      },
      WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: "ACTIVE" },
    };
    expect(TableDescription).to.deep.include(onDemand);
    await stage.cloud.clock.advance(1_000);
    expect(await table()).to.deep.include(onDemand);
  });

  it("throttles by the new capacity at once", async () => {
    await update({ BillingMode: "PROVISIONED", ProvisionedThroughput: units(1, 1) });
    const put = (h: string) => ({ TableName, Item: { h: { S: h } } });
    await call("PutItem", put("a"));
    expect((await stage.refusal("dynamodb", "PutItem", put("b"))).code).to.equal(
      "ProvisionedThroughputExceededException",
    );
    await update({ BillingMode: "PAY_PER_REQUEST" });
    await call("PutItem", put("b"));
  });

  it("makes an index out of the items that there are, and drops it again", async () => {
    await call("PutItem", { TableName, Item: { h: { S: "a" }, user: { S: "u" } } });
    await update({ ...user, GlobalSecondaryIndexUpdates: [creation("by-user")] });
    const scan = { TableName, IndexName: "by-user", Select: "COUNT" };
    expect(await call("Scan", scan)).to.include({ Count: 1 });
    expect((await table()).AttributeDefinitions.map(({ AttributeName }) => AttributeName)).to.deep.equal(["h", "user"]);
    await update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "by-user" } }] });
    expect(await indexNames()).to.deep.equal([]);
    expect((await table()).AttributeDefinitions.map(({ AttributeName }) => AttributeName)).to.deep.equal(["h"]);
  });

  it("changes an index's capacity with the table's billing mode, and alone", async () => {
    await update({ ...user, GlobalSecondaryIndexUpdates: [creation("by-user")] });
    const updates = (read: number) => [{ Update: { IndexName: "by-user", ProvisionedThroughput: units(read, 1) } }];
    const throughput = async () => (await table()).GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput;
    expect(await refused({ GlobalSecondaryIndexUpdates: updates(1) })).to.contain(
      "The only Updates for index: by-user when TableThroughputMode is PAY_PER_REQUEST",
    );
    const provisioned = { BillingMode: "PROVISIONED", ProvisionedThroughput: units(1, 1) };
    expect(await refused(provisioned)).to.contain("ProvisionedThroughput must be specified for index: by-user");
    await update({ ...provisioned, GlobalSecondaryIndexUpdates: updates(2) });
    expect(await throughput()).to.deep.include(units(2, 1));
    expect(await refused({ GlobalSecondaryIndexUpdates: updates(2) })).to.contain(
      "The provisioned throughput for the index by-user will not change.",
    );
    await update({ GlobalSecondaryIndexUpdates: updates(3) });
    expect(await throughput()).to.deep.include(units(3, 1));
    await update({ BillingMode: "PAY_PER_REQUEST" });
    expect(await throughput()).to.deep.include(units(0, 0));
  });

  it("refuses index updates as AWS does, and changes nothing", async () => {
    await update({ ...user, GlobalSecondaryIndexUpdates: [creation("one")] });
    const updates = (...GlobalSecondaryIndexUpdates: object[]) => refused({ ...user, GlobalSecondaryIndexUpdates });
    expect(await updates(creation("two"), { Delete: { IndexName: "one" } })).to.equal(
      "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    );
    expect(await updates(creation("one"))).to.equal(
      "ValidationException: Attempting to create an index which already exists",
    );
    expect(await updates({ Delete: { IndexName: "none" } })).to.match(
      /^ResourceNotFoundException: .*Index none for table/,
    );
    expect(await updates({ ...creation("two"), Delete: { IndexName: "one" } })).to.contain(
      "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object",
    );
    expect(await updates({})).to.contain("must not be null");
    expect(await updates()).to.contain("List of GlobalSecondaryIndexUpdates is empty");
    expect(await updates(creation("two"), { Delete: { IndexName: "two" } })).to.contain(
      "Only one global secondary index update per index is allowed simultaneously. Index: two",
    );
    expect(await updates(creation("two", { ProvisionedThroughput: units(1, 1) }))).to.contain(
      "can be specified for index: two when BillingMode is PAY_PER_REQUEST",
    );
    expect(await updates(creation("two", { Projection: { ProjectionType: "INCLUDE" } }))).to.contain(
      "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
    );
    const other = { KeySchema: [{ AttributeName: "other", KeyType: "HASH" }] };
    expect(await updates(creation("two", other))).to.contain("AttributeDefinitions is not specified for index: two");
    expect(await indexNames()).to.deep.equal(["one"]);
  });

  it("has twenty indexes at most", async () => {
    for (let index = 0; index < 20; index++) {
      await update({ ...user, GlobalSecondaryIndexUpdates: [creation(`idx-${index}`)] });
    }
    expect(await refused({ ...user, GlobalSecondaryIndexUpdates: [creation("one-more")] })).to.equal(
      "LimitExceededException: Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20",
    );
  });

  it("switches its stream on and off, each time a new one", async () => {
    const on = { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } };
    const off = { StreamSpecification: { StreamEnabled: false } };
    expect(await refused(off)).to.equal("ValidationException: Table has no stream to disable: TableName: events");
    await update(on);
    const first = (await table()).LatestStreamArn;
    expect(await refused({ StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } })).to.equal(
      "ValidationException: Table already has an enabled stream: TableName: events",
    );
    expect(await refused({ StreamSpecification: { StreamEnabled: true } })).to.contain("UpdateViewType is required");
    const named = { StreamSpecification: { StreamEnabled: false, StreamViewType: "NEW_IMAGE" } };
    expect(await refused(named)).to.contain("UpdateViewType must not be specified");
    await update(off);
    expect(await table()).not.to.have.property("StreamSpecification");
    expect((await table()).LatestStreamArn).to.equal(first);
    await stage.cloud.clock.advance(1_000);
    await update(on);
    expect((await table()).LatestStreamArn).not.to.equal(first);
  });

  it("encrypts with a key of the account, with AWS's, or by default", async () => {
    const encrypt = (SSESpecification: object) => update({ SSESpecification });
    const key = "arn:aws:kms:us-east-1:111111111111:key/0a1b";
    expect(await refused({ SSESpecification: { Enabled: false } })).to.contain("Table is already encrypted by default");
    await encrypt({ Enabled: true, SSEType: "KMS", KMSMasterKeyId: "0a1b" });
    expect((await table()).SSEDescription).to.deep.equal({ Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: key });
    const again = { SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: key } };
    expect(await refused(again)).to.contain("Table is already encrypted with given KMSMasterKeyId");
    const alias = { SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/mine" } };
    expect(await refused(alias)).to.match(/^NotSupportedByLocalCloud: .*alias\/mine/);
    const untyped = { SSESpecification: { Enabled: true, KMSMasterKeyId: key } };
    expect(await refused(untyped)).to.contain("SSEType KMS is required if KMSMasterKeyId is specified");
    await encrypt({ Enabled: true });
    const { KMSMasterKeyArn, ...managed } = (await table()).SSEDescription as { KMSMasterKeyArn: string };
    expect(managed).to.deep.equal({ Status: "ENABLED", SSEType: "KMS" });
    expect(KMSMasterKeyArn).to.match(
      /^arn:aws:kms:us-east-1:111111111111:key\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    await encrypt({ Enabled: false });
    expect(await table()).not.to.have.property("SSEDescription");
  });

  it("changes one thing at a time, and something", async () => {
    const only = (what: string) =>
      `ValidationException: ${INVALID}${what} modification must be the only operation in the request`;
    const stream = { StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } };
    expect(await refused({ SSESpecification: { Enabled: true }, ...stream })).to.equal(only("Server-Side Encryption"));
    expect(await refused({ TableClass: "STANDARD", ...stream })).to.equal(only("TableClass"));
    expect(await refused({ DeletionProtectionEnabled: true, ...stream })).to.equal(only("DeletionProtection"));
    const provisioned = { BillingMode: "PROVISIONED", ProvisionedThroughput: units(1, 1) };
    expect(await refused({ ...provisioned, ...stream })).to.contain("stream status while updating table IOPS");
    const index = { ...user, GlobalSecondaryIndexUpdates: [creation("by-user")] };
    expect(await refused({ ...provisioned, ...index })).to.contain("index while updating table IOPS");
    expect(await refused({ ...stream, ...index })).to.contain("index while changing stream status");
    expect(await refused({})).to.match(/^ValidationException: At least one of ProvisionedThroughput, BillingMode,/);
    expect(await refused({ ReplicaUpdates: [] })).to.contain("ReplicaUpdates");
    expect(await refused({ OnDemandThroughput: {} })).to.contain("OnDemandThroughput");
    await update({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
    await update({ DeletionProtectionEnabled: true });
    expect(await table()).to.deep.include({
      TableClassSummary: { TableClass: "STANDARD_INFREQUENT_ACCESS" },
      DeletionProtectionEnabled: true,
    });
  });
});
