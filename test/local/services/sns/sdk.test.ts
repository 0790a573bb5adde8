import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { queueArn } from "../../../support/queue-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

describe("SNS and the AWS SDK", () => {
  const stage = new ServiceStage(new Cloud());
  const frontDoor = new FrontDoor(stage.cloud);
  let client: SNSClient;
  let queueClient: SQSClient;
  let TopicArn = "";
  let QueueUrl = "";

  before(async () => {
    const { endpointUrl } = await frontDoor.listen();
    const { credentials } = stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator;
    const config = { endpoint: endpointUrl, region: STAGE_REGION, credentials, maxAttempts: 1 };
    client = new SNSClient(config);
    queueClient = new SQSClient(config);
    TopicArn = (await stage.make("aws:sns/topic:Topic", { name: "alarms", displayName: "A & B <C>" })).id;
    const policy = {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn("orders"),
        Condition: { ArnEquals: { "aws:SourceArn": TopicArn } },
      },
    };
    QueueUrl = (await stage.make("aws:sqs/queue:Queue", { name: "orders", policy: JSON.stringify(policy) })).id;
    await stage.make("aws:sns/topicSubscription:TopicSubscription", {
      topic: TopicArn,
      protocol: "sqs",
      endpoint: queueArn("orders"),
      rawMessageDelivery: true,
    });
  });
  after(async () => {
    client.destroy();
    queueClient.destroy();
    await frontDoor.close();
    await stage.close();
  });
  const receive = async () =>
    (
      await queueClient.send(
        new ReceiveMessageCommand({
          QueueUrl,
          WaitTimeSeconds: 20,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ["All"],
        }),
      )
    ).Messages ?? [];

  it("publishes a message with attributes, which arrives in the queue", async () => {
    const poll = receive();
    const { MessageId } = await client.send(
      new PublishCommand({
        TopicArn,
        Message: "Feuer & Flamme €",
        MessageAttributes: {
          level: { DataType: "Number", StringValue: "3" },
          bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(1, 2) },
        },
      }),
    );
    expect(MessageId).to.match(/^[0-9a-f-]{36}$/);
    const [message] = await poll;
    expect(message?.Body).to.equal("Feuer & Flamme €");
    expect(message?.MessageAttributes?.["level"]).to.deep.include({ DataType: "Number", StringValue: "3" });
    expect([...(message?.MessageAttributes?.["bytes"]?.BinaryValue ?? [])]).to.deep.equal([1, 2]);
  });

  it("publishes batches", async () => {
    const { Successful, Failed } = await client.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: "a", Message: "one", MessageAttributes: { level: { DataType: "String", StringValue: "x" } } },
          { Id: "b", Message: "two", Subject: "\u0007" },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).to.deep.equal(["a"]);
    expect(Failed).to.deep.equal([
      { Id: "b", Code: "InvalidParameter", Message: "Invalid parameter: Subject", SenderFault: true },
    ]);
    expect((await receive()).map(({ Body }) => Body)).to.deep.equal(["one"]);
  });

  it("describes topics and subscriptions", async () => {
    expect((await client.send(new ListTopicsCommand({}))).Topics).to.deep.equal([{ TopicArn }]);
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).to.include({ TopicArn, DisplayName: "A & B <C>", SubscriptionsConfirmed: "1" });
    const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions?.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).to.deep.equal([
      ["sqs", queueArn("orders")],
    ]);
  });

  it("refuses an unsigned request in the words of its protocol, as SQS does in its own", async () => {
    const post = async (body: string, headers: Record<string, string>) =>
      (await fetch(stage.cloud.endpointUrl, { method: "POST", body, headers })).text();
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(await post("Action=ListTopics&Version=2010-03-31", form)).to.contain(
      "<Code>MissingAuthenticationToken</Code>",
    );
    const target = { "x-amz-target": "AmazonSQS.ListQueues", "content-type": "application/x-amz-json-1.0" };
    expect(await post("{}", target)).to.contain("com.amazonaws.sqs#MissingAuthenticationTokenException");
  });

  it("throws the SDK's own exceptions", async () => {
    const error = await client
      .send(new PublishCommand({ TopicArn: `${TopicArn}2`, Message: "x" }))
      .catch((reason: unknown) => reason);
    expect(error).to.include({ name: "NotFoundException", message: "Topic does not exist" });
    const bad = await client.send(new PublishCommand({ TopicArn, Message: "" })).catch((reason: unknown) => reason);
    expect(bad).to.include({ name: "InvalidParameterException", message: "Invalid parameter: Empty message" });
  });
});
