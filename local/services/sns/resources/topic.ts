import { z } from "zod";
import { resourcePolicyDocument, resourcePolicyText } from "../../../accounts/policy-argument.ts";
import { isAwsManagedKey } from "../../../kernel/kms.ts";
import { asPolicy } from "../../../resource-types/canonical.ts";
import { ownTags, tagsAll } from "../../../resource-types/default-tags.ts";
import { goneError } from "../../../resource-types/define.ts";
import { defineResourceType, type Properties, type ResourceContext } from "../../../resource-types/resource-type.ts";
import { tagMap } from "../../../resource-types/tags.ts";
import { MAX_DISPLAY_NAME_CHARACTERS } from "../limits.ts";
import type { SnsStore } from "../store.ts";
import { Topic, type TopicSettings } from "../topic.ts";
import { ownAlias } from "../topic-attributes.ts";
import { readTopicPolicy } from "../topic-policy.ts";

const FIFO = "the local cloud has standard topics only, no FIFO topics";
const notFifo = z.literal(false, { error: FIFO }).default(false);

const topicInputs = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]{1,256}(\.fifo)?$/, "must be 1 to 256 letters, digits, hyphens and underscores")
    .refine((name) => !name.endsWith(".fifo"), { error: ({ input }) => `${FIFO} (${input})` }),
  displayName: z.string().max(MAX_DISPLAY_NAME_CHARACTERS).optional(),
  kmsMasterKeyId: z
    .string()
    .refine((keyId) => !keyId.includes("alias/") || isAwsManagedKey(keyId), {
      error: ({ input }) => `the local cloud does not support ${ownAlias(String(input))}`,
    })
    .optional(),
  policy: resourcePolicyText.optional(),
  signatureVersion: z.literal([1, 2], "must be 1 or 2").optional(),
  fifoTopic: notFifo,
  contentBasedDeduplication: notFifo,
  tags: tagMap.optional(),
});

type TopicInputs = z.infer<typeof topicInputs>;

/** The real provider takes an empty text for none. */
const asNoneIfEmpty = (value: unknown) => (value === "" ? undefined : value);

/** @param current settings that stay when the inputs leave them out, as in the aws provider. */
function settingsOf(inputs: TopicInputs, context: ResourceContext<SnsStore>, current?: TopicSettings): TopicSettings {
  return {
    displayName: inputs.displayName ?? "",
    kmsMasterKeyId: inputs.kmsMasterKeyId || undefined,
    signatureVersion: inputs.signatureVersion ?? current?.signatureVersion ?? 1,
    tags: tagsAll(inputs.tags, context),
  };
}

function outputsOf(topic: Topic, state: Properties, context: ResourceContext<SnsStore>): Properties {
  return {
    arn: topic.arn,
    beginningArchiveTime: "",
    contentBasedDeduplication: false,
    displayName: topic.settings.displayName,
    fifoTopic: false,
    kmsMasterKeyId: topic.settings.kmsMasterKeyId,
    name: topic.name,
    owner: topic.accountId,
    policy: topic.policyText,
    region: topic.region,
    signatureVersion: topic.settings.signatureVersion,
    tags: ownTags(topic.settings.tags, context, state),
    tagsAll: topic.settings.tags,
  };
}

function requireTopic(arn: string, { store }: ResourceContext<SnsStore>): Topic {
  const topic = store.find(arn);
  if (topic) return topic;
  throw goneError(`The topic ${arn}`, "NotFound");
}

/** `aws:sns/topic:Topic`. */
export const topicType = defineResourceType<TopicInputs, SnsStore>({
  token: "aws:sns/topic:Topic",
  inputs: topicInputs,
  autoName: { property: "name", maxLength: 256 },
  replaceOn: ["name"],
  computed: ["arn", "beginningArchiveTime", "owner"],
  optionalComputed: ["policy", "signatureVersion"],
  canonical: { displayName: asNoneIfEmpty, kmsMasterKeyId: asNoneIfEmpty, policy: asPolicy },
  create(inputs, context) {
    const settings = settingsOf(inputs, context);
    const { store, accountId, region, partition } = context;
    const topic = new Topic({ accountId, region, partition, name: inputs.name, settings });
    if (inputs.policy) topic.policy = readTopicPolicy(store.ports.roles, topic, inputs.policy);
    store.add(topic);
    return { id: topic.arn, outputs: outputsOf(topic, inputs, context) };
  },
  read(id, state, context) {
    const topic = context.store.find(id);
    return topic && outputsOf(topic, state, context);
  },
  update(id, inputs, _olds, context) {
    const topic = requireTopic(id, context);
    const settings = settingsOf(inputs, context, topic.settings);
    if (inputs.policy) topic.policy = readTopicPolicy(context.store.ports.roles, topic, inputs.policy);
    topic.settings = settings;
    return outputsOf(topic, inputs, context);
  },
  delete(id, _state, context) {
    context.store.remove(id);
  },
});

const policyInputs = z.strictObject({
  arn: z.string().regex(/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:.+$/, "is not the ARN of a topic"),
  policy: resourcePolicyDocument,
});

function policyOutputs(topic: Topic): Properties {
  return { arn: topic.arn, owner: topic.accountId, policy: topic.policyText, region: topic.region };
}

/** `aws:sns/topicPolicy:TopicPolicy`. */
export const topicPolicyType = defineResourceType<z.infer<typeof policyInputs>, SnsStore>({
  token: "aws:sns/topicPolicy:TopicPolicy",
  inputs: policyInputs,
  replaceOn: ["arn"],
  computed: ["owner"],
  canonical: { policy: asPolicy },
  create(inputs, context) {
    return { id: inputs.arn, outputs: applyPolicy(inputs, context) };
  },
  // A topic always has a policy: deleting this one restores AWS's default.
  read(id, _state, { store }) {
    const topic = store.find(id);
    return topic && policyOutputs(topic);
  },
  update: (_id, inputs, _olds, context) => applyPolicy(inputs, context),
  delete(id, _state, context) {
    const topic = context.store.find(id);
    if (topic) topic.policy = undefined;
  },
});

function applyPolicy(inputs: z.infer<typeof policyInputs>, context: ResourceContext<SnsStore>): Properties {
  const topic = requireTopic(inputs.arn, context);
  topic.policy = readTopicPolicy(context.store.ports.roles, topic, inputs.policy);
  return { ...policyOutputs(topic), policy: inputs.policy };
}
