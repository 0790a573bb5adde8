import { expect } from "chai";
import { AwsError } from "../../../../../local/kernel/errors.ts";
import type { Faults } from "../../../../../local/kernel/fault-port.ts";
import { accountId, allow, closeClouds, LambdaFixture, refusalOf, region } from "../fixture.ts";
import { Invocations, makeConsumer, settle } from "./mapping-fixture.ts";

const queueArn = `arn:aws:sqs:${region}:${accountId}:failed`;
const topicArn = `arn:aws:sns:${region}:${accountId}:failed`;
const bucketArn = "arn:aws:s3:::parked-records";

const mayPark = [allow("s3:PutObject", `${bucketArn}/*`), allow("s3:ListBucket", bucketArn)];

/** The record of a failed batch. */
interface Failed {
  readonly requestContext: Readonly<Record<string, unknown>>;
  readonly responseContext?: unknown;
  readonly KinesisBatchInfo?: Readonly<Record<string, unknown>>;
  readonly DDBStreamBatchInfo?: Readonly<Record<string, unknown>>;
  readonly payload?: string;
}

/** A cloud with the function "consumer", the stream "events", and a queue, a topic that the queue is subscribed to, and a bucket. */
class DestinationFixture extends LambdaFixture {
  streamArn = "";

  static async make(statements: Parameters<typeof makeConsumer>[1]): Promise<DestinationFixture> {
    const fixture = new DestinationFixture();
    await makeConsumer(fixture, statements);
    fixture.streamArn = await fixture.stream("events");
    return fixture;
  }

  queue(name = "failed", more: Record<string, unknown> = {}): Promise<unknown> {
    return this.create("aws:sqs/queue:Queue", { name, ...more });
  }

  topic(): Promise<unknown> {
    return this.create("aws:sns/topic:Topic", { name: "failed" });
  }

  bucket(): Promise<unknown> {
    return this.create("aws:s3/bucket:Bucket", { bucket: "parked-records" });
  }

  consume(destinationArn: string, more: Record<string, unknown> = {}): Promise<{ id: string }> {
    return this.mapping({
      functionName: "consumer",
      eventSourceArn: this.streamArn,
      maximumRetryAttempts: 0,
      destinationConfig: { onFailure: { destinationArn } },
      ...more,
    });
  }

  async messages(name = "failed"): Promise<string[]> {
    const QueueUrl = `/${accountId}/${name}`;
    const answer = await this.call<{ Messages?: { Body: string }[] }>("sqs", "ReceiveMessage", {
      QueueUrl,
      MaxNumberOfMessages: 10,
    });
    return (answer.Messages ?? []).map(({ Body }) => Body);
  }

  async objects(): Promise<Failed[]> {
    const Bucket = "parked-records";
    const { Contents = [] } = await this.call<{ Contents?: { Key: string }[] }>("s3", "ListObjectsV2", { Bucket });
    const all = Contents.map(({ Key }) => this.call<{ Body: Buffer }>("s3", "GetObject", { Bucket, Key }));
    return (await Promise.all(all)).map(({ Body }) => JSON.parse(Body.toString()) as Failed);
  }

  failures(): number | undefined {
    const metric = this.cloud.services.cloudwatch.store.metrics.find({
      accountId,
      region,
      namespace: "AWS/Lambda",
      name: "DestinationDeliveryFailures",
      dimensions: { FunctionName: "consumer" },
    });
    return metric && [...metric.minutes.values()].reduce((sum, minute) => sum + minute.sum, 0);
  }
}

