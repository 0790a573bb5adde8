import { BatchWriteItemCommand, type BatchWriteItemCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { createHandler } from "../../../functions/replicator/handler.ts";
import { EnvironmentError } from "../../../functions/shared/environment.ts";
import { awsError } from "../support/aws-error.ts";
import { consoleLines } from "../support/console-lines.ts";
import { kinesisEvent, kinesisRecord, SHARD_ID, STREAM_ARN, sequenceNumber } from "../support/kinesis-events.ts";
import { lambdaContext } from "../support/lambda-context.ts";

const ENVIRONMENT = {
  AWS_LAMBDA_FUNCTION_NAME: "replicator-fn",
  TARGET_ROLE_ARN: "arn:aws:iam::222222222222:role/tributary/writer",
  TARGET_EXTERNAL_ID: "external-1",
  TARGET_REGION: "eu-west-1",
  TARGET_TABLE_NAME: "events",
  SOURCE_STREAM_ARN: STREAM_ARN,
  PARKED_BUCKET: "parked-bucket",
  TABLE_WRITER: "sdk",
};

const SESSION = { AccessKeyId: "ASIA1", SecretAccessKey: "secret", SessionToken: "token", Expiration: new Date(0) };

describe("replicator handler", () => {
  // A mock replaces the method of every client of its class in the process: it may live only while this suite runs.
  let sts: AwsClientStub<STSClient>;
  let dynamodb: AwsClientStub<DynamoDBClient>;
  let s3: AwsClientStub<S3Client>;
  let region: string | undefined;

  before(() => {
    sts = mockClient(STSClient);
    dynamodb = mockClient(DynamoDBClient);
    s3 = mockClient(S3Client);
    region = process.env["AWS_REGION"];
    process.env["AWS_REGION"] = "us-east-1";
  });

  beforeEach(() => {
    for (const mock of [sts, dynamodb, s3]) mock.reset();
    sts.on(AssumeRoleCommand).resolves({ Credentials: SESSION });
    dynamodb.on(BatchWriteItemCommand).resolves({ UnprocessedItems: {} });
    s3.on(PutObjectCommand).resolves({});
  });

  after(() => {
    for (const mock of [sts, dynamodb, s3]) mock.restore();
    if (region === undefined) delete process.env["AWS_REGION"];
    else process.env["AWS_REGION"] = region;
  });

  const invoke = (handler: ReturnType<typeof createHandler>, event = kinesisEvent(3)) =>
    consoleLines(() => handler(event, lambdaContext()));

  it("assumes exactly the role, with the external id, for an hour, under the function's name", async () => {
    await invoke(createHandler(ENVIRONMENT));
    expect(sts.commandCalls(AssumeRoleCommand).map((call) => call.args[0].input)).to.deep.equal([
      {
        RoleArn: "arn:aws:iam::222222222222:role/tributary/writer",
        ExternalId: "external-1",
        RoleSessionName: "replicator-fn",
        DurationSeconds: 3_600,
      },
    ]);
  });

  it("assumes the role once for 32 batches at once, and not again for the next", async () => {
    const handler = createHandler(ENVIRONMENT);
    const { result } = await consoleLines(() =>
      Promise.all(Array.from({ length: 32 }, () => handler(kinesisEvent(3), lambdaContext()))),
    );
    await invoke(handler);
    expect(result).to.deep.equal(Array.from({ length: 32 }, () => ({ batchItemFailures: [] })));
    expect(sts.commandCalls(AssumeRoleCommand)).to.have.length(1);
    expect(dynamodb.commandCalls(BatchWriteItemCommand)).to.have.length(33);
  });

  it("writes to the table of the target's region as the assumed role, without the SDK's own retries", async () => {
    await invoke(createHandler(ENVIRONMENT));
    const client = dynamodb.commandCalls(BatchWriteItemCommand)[0]?.thisValue as DynamoDBClient;
    expect(await client.config.region()).to.equal("eu-west-1");
    expect(await client.config.maxAttempts()).to.equal(1);
    expect(await client.config.credentials()).to.deep.include({
      accessKeyId: "ASIA1",
      secretAccessKey: "secret",
      sessionToken: "token",
    });
  });

  it("puts the items of a batch into one request and the parked record into the bucket", async () => {
    const { result } = await invoke(
      createHandler(ENVIRONMENT),
      kinesisEvent(3, (index) => (index === 1 ? "bad" : `{"n":${index}}`)),
    );
    expect(result).to.deep.equal({ batchItemFailures: [] });
    const [request] = dynamodb.commandCalls(BatchWriteItemCommand).map((call) => call.args[0].input);
    expect(request?.RequestItems?.["events"]?.map(({ PutRequest }) => PutRequest?.Item?.["event"])).to.deep.equal([
      { M: { n: { N: "0" } } },
      { M: { n: { N: "2" } } },
    ]);
    const puts = s3.commandCalls(PutObjectCommand).map((call) => call.args[0].input);
    expect(puts).to.have.length(1);
    expect(puts[0]).to.deep.include({
      Bucket: "parked-bucket",
      Key: `parked/2024/02/29/${SHARD_ID}/${sequenceNumber(1)}.json`,
      ContentType: "application/json",
    });
  });

  it("tells unprocessed items by their keys and sends those again", async () => {
    dynamodb
      .on(BatchWriteItemCommand)
      .callsFakeOnce((input: BatchWriteItemCommandInput) => ({
        UnprocessedItems: { events: input.RequestItems?.["events"]?.slice(1, 2) },
      }))
      .resolves({ UnprocessedItems: {} });
    await invoke(createHandler(ENVIRONMENT));
    const sent = dynamodb
      .commandCalls(BatchWriteItemCommand)
      .map((call) =>
        call.args[0].input.RequestItems?.["events"]?.map(({ PutRequest }) => PutRequest?.Item?.["sequenceNumber"]?.S),
      );
    expect(sent).to.deep.equal([[0, 1, 2].map(sequenceNumber), [sequenceNumber(1)]]);
  });

  it("takes unprocessed items that it does not know for a batch that was not stored", async () => {
    dynamodb
      .on(BatchWriteItemCommand)
      .resolvesOnce({ UnprocessedItems: { events: [{ PutRequest: { Item: { a: { S: "?" } } } }] } })
      .resolves({ UnprocessedItems: {} });
    await invoke(createHandler(ENVIRONMENT));
    const sizes = dynamodb
      .commandCalls(BatchWriteItemCommand)
      .map((call) => call.args[0].input.RequestItems?.["events"]?.length);
    expect(sizes).to.deep.equal([3, 3]);
  });

  it("takes a new session when the old one expires in mid-batch, and goes on", async () => {
    const signedAs: (string | undefined)[] = [];
    sts
      .on(AssumeRoleCommand)
      .resolvesOnce({ Credentials: SESSION })
      .resolves({
        Credentials: { ...SESSION, AccessKeyId: "ASIA2" },
      });
    dynamodb.on(BatchWriteItemCommand).callsFake(async (_, getClient: () => DynamoDBClient) => {
      signedAs.push((await getClient().config.credentials()).accessKeyId);
      if (signedAs.length === 1) throw awsError("ExpiredTokenException");
      return { UnprocessedItems: {} };
    });
    const { result } = await invoke(createHandler(ENVIRONMENT));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(signedAs).to.deep.equal(["ASIA1", "ASIA2"]);
    expect(sts.commandCalls(AssumeRoleCommand)).to.have.length(2);
  });

  it("throws when the new session is refused too, and when STS refuses the role; nothing is parked", async () => {
    const event = kinesisEvent(3, (index) => (index === 0 ? "bad" : "1"));
    dynamodb.on(BatchWriteItemCommand).rejects(awsError("ExpiredTokenException"));
    const expired = await invoke(createHandler(ENVIRONMENT), event).catch((error: unknown) => error);
    expect(expired).to.have.property("name", "ExpiredTokenException");
    sts.on(AssumeRoleCommand).rejects(awsError("AccessDenied", { status: 403 }));
    const refused = await invoke(createHandler(ENVIRONMENT), event).catch((error: unknown) => error);
    expect(refused).to.have.property("name", "AccessDenied");
    expect(s3.commandCalls(PutObjectCommand)).to.have.length(0);
  });

  it("goes on when STS is down for a moment", async () => {
    sts
      .on(AssumeRoleCommand)
      .rejectsOnce(awsError("ServiceUnavailable", { status: 503 }))
      .resolves({ Credentials: SESSION });
    const { result } = await invoke(createHandler(ENVIRONMENT));
    expect(result).to.deep.equal({ batchItemFailures: [] });
  });

  it("throws when STS answers without credentials", async () => {
    sts.on(AssumeRoleCommand).resolves({});
    const thrown = await invoke(createHandler(ENVIRONMENT)).catch((error: unknown) => error);
    expect(String(thrown)).to.include("without credentials");
  });

  it("prints metrics and one log line, each one JSON object with request id and batch ids", async () => {
    const { lines } = await invoke(createHandler({ ...ENVIRONMENT, METRICS_NAMESPACE: "Mine" }));
    const [metrics, log] = lines.map((line) => JSON.parse(line));
    expect(lines).to.have.length(2);
    const ids = {
      requestId: "request-1",
      stream: STREAM_ARN,
      shardId: SHARD_ID,
      firstSequenceNumber: sequenceNumber(0),
      lastSequenceNumber: sequenceNumber(2),
    };
    expect(metrics).to.include({
      ...ids,
      FunctionName: "replicator-fn",
      Received: 3,
      Stored: 3,
      Parked: 0,
      Retried: 0,
    });
    expect(metrics._aws.CloudWatchMetrics[0]).to.deep.include({ Namespace: "Mine", Dimensions: [["FunctionName"]] });
    expect(log).to.include({ ...ids, level: "INFO", message: "batch finished", stored: 3 });
  });

  it("reads number policy, hash key scope and separator, indexed attributes, time to live and prefix", async () => {
    const handler = createHandler({
      ...ENVIRONMENT,
      NUMBER_POLICY: "string",
      HASH_KEY_SCOPE: "stream",
      HASH_KEY_SEPARATOR: "hyphen",
      INDEXED_ATTRIBUTES: '[{"attribute":"userId","path":"user.id"}]',
      TTL_ATTRIBUTE: "expiresAt",
      TTL_SECONDS: "60",
      PARKED_PREFIX: "aside/",
    });
    const Records = [kinesisRecord('{"user":{"id":"u"},"n":1e400}', { index: 1 }), kinesisRecord("bad", { index: 2 })];
    await invoke(handler, { Records });
    const item =
      dynamodb.commandCalls(BatchWriteItemCommand)[0]?.args[0].input.RequestItems?.["events"]?.[0]?.PutRequest?.Item;
    expect(item?.["seqNumbershardIdHash"]?.S).to.match(/^events-\d\d-shardId-/);
    expect(item?.["userId"]).to.deep.equal({ S: "u" });
    expect(item?.["expiresAt"]).to.deep.equal({ N: "1709251259" });
    expect(item?.["event"]?.M?.["n"]).to.deep.equal({ S: "1e400" });
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Key).to.match(/^aside\/2024\/02\/29\/events\//);
  });

  it("refuses a wrong environment, every mistake at once", () => {
    const wrong = {
      ...ENVIRONMENT,
      TARGET_ROLE_ARN: "",
      NUMBER_POLICY: "round",
      TABLE_WRITER: "direct",
      TARGET_REGION: "europe",
      TARGET_TABLE_NAME: "my events",
      AWS_USE_FIPS_ENDPOINT: "yes",
      HASH_KEY_SCOPE: "table",
      HASH_KEY_SEPARATOR: "_",
      INDEXED_ATTRIBUTES: '[{"attribute":"userId"}]',
      TTL_ATTRIBUTE: "event",
      TTL_SECONDS: "soon",
    };
    expect(() => createHandler(wrong))
      .to.throw(EnvironmentError)
      .with.property("mistakes")
      .that.deep.equals([
        "TARGET_ROLE_ARN is not set",
        'TARGET_TABLE_NAME is "my events"; expected 3 to 255 letters, digits and _.-, or the ARN of a table',
        'AWS_USE_FIPS_ENDPOINT is "yes"; allowed: true, false',
        'TARGET_REGION is "europe", which is not a region such as eu-west-1',
        'HASH_KEY_SCOPE is "table"; allowed: shard, stream',
        'HASH_KEY_SEPARATOR is "_"; allowed: underscore, hyphen',
        'NUMBER_POLICY is "round"; allowed: park, string',
        'INDEXED_ATTRIBUTES is [{"attribute":"userId"}]; expected [{"attribute":"<name>","path":"<field>.<field>"}]',
        'TTL_ATTRIBUTE is "event" and TTL_SECONDS "soon"; expected both, and whole seconds above 0',
      ]);
  });

  it("refuses what cannot be a table, which DynamoDB would refuse for each record: all would be parked", () => {
    const handlerFor = (tableName: string) => createHandler({ ...ENVIRONMENT, TARGET_TABLE_NAME: tableName });
    const arn = "arn:aws-us-gov:dynamodb:us-gov-west-1:222222222222:table/events";
    for (const tableName of ["e_v.t-1", "x".repeat(255), arn]) handlerFor(tableName);
    for (const tableName of [
      "ev",
      "x".repeat(256),
      "événements",
      `${arn}/index/by-user`,
      arn.replace("dynamodb", "sqs"),
    ])
      expect(() => handlerFor(tableName), tableName).to.throw(EnvironmentError, "TARGET_TABLE_NAME is");
  });

  it("refuses an unknown writer", () => {
    expect(() => createHandler({ ...ENVIRONMENT, TABLE_WRITER: "fast" })).to.throw(
      EnvironmentError,
      'TABLE_WRITER is "fast"; allowed: direct, sdk',
    );
  });

  it("refuses an added attribute that would overwrite one that every item has", () => {
    const INDEXED_ATTRIBUTES = '[{"attribute":"sequenceNumber","path":"a"}]';
    expect(() => createHandler({ ...ENVIRONMENT, INDEXED_ATTRIBUTES })).to.throw(EnvironmentError, '"sequenceNumber"');
    const timeToLive = { TTL_ATTRIBUTE: "event", TTL_SECONDS: "60" };
    expect(() => createHandler({ ...ENVIRONMENT, ...timeToLive })).to.throw(EnvironmentError, '"event"');
    expect(() => createHandler({ ...ENVIRONMENT, INDEXED_ATTRIBUTES: "{" })).to.throw(EnvironmentError, "is {;");
  });
});
