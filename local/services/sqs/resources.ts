import { z } from "zod";
import { jsonText, resourcePolicyDocument, resourcePolicyText } from "../../accounts/policy-argument.ts";
import { isAwsManagedKey } from "../../kernel/kms.ts";
import { asJson, asPolicy } from "../../resource-types/canonical.ts";
import { conflict, withCrossChecks } from "../../resource-types/cross-checks.ts";
import { define, goneError } from "../../resource-types/define.ts";
import { refused } from "../../resource-types/refused.ts";
import type { Properties, ResourceContext, ResourceType } from "../../resource-types/resource-type.ts";
import { tagMap } from "../../resource-types/tags.ts";
import {
  DEFAULT_KEY_REUSE_SECONDS,
  DEFAULT_MESSAGE_BYTES,
  DEFAULT_RETENTION_SECONDS,
  DEFAULT_VISIBILITY_SECONDS,
  MAX_DELAY_SECONDS,
  MAX_KEY_REUSE_SECONDS,
  MAX_MESSAGE_BYTES,
  MAX_RETENTION_SECONDS,
  MAX_VISIBILITY_SECONDS,
  MAX_WAIT_SECONDS,
  MIN_KEY_REUSE_SECONDS,
  MIN_MESSAGE_BYTES,
  MIN_RETENTION_SECONDS,
} from "./limits.ts";
import { Queue, type QueueSettings } from "./queue.ts";
import { readQueuePolicy } from "./queue-policy.ts";
import { ownAlias } from "./queue-settings.ts";
import { parseRedriveAllowPolicy, parseRedrivePolicy } from "./redrive.ts";
import type { SqsStore } from "./store.ts";

const FIFO = "the local cloud has standard queues only, no FIFO queues";
const notFifo = z.literal(false, { error: FIFO }).default(false);
const integer = (min: number, max: number) => z.number().int().min(min).max(max);

const ownInputs = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]{1,80}(\.fifo)?$/, "must be 1 to 80 letters, digits, hyphens and underscores")
    .refine((name) => !name.endsWith(".fifo"), { error: ({ input }) => `${FIFO} (${input})` }),
  delaySeconds: integer(0, MAX_DELAY_SECONDS).default(0),
  maxMessageSize: integer(MIN_MESSAGE_BYTES, MAX_MESSAGE_BYTES).default(DEFAULT_MESSAGE_BYTES),
  messageRetentionSeconds: integer(MIN_RETENTION_SECONDS, MAX_RETENTION_SECONDS).default(DEFAULT_RETENTION_SECONDS),
  receiveWaitTimeSeconds: integer(0, MAX_WAIT_SECONDS).default(0),
  visibilityTimeoutSeconds: integer(0, MAX_VISIBILITY_SECONDS).default(DEFAULT_VISIBILITY_SECONDS),
  policy: resourcePolicyText.optional(),
  redrivePolicy: jsonText.optional(),
  redriveAllowPolicy: jsonText.optional(),
  kmsMasterKeyId: z
    .string()
    .refine((keyId) => !keyId.includes("alias/") || isAwsManagedKey(keyId), {
      error: ({ input }) => `the local cloud does not support ${ownAlias(String(input))}`,
    })
    .optional(),
  kmsDataKeyReusePeriodSeconds: integer(MIN_KEY_REUSE_SECONDS, MAX_KEY_REUSE_SECONDS).optional(),
  sqsManagedSseEnabled: z.boolean().optional(),
  fifoQueue: notFifo,
  contentBasedDeduplication: notFifo,
  deduplicationScope: refused(FIFO),
  fifoThroughputLimit: refused(FIFO),
  tags: tagMap.optional(),
});

const queueInputs = withCrossChecks(ownInputs, (values) => conflict(values, "kmsMasterKeyId", "sqsManagedSseEnabled"));

type QueueInputs = z.infer<typeof queueInputs>;

/** @param current what stays when the program says nothing: the aws provider leaves these as they are. */
function settingsOf(inputs: QueueInputs, current?: QueueSettings): QueueSettings {
  const { redrivePolicy, redriveAllowPolicy } = inputs;
  const kmsMasterKeyId = inputs.kmsMasterKeyId || undefined;
  return {
    delaySeconds: inputs.delaySeconds,
    maxMessageBytes: inputs.maxMessageSize,
    retentionSeconds: inputs.messageRetentionSeconds,
    receiveWaitSeconds: inputs.receiveWaitTimeSeconds,
    visibilitySeconds: inputs.visibilityTimeoutSeconds,
    redrivePolicy: redrivePolicy ? parseRedrivePolicy(redrivePolicy) : current?.redrivePolicy,
    redriveAllowPolicy: redriveAllowPolicy ? parseRedriveAllowPolicy(redriveAllowPolicy) : current?.redriveAllowPolicy,
    kmsMasterKeyId,
    kmsDataKeyReuseSeconds:
      inputs.kmsDataKeyReusePeriodSeconds ?? current?.kmsDataKeyReuseSeconds ?? DEFAULT_KEY_REUSE_SECONDS,
    isSqsManagedSse: kmsMasterKeyId === undefined && (inputs.sqsManagedSseEnabled ?? current?.isSqsManagedSse ?? true),
    tags: inputs.tags ?? {},
  };
}

