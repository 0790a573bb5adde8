import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import type { MadeResource, ProviderStage } from "../../../support/provider-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const topic = "aws:sns/topic:Topic";
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:111111111111:${name}`;
const topicArn = "arn:aws:sns:us-east-1:111111111111:alarms";

/** Lets these accounts publish. */
const policy = (...accounts: readonly string[]) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Publish",
      Effect: "Allow",
      Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": true } },
    },
  ],
});
const one = policy("222222222222", "333333333333");
/** The same: members in another order, lists for single values, accounts by their number and in another order, a boolean as text. */
const same = {
  Statement: {
    Resource: [topicArn],
    Principal: { AWS: ["333333333333", "222222222222"] },
    Effect: "Allow",
    Condition: { Bool: { "aws:SecureTransport": ["true"] } },
    Action: ["sns:Publish"],
    Sid: "Publish",
  },
  Version: "2012-10-17",
};
const other = policy("222222222222");

const defaultPolicy = JSON.stringify({
  Version: "2008-10-17",
  Id: "__default_policy_ID",
  Statement: [
    {
      Sid: "__default_statement_ID",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: [
        "SNS:GetTopicAttributes",
        "SNS:SetTopicAttributes",
        "SNS:AddPermission",
        "SNS:RemovePermission",
        "SNS:DeleteTopic",
        "SNS:Subscribe",
        "SNS:ListSubscriptionsByTopic",
        "SNS:Publish",
      ],
      Resource: topicArn,
      Condition: { StringEquals: { "AWS:SourceOwner": "111111111111" } },
    },
  ],
});

const makeTopic = (stage: ProviderStage, name = "alarms", inputs: Properties = {}) =>
  stage.make(topic, { name, ...inputs }, name);
const set = (AttributeName: string, AttributeValue: string) => (stage: ProviderStage) =>
  stage.call("sns", "SetTopicAttributes", { TopicArn: topicArn, AttributeName, AttributeValue });
const setSubscription =
  (AttributeName: string, AttributeValue?: string) => (stage: ProviderStage, made: MadeResource) =>
    stage.call("sns", "SetSubscriptionAttributes", { SubscriptionArn: made.id, AttributeName, AttributeValue });
const redriveTo = (name: string) => JSON.stringify({ deadLetterTargetArn: queueArn(name) });

/** The resource types of SNS. */
export const samples: readonly ResourceSample[] = [
  {
    token: topic,
    inputs: () => ({
      name: "alarms",
      displayName: "Alarms",
      kmsMasterKeyId: "alias/aws/sns",
      policy: JSON.stringify(one),
      signatureVersion: 2,
      tags: { team: "data" },
    }),
    same: [
      { policy: JSON.stringify(same) },
      { policy: undefined },
      { signatureVersion: undefined },
      { fifoTopic: false, contentBasedDeduplication: false },
    ],
    updates: [
      { inputs: { displayName: "Others", signatureVersion: 1 }, diffs: ["displayName", "signatureVersion"] },
      { inputs: { displayName: undefined, kmsMasterKeyId: undefined }, diffs: ["displayName", "kmsMasterKeyId"] },
      { inputs: { policy: JSON.stringify(other), tags: { team: "other" } }, diffs: ["policy", "tags"] },
      { inputs: { tags: undefined }, diffs: ["tags"] },
    ],
    replacements: [{ inputs: { name: "others" }, replaces: ["name"] }],
    drifts: [
      { by: set("DisplayName", "Drifted"), inputs: { displayName: "Drifted" } },
      { by: set("SignatureVersion", "1"), inputs: { signatureVersion: 1 } },
      { by: set("Policy", JSON.stringify(other)), inputs: { policy: JSON.stringify(other) } },
      {
        by: (stage) =>
          stage.call("sns", "TagResource", { ResourceArn: topicArn, Tags: [{ Key: "owner", Value: "ops" }] }),
        inputs: { tags: { team: "data", owner: "ops" } },
      },
      {
        by: (stage) => stage.call("sns", "UntagResource", { ResourceArn: topicArn, TagKeys: ["team"] }),
        inputs: { tags: {} },
      },
    ],
  },
  {
    token: topic,
    inputs: () => ({}),
    same: [{ displayName: "" }],
    updates: [
      { inputs: { kmsMasterKeyId: "1234" }, diffs: ["kmsMasterKeyId"] },
      { inputs: { signatureVersion: 2, tags: { team: "data" } }, diffs: ["signatureVersion", "tags"] },
    ],
    replacements: [{ inputs: { name: "alarms" }, replaces: ["name"] }],
    drifts: [
      {
        by: (stage, { id }) =>
          stage.call("sns", "SetTopicAttributes", {
            TopicArn: id,
            AttributeName: "KmsMasterKeyId",
            AttributeValue: "alias/aws/sns",
          }),
        inputs: { kmsMasterKeyId: "alias/aws/sns" },
      },
      {
        by: (stage, { id }) =>
          stage.call("sns", "TagResource", { ResourceArn: id, Tags: [{ Key: "owner", Value: "ops" }] }),
        inputs: { tags: { owner: "ops" } },
      },
    ],
  },
  ...[one, JSON.stringify(one)].map(
    (given): ResourceSample => ({
      token: "aws:sns/topicPolicy:TopicPolicy",
      inputs: async (stage) => {
        await makeTopic(stage);
        return { arn: topicArn, policy: given };
      },
      same: [{ policy: same }, { policy: JSON.stringify(same) }],
      updates: [
        { inputs: { policy: other }, diffs: ["policy"] },
        { inputs: { policy: JSON.stringify(other) }, diffs: ["policy"] },
      ],
      replacements: [
        {
          inputs: {
            arn: topicArn.replace("alarms", "others"),
            policy: JSON.stringify(one).replace("alarms", "others"),
          },
          replaces: ["arn"],
        },
      ],
      drifts: [{ by: set("Policy", JSON.stringify(other)), inputs: { policy: JSON.stringify(other) } }],
      leftByDelete: { policy: defaultPolicy },
    }),
  ),
  {
    token: "aws:sns/topicSubscription:TopicSubscription",
    inputs: async (stage) => {
      await makeTopic(stage);
      return {
        topic: topicArn,
        protocol: "sqs",
        endpoint: queueArn("orders"),
        rawMessageDelivery: true,
        redrivePolicy: redriveTo("dead"),
        endpointAutoConfirms: true,
        confirmationTimeoutInMinutes: 2,
      };
    },
    same: [{ redrivePolicy: ` { "deadLetterTargetArn" : "${queueArn("dead")}" } ` }],
    updates: [
      { inputs: { rawMessageDelivery: false }, diffs: ["rawMessageDelivery"] },
      { inputs: { redrivePolicy: redriveTo("deader") }, diffs: ["redrivePolicy"] },
      { inputs: { redrivePolicy: undefined }, diffs: ["redrivePolicy"] },
    ],
    replacements: [
      { inputs: { endpoint: queueArn("others") }, replaces: ["endpoint"] },
      { inputs: { topic: topicArn.replace("alarms", "others") }, replaces: ["topic"] },
    ],
    drifts: [
      { by: setSubscription("RawMessageDelivery", "false"), inputs: { rawMessageDelivery: false } },
      { by: setSubscription("RedrivePolicy", redriveTo("deader")), inputs: { redrivePolicy: redriveTo("deader") } },
    ],
    unknownToImport: ["confirmationTimeoutInMinutes", "endpointAutoConfirms"],
  },
  {
    token: "aws:sns/topicSubscription:TopicSubscription",
    inputs: async (stage) => {
      await makeTopic(stage);
      return { topic: topicArn, protocol: "sqs", endpoint: queueArn("orders") };
    },
    same: [{ rawMessageDelivery: false, endpointAutoConfirms: false, confirmationTimeoutInMinutes: 1 }],
    updates: [{ inputs: { redrivePolicy: redriveTo("dead") }, diffs: ["redrivePolicy"] }],
    drifts: [{ by: setSubscription("RedrivePolicy", redriveTo("dead")), inputs: { redrivePolicy: redriveTo("dead") } }],
  },
];
