import {
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { ProviderStage } from "../../../support/provider-stage.ts";
import { queueArn } from "../../../support/queue-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

const ARN = `arn:aws:sns:us-east-1:${STAGE_ACCOUNT}:alarms`;

describe("SNS, when somebody changes what a program made,", () => {
  const stage = new ServiceStage(new Cloud());
  const frontDoor = new FrontDoor(stage.cloud);
  let client: SNSClient;
  let SubscriptionArn = "";

  before(async () => {
    const { endpointUrl } = await frontDoor.listen();
    const { credentials } = stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator;
    client = new SNSClient({ endpoint: endpointUrl, region: STAGE_REGION, credentials, maxAttempts: 1 });
  });
  beforeEach(async () => {
    await stage.make("aws:sns/topic:Topic", { name: "alarms", tags: { team: "data" } });
    const subscription = { topic: ARN, protocol: "sqs", endpoint: queueArn("orders") };
    SubscriptionArn = (await stage.make("aws:sns/topicSubscription:TopicSubscription", subscription)).id;
  });
  afterEach(() => client.send(new DeleteTopicCommand({ TopicArn: ARN })));
  after(async () => {
    client.destroy();
    await frontDoor.close();
    await stage.close();
  });

  const set = (AttributeName: string, AttributeValue?: string) =>
    client.send(new SetTopicAttributesCommand({ TopicArn: ARN, AttributeName, AttributeValue }));
  const attributes = async () => (await client.send(new GetTopicAttributesCommand({ TopicArn: ARN }))).Attributes;
  const tags = async () =>
    (await client.send(new ListTagsForResourceCommand({ ResourceArn: ARN }))).Tags?.map(
      ({ Key, Value }) => `${Key}=${Value}`,
    );
  const tag = (Key: string, Value: string) =>
    client.send(new TagResourceCommand({ ResourceArn: ARN, Tags: [{ Key, Value }] }));

  it("sets a topic's attributes one by one, and takes them back", async () => {
    await set("DisplayName", "A & B");
    await set("KmsMasterKeyId", "alias/aws/sns");
    await set("SignatureVersion", "2");
    const changed = { DisplayName: "A & B", KmsMasterKeyId: "alias/aws/sns", SignatureVersion: "2" };
    expect(await attributes()).to.include(changed);
    await set("DisplayName");
    await set("KmsMasterKeyId", "");
    expect(await attributes())
      .to.include({ DisplayName: "" })
      .and.not.have.property("KmsMasterKeyId");
  });

  it("refuses what an attribute cannot be, and names the attributes that it does not have", async () => {
    expect(await failureOf(set("DisplayName", "x".repeat(101)))).to.equal("Invalid parameter: DisplayName");
    expect(await failureOf(set("SignatureVersion", "3"))).to.contain("3 is not 1 or 2");
    expect(await failureOf(set("Policy", "{}"))).to.contain("Invalid parameter: Policy Error");
    expect(await failureOf(set("KmsMasterKeyId", "alias/mine"))).to.contain("alias/mine");
    expect(await failureOf(set("Colour", "red"))).to.equal("Invalid parameter: AttributeName");
    expect(await failureOf(set("DeliveryPolicy", "{}"))).to.contain("does not support the attribute DeliveryPolicy");
  });

  it("sets a subscription's attributes, and ends it", async () => {
    const change = (AttributeName: string, AttributeValue?: string) =>
      client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead") });
    await change("RawMessageDelivery", "true");
    await change("RedrivePolicy", RedrivePolicy);
    const read = async () =>
      (await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes ?? {};
    expect(await read()).to.deep.equal({
      SubscriptionArn,
      TopicArn: ARN,
      Owner: STAGE_ACCOUNT,
      Protocol: "sqs",
      Endpoint: queueArn("orders"),
      ConfirmationWasAuthenticated: "true",
      PendingConfirmation: "false",
      RawMessageDelivery: "true",
      RedrivePolicy,
    });
    await change("RedrivePolicy");
    expect(await read()).to.not.have.property("RedrivePolicy");
    expect(await failureOf(change("RawMessageDelivery", "yes"))).to.contain("RawMessageDelivery: yes");
    expect(await failureOf(change("FilterPolicy", "{}"))).to.contain("does not support the attribute FilterPolicy");
    expect(await failureOf(change("Colour", "red"))).to.equal("Invalid parameter: AttributeName");
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    // AWS accepts it for a subscription that is gone, too.
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    const noArn = client.send(new UnsubscribeCommand({ SubscriptionArn: "gone" }));
    expect(await failureOf(noArn)).to.contain("Invalid parameter: SubscriptionArn");
    expect(await failureOf(read())).to.equal("Subscription does not exist");
    expect(await attributes()).to.include({ SubscriptionsConfirmed: "0" });
  });

  it("tags and untags a topic within AWS's limits", async () => {
    await tag("owner", "ops");
    expect(await tags()).to.have.members(["team=data", "owner=ops"]);
    await client.send(new UntagResourceCommand({ ResourceArn: ARN, TagKeys: ["team", "nothing"] }));
    expect(await tags()).to.deep.equal(["owner=ops"]);
    expect(await failureOf(tag("aws:own", "x"))).to.contain("Invalid parameter: Tags Reason: tag keys that begin");
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    expect(await failureOf(client.send(new TagResourceCommand({ ResourceArn: ARN, Tags })))).to.contain("tag quota");
    expect(await tags()).to.deep.equal(["owner=ops"]);
  });

  it("asks IAM about the topic, and lets nobody else change a subscription", async () => {
    const other = stage.administrator("222222222222");
    const refused = async (operation: string, params: object) =>
      (await stage.refusal("sns", operation, params, other)).message;
    const tagged = { ResourceArn: ARN, Tags: [{ Key: "a", Value: "b" }] };
    expect(await refused("TagResource", tagged)).to.contain(`sns:TagResource on resource: ${ARN}`);
    const named = { TopicArn: ARN, AttributeName: "DisplayName", AttributeValue: "x" };
    expect(await refused("SetTopicAttributes", named)).to.contain(`sns:SetTopicAttributes on resource: ${ARN}`);
    expect(await refused("DeleteTopic", { TopicArn: ARN })).to.contain(`sns:DeleteTopic on resource: ${ARN}`);
    expect(await refused("Unsubscribe", { SubscriptionArn })).to.equal("Not authorized to access this subscription");
    const statement = { Effect: "Allow", Principal: { AWS: other.arn }, Action: "sns:TagResource", Resource: ARN };
    await set("Policy", JSON.stringify({ Version: "2012-10-17", Statement: statement }));
    await stage.call("sns", "TagResource", tagged, other);
    expect(await tags()).to.include("a=b");
  });

  it("says that a topic which is gone is gone", async () => {
    await client.send(new DeleteTopicCommand({ TopicArn: ARN }));
    expect(await failureOf(attributes())).to.equal("Topic does not exist");
    expect(await failureOf(tag("a", "b"))).to.equal("Resource does not exist");
    await client.send(new DeleteTopicCommand({ TopicArn: ARN }));
  });
});

describe("SNS resource types, when arguments are wrong,", () => {
  const mistakes = async (token: string, news: object) => {
    const stage = await ProviderStage.start();
    const { failures } = await stage.provider.check({ urn: stage.urn(token, "thing"), news: news as never });
    await stage.close();
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  };

  it("tell all of a topic's mistakes at once", async () => {
    const found = await mistakes("aws:sns/topic:Topic", {
      name: "a b",
      displayName: "x".repeat(101),
      kmsMasterKeyId: "alias/mine",
      policy: '{"Version":"2012-10-17"',
      signatureVersion: 3,
      fifoTopic: true,
      tags: { "aws:x": "y" },
      tracingConfig: "Active",
    });
    expect(found.map((line) => line.split(": ")[0])).to.have.members([
      "name",
      "displayName",
      "kmsMasterKeyId",
      "policy",
      "signatureVersion",
      "fifoTopic",
      'tags["aws:x"]',
      "tracingConfig",
    ]);
    expect(found.join("\n")).to.contain("policy: contains an invalid JSON: ").and.contain("must be 1 or 2");
  });

  it("tell all of a subscription's and a policy's mistakes at once", async () => {
    const subscription = { protocol: "email", endpoint: ARN, redrivePolicy: "{", filterPolicy: "{}" };
    expect(await mistakes("aws:sns/topicSubscription:TopicSubscription", subscription)).to.have.length(5);
    const policy = { arn: "alarms", policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow" }] } };
    expect(await mistakes("aws:sns/topicPolicy:TopicPolicy", policy)).to.deep.equal([
      "arn: is not the ARN of a topic",
      "policy: Policy statement must contain actions: exactly one of Action and NotAction.",
    ]);
  });
});
