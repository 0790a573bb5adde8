import { createHash } from "node:crypto";
import { expect } from "chai";
import { queueCalls } from "../../../support/queue-calls.ts";
import { ServiceStage, STAGE_START } from "../../../support/service-stage.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;

describe("SQS, sending and receiving", () => {
  let stage: ServiceStage;
  const { call, refusal, make, send, receive, bodies, counts } = queueCalls(() => stage);
  const advance = (ms: number) => stage.cloud.clock.advance(ms);
  const attribute = (StringValue: string, DataType = "String") => ({ DataType, StringValue });

  beforeEach(async () => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("gives a message back as it was sent, in the order of sending, with its digests", async () => {
    await make();
    const sent = await send("hello");
    expect(sent.MD5OfMessageBody).to.equal("5d41402abc4b2a76b9719d911017c592");
    expect(sent).not.to.have.property("MD5OfMessageAttributes");
    await send("world 🌍");
    const [first, second] = await receive();
    expect(first).to.deep.equal({
      MessageId: sent.MessageId,
      ReceiptHandle: first?.ReceiptHandle,
      MD5OfBody: "5d41402abc4b2a76b9719d911017c592",
      Body: "hello",
    });
    expect(second?.Body).to.equal("world 🌍");
  });

  it("carries message attributes, digests them as AWS does, and gives back those that are asked for", async () => {
    await make();
    // AWS's digest of this attribute, as its SDKs and other implementations have it.
    const stamp = { timestamp: attribute("1493147359900", "Number") };
    expect((await send("x", { MessageAttributes: stamp })).MD5OfMessageAttributes).to.equal(
      "235c5c510d26fb653d073faed50ae77c",
    );
    const bytes = { bin: { DataType: "Binary", BinaryValue: "AP8=" } };
    const digested = Buffer.from("\0\0\0\u0003bin\0\0\0\u0006Binary\u0002\0\0\0\u0002\0\u00ff", "latin1");
    expect((await send("bytes", { MessageAttributes: bytes })).MD5OfMessageAttributes).to.equal(
      createHash("md5").update(digested).digest("hex"),
    );
    await call("DeleteMessage", { ReceiptHandle: (await receive())[1]?.ReceiptHandle });
    await advance(30 * SECOND);
    const more = {
      ...stamp,
      "order.kind": attribute("a"),
      "order.bytes": { DataType: "Binary", BinaryValue: "AP8=" },
    };
    await send("y", { MessageAttributes: more });
    expect(
      (await receive({ MessageAttributeNames: ["timestamp"], VisibilityTimeout: 0 })).map(
        (one) => one.MessageAttributes,
      ),
    ).to.deep.equal([stamp, stamp]);
    const [, all] = await receive({ MessageAttributeNames: ["All"], VisibilityTimeout: 0 });
    expect(all?.MessageAttributes).to.deep.equal(more);
    const [none, some] = await receive({ MessageAttributeNames: ["order.*"] });
    expect(none).not.to.have.property("MessageAttributes");
    expect(Object.keys(some?.MessageAttributes ?? {}).sort()).to.deep.equal(["order.bytes", "order.kind"]);
    expect(some?.MD5OfMessageAttributes).not.to.equal(all?.MD5OfMessageAttributes);
  });

  it("hides a received message for the visibility timeout, and counts how often it was received", async () => {
    await make({ visibilityTimeoutSeconds: 60 });
    await send("one");
    const system = { MessageSystemAttributeNames: ["All"] };
    const [first] = await receive(system);
    expect(await counts()).to.deep.equal([0, 1, 0]);
    await advance(60 * SECOND - 1);
    expect(await bodies()).to.deep.equal([]);
    await advance(1);
    expect(await counts()).to.deep.equal([1, 0, 0]);
    const [again] = await receive({ ...system, VisibilityTimeout: 5 });
    const user = stage.administrator().userId;
    expect([first?.Attributes, again?.Attributes]).to.deep.equal(
      ["1", "2"].map((ApproximateReceiveCount) => ({
        ApproximateFirstReceiveTimestamp: String(STAGE_START),
        ApproximateReceiveCount,
        SenderId: user,
        SentTimestamp: String(STAGE_START),
      })),
    );
    expect(again?.ReceiptHandle).not.to.equal(first?.ReceiptHandle);
    await advance(5 * SECOND);
    const [third] = await receive({ AttributeNames: ["ApproximateReceiveCount", "SequenceNumber"] });
    expect(third?.Attributes).to.deep.equal({ ApproximateReceiveCount: "3" });
    expect((await refusal("ReceiveMessage", { AttributeNames: ["Colour"] })).code).to.equal("InvalidAttributeName");
  });

  it("hands out ten messages at most, one unless asked", async () => {
    await make();
    for (let index = 0; index < 12; index++) await send(String(index));
    expect(await bodies({ MaxNumberOfMessages: undefined })).to.deep.equal(["0"]);
    expect(await bodies()).to.have.length(10);
    expect(await bodies()).to.deep.equal(["11"]);
    expect((await refusal("ReceiveMessage", { MaxNumberOfMessages: 11 })).message).to.contain("MaxNumberOfMessages");
  });

  it("deletes by the newest receipt; an older one does nothing, a made-up one is refused", async () => {
    await make({ visibilityTimeoutSeconds: 1 });
    await send("one");
    const [first] = await receive();
    await advance(SECOND);
    const [second] = await receive();
    await call("DeleteMessage", { ReceiptHandle: first?.ReceiptHandle });
    expect(await counts()).to.deep.equal([0, 1, 0]);
    await advance(SECOND);
    expect(await call("DeleteMessage", { ReceiptHandle: second?.ReceiptHandle })).to.equal(undefined);
    await call("DeleteMessage", { ReceiptHandle: second?.ReceiptHandle });
    expect(await counts()).to.deep.equal([0, 0, 0]);
    expect((await refusal("DeleteMessage", { ReceiptHandle: "made up" })).code).to.equal("ReceiptHandleIsInvalid");
  });

  it("changes the visibility of what is in flight, from now on and up to 12 hours in all", async () => {
    await make();
    await send("one");
    const [message] = await receive();
    const ReceiptHandle = message?.ReceiptHandle;
    await call("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 100 });
    await advance(99 * SECOND);
    expect(await bodies()).to.deep.equal([]);
    expect((await refusal("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 43_200 })).message).to.contain(
      "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
    );
    await call("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 0 });
    expect((await refusal("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 9 })).code).to.equal(
      "MessageNotInflight",
    );
    const [again] = await receive();
    expect(again?.Body).to.equal("one");
    await call("DeleteMessage", { ReceiptHandle: again?.ReceiptHandle });
    expect(
      (await refusal("ChangeMessageVisibility", { ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 9 })).message,
    ).to.contain("Message does not exist or is not available for visibility timeout change");
  });

  it("changes the visibility by an older receipt of the message, too", async () => {
    await make();
    await send("one");
    const [first] = await receive({ VisibilityTimeout: 0 });
    const [second] = await receive({ VisibilityTimeout: 100 });
    expect(second?.ReceiptHandle).to.not.equal(first?.ReceiptHandle);
    await call("ChangeMessageVisibility", { ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 });
    expect(await bodies()).to.deep.equal(["one"]);
  });

  it("takes a queue's name for its URL", async () => {
    await make();
    await call("SendMessage", { QueueUrl: "orders", MessageBody: "one" });
    expect(await bodies()).to.deep.equal(["one"]);
  });

  it("refuses numbers that are out of range, and what is missing, in SQS' words", async () => {
    await make();
    const told = async (operation: string, params: object) => {
      const { code, message } = await refusal(operation, params);
      return `${code}: ${message}`;
    };
    const invalid = (value: number, parameter: string, reason: string) =>
      `InvalidParameterValue: Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`;
    expect(await told("ReceiveMessage", { MaxNumberOfMessages: 11 })).to.equal(
      invalid(11, "MaxNumberOfMessages", "Must be between 1 and 10, if provided."),
    );
    expect(await told("ReceiveMessage", { WaitTimeSeconds: -1 })).to.equal(
      invalid(-1, "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided."),
    );
    expect(await told("ReceiveMessage", { VisibilityTimeout: 43_201 })).to.equal(
      invalid(43_201, "VisibilityTimeout", "Must be between 0 and 43200, if provided."),
    );
    expect(await told("SendMessage", { MessageBody: "x", DelaySeconds: 901 })).to.equal(
      invalid(901, "DelaySeconds", "DelaySeconds must be >= 0 and <= 900."),
    );
    expect(await told("DeleteMessage", {})).to.equal(
      "MissingParameter: The request must contain the parameter ReceiptHandle.",
    );
  });

  it("names the errors of parameters in the body as its JSON protocol does, and in the header as the older one did", () => {
    const { protocol } = stage.cloud.services.sqs.wire;
    const names = (code: string) => {
      const { headers, body } = protocol.encodeError({ code, message: "m", status: 400, details: {} }, "id");
      return [JSON.parse(String(body))["__type"], headers["x-amzn-query-error"]];
    };
    expect(names("InvalidParameterValue")).to.deep.equal([
      "com.amazonaws.sqs#InvalidParameterValueException",
      "InvalidParameterValue;Sender",
    ]);
    expect(names("MissingParameter")).to.deep.equal([
      "com.amazonaws.sqs#MissingRequiredParameterException",
      "MissingParameter;Sender",
    ]);
  });

  it("delays messages by the queue's time or their own", async () => {
    await make({ delaySeconds: 10 });
    await send("queue's");
    await send("own", { DelaySeconds: 20 });
    await send("at once", { DelaySeconds: 0 });
    expect(await counts()).to.deep.equal([1, 0, 2]);
    expect(await bodies()).to.deep.equal(["at once"]);
    await advance(10 * SECOND);
    expect(await bodies()).to.deep.equal(["queue's"]);
    await advance(10 * SECOND);
    expect(await bodies()).to.deep.equal(["own"]);
  });

  it("forgets messages at the end of the retention period, in flight or not", async () => {
    await make({ messageRetentionSeconds: 3_600, visibilityTimeoutSeconds: 0 });
    await send("old");
    await receive({ VisibilityTimeout: 7_200 });
    await advance(HOUR / 2);
    await send("young");
    await advance(HOUR / 2 - 1);
    expect(await counts()).to.deep.equal([1, 1, 0]);
    await advance(1);
    expect(await counts()).to.deep.equal([1, 0, 0]);
    await advance(HOUR / 2);
    expect(await bodies()).to.deep.equal([]);
  });

  it("purges once a minute", async () => {
    await make();
    await send("one");
    await call("PurgeQueue", {});
    expect(await counts()).to.deep.equal([0, 0, 0]);
    expect((await refusal("PurgeQueue", {})).code).to.equal("PurgeQueueInProgress");
    await advance(60 * SECOND);
    await call("PurgeQueue", {});
  });

  it("refuses what SQS refuses of a message, in its words", async () => {
    await make({ maxMessageSize: 1_024 });
    const of = async (MessageBody: string, MessageAttributes?: object) =>
      refusal("SendMessage", { MessageBody, MessageAttributes });
    expect((await of("")).code).to.equal("MissingParameter");
    expect((await of("a\u0000b")).code).to.equal("InvalidMessageContents");
    expect((await of("a\uD800b")).code).to.equal("InvalidMessageContents");
    expect(await of("é".repeat(512), { a: attribute("b") })).to.deep.equal({
      code: "InvalidParameterValue",
      message: "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
    });
    await send("é".repeat(512));
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, attribute("x")]));
    expect((await of("x", eleven)).message).to.equal(
      "Number of message attributes [11] exceeds the allowed maximum [10].",
    );
    for (const [name, bad] of Object.entries({
      "aws.x": attribute("x"),
      empty: attribute(""),
      number: attribute("ten", "Number"),
      both: { ...attribute("x"), BinaryValue: "AA==" },
      binary: attribute("x", "Binary"),
      kind: attribute("x", "Text"),
    })) {
      const answer = await of("x", { [name]: bad });
      expect([answer.code, answer.message.includes(`'${name}'`)]).to.deep.equal(["InvalidParameterValue", true], name);
    }
    expect((await refusal("SendMessage", { MessageBody: "x", MessageGroupId: "g" })).message).to.contain(
      "MessageGroupId",
    );
    expect((await refusal("CreateQueue", {})).message).to.contain("does not support sqs:CreateQueue.");
  });

  it("does batches entry by entry, and refuses those that are wrong as a whole", async () => {
    await make({ maxMessageSize: 1_024 });
    const entries = (...texts: string[]) => ({
      Entries: texts.map((MessageBody, index) => ({ Id: `e${index}`, MessageBody })),
    });
    const sent = await call<{ Successful: { Id: string }[]; Failed: object[] }>(
      "SendMessageBatch",
      entries("one", "x".repeat(1_025), "three"),
    );
    expect(sent.Successful.map(({ Id }) => Id)).to.deep.equal(["e0", "e2"]);
    expect(sent.Failed).to.deep.equal([
      {
        Id: "e1",
        SenderFault: true,
        Code: "InvalidParameterValue",
        Message: "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
      },
    ]);
    const messages = await receive();
    expect(messages.map(({ Body }) => Body)).to.deep.equal(["one", "three"]);
    const shown = await call("ChangeMessageVisibilityBatch", {
      Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: `e${index}`, ReceiptHandle, VisibilityTimeout: 0 })),
    });
    expect(shown).to.deep.equal({ Successful: [{ Id: "e0" }, { Id: "e1" }], Failed: [] });
    const again = await receive();
    const deleted = await call<{ Successful: object[]; Failed: { Code: string }[] }>("DeleteMessageBatch", {
      Entries: [
        { Id: "good", ReceiptHandle: again[0]?.ReceiptHandle },
        { Id: "bad", ReceiptHandle: "x" },
      ],
    });
    expect(deleted.Successful).to.deep.equal([{ Id: "good" }]);
    expect(deleted.Failed.map(({ Code }) => Code)).to.deep.equal(["ReceiptHandleIsInvalid"]);
    expect(await counts()).to.deep.equal([0, 1, 0]);

    const whole = async (params: object) => (await refusal("SendMessageBatch", params)).code;
    expect(await whole({ Entries: [] })).to.equal("EmptyBatchRequest");
    expect(await whole(entries(..."abcdefghijk"))).to.equal("TooManyEntriesInBatchRequest");
    const twice = { Id: "a", MessageBody: "x" };
    expect(await whole({ Entries: [twice, twice] })).to.equal("BatchEntryIdsNotDistinct");
    expect(await whole({ Entries: [{ Id: "a b", MessageBody: "x" }] })).to.equal("InvalidBatchEntryId");
    expect(await whole(entries("x".repeat(600_000), "x".repeat(500_000)))).to.equal("BatchRequestTooLong");
    expect(await counts()).to.deep.equal([0, 1, 0]);
  });

  it("tells a number out of range of its entry of a batch only, and does the others", async () => {
    await make();
    const body = (Id: string, more: object = {}) => ({ Id, MessageBody: Id, ...more });
    const sent = await call<{ Successful: { Id: string }[]; Failed: object[] }>("SendMessageBatch", {
      Entries: [body("now"), body("late", { DelaySeconds: 901 }), body("never", { DelaySeconds: -1 })],
    });
    expect(sent.Successful.map(({ Id }) => Id)).to.deep.equal(["now"]);
    const failed = (Id: string, value: number, parameter: string, reason: string) => ({
      Id,
      SenderFault: true,
      Code: "InvalidParameterValue",
      Message: `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`,
    });
    const delay = "DelaySeconds must be >= 0 and <= 900.";
    expect(sent.Failed).to.deep.equal([
      failed("late", 901, "DelaySeconds", delay),
      failed("never", -1, "DelaySeconds", delay),
    ]);
    const [message] = await receive();
    const change = (Id: string, VisibilityTimeout: unknown) => ({
      Id,
      ReceiptHandle: message?.ReceiptHandle,
      VisibilityTimeout,
    });
    expect(
      await call("ChangeMessageVisibilityBatch", { Entries: [change("long", 43_201), change("shown", 0)] }),
    ).to.deep.equal({
      Successful: [{ Id: "shown" }],
      Failed: [failed("long", 43_201, "VisibilityTimeout", "Must be between 0 and 43200, if provided.")],
    });
    expect(await counts()).to.deep.equal([1, 0, 0]);
    // What is no number, or is not there, is refused as a whole: nothing is sent.
    const whole = async (...more: object[]) =>
      (await refusal("SendMessageBatch", { Entries: [body("good"), ...more] })).code;
    expect(await whole(body("bad", { DelaySeconds: "soon" }))).to.equal("SerializationException");
    expect(await whole({ Id: "bad" })).to.equal("MissingParameter");
    expect(await counts()).to.deep.equal([1, 0, 0]);
  });

  it("drops all messages and keeps the queues when the cloud is emptied", async () => {
    await make();
    await send("x");
    await call("PurgeQueue", {});
    await send("y");
    stage.cloud.emptyData();
    expect(await counts()).to.deep.equal([0, 0, 0]);
    await call("PurgeQueue", {});
  });
});
