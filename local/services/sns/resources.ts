import { z } from "zod";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import { isAwsManagedKey } from "../kinesis/kms.ts";
import { subscriptionType } from "./subscription-resource.ts";
import { Topic, type TopicSettings } from "./topic.ts";
import { readTopicPolicy } from "./topic-policy.ts";

const FIFO = "the local cloud has standard topics only, no FIFO topics";
const notFifo = z.literal(false, { error: FIFO }).default(false);

const topicInputs = z.strictObject({
  name: z.string().regex(/^[\w-]{1,256}(\.fifo)?$/, "must be 1 to 256 letters, digits, hyphens and underscores"),
  displayName: z.string().max(100).default(""),
  kmsMasterKeyId: z.string().optional(),
  policy: z.string().optional(),
  signatureVersion: z.union([z.literal(1), z.literal(2)]).optional(),
  fifoTopic: notFifo,
  contentBasedDeduplication: notFifo,
  tags: z.record(z.string(), z.string()).optional(),
});

type TopicInputs = z.infer<typeof topicInputs>;

function settingsOf(inputs: TopicInputs, context: ResourceContext): TopicSettings {
  return {
    displayName: inputs.displayName,
    kmsMasterKeyId: inputs.kmsMasterKeyId,
    signatureVersion: inputs.signatureVersion ?? 1,
    tags: tagsAll(inputs.tags, context),
  };
}

function outputsOf(topic: Topic, state: Properties): Properties {
  return {
    ...state,
    arn: topic.arn,
    beginningArchiveTime: "",
    displayName: topic.settings.displayName,
    name: topic.name,
    owner: topic.accountId,
    policy: topic.policyText,
    region: topic.region,
    signatureVersion: topic.settings.signatureVersion,
    tagsAll: topic.settings.tags,
  };
}

function requireTopic(arn: string, { cloud }: ResourceContext): Topic {
  const topic = cloud.services.sns.find(arn);
  if (topic) return topic;
  throw new AwsError(
    "NotFound",
    `The topic ${arn} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
    404,
  );
}

const topicType = defineResourceType<TopicInputs>({
  token: "aws:sns/topic:Topic",
  inputs: topicInputs,
  autoName: { property: "name", maxLength: 256 },
  replaceOn: ["name"],
  check({ name, kmsMasterKeyId }) {
    const failures: { property: string; reason: string }[] = [];
    if (name.endsWith(".fifo")) failures.push({ property: "name", reason: `${FIFO} (${name})` });
    if (kmsMasterKeyId?.includes("alias/") && !isAwsManagedKey(kmsMasterKeyId)) {
      const reason = `the local cloud does not support an alias of a key of your own (${kmsMasterKeyId}); it supports alias/aws/sns, key ids and key ARNs`;
      failures.push({ property: "kmsMasterKeyId", reason });
    }
    return failures;
  },
  create(inputs, context) {
    const settings = settingsOf(inputs, context);
    const { cloud, accountId, region, partition } = context;
    const topic = new Topic({ accountId, region, partition, name: inputs.name, settings });
    if (inputs.policy) topic.policy = readTopicPolicy(cloud, topic, inputs.policy);
    cloud.services.sns.add(topic);
    return { id: topic.arn, outputs: outputsOf(topic, inputs) };
  },
  read(id, state, context) {
    const topic = context.cloud.services.sns.find(id);
    return topic && outputsOf(topic, state);
  },
  update(id, inputs, _olds, context) {
    const topic = requireTopic(id, context);
    const settings = settingsOf(inputs, context);
    if (inputs.policy) topic.policy = readTopicPolicy(context.cloud, topic, inputs.policy);
    topic.settings = settings;
    return outputsOf(topic, inputs);
  },
  delete(id, _state, context) {
    context.cloud.services.sns.remove(id);
  },
});

const policyInputs = z.strictObject({
  arn: z.string(),
  policy: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

const topicPolicyType = defineResourceType<z.infer<typeof policyInputs>>({
  token: "aws:sns/topicPolicy:TopicPolicy",
  inputs: policyInputs,
  replaceOn: ["arn"],
  create(inputs, context) {
    return { id: inputs.arn, outputs: applyPolicy(inputs, context) };
  },
  read: (id, state, context) => (context.cloud.services.sns.find(id)?.policy ? state : undefined),
  update: (_id, inputs, _olds, context) => applyPolicy(inputs, context),
  delete(id, _state, context) {
    const topic = context.cloud.services.sns.find(id);
    if (topic) topic.policy = undefined;
  },
});

function applyPolicy(inputs: z.infer<typeof policyInputs>, context: ResourceContext): Properties {
  const topic = requireTopic(inputs.arn, context);
  topic.policy = readTopicPolicy(context.cloud, topic, inputs.policy);
  return { ...inputs, owner: topic.accountId, region: topic.region };
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [topicType, topicPolicyType, subscriptionType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
