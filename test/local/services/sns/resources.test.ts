import { expect } from "chai";
import { failureOf } from "../../../support/failure-of.ts";
import { queueArn } from "../../../support/queue-calls.ts";
import { ServiceStage, STAGE_ACCOUNT } from "../../../support/service-stage.ts";

const TOKEN = "aws:sns/topic:Topic";
const POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const ARN = `arn:aws:sns:us-east-1:${STAGE_ACCOUNT}:alarms`;

describe("SNS resource types", () => {
  let stage: ServiceStage;
  const make = (inputs: object = {}) => stage.make(TOKEN, { name: "alarms", ...inputs });
  const subscribe = (inputs: object = {}) =>
    stage.make(SUBSCRIPTION, { topic: ARN, protocol: "sqs", endpoint: queueArn("orders"), ...inputs });
  const attributes = async () =>
    (await stage.call<{ Attributes: Record<string, string> }>("sns", "GetTopicAttributes", { TopicArn: ARN }))
      .Attributes;
  const allow = (principal: unknown, more: object = {}) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sns:Publish", Resource: ARN, ...more }],
  });

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("makes a topic with AWS's defaults, and its id is its ARN", async () => {
    const { id, outputs } = await make();
    expect(id).to.equal(ARN);
    expect(outputs).to.deep.equal({
      arn: ARN,
      beginningArchiveTime: "",
      contentBasedDeduplication: false,
      displayName: "",
      fifoTopic: false,
      kmsMasterKeyId: undefined,
      name: "alarms",
      owner: STAGE_ACCOUNT,
      policy: outputs["policy"],
      region: "us-east-1",
      signatureVersion: 1,
      tagsAll: {},
    });
    expect(JSON.parse(String(outputs["policy"])).Statement[0].Condition).to.deep.equal({
      StringEquals: { "AWS:SourceOwner": STAGE_ACCOUNT },
    });
    expect(await attributes()).to.deep.equal({
      TopicArn: ARN,
      Owner: STAGE_ACCOUNT,
      DisplayName: "",
      Policy: outputs["policy"],
      SubscriptionsConfirmed: "0",
      SubscriptionsPending: "0",
      SubscriptionsDeleted: "0",
      SignatureVersion: "1",
    });
  });

  it("takes the policy that it gives a topic, as an import writes it into a program", async () => {
    const { outputs } = await make();
    expect(stage.mistakes(TOKEN, { name: "alarms", policy: outputs["policy"] })).to.deep.equal([]);
  });

  it("changes a topic in place, and says how to build again what is gone", async () => {
    const type = stage.type(TOKEN);
    const { id, outputs } = await make();
    const update = async (inputs: object) =>
      type.update(id, type.inputs.parse({ name: "alarms", ...inputs }), outputs, stage.context);
    expect(await update({ displayName: "Alarms", tags: { a: "b" } })).to.deep.include({ tagsAll: { a: "b" } });
    expect(await type.read(id, outputs, stage.context)).to.include({ displayName: "Alarms" });
    expect(await failureOf(make())).to.contain("Topic already exists");
    await type.delete(id, outputs, stage.context);
    expect(await type.read(id, outputs, stage.context)).to.equal(undefined);
    expect(await failureOf(update({}))).to.contain("pulumi up --refresh");
  });

  it("refuses FIFO topics, other protocols and arguments that it does not know by name", () => {
    const messages = (token: string, inputs: object) =>
      stage
        .type(token)
        .inputs.safeParse(inputs)
        .error?.issues.map(({ message }) => message)[0];
    expect(messages(TOKEN, { name: "alarms.fifo" })).to.contain("no FIFO topics (alarms.fifo)");
    expect(messages(TOKEN, { name: "a", fifoTopic: true })).to.contain("no FIFO topics");
    expect(messages(TOKEN, { name: "a", fifoTopic: false })).to.equal(undefined);
    expect(messages(TOKEN, { name: "a", deliveryPolicy: "{}" })).to.contain("deliveryPolicy");
    const queue = { topic: ARN, protocol: "sqs", endpoint: queueArn("orders") };
    expect(messages(SUBSCRIPTION, queue)).to.equal(undefined);
    expect(messages(SUBSCRIPTION, { ...queue, filterPolicy: "{}" })).to.contain("filterPolicy");
    expect(messages(SUBSCRIPTION, { ...queue, protocol: "email" })).to.equal(
      "the local cloud does not support the protocol email; it supports sqs",
    );
    expect(messages(TOKEN, { name: "a", kmsMasterKeyId: "alias/mine" })).to.contain("alias/mine");
  });

  it("asks about a topic's key of one's own when it is published to", async () => {
    await make({ kmsMasterKeyId: "1234" });
    await stage.call("sns", "Publish", { TopicArn: ARN, Message: "x" });
    const resource = `arn:aws:kms:us-east-1:${STAGE_ACCOUNT}:key/1234`;
    expect(stage.cloud.trace.records().at(-1)?.authorizations).to.deep.equal([
      { action: "sns:Publish", resource: ARN },
      { action: "kms:GenerateDataKey", resource },
      { action: "kms:Decrypt", resource },
    ]);
    expect(await attributes()).to.include({ KmsMasterKeyId: "1234" });
  });

  it("lets another account publish when the topic's policy allows it", async () => {
    await make();
    const other = stage.administrator("222222222222");
    const params = { TopicArn: ARN, Message: "x" };
    expect(await stage.refusal("sns", "Publish", params, other)).to.deep.equal({
      code: "AuthorizationError",
      message: `User: ${other.arn} is not authorized to perform: sns:Publish on resource: ${ARN} because no resource-based policy allows the sns:Publish action`,
    });
    const policy = allow({ AWS: other.arn });
    const made = await stage.make(POLICY, { arn: ARN, policy });
    expect(made).to.deep.equal({
      id: ARN,
      outputs: { arn: ARN, policy: JSON.stringify(policy), owner: STAGE_ACCOUNT, region: "us-east-1" },
    });
    expect((await attributes())["Policy"]).to.equal(JSON.stringify(policy));
    await stage.call("sns", "Publish", params, other);
    expect((await stage.refusal("sns", "GetTopicAttributes", { TopicArn: ARN }, other)).code).to.equal(
      "AuthorizationError",
    );
    const type = stage.type(POLICY);
    await type.update(ARN, { arn: ARN, policy: JSON.stringify(allow({ AWS: STAGE_ACCOUNT })) }, {}, stage.context);
    expect((await stage.refusal("sns", "Publish", params, other)).code).to.equal("AuthorizationError");
    await type.delete(ARN, made.outputs, stage.context);
    expect((await attributes())["Policy"]).to.contain("__default_policy_ID");
  });

  it("refuses a policy of another service or resource, or that names a role which does not exist", async () => {
    await make();
    const failure = (policy: unknown) => failureOf(stage.make(POLICY, { arn: ARN, policy }));
    expect(await failure(allow("*", { Action: "sqs:SendMessage" }))).to.equal(
      "Invalid parameter: Policy statement action out of service scope!",
    );
    expect(await failure(allow("*", { Resource: "*" }))).to.contain(ARN);
    const role = `arn:aws:iam::${STAGE_ACCOUNT}:role/nobody`;
    expect(await failure(allow({ AWS: role }))).to.contain(role);
    const policy = JSON.stringify(allow("*"));
    await stage.type(TOKEN).delete(ARN, {}, stage.context);
    expect((await make({ policy })).outputs).to.include({ policy });
  });

  it("makes subscriptions of queues of the same account, once each", async () => {
    await make();
    const { id, outputs } = await subscribe();
    expect(id).to.match(new RegExp(`^${ARN}:[0-9a-f-]{36}$`));
    expect(outputs).to.deep.equal({
      arn: id,
      confirmationTimeoutInMinutes: 1,
      confirmationWasAuthenticated: true,
      endpoint: queueArn("orders"),
      endpointAutoConfirms: false,
      filterPolicyScope: "",
      ownerId: STAGE_ACCOUNT,
      pendingConfirmation: false,
      protocol: "sqs",
      rawMessageDelivery: false,
      redrivePolicy: undefined,
      region: "us-east-1",
      topic: ARN,
    });
    expect(await stage.call("sns", "ListSubscriptionsByTopic", { TopicArn: ARN })).to.deep.equal({
      Subscriptions: [
        { SubscriptionArn: id, Owner: STAGE_ACCOUNT, Protocol: "sqs", Endpoint: queueArn("orders"), TopicArn: ARN },
      ],
    });
    expect(await attributes()).to.include({ SubscriptionsConfirmed: "1" });
    expect(await failureOf(subscribe())).to.contain("Subscription already exists");
    expect(await failureOf(subscribe({ topic: `${ARN}2` }))).to.equal("Topic does not exist");
    expect(await failureOf(subscribe({ endpoint: queueArn("x").replace(STAGE_ACCOUNT, "222222222222") }))).to.contain(
      "a queue of account 222222222222",
    );
    expect(await failureOf(subscribe({ topic: ARN.replace(STAGE_ACCOUNT, "222222222222") }))).to.contain(
      "a topic of account 222222222222",
    );
    expect(await failureOf(subscribe({ endpoint: queueArn("x"), redrivePolicy: "{}" }))).to.contain(
      "RedrivePolicy: deadLetterTargetArn is an invalid arn",
    );
  });

  it("changes and deletes a subscription", async () => {
    await make();
    const { id, outputs } = await subscribe();
    const type = stage.type(SUBSCRIPTION);
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead") });
    const inputs = {
      topic: ARN,
      protocol: "sqs",
      endpoint: queueArn("orders"),
      rawMessageDelivery: true,
      redrivePolicy,
    };
    expect(await type.update(id, type.inputs.parse(inputs), outputs, stage.context)).to.include({
      rawMessageDelivery: true,
      redrivePolicy,
    });
    expect(await type.read(id, outputs, stage.context)).to.include({ rawMessageDelivery: true });
    await type.delete(id, outputs, stage.context);
    expect(await type.read(id, outputs, stage.context)).to.equal(undefined);
    expect(await attributes()).to.include({ SubscriptionsConfirmed: "0" });
  });

  it("lists topics and subscriptions page by page", async () => {
    await make();
    for (let index = 0; index < 101; index++) await subscribe({ endpoint: queueArn(`q${index}`) });
    const list = (params: object) =>
      stage.call<{ Subscriptions: { SubscriptionArn: string }[]; NextToken?: string }>(
        "sns",
        "ListSubscriptionsByTopic",
        { TopicArn: ARN, ...params },
      );
    const first = await list({});
    const second = await list({ NextToken: first.NextToken });
    expect([first.Subscriptions.length, second.Subscriptions.length, second.NextToken]).to.deep.equal([
      100,
      1,
      undefined,
    ]);
    expect(first.Subscriptions.map(({ SubscriptionArn }) => SubscriptionArn)).not.to.include(
      second.Subscriptions[0]?.SubscriptionArn,
    );
    await make({ name: "another" });
    expect(await stage.call("sns", "ListTopics", {})).to.deep.equal({
      Topics: [{ TopicArn: ARN }, { TopicArn: ARN.replace("alarms", "another") }],
    });
  });
});