function outputsOf(queue: Queue, state: Properties, context: ResourceContext<SqsStore>): Properties {
  const { settings } = queue;
  const isImport = Object.keys(state).length === 0;
  return {
    arn: queue.arn,
    contentBasedDeduplication: false,
    delaySeconds: settings.delaySeconds,
    fifoQueue: false,
    kmsDataKeyReusePeriodSeconds: settings.kmsDataKeyReuseSeconds,
    kmsMasterKeyId: settings.kmsMasterKeyId,
    maxMessageSize: settings.maxMessageBytes,
    messageRetentionSeconds: settings.retentionSeconds,
    name: queue.name,
    policy: queue.policy?.text ?? "",
    receiveWaitTimeSeconds: settings.receiveWaitSeconds,
    redriveAllowPolicy: settings.redriveAllowPolicy?.text ?? "",
    redrivePolicy: settings.redrivePolicy?.text ?? "",
    region: queue.region,
    // A program gives a key or this: an import that found both would be one that no program may write.
    sqsManagedSseEnabled: settings.kmsMasterKeyId && isImport ? undefined : settings.isSqsManagedSse,
    tags: settings.tags,
    url: context.store.urlOf(queue),
    visibilityTimeoutSeconds: settings.visibilitySeconds,
  };
}

/** The queue with this id, which is its URL; its host may be that of an earlier run. */
function findQueue(id: string, context: ResourceContext<SqsStore>): Queue | undefined {
  const { store } = context;
  return store.find(store.arnOfUrl(id, context));
}

function requireQueue(id: string, context: ResourceContext<SqsStore>): Queue {
  const queue = findQueue(id, context);
  if (!queue) throw goneError(`The queue ${id}`, "QueueDoesNotExist");
  return queue;
}

const queueType = define<QueueInputs, SqsStore>({
  token: "aws:sqs/queue:Queue",
  inputs: queueInputs,
  autoName: { property: "name", maxLength: 80 },
  replaceOn: ["name"],
  computed: ["arn", "url"],
  optionalComputed: [
    "kmsDataKeyReusePeriodSeconds",
    "policy",
    "redriveAllowPolicy",
    "redrivePolicy",
    "sqsManagedSseEnabled",
  ],
  recomputed: { sqsManagedSseEnabled: ["kmsMasterKeyId"] },
  canonical: { policy: asPolicy, redrivePolicy: asJson, redriveAllowPolicy: asJson },
  // Without a KMS key there is no data key: SQS does not keep the period, and the real provider does not read it.
  suppressDiffs: (_changed, _olds, news) => (news["kmsMasterKeyId"] ? [] : ["kmsDataKeyReusePeriodSeconds"]),
  make(inputs, { store, accountId, region }) {
    const now = store.ports.clock.now();
    const queue = new Queue({ accountId, region, name: inputs.name, now, settings: settingsOf(inputs) });
    if (inputs.policy) queue.policy = readQueuePolicy(store.ports.roles, inputs.policy);
    store.add(queue);
    return store.urlOf(queue);
  },
  find(id, state, context) {
    const queue = findQueue(id, context);
    return queue && outputsOf(queue, state, context);
  },
  change(id, inputs, context) {
    const queue = requireQueue(id, context);
    const policy = inputs.policy ? readQueuePolicy(context.store.ports.roles, inputs.policy) : queue.policy;
    context.store.change(queue, settingsOf(inputs, queue.settings));
    queue.policy = policy;
  },
  remove: (id, context) => context.store.remove(requireQueue(id, context)),
});

const policyInputs = z.strictObject({ queueUrl: z.string(), policy: resourcePolicyDocument });

function setPolicy({ queueUrl, policy }: z.infer<typeof policyInputs>, context: ResourceContext<SqsStore>): string {
  requireQueue(queueUrl, context).policy = readQueuePolicy(context.store.ports.roles, policy);
  return queueUrl;
}

const queuePolicyType = define<z.infer<typeof policyInputs>, SqsStore>({
  token: "aws:sqs/queuePolicy:QueuePolicy",
  inputs: policyInputs,
  replaceOn: ["queueUrl"],
  computed: [],
  canonical: { policy: asPolicy },
  isPut: true,
  make: setPolicy,
  find(id, _state, context) {
    const policy = findQueue(id, context)?.policy;
    return policy && { queueUrl: id, policy: policy.text };
  },
  change: (_id, inputs, context) => void setPolicy(inputs, context),
  remove(id, context) {
    requireQueue(id, context).policy = undefined;
  },
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, SqsStore>[] = [queueType, queuePolicyType];
