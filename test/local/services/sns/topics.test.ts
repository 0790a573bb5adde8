import { expect } from "chai";
import { AwsError } from "../../../../local/kernel/errors.ts";
import type { Faults } from "../../../../local/kernel/fault-port.ts";
import { retryDelayMs } from "../../../../local/services/sns/delivery.ts";
import { queueArn, queueCalls } from "../../../support/queue-calls.ts";
import { ServiceStage, STAGE_ACCOUNT } from "../../../support/service-stage.ts";

const TOPIC = `arn:aws:sns:us-east-1:${STAGE_ACCOUNT}:alarms`;
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

describe("SNS, publishing and delivering", () => {
  let stage: ServiceStage;
  const { url, make: makeQueue, receive, bodies } = queueCalls(() => stage);
  const publish = (Message: string, more: object = {}) =>
    stage.call<{ MessageId: string }>("sns", "Publish", { TopicArn: TOPIC, Message, ...more });
  const refusal = (more: object) => stage.refusal("sns", "Publish", { TopicArn: TOPIC, Message: "x", ...more });
  /** Lets a topic send to a queue. */
  const open = async (name = "orders", sourceArn = TOPIC) =>
    stage.make("aws:sqs/queuePolicy:QueuePolicy", {
      queueUrl: url(name),
      policy: {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn(name),
          Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
        },
      },
    });
  const subscribe = (more: object = {}) =>
    stage.make(SUBSCRIPTION, { topic: TOPIC, protocol: "sqs", endpoint: queueArn("orders"), ...more });
  const makeAll = async (more: object = {}) => {
    await stage.make("aws:sns/topic:Topic", { name: "alarms" });
    await makeQueue();
    await open();
    return subscribe(more);
  };
  const settle = () => stage.cloud.clock.advance(0);
  const sends = () => stage.cloud.trace.records().filter(({ call }) => call === "sqs:SendMessage");
  const metric = (MetricName: string) =>
    stage
      .call<{ Datapoints: { Sum: number }[] }>("monitoring", "GetMetricStatistics", {
        Namespace: "AWS/SNS",
        MetricName,
        Dimensions: [{ Name: "TopicName", Value: "alarms" }],
        StartTime: stage.cloud.clock.now() / 1000 - 86_400,
        EndTime: stage.cloud.clock.now() / 1000 + 86_400,
        Period: 86_400 * 7,
        Statistics: ["Sum"],
      })
      .then(({ Datapoints }) => Datapoints.reduce((sum, { Sum }) => sum + Sum, 0));
  /** Does the work while SQS fails this often with this error, before it does anything. */
  const whileSendsFail = (times: number, error: AwsError, work: () => Promise<void>) => {
    let left = times;
    const failing: Faults = {
      around: async (call, params, run) => {
        if (call.operation === "SendMessage" && left-- > 0) throw error;
        return run(params);
      },
    };
    return stage.cloud.withFaults(failing, work);
  };

  beforeEach(() => {
    stage = new ServiceStage();
    stage.cloud.endpointUrl = "http://127.0.0.1:4566";
  });
  afterEach(() => stage.close());

  it("sends a notification around the message", async () => {
    const { id } = await makeAll();
    const { MessageId } = await publish("fire 🔥", {
      Subject: "Alarm",
      MessageAttributes: { level: { DataType: "Number", StringValue: "3" } },
    });
    await settle();
    const [message] = await receive({ MessageAttributeNames: ["All"] });
    expect(message).not.to.have.property("MessageAttributes");
    expect(JSON.parse(message?.Body ?? "")).to.deep.equal({
      Type: "Notification",
      MessageId,
      TopicArn: TOPIC,
      Subject: "Alarm",
      Message: "fire 🔥",
      Timestamp: "2026-01-31T12:00:00.250Z",
      SignatureVersion: "1",
      Signature: "not signed: the local cloud has no certificate of AWS's",
      SigningCertURL: "http://127.0.0.1:4566/SimpleNotificationService.pem",
      UnsubscribeURL: `http://127.0.0.1:4566/?Action=Unsubscribe&SubscriptionArn=${id}`,
      MessageAttributes: { level: { Type: "Number", Value: "3" } },
    });
  });

  it("sends the message itself with its attributes where delivery is raw", async () => {
    await makeAll({ rawMessageDelivery: true });
    const MessageAttributes = { level: { DataType: "String", StringValue: "high" } };
    await publish("fire", { MessageAttributes });
    await settle();
    const [message] = await receive({ MessageAttributeNames: ["All"] });
    expect(message).to.deep.include({ Body: "fire", MessageAttributes });
  });

  it("sends to every subscription, as the service, on behalf of the topic", async () => {
    await makeAll({ rawMessageDelivery: true });
    await makeQueue({ name: "second" });
    await open("second");
    await subscribe({ endpoint: queueArn("second"), rawMessageDelivery: true });
    await stage.call("sns", "Publish", { TargetArn: TOPIC, Message: "fire" });
    await settle();
    expect(await bodies()).to.deep.equal(["fire"]);
    expect(await bodies({ QueueUrl: url("second") })).to.deep.equal(["fire"]);
    expect(sends().map(({ principal, decision }) => [principal, decision])).to.deep.equal([
      ["sns.amazonaws.com", "allowed"],
      ["sns.amazonaws.com", "allowed"],
    ]);
    expect(await metric("NumberOfNotificationsDelivered")).to.equal(2);
  });

  it("is refused by a queue whose policy does not name it or its topic, does not try again, and tells the publisher nothing", async () => {
    await stage.make("aws:sns/topic:Topic", { name: "alarms" });
    await makeQueue();
    await subscribe();
    expect(await publish("lost")).to.have.property("MessageId");
    await settle();
    await open("orders", `${TOPIC}2`);
    await publish("lost as well");
    await stage.cloud.clock.advance(3_600_000);
    expect(sends().map(({ outcome }) => outcome)).to.deep.equal(["AccessDenied", "AccessDenied"]);
    expect(await metric("NumberOfNotificationsFailed")).to.equal(2);
    await open();
    await publish("found");
    await settle();
    expect((await bodies()).map((body) => JSON.parse(body).Message)).to.deep.equal(["found"]);
  });

  it("cannot send to a queue that is encrypted with the key that AWS manages for SQS", async () => {
    await stage.make("aws:sns/topic:Topic", { name: "alarms" });
    await makeQueue({ kmsMasterKeyId: "alias/aws/sqs" });
    await open();
    await subscribe();
    await publish("lost");
    await settle();
    expect(sends().map(({ outcome }) => outcome)).to.deep.equal(["AccessDenied"]);
    expect(await bodies()).to.deep.equal([]);
  });

  it("hands what a queue refuses to the subscription's dead-letter queue", async () => {
    await makeQueue({ name: "dead" });
    await open("dead");
    await makeAll({
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dead") }),
      rawMessageDelivery: true,
    });
    await stage.type("aws:sqs/queue:Queue").delete(url(), {}, stage.context);
    await publish("saved");
    await settle();
    expect(await bodies({ QueueUrl: url("dead") })).to.deep.equal(["saved"]);
    expect(await metric("NumberOfNotificationsRedrivenToDlq")).to.equal(1);
    await stage.type("aws:sqs/queue:Queue").delete(url("dead"), {}, stage.context);
    await publish("lost");
    await settle();
    expect(await metric("NumberOfNotificationsFailedToRedriveToDlq")).to.equal(1);
  });

  it("tries again when SQS fails or throttles, at once and then with growing delays in cloud time", async () => {
    await makeAll({ rawMessageDelivery: true });
    await whileSendsFail(7, new AwsError("ServiceUnavailable", "down", 503), async () => {
      await publish("late");
      await settle();
      expect(sends()).to.have.length(4);
      await stage.cloud.clock.advance(1_000);
      expect(sends()).to.have.length(5);
      await stage.cloud.clock.advance(1_999);
      expect(sends()).to.have.length(6);
      await stage.cloud.clock.advance(1);
      await stage.cloud.clock.advance(1_395);
    });
    expect(sends().map(({ outcome }) => outcome)).to.deep.equal([
      ...Array.from({ length: 7 }, () => "ServiceUnavailable"),
      "ok",
    ]);
    expect(await bodies()).to.deep.equal(["late"]);
    await whileSendsFail(1, new AwsError("RequestThrottled", "slow down", 403), async () => {
      await publish("throttled");
      await settle();
    });
    expect(await bodies()).to.deep.equal(["throttled"]);
  });

  it("has AWS's number of retries", () => {
    const delays = Array.from({ length: 16 }, (_, index) => retryDelayMs(index + 1));
    expect(delays.slice(0, 6)).to.deep.equal([0, 0, 0, 1_000, 1_000, 1_000]);
    expect(delays.slice(14)).to.deep.equal([20_000, 20_000]);
    expect([...delays].sort((a, b) => Number(a) - Number(b))).to.deep.equal(delays);
    expect([retryDelayMs(100_015), retryDelayMs(100_016)]).to.deep.equal([20_000, undefined]);
  });

  it("gives up its retries when the cloud is emptied, and for a subscription that is gone", async () => {
    const { id, outputs } = await makeAll({ rawMessageDelivery: true });
    await whileSendsFail(1_000, new AwsError("ServiceUnavailable", "down", 503), async () => {
      await publish("one");
      await settle();
      stage.cloud.emptyData();
      await stage.cloud.clock.advance(60_000);
      expect(sends()).to.have.length(0);
      await publish("two");
      await settle();
      await stage.type(SUBSCRIPTION).delete(id, outputs, stage.context);
      await stage.cloud.clock.advance(60_000);
      expect(sends()).to.have.length(4);
    });
  });

  it("refuses what SNS refuses of a message, in its words", async () => {
    await makeAll();
    expect(await refusal({ Message: "" })).to.deep.equal({
      code: "InvalidParameter",
      message: "Invalid parameter: Empty message",
    });
    expect((await refusal({ Message: "é".repeat(131_073) })).message).to.equal("Invalid parameter: Message too long");
    for (const Subject of ["", " x", "a\nb", "x".repeat(101), "é"]) {
      expect((await refusal({ Subject })).message).to.equal("Invalid parameter: Subject");
    }
    const empty = { level: { DataType: "String", StringValue: "" } };
    expect((await refusal({ MessageAttributes: empty })).message).to.contain("'level'");
    for (const name of ["a^*?", ".abc", "abc.", "a..bc", "x".repeat(257)]) {
      expect(await refusal({ MessageAttributes: { [name]: { DataType: "String", StringValue: "x" } } })).to.deep.equal({
        code: "InvalidParameter",
        message: `Invalid parameter: MessageAttributes Reason: The message attribute name '${name}' is invalid`,
      });
    }
    const typed = (DataType: string) => refusal({ MessageAttributes: { a: { DataType, StringValue: "x" } } });
    const inWords = (message: string) => ({ code: "ParameterValueInvalid", message });
    expect(await typed("Text")).to.deep.equal(
      inWords(
        "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
      ),
    );
    expect(await typed("Binary.custom")).to.deep.equal(
      inWords("The message attribute 'a' with type 'Binary.custom' must use field 'Binary'."),
    );
    const Entries = [
      { Id: "1", Message: "x" },
      { Id: "2", Message: "x", MessageAttributes: empty },
    ];
    const batch = { TopicArn: TOPIC, PublishBatchRequestEntries: Entries };
    expect(await stage.refusal("sns", "PublishBatch", batch)).to.deep.equal(
      inWords(
        "The message attribute 'level' must contain non-empty message attribute value for message attribute type 'String'.",
      ),
    );
    expect((await refusal({ TargetArn: TOPIC })).message).to.contain("TopicArn or TargetArn");
    expect((await refusal({ TopicArn: `${TOPIC}2` })).code).to.equal("NotFound");
    expect((await refusal({ TopicArn: "alarms" })).message).to.equal("Invalid parameter: TopicArn");
    expect((await refusal({ MessageStructure: "json" })).message).to.contain("MessageStructure");
    expect((await refusal({ PhoneNumber: "+1" })).message).to.contain("PhoneNumber");
    expect((await stage.refusal("sns", "Subscribe", {})).message).to.contain("does not support sns:Subscribe.");
    await settle();
    expect(await bodies()).to.deep.equal([]);
    const custom = { level: { DataType: "String.custom", StringValue: "high" } };
    await stage.call("sns", "Publish", { TopicArn: TOPIC, Message: "x", MessageAttributes: custom });
  });

  it("publishes batches entry by entry, and refuses those that are wrong as a whole", async () => {
    await makeAll({ rawMessageDelivery: true });
    const entries = (...texts: string[]) => ({
      TopicArn: TOPIC,
      PublishBatchRequestEntries: texts.map((Message, index) => ({ Id: `e${index}`, Message })),
    });
    const answer = await stage.call<{ Successful: { Id: string }[]; Failed: object[] }>(
      "sns",
      "PublishBatch",
      entries("one", "", "three"),
    );
    expect(answer.Successful.map(({ Id }) => Id)).to.deep.equal(["e0", "e2"]);
    expect(answer.Failed).to.deep.equal([
      { Id: "e1", Code: "InvalidParameter", Message: "Invalid parameter: Empty message", SenderFault: true },
    ]);
    await settle();
    expect(await bodies()).to.have.members(["one", "three"]);
    const whole = async (params: object) => (await stage.refusal("sns", "PublishBatch", params)).code;
    expect(await whole(entries())).to.equal("EmptyBatchRequest");
    expect(await whole(entries(..."abcdefghijk"))).to.equal("TooManyEntriesInBatchRequest");
    expect(await whole(entries("x".repeat(200_000), "x".repeat(100_000)))).to.equal("BatchRequestTooLong");
    const twice = { Id: "a", Message: "x" };
    expect(await whole({ TopicArn: TOPIC, PublishBatchRequestEntries: [twice, twice] })).to.equal(
      "BatchEntryIdsNotDistinct",
    );
    expect(await whole({ TopicArn: TOPIC, PublishBatchRequestEntries: [{ Id: "a b", Message: "x" }] })).to.equal(
      "InvalidBatchEntryId",
    );
  });
});
