import { expect } from "chai";
import type { Principal } from "../../../../local/kernel/principal.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { queueArn, queueCalls } from "../../../support/queue-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_START } from "../../../support/service-stage.ts";

const TOKEN = "aws:sqs/queue:Queue";
const POLICY_TOKEN = "aws:sqs/queuePolicy:QueuePolicy";
const ARN = queueArn("orders");

describe("aws:sqs/queue:Queue and its policy", () => {
  let stage: ServiceStage;
  const { url, refusal, make, send, bodies, attributes } = queueCalls(() => stage);
  const update = async (id: string, inputs: object, context = stage.context) => {
    const type = stage.type(TOKEN);
    return type.update(id, type.inputs.parse({ name: "orders", ...inputs }), {}, context);
  };
  const allow = (Principal: object | "*", Action: string, more: object = {}) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action, Resource: ARN, ...more }],
  });

  beforeEach(() => {
    stage = new ServiceStage();
    stage.cloud.endpointUrl = "http://127.0.0.1:4566";
  });
  afterEach(() => stage.close());

  it("is made with AWS's defaults; its id is its URL, which is this cloud's", async () => {
    const URL = `http://127.0.0.1:4566/${STAGE_ACCOUNT}/orders`;
    expect(await make()).to.deep.equal({
      id: URL,
      outputs: {
        arn: ARN,
        contentBasedDeduplication: false,
        delaySeconds: 0,
        fifoQueue: false,
        kmsDataKeyReusePeriodSeconds: 300,
        kmsMasterKeyId: undefined,
        maxMessageSize: 262_144,
        messageRetentionSeconds: 345_600,
        name: "orders",
        policy: "",
        receiveWaitTimeSeconds: 0,
        redriveAllowPolicy: "",
        redrivePolicy: "",
        region: "us-east-1",
        sqsManagedSseEnabled: true,
        tagsAll: {},
        url: URL,
        visibilityTimeoutSeconds: 30,
      },
    });
    expect(await attributes()).to.deep.equal({
      ApproximateNumberOfMessages: "0",
      ApproximateNumberOfMessagesDelayed: "0",
      ApproximateNumberOfMessagesNotVisible: "0",
      CreatedTimestamp: String(Math.floor(STAGE_START / 1000)),
      DelaySeconds: "0",
      LastModifiedTimestamp: String(Math.floor(STAGE_START / 1000)),
      MaximumMessageSize: "262144",
      MessageRetentionPeriod: "345600",
      QueueArn: ARN,
      ReceiveMessageWaitTimeSeconds: "0",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "30",
    });
    expect(await attributes("orders", ["QueueArn", "Policy"])).to.deep.equal({ QueueArn: ARN });
    expect(await attributes("orders", [])).to.equal(undefined);
    expect((await refusal("GetQueueAttributes", { AttributeNames: ["Colour"] })).code).to.equal("InvalidAttributeName");
  });

  it("takes both kinds of encryption, one at a time", async () => {
    const { outputs } = await make({ kmsMasterKeyId: "alias/aws/sqs", kmsDataKeyReusePeriodSeconds: 600 });
    expect(outputs).to.include({ sqsManagedSseEnabled: false, kmsMasterKeyId: "alias/aws/sqs" });
    expect(await attributes()).to.include({ KmsMasterKeyId: "alias/aws/sqs", KmsDataKeyReusePeriodSeconds: "600" });
    await send("nobody needs a grant for AWS's own key");
    expect(stage.cloud.trace.records().at(-1)?.authorizations).to.have.length(1);
  });

  it("asks about a key of one's own: two questions to send, one to receive", async () => {
    const key = `arn:aws:kms:us-east-1:${STAGE_ACCOUNT}:key/1234`;
    await make({ kmsMasterKeyId: "1234" });
    const asked = () => stage.cloud.trace.records().at(-1)?.authorizations.slice(1);
    await send("x");
    expect(asked()).to.deep.equal([
      { action: "kms:GenerateDataKey", resource: key },
      { action: "kms:Decrypt", resource: key },
    ]);
    await bodies();
    expect(asked()).to.deep.equal([{ action: "kms:Decrypt", resource: key }]);
  });

  it("refuses FIFO queues and arguments that it does not know by name", () => {
    const { inputs } = stage.type(TOKEN);
    const messages = (more: object) =>
      inputs.safeParse({ name: "orders", ...more }).error?.issues.map(({ path, message }) => [path[0], message]);
    expect(messages({ kmsMasterKeyId: "alias/mine" })?.[0]?.[1]).to.contain("alias/mine");
    for (const more of [
      { name: "orders.fifo" },
      { fifoQueue: true },
      { contentBasedDeduplication: true },
      { deduplicationScope: "queue" },
      { fifoThroughputLimit: "perQueue" },
    ]) {
      const [issue] = messages(more) ?? [];
      expect(issue?.[0]).to.equal(Object.keys(more)[0]);
      expect(issue?.[1]).to.contain("no FIFO queues");
    }
    expect(messages({ fifoQueue: false })).to.equal(undefined);
    expect(messages({ namePrefix: "x" })?.[0]?.[1]).to.contain("namePrefix");
    expect(messages({ visibilityTimeoutSeconds: 43_201 })?.[0]?.[0]).to.equal("visibilityTimeoutSeconds");
  });

  it("changes in place and keeps the messages", async () => {
    const { id, outputs } = await make();
    await send("kept");
    await stage.cloud.clock.advance(5_000);
    expect(await update(id, { delaySeconds: 5, tags: { team: "a" } })).to.deep.include({
      delaySeconds: 5,
      tagsAll: { team: "a" },
    });
    expect(await stage.type(TOKEN).read(id, outputs, stage.context)).to.include({ delaySeconds: 5 });
    expect((await attributes())?.["LastModifiedTimestamp"]).to.equal(String(Math.floor(STAGE_START / 1000) + 5));
    expect(await bodies()).to.deep.equal(["kept"]);
  });

  it("finds a queue by an id of an earlier run of the cloud, and says how to build again what is gone", async () => {
    await make();
    const type = stage.type(TOKEN);
    const old = `http://127.0.0.1:1${url()}`;
    expect(await type.read(old, {}, stage.context)).to.include({ url: `http://127.0.0.1:4566${url()}` });
    await type.delete(old, {}, stage.context);
    expect(await type.read(old, {}, stage.context)).to.equal(undefined);
    expect(await failureOf(update(old, {}))).to.contain("pulumi up --refresh");
    expect((await refusal("SendMessage", { MessageBody: "x" })).code).to.equal("QueueDoesNotExist");
    // A name alone is an address, too.
    const gone = await refusal("SendMessage", { QueueUrl: "orders", MessageBody: "x" });
    expect(gone.code).to.equal("QueueDoesNotExist");
    const bad = await refusal("SendMessage", { QueueUrl: "http://x/orders", MessageBody: "x" });
    expect(bad.code).to.equal("InvalidAddress");
  });

  it("makes nothing twice", async () => {
    await make();
    expect(await failureOf(make())).to.equal("A queue already exists with the name orders.");
  });

  it("takes a redrive policy only to a queue that is there and allows it", async () => {
    const redrive = (target: string, maxReceiveCount: unknown = 3) =>
      JSON.stringify({ deadLetterTargetArn: queueArn(target), maxReceiveCount });
    const failure = (redrivePolicy: string) => failureOf(make({ redrivePolicy }));
    expect(await failure(redrive("dead"))).to.equal(
      `Value ${redrive("dead")} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
    );
    const missing = (name: string) => `Redrive policy does not contain mandatory attribute: ${name}`;
    for (const [text, reason] of [
      ["{}", missing("maxReceiveCount")],
      ['{"maxReceiveCount":1}', missing("deadLetterTargetArn")],
      ["[]", "not a JSON map"],
      ["null", "not a JSON map"],
    ] as const) {
      expect(await failure(text)).to.equal(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}.`);
    }
    await make({ name: "dead", redriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }) });
    expect(await failure(redrive("dead"))).to.contain("does not permit this source queue");
    const byQueue = (name: string) =>
      JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queueArn(name)] });
    const dead = await make({ name: "dead2", redriveAllowPolicy: byQueue("another") });
    expect(await failure(redrive("dead2"))).to.contain("does not permit this source queue");
    await update(dead.id, { name: "dead2", redriveAllowPolicy: byQueue("orders") });
    expect(await failure(redrive("dead2", 0))).to.contain("maxReceiveCount");
    const { id, outputs } = await make({ redrivePolicy: redrive("dead2") });
    expect(outputs).to.include({ redrivePolicy: redrive("dead2") });
    expect(await failureOf(update(id, { redrivePolicy: redrive("nowhere") }))).to.contain("does not exist");
    expect(await update(id, { delaySeconds: 1 })).to.include({ redrivePolicy: redrive("dead2") });
  });

  it("lets another account in when the queue's policy allows it, and asks about the queue's own ARN", async () => {
    const { id } = await make();
    const other = stage.administrator("222222222222");
    const params = { QueueUrl: url(), MessageBody: "x" };
    expect(await stage.refusal("sqs", "SendMessage", params, other)).to.deep.equal({
      code: "AccessDenied",
      message: `User: ${other.arn} is not authorized to perform: sqs:SendMessage on resource: ${ARN} because no resource-based policy allows the sqs:SendMessage action`,
    });
    const policy = allow({ AWS: other.arn }, "sqs:SendMessage");
    const made = await stage.make(POLICY_TOKEN, { queueUrl: id, policy });
    expect(made).to.deep.equal({ id, outputs: { queueUrl: id, policy: JSON.stringify(policy), region: "us-east-1" } });
    expect((await attributes())?.["Policy"]).to.equal(JSON.stringify(policy));
    await stage.call("sqs", "SendMessage", params, other);
    await stage.call("sqs", "SendMessageBatch", { QueueUrl: url(), Entries: [{ Id: "a", MessageBody: "y" }] }, other);
    expect((await stage.refusal("sqs", "ReceiveMessage", { QueueUrl: url() }, other)).code).to.equal("AccessDenied");
    expect(await bodies()).to.deep.equal(["x", "y"]);

    const type = stage.type(POLICY_TOKEN);
    const text = JSON.stringify(allow({ AWS: other.arn }, "sqs:GetQueueUrl"));
    await type.update(id, { queueUrl: id, policy: text }, {}, stage.context);
    expect((await stage.refusal("sqs", "SendMessage", params, other)).code).to.equal("AccessDenied");
    const address = { QueueName: "orders", QueueOwnerAWSAccountId: STAGE_ACCOUNT };
    expect(await stage.call("sqs", "GetQueueUrl", address, other)).to.deep.equal({ QueueUrl: id });
    expect(await type.read(id, made.outputs, stage.context)).to.deep.equal({ ...made.outputs, policy: text });
    await type.delete(id, made.outputs, stage.context);
    expect(await type.read(id, made.outputs, stage.context)).to.equal(undefined);
    expect((await stage.refusal("sqs", "GetQueueUrl", address, other)).code).to.equal("AccessDenied");
  });

  it("refuses a policy that names a role which does not exist", async () => {
    const { id } = await make();
    const failure = (policy: unknown) => failureOf(stage.make(POLICY_TOKEN, { queueUrl: id, policy }));
    const role = `arn:aws:iam::${STAGE_ACCOUNT}:role/nobody`;
    expect(await failure(allow({ AWS: role }, "sqs:SendMessage"))).to.equal(
      `Invalid value for the parameter Policy. Reason: Invalid principal in policy: ${role}`,
    );
    const policy = JSON.stringify(allow("*", "sqs:SendMessage"));
    expect((await make({ name: "third", policy })).outputs).to.include({ policy });
  });

  it("lets a service in for the resource that the policy names alone, and never past a key that is not its own", async () => {
    const { id } = await make();
    const sourceArn = `arn:aws:events:us-east-1:${STAGE_ACCOUNT}:rule/nightly`;
    await stage.make(POLICY_TOKEN, {
      queueUrl: id,
      policy: allow({ Service: "events.amazonaws.com" }, "sqs:SendMessage", {
        Condition: { ArnEquals: { "aws:SourceArn": sourceArn }, StringEquals: { "aws:SourceAccount": STAGE_ACCOUNT } },
      }),
    });
    const principal: Principal = { kind: "service", accountId: "", arn: "events.amazonaws.com", userId: "" };
    const as = (arn: string) =>
      stage.cloud.call({
        service: "sqs",
        operation: "SendMessage",
        params: { QueueUrl: id, MessageBody: "x" },
        principal,
        accountId: STAGE_ACCOUNT,
        region: "us-east-1",
        sourceArn: arn,
      });
    await as(sourceArn);
    expect(await failureOf(as(`${sourceArn}ly`))).to.contain("no resource-based policy allows the sqs:SendMessage");
    await update(id, { kmsMasterKeyId: "alias/aws/sqs" });
    expect(await failureOf(as(sourceArn))).to.contain("no resource-based policy allows the kms:GenerateDataKey");
  });

  it("lists an account's queues by prefix, page by page", async () => {
    for (const name of ["b1", "a2", "a1"]) await make({ name });
    const list = (params: object) =>
      stage.call<{ QueueUrls?: string[]; NextToken?: string }>("sqs", "ListQueues", params);
    const urls = (...names: string[]) => names.map((name) => `http://127.0.0.1:4566${url(name)}`);
    expect(await list({})).to.deep.equal({ QueueUrls: urls("a1", "a2", "b1") });
    expect(await list({ QueueNamePrefix: "c" })).to.deep.equal({});
    const first = await list({ QueueNamePrefix: "a", MaxResults: 1 });
    expect(first).to.deep.equal({ QueueUrls: urls("a1"), NextToken: "a1" });
    expect(await list({ QueueNamePrefix: "a", MaxResults: 1, NextToken: first.NextToken })).to.deep.equal({
      QueueUrls: urls("a2"),
    });
    expect(await stage.call("sqs", "GetQueueUrl", { QueueName: "a1" })).to.deep.equal({
      QueueUrl: urls("a1")[0],
    });
    expect((await stage.refusal("sqs", "GetQueueUrl", { QueueName: "c" })).code).to.equal("QueueDoesNotExist");
  });
});
