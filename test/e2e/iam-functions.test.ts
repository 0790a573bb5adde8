import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import {
  FirehoseClient,
  PutRecordCommand as PutDeliveryRecordCommand,
  PutRecordBatchCommand,
} from "@aws-sdk/client-firehose";
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { assumeForService } from "../../local/accounts/service-role.ts";
import type { Session } from "../../local/kernel/principal.ts";
import { tableItems } from "../support/contents.ts";
import { clientOf, functionSession, refusal } from "../support/iam-clients.ts";
import { servicePrincipal } from "../support/service-principals.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

describe("what the roles of both accounts may not do", () => {
  let system: TestSystem;
  let tableName: string;
  let tableArn: string;

  before(async () => {
    system = await startSystem();
    tableName = String(system.target.outputs["tableName"]);
    tableArn = String(system.target.outputs["tableArn"]);
  });

  beforeEach(() => system.empty());

  /** What AWS says to a principal whose identity policies are silent. */
  const silent = ({ principal }: Session, action: string, resource: string, name = "AccessDeniedException") => ({
    name,
    message: `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  });
  const onS3 = (session: Session, action: string, resource: string) =>
    silent(session, action, resource, "AccessDenied");

  async function functionRole(account: "source" | "target", output: string): Promise<Session> {
    const { administrator, outputs } = system[account];
    const { Role } = await system.call<{ Role: string }>(administrator, "lambda", "GetFunctionConfiguration", {
      FunctionName: outputs[output],
    });
    return functionSession(system.cloud, Role);
  }

  /** The writer's session, as the replicator gets it. */
  const writerSession = (): Session =>
    system.cloud.accounts.issueRoleSession({
      roleArn: String(system.target.outputs["writerRoleArn"]),
      roleId:
        system.cloud.services.iam.store.findRoleByArn(String(system.target.outputs["writerRoleArn"]))?.roleId ?? "",
      sessionName: "replicator",
      durationSeconds: 900,
    });

  it("the writer may write batches into its table, and no other way, nor read, delete or update", async () => {
    const writer = writerSession();
    const dynamodb = new DynamoDBClient(clientOf(system, writer.credentials));
    const TableName = tableName;
    const Key = { seqNumbershardIdHash: { S: "x" }, sequenceNumber: { S: "1" } };
    const batch = { RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }] } };
    expect((await dynamodb.send(new BatchWriteItemCommand(batch))).UnprocessedItems).to.deep.equal({});
    const query = {
      TableName,
      KeyConditionExpression: "userId = :x",
      ExpressionAttributeValues: { ":x": { S: "x" } },
    };
    const refused: readonly (readonly [string, string, () => Promise<unknown>])[] = [
      ["dynamodb:Scan", tableArn, () => dynamodb.send(new ScanCommand({ TableName }))],
      ["dynamodb:Query", tableArn, () => dynamodb.send(new QueryCommand(query))],
      [
        "dynamodb:Query",
        `${tableArn}/index/by-user`,
        () => dynamodb.send(new QueryCommand({ ...query, IndexName: "by-user" })),
      ],
      ["dynamodb:GetItem", tableArn, () => dynamodb.send(new GetItemCommand({ TableName, Key }))],
      [
        "dynamodb:BatchGetItem",
        tableArn,
        () => dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } })),
      ],
      ["dynamodb:PutItem", tableArn, () => dynamodb.send(new PutItemCommand({ TableName, Item: Key }))],
      ["dynamodb:DeleteItem", tableArn, () => dynamodb.send(new DeleteItemCommand({ TableName, Key }))],
    ];
    for (const [action, resource, call] of refused)
      expect(await refusal(call())).to.deep.equal(silent(writer, action, resource));
  });

  it("the writer reaches no other table, not even in one batch with its own, and cannot list tables", async () => {
    const writer = writerSession();
    const dynamodb = new DynamoDBClient(clientOf(system, writer.credentials));
    const another = tableArn.replace(tableName, "another");
    const item = (name: string) => ({
      [name]: [{ PutRequest: { Item: { seqNumbershardIdHash: { S: "y" }, sequenceNumber: { S: "2" } } } }],
    });
    for (const RequestItems of [item("another"), { ...item(tableName), ...item("another") }])
      expect(await refusal(dynamodb.send(new BatchWriteItemCommand({ RequestItems })))).to.deep.equal(
        silent(writer, "dynamodb:BatchWriteItem", another),
      );
    expect((await tableItems(system)).size).to.equal(0);
    expect((await refusal(dynamodb.send(new ListTablesCommand({})))).name).to.equal("AccessDeniedException");
  });

  it("the replicator may park, and neither read nor delete what is parked, nor write into another bucket", async () => {
    const replicator = await functionRole("source", "replicatorFunctionName");
    const s3 = new S3Client(clientOf(system, replicator.credentials));
    const Bucket = String(system.source.outputs["parkedBucketName"]);
    const foreign = String(system.target.outputs["archiveBucketName"]);
    const Key = "parked/2026/01/01/shard/1.json";
    expect(await s3.send(new PutObjectCommand({ Bucket, Key, Body: "{}" }))).to.have.property("ETag");
    for (const [action, call] of [
      ["s3:GetObject", () => s3.send(new GetObjectCommand({ Bucket, Key }))],
      ["s3:DeleteObject", () => s3.send(new DeleteObjectCommand({ Bucket, Key }))],
    ] as const)
      expect(await refusal(call())).to.deep.equal(onS3(replicator, action, `arn:aws:s3:::${Bucket}/${Key}`));
    expect((await refusal(s3.send(new PutObjectCommand({ Bucket: foreign, Key, Body: "{}" })))).name).to.equal(
      "AccessDenied",
    );
    expect((await refusal(s3.send(new ListBucketsCommand({})))).name).to.equal("AccessDenied");
  });

  it("the replicator reads its stream, and neither writes to it nor calls a service that it does not need", async () => {
    const replicator = await functionRole("source", "replicatorFunctionName");
    const config = clientOf(system, replicator.credentials);
    const kinesis = new KinesisClient(config);
    const StreamARN = String(system.source.outputs["streamArn"]);
    const { administrator } = system.source;
    const calls: readonly (readonly [string, string, () => Promise<unknown>])[] = [
      [
        "kinesis:PutRecord",
        StreamARN,
        () => kinesis.send(new PutRecordCommand({ StreamARN, PartitionKey: "p", Data: Buffer.from("1") })),
      ],
      [
        "dynamodb:PutItem",
        `arn:aws:dynamodb:us-east-1:${administrator.accountId}:table/any`,
        () => new DynamoDBClient(config).send(new PutItemCommand({ TableName: "any", Item: { a: { S: "1" } } })),
      ],
      [
        "firehose:PutRecord",
        `arn:aws:firehose:us-east-1:${administrator.accountId}:deliverystream/any`,
        () =>
          new FirehoseClient(config).send(
            new PutDeliveryRecordCommand({ DeliveryStreamName: "any", Record: { Data: Buffer.from("1") } }),
          ),
      ],
      ["lambda:ListFunctions", "*", () => new LambdaClient(config).send(new ListFunctionsCommand({}))],
    ];
    for (const [action, resource, call] of calls)
      expect(await refusal(call())).to.deep.equal(silent(replicator, action, resource));
    // Its HTTP/2 session would keep the front door open.
    kinesis.destroy();
  });

  it("the archiver delivers to its stream and parks in its bucket, and nowhere else; it reads nothing back", async () => {
    const archiver = await functionRole("target", "archiverFunctionName");
    const s3 = new S3Client(clientOf(system, archiver.credentials));
    const Bucket = String(system.target.outputs["archiveBucketName"]);
    const parked = String(system.source.outputs["parkedBucketName"]);
    const Key = "parked/2026/01/01/event.json";
    const arn = `arn:aws:s3:::${Bucket}/${Key}`;
    expect(await s3.send(new PutObjectCommand({ Bucket, Key, Body: "{}" }))).to.have.property("ETag");
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key })))).to.deep.equal(
      onS3(archiver, "s3:GetObject", arn),
    );
    expect(await refusal(s3.send(new DeleteObjectCommand({ Bucket, Key })))).to.deep.equal(
      onS3(archiver, "s3:DeleteObject", arn),
    );
    expect((await refusal(s3.send(new PutObjectCommand({ Bucket: parked, Key, Body: "{}" })))).name).to.equal(
      "AccessDenied",
    );
    const another = new FirehoseClient(clientOf(system, archiver.credentials)).send(
      new PutRecordBatchCommand({ DeliveryStreamName: "another", Records: [{ Data: Buffer.from("1") }] }),
    );
    expect(await refusal(another)).to.deep.equal(
      silent(
        archiver,
        "firehose:PutRecordBatch",
        `arn:aws:firehose:us-east-1:${system.target.accountId}:deliverystream/another`,
      ),
    );
    const dynamodb = new DynamoDBClient(clientOf(system, archiver.credentials));
    expect(await refusal(dynamodb.send(new ScanCommand({ TableName: tableName })))).to.deep.equal(
      silent(archiver, "dynamodb:Scan", tableArn),
    );
  });

  it("the archiver can write only parked lines: it cannot overwrite what Firehose delivered", async () => {
    const archiver = await functionRole("target", "archiverFunctionName");
    const s3 = new S3Client(clientOf(system, archiver.credentials));
    const Bucket = String(system.target.outputs["archiveBucketName"]);
    for (const Key of ["prod-kinesis-data/2026/01/01/00/1", "failed/1", "aws/lambda/1", "1"])
      expect(await refusal(s3.send(new PutObjectCommand({ Bucket, Key, Body: "{}" })))).to.deep.equal(
        onS3(archiver, "s3:PutObject", `arn:aws:s3:::${Bucket}/${Key}`),
      );
    const FailedBatches = String(system.target.outputs["failedBatchesBucketName"]);
    const Key = "aws/lambda/1";
    expect(await s3.send(new PutObjectCommand({ Bucket: FailedBatches, Key, Body: "{}" }))).to.have.property("ETag");
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket: FailedBatches, Key })))).to.deep.equal(
      onS3(archiver, "s3:GetObject", `arn:aws:s3:::${FailedBatches}/${Key}`),
    );
  });

  it("Firehose's role writes the archive, and neither deletes from it nor writes another bucket", async () => {
    const { cloud } = system;
    const role = cloud.services.iam.store
      .listRoles(system.target.accountId)
      .find(({ trustPolicy }) => JSON.stringify(trustPolicy).includes("firehose.amazonaws.com"));
    const { credentials } = assumeForService(cloud, {
      roleArn: role?.arn ?? expect.fail("no delivery role"),
      servicePrincipal: servicePrincipal("firehose.amazonaws.com"),
      sessionName: "delivery",
    });
    const s3 = new S3Client(clientOf(system, credentials));
    const Bucket = String(system.target.outputs["archiveBucketName"]);
    expect(await s3.send(new PutObjectCommand({ Bucket, Key: "prod-kinesis-data/1", Body: "{}" }))).to.have.property(
      "ETag",
    );
    expect((await refusal(s3.send(new DeleteObjectCommand({ Bucket, Key: "prod-kinesis-data/1" })))).name).to.equal(
      "AccessDenied",
    );
    const parked = String(system.source.outputs["parkedBucketName"]);
    expect((await refusal(s3.send(new PutObjectCommand({ Bucket: parked, Key: "1", Body: "{}" })))).name).to.equal(
      "AccessDenied",
    );
  });

  it("no role is lent to a service or a function that it was not made for", async () => {
    const roleArn = String(system.source.outputs["replicatorRoleArn"]);
    expect(() =>
      assumeForService(system.cloud, {
        roleArn,
        servicePrincipal: servicePrincipal("firehose.amazonaws.com"),
        sessionName: "x",
      }),
    ).to.throw("User: firehose.amazonaws.com is not authorized to perform: sts:AssumeRole");
    const { principal, credentials } = await functionRole("target", "archiverFunctionName");
    const RoleArn = String(system.target.outputs["writerRoleArn"]);
    const assumed = new STSClient(clientOf(system, credentials)).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "test", ExternalId: "tributary-prod-to-poc" }),
    );
    expect(await refusal(assumed)).to.deep.include({ name: "AccessDenied" });
    expect((await refusal(assumed)).message).to.match(
      new RegExp(`^User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`),
    );
  });
});
