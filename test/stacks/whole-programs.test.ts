import { expect } from "chai";
import { type Recording, type Registration, resolved, statementsOf } from "../support/mocks.ts";
import { POC, PROD, pocOutputs, runPoc, runProd } from "./committed-stacks.ts";

function countsByType(registrations: readonly Registration[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of registrations) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** Every statement of every identity policy, with the name of the policy before it. */
function allStatements(run: Recording<unknown>) {
  return run
    .of("aws:iam/rolePolicy:RolePolicy")
    .flatMap(({ name, inputs }) =>
      statementsOf(inputs["policy"]).map((statement) => ({ name: `${name} ${statement["Sid"]}`, statement })),
    );
}

/** `<resource> <statement> <element>: <text>` of every text with `*` or `?` in any policy: of identities, of trust, of resources. */
function allWildcards(run: Recording<unknown>): string[] {
  return run.resources.flatMap(({ name, inputs }) =>
    Object.values(inputs)
      .filter((value) => typeof value === "string" && value.includes('"Statement"'))
      .flatMap(statementsOf)
      .flatMap(({ Sid, ...elements }) =>
        Object.entries(elements).flatMap(([element, value]) =>
          texts(value)
            .filter((text) => /[*?]/.test(text))
            .map((text) => `${name} ${Sid} ${element}: ${text}`),
        ),
      ),
  );
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** All that is left of `*` in policies of any kind, and why. */
const wildcardsByReason: Readonly<Record<string, readonly string[]>> = {
  "the action has no resource": [
    "tributary-replicator-consumer-function-policy ListStreams Resource: *",
    "tributary-archive-consumer-function-policy ListStreams Resource: *",
  ],
  "the account's one role for API Gateway logs for every API of it": [
    "tributary-gateway-account-policy WriteAccessLogs Resource: *",
  ],
  "Lambda names the log streams when it starts an environment": [
    `tributary-replicator-consumer-function-policy WriteOwnLogs Resource: arn:aws:logs:us-east-1:${PROD}:log-group:tributary-replicator-consumer-function-logs-1a2b3c4:*`,
    `tributary-archive-consumer-function-policy WriteOwnLogs Resource: arn:aws:logs:us-east-1:${POC}:log-group:tributary-archive-consumer-function-logs-1a2b3c4:*`,
  ],
  "Lambda makes the keys of failed batches, and no mapping for a role that may write below aws/lambda/ only": [
    "tributary-replicator-consumer-function-policy PutFailedBatches Resource: arn:aws:s3:::tributary-replicator-parked-1a2b3c4/*",
    "tributary-archive-consumer-function-policy PutFailedBatches Resource: arn:aws:s3:::tributary-archive-failed-batches-1a2b3c4/*",
  ],
  "keys of parked objects are made of date, shard and sequence number": [
    "tributary-replicator-consumer-function-policy ParkRecords Resource: arn:aws:s3:::tributary-replicator-parked-1a2b3c4/parked/*",
    "tributary-archive-consumer-function-policy ParkOversizedLines Resource: arn:aws:s3:::tributary-archive-bucket-1a2b3c4/parked/*",
  ],
  "Firehose makes the keys of prefix, time and a UUID": [
    "tributary-archive-delivery-policy WriteArchive Resource: arn:aws:s3:::tributary-archive-bucket-1a2b3c4/prod-kinesis-data/*",
    "tributary-archive-delivery-policy WriteUndeliverable Resource: arn:aws:s3:::tributary-archive-bucket-1a2b3c4/failed/*",
  ],
  "a refusal is for everybody and everything in the bucket": [
    "replicator-parked",
    "archive-bucket",
    "archive-failed-batches",
  ].flatMap((bucket) => [
    `tributary-${bucket}-policy RefuseWithoutTls Principal: *`,
    `tributary-${bucket}-policy RefuseWithoutTls Action: s3:*`,
    `tributary-${bucket}-policy RefuseWithoutTls Resource: arn:aws:s3:::tributary-${bucket}-1a2b3c4/*`,
  ]),
};

describe("the committed stacks as whole programs", () => {
  let poc: Recording<unknown>;
  let prod: Recording<unknown>;
  /** With other choices about removal, expiry and alarms. */
  let changedPoc: Recording<unknown>;
  let changedProd: Recording<unknown>;
  before(async () => {
    poc = await runPoc();
    prod = await runProd();
    const config = {
      "tributary:removalPolicy": "destroy",
      "tributary:parkedRetentionDays": "90",
      "tributary:alarmActionArns": '["arn:aws:sns:us-east-1:111111111111:a"]',
    };
    changedPoc = await runPoc({ ...config, "tributary:archiveRetentionDays": "30" });
    changedProd = await runProd(config);
  });

  it("make in the POC account a table with its writer and an archive, and nothing else", () => {
    expect(countsByType(poc.resources)).to.deep.equal({
      "aws:dynamodb/table:Table": 1,
      "aws:iam/role:Role": 3,
      "aws:iam/rolePolicy:RolePolicy": 3,
      "aws:s3/bucket:Bucket": 2,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 2,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 2,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 2,
      "aws:s3/bucketVersioning:BucketVersioning": 2,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 2,
      "aws:s3/bucketPolicy:BucketPolicy": 2,
      "aws:cloudwatch/logGroup:LogGroup": 2,
      "aws:cloudwatch/logStream:LogStream": 1,
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": 1,
      "aws:lambda/function:Function": 1,
      "aws:lambda/eventSourceMapping:EventSourceMapping": 1,
      "aws:cloudwatch/metricAlarm:MetricAlarm": 6,
    });
    expect([...new Set(poc.calls)].sort()).to.deep.equal([
      "aws:index/getCallerIdentity:getCallerIdentity",
      "aws:index/getPartition:getPartition",
    ]);
  });

  it("make in the production account a gateway, a stream and a replicator, and nothing else", () => {
    const isOf = (component: string) => (each: Registration) => each.name.startsWith(`tributary-${component}-`);
    const gateway = prod.resources.filter(isOf("gateway"));
    const others = [...prod.resources.filter(isOf("events")), ...prod.resources.filter(isOf("replicator"))];
    expect(gateway.length + others.length).to.equal(prod.resources.length);
    expect(gateway.filter(({ type }) => !/^aws:(apigateway|iam|cloudwatch)\//.test(type))).to.deep.equal([]);
    expect(countsByType(others)).to.deep.equal({
      "aws:kinesis/stream:Stream": 1,
      "aws:cloudwatch/metricAlarm:MetricAlarm": 7,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
      "aws:s3/bucketVersioning:BucketVersioning": 1,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:lambda/function:Function": 1,
      "aws:lambda/eventSourceMapping:EventSourceMapping": 1,
    });
  });

  it("give the outputs that the other stack, the local cloud and a user need", async () => {
    expect(await resolved(poc.result)).to.deep.equal({
      accountId: POC,
      region: "us-east-1",
      tableName: "tributary-target-table-1a2b3c4",
      tableArn: `arn:aws:dynamodb:us-east-1:${POC}:table/tributary-target-table-1a2b3c4`,
      tableStreamArn: `arn:aws:dynamodb:us-east-1:${POC}:table/tributary-target-table-1a2b3c4/stream/2026-01-01T00:00:00.000`,
      writerRoleArn: `arn:aws:iam::${POC}:role/tributary-target-writer-1a2b3c4`,
      indexedAttributes: [],
      ttlAttribute: "",
      ttlSeconds: 0,
      archiveBucketName: "tributary-archive-bucket-1a2b3c4",
      failedBatchesBucketName: "tributary-archive-failed-batches-1a2b3c4",
      deliveryStreamName: "tributary-archive-delivery-1a2b3c4",
      archiverFunctionName: "tributary-archive-consumer-function-1a2b3c4",
    });
    expect(await resolved(prod.result)).to.deep.equal({
      accountId: PROD,
      region: "us-east-1",
      gatewayUrl: "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1",
      apiKeyId: "tributary-gateway-api-key-id",
      apiKey: "an-api-key-of-twenty-characters",
      streamName: "tributary-events-stream-1a2b3c4",
      streamArn: `arn:aws:kinesis:us-east-1:${PROD}:stream/tributary-events-stream-1a2b3c4`,
      parkedBucketName: "tributary-replicator-parked-1a2b3c4",
      replicatorFunctionName: "tributary-replicator-consumer-function-1a2b3c4",
      replicatorRoleArn: `arn:aws:iam::${PROD}:role/tributary/tributary-replicator`,
    });
  });

  it("connect the gateway to the stream, the stream to the replicator, and that to the table", () => {
    const streamArn = `arn:aws:kinesis:us-east-1:${PROD}:stream/tributary-events-stream-1a2b3c4`;
    expect(prod.named("tributary-replicator-consumer-mapping").inputs).to.deep.include({
      eventSourceArn: streamArn,
      batchSize: 300,
      startingPosition: "TRIM_HORIZON",
      maximumRetryAttempts: -1,
      // 80 % of the stream's week.
      maximumRecordAgeInSeconds: 483_840,
    });
    expect(prod.named("tributary-replicator-consumer-function").inputs["environment"]).to.deep.nested.include({
      "variables.TARGET_ROLE_ARN": pocOutputs.writerRoleArn,
      "variables.TARGET_EXTERNAL_ID": "tributary-prod-to-poc",
      "variables.TARGET_REGION": "us-east-1",
      "variables.TARGET_TABLE_NAME": pocOutputs.tableName,
      "variables.SOURCE_STREAM_ARN": streamArn,
    });
    const gatewayStatements = allStatements(prod).filter(({ name }) => name.startsWith("tributary-gateway"));
    const toStream = gatewayStatements.filter(({ statement }) => String(statement["Action"]).startsWith("kinesis:"));
    expect([...new Set(toStream.flatMap(({ statement }) => statement["Resource"]))]).to.deep.equal([streamArn]);
  });

  it("agree on the replicator's role: the POC trusts the one that production creates", async () => {
    const [trust] = statementsOf(poc.named("tributary-target-writer").inputs["assumeRolePolicy"]);
    const { replicatorRoleArn } = (await resolved(prod.result)) as { replicatorRoleArn: string };
    expect(trust?.["Condition"]).to.deep.equal({
      ArnEquals: { "aws:PrincipalArn": replicatorRoleArn },
      StringEquals: { "sts:ExternalId": "tributary-prod-to-poc" },
    });
  });

  it("name every child after its parent, and protect what holds data, unless it is to be destroyed", () => {
    const protectedOnes = (run: Recording<unknown>) =>
      run.registrations.filter(({ isProtected }) => isProtected).map(({ name }) => name);
    expect(protectedOnes(prod)).to.have.members(["tributary-events-stream", "tributary-replicator-parked"]);
    expect(protectedOnes(poc)).to.have.members([
      "tributary-target-table",
      "tributary-archive-bucket",
      "tributary-archive-failed-batches",
    ]);
    for (const run of [changedPoc, changedProd]) expect(protectedOnes(run)).to.deep.equal([]);
    for (const run of [poc, prod])
      for (const { type, name, parent } of run.registrations)
        if (
          type !== "pulumi:pulumi:Stack" &&
          run.registrations.some((each) => each.name === parent && each.type.startsWith("tributary:"))
        )
          expect(name, `child of ${parent}`).to.match(new RegExp(`^${parent}`));
  });

  it("have no wildcard in a policy except those listed with a reason", () => {
    expect([poc, prod].flatMap(allWildcards)).to.have.members(Object.values(wildcardsByReason).flat());
  });

  it("bound every role by the policy that the configuration names, and none without it", async () => {
    const policyArn = `arn:aws:iam::${POC}:policy/team/boundary`;
    const bounded = { "tributary:permissionsBoundaryArn": policyArn };
    for (const [run, expected] of [
      [poc, undefined],
      [prod, undefined],
      [await runPoc(bounded), policyArn],
      [await runProd(bounded), policyArn],
    ] as const)
      for (const { name, inputs } of run.of("aws:iam/role:Role"))
        expect(inputs["permissionsBoundary"], name).to.equal(expected);
  });

  it("fit AWS's limits for names, even with the longest prefix and eight more characters from Pulumi", async () => {
    const longest = { "tributary:namePrefix": "a23456789-123456789-" };
    const limits: Readonly<Record<string, number>> = {
      "aws:iam/role:Role": 64,
      "aws:lambda/function:Function": 64,
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": 64,
      "aws:s3/bucket:Bucket": 63,
      "aws:kinesis/stream:Stream": 128,
    };
    for (const run of [await runPoc(longest), await runProd(longest)])
      for (const { type, name, inputs } of run.resources)
        if (inputs["name"] === undefined)
          expect(name.length + 8, `${type} ${name}`).to.be.at.most(limits[type] ?? Number.POSITIVE_INFINITY);
  });

  it("can be destroyed with all data and logs when removalPolicy is destroy, and never by default", () => {
    const logs = ({ type }: Registration) => /^aws:cloudwatch\/log(Group|Stream):/.test(type);
    for (const [pocRun, prodRun, isKept] of [
      [poc, prod, true],
      [changedPoc, changedProd, false],
    ] as const) {
      expect(pocRun.named("tributary-target-table").inputs["deletionProtectionEnabled"]).to.equal(isKept);
      expect(pocRun.named("tributary-archive-bucket").inputs["forceDestroy"]).to.equal(!isKept);
      expect(pocRun.named("tributary-archive-failed-batches").inputs["forceDestroy"]).to.equal(!isKept);
      expect(prodRun.named("tributary-replicator-parked").inputs["forceDestroy"]).to.equal(!isKept);
      expect(prodRun.named("tributary-events-stream").retainOnDelete).to.equal(isKept);
      expect(prodRun.named("tributary-gateway-account").retainOnDelete).to.equal(isKept);
      expect(prodRun.named("tributary-gateway-account-role").retainOnDelete).to.equal(isKept);
      const retained = [pocRun, prodRun].flatMap((run) => run.resources.filter(logs)).map((log) => log.retainOnDelete);
      expect(retained).to.deep.equal(Array(5).fill(isKept));
    }
  });

  it("give every alarm its actions, and create none when disabled", async () => {
    for (const run of [changedPoc, changedProd])
      for (const { name, inputs } of run.of("aws:cloudwatch/metricAlarm:MetricAlarm"))
        expect(inputs["alarmActions"], name).to.deep.equal(["arn:aws:sns:us-east-1:111111111111:a"]);
    const off = { "tributary:alarms": "false" };
    for (const run of [await runPoc(off), await runProd(off)])
      expect(run.of("aws:cloudwatch/metricAlarm:MetricAlarm")).to.have.length(0);
  });

  it("let parked records and lines expire by their own retention, and never with the archive", () => {
    const archiveRules = changedPoc.named("tributary-archive-bucket-lifecycle").inputs["rules"];
    expect((archiveRules as object[]).slice(1)).to.deep.equal(
      Object.entries({ "prod-kinesis-data/": 30, "parked/": 90, "failed/": 90 }).map(([prefix, days]) => ({
        id: `expire ${prefix}`,
        status: "Enabled",
        filter: { prefix },
        expiration: { days },
      })),
    );
    for (const lifecycle of [
      changedProd.named("tributary-replicator-parked-lifecycle"),
      changedPoc.named("tributary-archive-failed-batches-lifecycle"),
    ])
      expect(lifecycle.inputs["rules"]).to.have.deep.nested.property("[0].expiration", { days: 90 });
  });

  it("carry indexes and expiry from the POC's table to production's replicator", async () => {
    const withIndex = await runPoc({
      "tributary:tableIndexes": '[{"name":"by-user","hashKey":{"attribute":"userId","path":"user.id"}}]',
      "tributary:ttlDays": "7",
    });
    const outputs = (await resolved(withIndex.result)) as Record<string, unknown>;
    const run = await runProd({}, outputs);
    expect(run.named("tributary-replicator-consumer-function").inputs["environment"]).to.deep.nested.include({
      "variables.INDEXED_ATTRIBUTES": '[{"attribute":"userId","path":"user.id"}]',
      "variables.TTL_ATTRIBUTE": "expiresAt",
      "variables.TTL_SECONDS": "604800",
    });
  });
});
