import type { ProviderStage } from "../../../support/provider-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const queue = "aws:sqs/queue:Queue";
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:111111111111:${name}`;
const url = (name = "orders") => `/111111111111/${name}`;

/** Lets these accounts send. */
const policy = (...accounts: readonly string[]) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Send",
      Effect: "Allow",
      Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
      Action: ["sqs:SendMessage", "sqs:GetQueueUrl"],
      Resource: queueArn("orders"),
    },
  ],
});
const one = policy("222222222222", "333333333333");
/** The same: members and actions in another order, lists for single values, accounts by their number and in another order. */
const same = {
  Statement: {
    Resource: [queueArn("orders")],
    Action: ["sqs:GetQueueUrl", "sqs:SendMessage"],
    Principal: { AWS: ["333333333333", "222222222222"] },
    Effect: "Allow",
    Sid: "Send",
  },
  Version: "2012-10-17",
};
const other = policy("222222222222");

const redrive = (target: string, maxReceiveCount = 3) =>
  JSON.stringify({ deadLetterTargetArn: queueArn(target), maxReceiveCount });
const byQueue = (name: string) => JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queueArn(name)] });

const makeQueue = (stage: ProviderStage, name: string) => stage.make(queue, { name }, name);
const set = (Attributes: Readonly<Record<string, string>>) => (stage: ProviderStage) =>
  stage.call("sqs", "SetQueueAttributes", { QueueUrl: url(), Attributes });

/** The resource types of SQS. */
export const samples: readonly ResourceSample[] = [
  {
    token: queue,
    inputs: async (stage) => {
      await makeQueue(stage, "dead");
      await makeQueue(stage, "deader");
      return {
        name: "orders",
        delaySeconds: 5,
        maxMessageSize: 2048,
        messageRetentionSeconds: 86_400,
        receiveWaitTimeSeconds: 10,
        visibilityTimeoutSeconds: 60,
        policy: JSON.stringify(one),
        redrivePolicy: redrive("dead"),
        redriveAllowPolicy: byQueue("one"),
        tags: { team: "data" },
      };
    },
    same: [
      { policy: JSON.stringify(same) },
      { policy: undefined, redrivePolicy: undefined, redriveAllowPolicy: undefined },
      { redrivePolicy: `{ "maxReceiveCount": 3, "deadLetterTargetArn": "${queueArn("dead")}" }` },
      { sqsManagedSseEnabled: true },
      // Only a queue with a key has it.
      { kmsDataKeyReusePeriodSeconds: 600 },
      { fifoQueue: false, contentBasedDeduplication: false },
    ],
    updates: [
      {
        inputs: { delaySeconds: undefined, maxMessageSize: undefined, messageRetentionSeconds: 345_600 },
        diffs: ["delaySeconds", "maxMessageSize", "messageRetentionSeconds"],
      },
      {
        inputs: { receiveWaitTimeSeconds: 0, visibilityTimeoutSeconds: 0 },
        diffs: ["receiveWaitTimeSeconds", "visibilityTimeoutSeconds"],
      },
      { inputs: { policy: JSON.stringify(other), tags: { team: "other" } }, diffs: ["policy", "tags"] },
      { inputs: { redrivePolicy: redrive("deader") }, diffs: ["redrivePolicy"] },
      { inputs: { redrivePolicy: redrive("dead", 4) }, diffs: ["redrivePolicy"] },
      { inputs: { redriveAllowPolicy: byQueue("two") }, diffs: ["redriveAllowPolicy"] },
      { inputs: { kmsMasterKeyId: "alias/aws/sqs" }, diffs: ["kmsMasterKeyId"] },
      { inputs: { tags: undefined }, diffs: ["tags"] },
    ],
    replacements: [{ inputs: { name: "others" }, replaces: ["name"] }],
    drifts: [
      {
        by: set({ DelaySeconds: "6", MaximumMessageSize: "1024" }),
        inputs: { delaySeconds: 6, maxMessageSize: 1024 },
      },
      {
        by: set({ MessageRetentionPeriod: "60", ReceiveMessageWaitTimeSeconds: "20", VisibilityTimeout: "0" }),
        inputs: { messageRetentionSeconds: 60, receiveWaitTimeSeconds: 20, visibilityTimeoutSeconds: 0 },
      },
      { by: set({ Policy: JSON.stringify(other) }), inputs: { policy: JSON.stringify(other) } },
      { by: set({ RedrivePolicy: redrive("deader") }), inputs: { redrivePolicy: redrive("deader") } },
      { by: set({ RedriveAllowPolicy: byQueue("two") }), inputs: { redriveAllowPolicy: byQueue("two") } },
      { by: set({ KmsMasterKeyId: "1234" }), inputs: { kmsMasterKeyId: "1234" } },
      {
        by: (stage) => stage.call("sqs", "TagQueue", { QueueUrl: url(), Tags: { owner: "ops" } }),
        inputs: { tags: { team: "data", owner: "ops" } },
      },
      {
        by: (stage) => stage.call("sqs", "UntagQueue", { QueueUrl: url(), TagKeys: ["team"] }),
        inputs: { tags: {} },
      },
    ],
  },
  {
    token: queue,
    inputs: () => ({ name: "orders", kmsMasterKeyId: "1234", kmsDataKeyReusePeriodSeconds: 600 }),
    same: [{ kmsDataKeyReusePeriodSeconds: undefined }],
    updates: [
      { inputs: { kmsDataKeyReusePeriodSeconds: 900 }, diffs: ["kmsDataKeyReusePeriodSeconds"] },
      { inputs: { kmsMasterKeyId: "5678" }, diffs: ["kmsMasterKeyId"] },
      { inputs: { kmsMasterKeyId: undefined }, diffs: ["kmsMasterKeyId"] },
      {
        inputs: { kmsMasterKeyId: undefined, sqsManagedSseEnabled: true },
        diffs: ["kmsMasterKeyId", "sqsManagedSseEnabled"],
      },
    ],
    drifts: [{ by: set({ KmsDataKeyReusePeriodSeconds: "60" }), inputs: { kmsDataKeyReusePeriodSeconds: 60 } }],
  },
  {
    token: queue,
    inputs: () => ({ sqsManagedSseEnabled: false }),
    same: [{ sqsManagedSseEnabled: undefined }, { visibilityTimeoutSeconds: 30 }],
    updates: [{ inputs: { sqsManagedSseEnabled: true }, diffs: ["sqsManagedSseEnabled"] }],
    replacements: [{ inputs: { name: "orders" }, replaces: ["name"] }],
    drifts: [
      {
        by: (stage, { id }) =>
          stage.call("sqs", "SetQueueAttributes", { QueueUrl: id, Attributes: { SqsManagedSseEnabled: "true" } }),
        inputs: { sqsManagedSseEnabled: true },
      },
      {
        by: (stage, { id }) => stage.call("sqs", "TagQueue", { QueueUrl: id, Tags: { owner: "ops" } }),
        inputs: { tags: { owner: "ops" } },
      },
    ],
  },
  ...[one, JSON.stringify(one)].map(
    (given): ResourceSample => ({
      token: "aws:sqs/queuePolicy:QueuePolicy",
      inputs: async (stage) => ({ queueUrl: (await makeQueue(stage, "orders")).id, policy: given }),
      same: [{ policy: same }, { policy: JSON.stringify(same) }],
      updates: [
        { inputs: { policy: other }, diffs: ["policy"] },
        { inputs: { policy: JSON.stringify(other) }, diffs: ["policy"] },
      ],
      replacements: [{ inputs: { queueUrl: url("others") }, replaces: ["queueUrl"] }],
      drifts: [{ by: set({ Policy: JSON.stringify(other) }), inputs: { policy: JSON.stringify(other) } }],
    }),
  ),
];
