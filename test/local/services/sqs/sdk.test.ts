import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

describe("SQS and the AWS SDK", () => {
  const stage = new ServiceStage(new Cloud());
  const frontDoor = new FrontDoor(stage.cloud);
  let client: SQSClient;
  let QueueUrl = "";

  before(async () => {
    const { endpointUrl } = await frontDoor.listen();
    const { credentials } = stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator;
    client = new SQSClient({ endpoint: endpointUrl, region: STAGE_REGION, credentials, maxAttempts: 1 });
    QueueUrl = (await stage.make("aws:sqs/queue:Queue", { name: "orders" })).id;
  });
  after(async () => {
    client.destroy();
    await frontDoor.close();
    await stage.close();
  });
  afterEach(() => stage.cloud.emptyData());

  it("carries a message with its attributes there and back, through the queue's own URL", async () => {
    expect((await client.send(new GetQueueUrlCommand({ QueueName: "orders" }))).QueueUrl).to.equal(QueueUrl);
    const MessageAttributes = {
      kind: { DataType: "String", StringValue: "ключ" },
      bytes: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255) },
    };
    const { MessageId } = await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: "Здравствуй", MessageAttributes }),
    );
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["ApproximateReceiveCount"],
      }),
    );
    const [message] = Messages;
    expect(message).to.include({ MessageId, Body: "Здравствуй" });
    expect(message?.Attributes).to.deep.equal({ ApproximateReceiveCount: "1" });
    expect(message?.MessageAttributes?.["kind"]).to.deep.include({ StringValue: "ключ" });
    expect([...(message?.MessageAttributes?.["bytes"]?.BinaryValue ?? [])]).to.deep.equal([0, 255]);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    expect(Attributes).to.include({ ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" });
  });

  it("answers a long poll when the message comes, and does not keep cloud time waiting for it", async () => {
    const poll = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await stage.cloud.clock.whenIdle();
    expect(stage.cloud.clock.isHeld()).to.equal(false);
    const { Successful } = await client.send(
      new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "a", MessageBody: "at last", DelaySeconds: 2 }] }),
    );
    const { Messages } = await poll;
    expect(Messages?.[0]).to.include({ Body: "at last", MessageId: Successful?.[0]?.MessageId });
  });

  it("throws the SDK's own exceptions, with the codes that older clients go by", async () => {
    const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
    const missing = await failure(
      client.send(new SendMessageCommand({ QueueUrl: QueueUrl.replace("orders", "nowhere"), MessageBody: "x" })),
    );
    expect(missing).to.include({
      name: "QueueDoesNotExist",
      message: "The specified queue does not exist.",
      Code: "AWS.SimpleQueueService.NonExistentQueue",
    });
    const bad = await failure(
      client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: "x", VisibilityTimeout: 1 })),
    );
    expect(bad)
      .to.include({ name: "ReceiptHandleIsInvalid" })
      .and.to.have.nested.property("$metadata.httpStatusCode", 404);
  });
});
