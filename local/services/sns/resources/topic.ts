import { z } from "zod";
import { resourcePolicyDocument, resourcePolicyText } from "../../../accounts/policy-argument.ts";
import { isAwsManagedKey } from "../../../kernel/kms.ts";
import { asPolicy } from "../../../resource-types/canonical.ts";
import { define, goneError } from "../../../resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
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
function settingsOf(inputs: TopicInputs, current?: TopicSettings): TopicSettings {
  return {
    displayName: inputs.displayName ?? "",
    kmsMasterKeyId: inputs.kmsMasterKeyId || undefined,
    signatureVersion: inputs.signatureVersion ?? current?.signatureVersion ?? 1,
    tags: inputs.tags ?? {},
  };
}

function outputsOf(topic: Topic): Properties {
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
    tags: topic.settings.tags,
  };
}

function requireTopic(arn: string, { store }: ResourceContext<SnsStore>): Topic {
  const topic = store.find(arn);
  if (!topic) throw goneError(`The topic ${arn}`, "NotFound");
  return topic;
}

/** `aws:sns/topic:Topic`. */
export const topicType = define<TopicInputs, SnsStore>({
  token: "aws:sns/topic:Topic",
  inputs: topicInputs,
  autoName: { property: "name", maxLength: 256 },
  replaceOn: ["name"],
  computed: ["arn", "beginningArchiveTime", "owner"],
  optionalComputed: ["policy", "signatureVersion"],
  canonical: { displayName: asNoneIfEmpty, kmsMasterKeyId: asNoneIfEmpty, policy: asPolicy },
  make(inputs, { store, accountId, region }) {
    const topic = new Topic({ accountId, region, name: inputs.name, settings: settingsOf(inputs) });
    if (inputs.policy) topic.policy = readTopicPolicy(store.ports.roles, topic, inputs.policy);
    store.add(topic);
    return topic.arn;
  },
  find(id, _state, context) {
    const topic = context.store.find(id);
    return topic && outputsOf(topic);
  },
  change(id, inputs, context) {
    const topic = requireTopic(id, context);
    const settings = settingsOf(inputs, topic.settings);
    if (inputs.policy) topic.policy = readTopicPolicy(context.store.ports.roles, topic, inputs.policy);
    topic.settings = settings;
  },
  remove: (id, context) => context.store.remove(context.store.require(id)),
});

const policyInputs = z.strictObject({
  arn: z.string().regex(/^arn:[\w-]+:sns:[a-z0-9-]+:\d{12}:.+$/, "is not the ARN of a topic"),
  policy: resourcePolicyDocument,
});

function policyOutputs(topic: Topic): Properties {
  return { arn: topic.arn, owner: topic.accountId, policy: topic.policyText, region: topic.region };
}

function setPolicy({ arn, policy }: z.infer<typeof policyInputs>, context: ResourceContext<SnsStore>): string {
  const topic = requireTopic(arn, context);
  topic.policy = readTopicPolicy(context.store.ports.roles, topic, policy);
  return arn;
}

/** `aws:sns/topicPolicy:TopicPolicy`. */
export const topicPolicyType = define<z.infer<typeof policyInputs>, SnsStore>({
  token: "aws:sns/topicPolicy:TopicPolicy",
  inputs: policyInputs,
  replaceOn: ["arn"],
  computed: ["owner"],
  canonical: { policy: asPolicy },
  isPut: true,
  make: setPolicy,
  // A topic always has a policy: deleting this one restores AWS's default.
  find(id, _state, { store }) {
    const topic = store.find(id);
    return topic && policyOutputs(topic);
  },
  change: (_id, inputs, context) => void setPolicy(inputs, context),
  remove(id, context) {
    requireTopic(id, context).policy = undefined;
  },
});