describe("the on-failure destination of an event source mapping", () => {
  afterEach(closeClouds);

  it("is told of a record that is always reported after as many deliveries as AWS was recorded to make, with no function error", async () => {
    const fixture = await DestinationFixture.make([allow("sqs:SendMessage", queueArn)]);
    await fixture.queue();
    const invocations = new Invocations(fixture.cloud.services.lambda.store.listFunctions()[0]!);
    await fixture.put("events", ["0", "1", "2", "3", "4", "bad"], () => "key");
    await fixture.consume(queueArn, {
      batchSize: 3,
      maximumRetryAttempts: 3,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
    await settle(fixture);
    const alone = Array.from({ length: 4 }, () => ["bad"]);
    expect(invocations.batches).to.deep.equal([["0", "1", "2"], ["3", "4", "bad"], ...alone]);
    const [body] = await fixture.messages();
    const failed = JSON.parse(body ?? "") as Failed;
    expect(failed.requestContext).to.include({ condition: "RetryAttemptsExhausted", approximateInvokeCount: 4 });
    expect(failed.responseContext).to.deep.equal({
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: null,
    });
  });

  it("is told by a queue's message which records were given up and why, without their payload", async () => {
    const fixture = await DestinationFixture.make([allow("sqs:SendMessage", queueArn)]);
    await fixture.queue();
    const numbers = await fixture.put("events", ["a", "throw"], () => "key");
    const { id } = await fixture.consume(queueArn);
    await settle(fixture);
    const [body, ...others] = await fixture.messages();
    expect(others).to.deep.equal([]);
    const failed = JSON.parse(body ?? "") as Failed;
    expect(failed).to.have.all.keys("requestContext", "responseContext", "version", "timestamp", "KinesisBatchInfo");
    expect(failed.requestContext).to.include({ condition: "RetryAttemptsExhausted", approximateInvokeCount: 1 });
    expect(failed.responseContext).to.deep.equal({
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: "Unhandled",
    });
    expect(failed.KinesisBatchInfo).to.include({
      batchSize: 2,
      shardId: "shardId-000000000000",
      startSequenceNumber: numbers[0],
      endSequenceNumber: numbers[1],
      streamArn: fixture.streamArn,
    });
    const [sent] = fixture.cloud.trace.records().filter(({ call }) => call === "sqs:SendMessage");
    expect(sent?.principal).to.equal(`arn:aws:sts::${accountId}:assumed-role/consumer-role/awslambda-${id}`);
  });

  it("is told by a topic's message, which reaches its subscribers", async () => {
    const fixture = await DestinationFixture.make([allow("sns:Publish", topicArn)]);
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
      ],
    };
    await fixture.queue("failed", { policy: JSON.stringify(policy) });
    await fixture.topic();
    await fixture.create("aws:sns/topicSubscription:TopicSubscription", {
      topic: topicArn,
      protocol: "sqs",
      endpoint: queueArn,
      rawMessageDelivery: true,
    });
    await fixture.put("events", ["throw"]);
    await fixture.consume(topicArn);
    await settle(fixture);
    const failed = (await fixture.messages()).map((body) => JSON.parse(body) as Failed);
    expect(failed).to.have.length(1);
    expect(failed[0]).to.have.all.keys("requestContext", "responseContext", "version", "timestamp", "KinesisBatchInfo");
  });

  it("gets the payload too when it is a bucket", async () => {
    const fixture = await DestinationFixture.make(mayPark);
    await fixture.bucket();
    await fixture.put("events", ["throw"]);
    await fixture.consume(bucketArn);
    await settle(fixture);
    const [failed] = await fixture.objects();
    const { Records } = JSON.parse(failed?.payload ?? "") as { Records: { kinesis: { data: string } }[] };
    expect(Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString())).to.deep.equal(["throw"]);
  });

  it("gets records that are too old, with no responseContext, and the younger ones go on", async () => {
    const fixture = await DestinationFixture.make(mayPark);
    await fixture.bucket();
    const [old] = await fixture.put("events", ["old"], () => "key");
    await fixture.cloud.clock.wait(61_000, "data");
    await fixture.put("events", ["young"], () => "key");
    const { invoked } = recordInvocations(fixture);
    await fixture.consume(bucketArn, { maximumRecordAgeInSeconds: 60 });
    await settle(fixture);
    expect(invoked).to.deep.equal(["young"]);
    const [failed, ...others] = await fixture.objects();
    expect(others).to.deep.equal([]);
    expect(failed?.requestContext).to.include({ condition: "RecordAgeExceeded", approximateInvokeCount: 0 });
    expect(failed).not.to.have.property("responseContext");
    expect(failed?.KinesisBatchInfo).to.include({ batchSize: 1, startSequenceNumber: old, endSequenceNumber: old });
  });

  it("says of a table's stream what it says of Kinesis, under a name of its own", async () => {
    const fixture = await DestinationFixture.make([allow("sqs:SendMessage", queueArn)]);
    await fixture.queue();
    const { outputs } = await fixture.create("aws:dynamodb/table:Table", {
      name: "items",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      streamEnabled: true,
      streamViewType: "NEW_IMAGE",
    });
    const streamArn = String(outputs["streamArn"]);
    await fixture.consume(queueArn, { eventSourceArn: streamArn });
    const Item = { id: { S: "1" }, text: { S: "throw" } };
    await fixture.call("dynamodb", "PutItem", { TableName: "items", Item });
    await settle(fixture);
    const [body] = await fixture.messages();
    expect((JSON.parse(body ?? "") as Failed).DDBStreamBatchInfo).to.include({ batchSize: 1, streamArn });
  });

  it("leaves a metric, and goes on, when it does not take a batch: the batch is gone", async () => {
    const fixture = await DestinationFixture.make(mayPark);
    await fixture.bucket();
    await fixture.put("events", ["throw"]);
    const failing: Faults = {
      around: async (call, params, run) => {
        if (call.operation === "PutObject") throw new AwsError("ServiceUnavailable", "Service is unavailable", 503);
        return run(params);
      },
    };
    await fixture.cloud.withFaults(failing, async () => {
      await fixture.consume(bucketArn);
      await settle(fixture);
    });
    expect(await fixture.objects()).to.deep.equal([]);
    expect(fixture.failures()).to.equal(1);
    await fixture.put("events", ["next"]);
    await settle(fixture);
    expect(fixture.failures()).to.equal(1);
  });

  it("must be there and be open to the role when the mapping is made, in AWS's words", async () => {
    const fixture = await DestinationFixture.make([]);
    const refusal = async (arn: string) => (await refusalOf(fixture.consume(arn))).message;
    expect(await refusal(queueArn)).to.equal(`The destination queue does not exist: ${queueArn}`);
    expect(await refusal(topicArn)).to.equal(`The destination topic does not exist: ${topicArn}`);
    await fixture.queue();
    await fixture.topic();
    expect(await refusal(queueArn)).to.equal(
      `The provided execution role does not have permissions to call SendMessage on SQS. (Destination: ${queueArn}.)`,
    );
    expect(await refusal(topicArn)).to.equal(
      `The provided execution role does not have permissions to call Publish on SNS. (Destination: ${topicArn}.)`,
    );
    await fixture.queue("encrypted", { kmsMasterKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" });
    await fixture.create("aws:iam/rolePolicy:RolePolicy", {
      name: "send",
      role: "consumer-role",
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [allow("sqs:SendMessage", "*")] }),
    });
    expect(await refusal(queueArn.replace("failed", "encrypted"))).to.match(
      /does not have permissions to call GenerateDataKey and Decrypt on SQS/,
    );
    expect(fixture.cloud.services.lambda.store.listMappings()).to.deep.equal([]);
    await fixture.consume(queueArn);
    expect(fixture.cloud.services.lambda.store.listMappings()).to.have.length(1);
  });
});

/** The texts of all records that the function "consumer" is invoked with from now on. */
function recordInvocations(fixture: LambdaFixture): { readonly invoked: string[] } {
  const lambda = fixture.cloud.services.lambda.store.findFunction(
    `arn:aws:lambda:${region}:${accountId}:function:consumer`,
  );
  if (!lambda) throw new Error("the function is missing");
  const invoked: string[] = [];
  const invoke = lambda.invoke.bind(lambda);
  lambda.invoke = (payload, options) => {
    const { Records } = JSON.parse(payload) as { Records: { kinesis: { data: string } }[] };
    invoked.push(...Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString()));
    return invoke(payload, options);
  };
  return { invoked };
}
