import { expect } from "chai";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

const TableName = "events";
const ARN = `arn:aws:dynamodb:us-east-1:${STAGE_ACCOUNT}:table/events`;

describe("DynamoDB, a table's TTL, recovery, tags, policy and end", () => {
  let stage: ServiceStage;
  const call = <T>(operation: string, params: object) => stage.call<T>("dynamodb", operation, params);

  beforeEach(async () => {
    stage = new ServiceStage();
    await stage.make("aws:dynamodb/table:Table", {
      name: TableName,
      hashKey: "h",
      attributes: [{ name: "h", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
    });
  });
  afterEach(() => stage.close());

  it("expires items by an attribute, one at a time", async () => {
    const specified = (AttributeName: string, Enabled: boolean) => ({
      TableName,
      TimeToLiveSpecification: { AttributeName, Enabled },
    });
    const set = (name: string, enabled: boolean) => call("UpdateTimeToLive", specified(name, enabled));
    const refusal = async (name: string, enabled: boolean) =>
      (await stage.refusal("dynamodb", "UpdateTimeToLive", specified(name, enabled))).message;
    expect(await refusal("at", false)).to.equal("TimeToLive is already disabled");
    expect(await set("at", true)).to.deep.equal({ TimeToLiveSpecification: { AttributeName: "at", Enabled: true } });
    expect(await refusal("at", true)).to.equal("TimeToLive is already enabled");
    const other = "TimeToLive is active on a different AttributeName: current AttributeName is at";
    expect(await refusal("until", true)).to.equal(other);
    expect(await refusal("until", false)).to.equal(other);
    const at = { N: String(STAGE_START / 1000 + 100) };
    await call("PutItem", { TableName, Item: { h: { S: "a" }, at } });
    await stage.cloud.clock.advance(180_000);
    expect(await call("DescribeTable", { TableName })).to.nested.include({ "Table.ItemCount": 0 });
    await set("at", false);
    expect(await call("DescribeTimeToLive", { TableName })).to.deep.equal({
      TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" },
    });
  });

  it("recovers to a point in time for as long as it is told to", async () => {
    const set = (PointInTimeRecoverySpecification: object) =>
      call("UpdateContinuousBackups", { TableName, PointInTimeRecoverySpecification });
    const described = (PointInTimeRecoveryDescription: object) => ({
      ContinuousBackupsDescription: { ContinuousBackupsStatus: "ENABLED", PointInTimeRecoveryDescription },
    });
    const start = STAGE_START / 1000;
    const minute = 60;
    const day = 24 * 60 * minute;
    const on = (days: number, EarliestRestorableDateTime: number, LatestRestorableDateTime: number) =>
      described({
        PointInTimeRecoveryStatus: "ENABLED",
        RecoveryPeriodInDays: days,
        EarliestRestorableDateTime,
        LatestRestorableDateTime,
      });
    expect(await set({ PointInTimeRecoveryEnabled: true })).to.deep.equal(on(35, start, start));
    await stage.cloud.clock.advance(10 * minute * 1000);
    expect(await set({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 })).to.deep.equal(
      on(7, start, start + 5 * minute),
    );
    await stage.cloud.clock.advance(8 * day * 1000);
    expect(await set({ PointInTimeRecoveryEnabled: true })).to.deep.equal(
      on(7, start + day + 10 * minute, start + 8 * day + 5 * minute),
    );
    expect(await call("DescribeContinuousBackups", { TableName })).to.deep.equal(
      on(7, start + day + 10 * minute, start + 8 * day + 5 * minute),
    );
    const off = { PointInTimeRecoveryEnabled: false };
    const refusal = await stage.refusal("dynamodb", "UpdateContinuousBackups", {
      TableName,
      PointInTimeRecoverySpecification: { ...off, RecoveryPeriodInDays: 7 },
    });
    expect(refusal.message).to.contain("Cannot specify RecoveryPeriodInDays when disabling");
    expect(await set(off)).to.deep.equal(described({ PointInTimeRecoveryStatus: "DISABLED" }));
  });

  it("is deleted, unless it is protected", async () => {
    const protect = (DeletionProtectionEnabled: boolean) =>
      call("UpdateTable", { TableName, DeletionProtectionEnabled });
    await protect(true);
    expect(await stage.refusal("dynamodb", "DeleteTable", { TableName })).to.deep.equal({
      code: "ValidationException",
      message:
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    });
    await protect(false);
    const { Table } = await call<{ Table: { TableId: string } }>("DescribeTable", { TableName });
    expect(await call("DeleteTable", { TableName })).to.deep.equal({
      TableDescription: {
        TableName,
        TableArn: ARN,
        TableId: Table.TableId,
        TableStatus: "DELETING",
        ItemCount: 0,
        TableSizeBytes: 0,
        ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
        DeletionProtectionEnabled: false,
      },
    });
    expect(await stage.refusal("dynamodb", "DeleteTable", { TableName })).to.deep.equal({
      code: "ResourceNotFoundException",
      message: "Requested resource not found: Table: events not found",
    });
  });

  it("has tags, as many and such as AWS allows", async () => {
    const tag = (...pairs: [string, string][]) => ({
      ResourceArn: ARN,
      Tags: pairs.map(([Key, Value]) => ({ Key, Value })),
    });
    const refusal = async (...pairs: [string, string][]) =>
      (await stage.refusal("dynamodb", "TagResource", tag(...pairs))).message;
    await call("TagResource", tag(["a", "1"], ["b", "2"]));
    await call("TagResource", tag(["a", "3"]));
    await call("UntagResource", { ResourceArn: ARN, TagKeys: ["b", "none"] });
    expect(await call("ListTagsOfResource", { ResourceArn: ARN })).to.deep.equal({ Tags: [{ Key: "a", Value: "3" }] });
    expect(await refusal()).to.equal("Atleast one Tag needs to be provided as Input.");
    expect(await refusal(["aws:x", ""])).to.equal("Tag Key cannot be prefixed with aws:, Key: aws:x");
    expect(await refusal(["", "v"])).to.equal(
      "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    expect(await refusal(["k", "#"])).to.equal("The Tag Value provided is invalid, Value: #");
    expect(await refusal(["k", "1"], ["k", "2"])).to.contain("Duplicate Tag Key found k");
    const many = Array.from({ length: 50 }, (_, index): [string, string] => [`k${index}`, ""]);
    expect(await refusal(...many)).to.equal("Number of Tags exceed the current limit for the provided ResourceArn");
    const byName = await stage.refusal("dynamodb", "TagResource", { ...tag(["k", "v"]), ResourceArn: TableName });
    expect(byName.message).to.equal(`Invalid TableArn: Invalid ResourceArn provided as input ${TableName}`);
    const stream = `${ARN}/stream/2026-01-01T00:00:00.000`;
    expect((await stage.refusal("dynamodb", "ListTagsOfResource", { ResourceArn: stream })).message).to.contain(
      "does not support tags and policies of a table's stream",
    );
  });

  it("keeps a policy as it was written, with a revision for each one that differs", async () => {
    const policy = (Sid: string, Effect = "Allow") =>
      JSON.stringify({ Statement: { Sid, Effect, Principal: "*", Action: "dynamodb:*", Resource: ARN } });
    const put = (Policy: string, more: object = {}) =>
      call<{ RevisionId: string }>("PutResourcePolicy", { ResourceArn: ARN, Policy, ...more });
    const refusal = (operation: string, more: object) =>
      stage.refusal("dynamodb", operation, { ResourceArn: ARN, ...more });
    expect(await refusal("GetResourcePolicy", {})).to.deep.equal({
      code: "PolicyNotFoundException",
      message: `Resource-based policy not found for the provided ResourceArn: ${ARN}`,
    });
    expect(await call("DeleteResourcePolicy", { ResourceArn: ARN })).to.deep.equal({});
    const first = await put(policy("one"), { ExpectedRevisionId: "NO_POLICY" });
    expect(await put(policy("one"))).to.deep.equal(first);
    const second = await put(policy("two"), { ExpectedRevisionId: first.RevisionId });
    expect(Number(second.RevisionId)).to.be.greaterThan(Number(first.RevisionId));
    expect(await call("GetResourcePolicy", { ResourceArn: ARN })).to.deep.equal({ Policy: policy("two"), ...second });
    for (const ExpectedRevisionId of [first.RevisionId, "NO_POLICY"]) {
      const { code } = await refusal("PutResourcePolicy", { Policy: policy("three"), ExpectedRevisionId });
      expect(code).to.equal("PolicyNotFoundException");
    }
    const lockedOut = await refusal("PutResourcePolicy", { Policy: policy("four", "Deny") });
    expect(lockedOut.message).to.contain("ConfirmRemoveSelfResourceAccess");
    expect((await refusal("PutResourcePolicy", { Policy: "{" })).message).to.contain("Invalid policy document: ");
    const long = policy("x".repeat(20 * 1024));
    expect((await refusal("PutResourcePolicy", { Policy: long })).message).to.contain("20480 bytes exceeded");
    expect(await call("DeleteResourcePolicy", { ResourceArn: ARN })).to.deep.equal(second);
  });

  it("asks IAM about each by its own name", async () => {
    const asked = () => stage.cloud.trace.records().at(-1)?.authorizations;
    const Policy = JSON.stringify({
      Statement: { Effect: "Allow", Principal: "*", Action: "dynamodb:*", Resource: ARN },
    });
    const operations: [string, object][] = [
      ["UpdateTable", { TableName, TableClass: "STANDARD" }],
      ["UpdateTimeToLive", { TableName, TimeToLiveSpecification: { AttributeName: "at", Enabled: true } }],
      [
        "UpdateContinuousBackups",
        { TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      ],
      ["TagResource", { ResourceArn: ARN, Tags: [{ Key: "a", Value: "b" }] }],
      ["UntagResource", { ResourceArn: ARN, TagKeys: ["a"] }],
      ["ListTagsOfResource", { ResourceArn: ARN }],
      ["PutResourcePolicy", { ResourceArn: ARN, Policy }],
      ["GetResourcePolicy", { ResourceArn: ARN }],
      ["DeleteResourcePolicy", { ResourceArn: ARN }],
      ["DeleteTable", { TableName }],
    ];
    for (const [operation, params] of operations) {
      await call(operation, params);
      expect(asked(), operation).to.deep.equal([{ action: `dynamodb:${operation}`, resource: ARN }]);
    }
  });
});
