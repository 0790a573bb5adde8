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
import { refused } from "../lambda/refused.ts";
import {
  DEFAULT_MESSAGE_BYTES,
  DEFAULT_RETENTION_SECONDS,
  DEFAULT_VISIBILITY_SECONDS,
  MAX_DELAY_SECONDS,
  MAX_MESSAGE_BYTES,
  MAX_RETENTION_SECONDS,
  MAX_VISIBILITY_SECONDS,
  MAX_WAIT_SECONDS,
  MIN_MESSAGE_BYTES,
  MIN_RETENTION_SECONDS,
} from "./limits.ts";
import { Queue, type QueueSettings } from "./queue.ts";
import { readQueuePolicy } from "./queue-policy.ts";
import { checkRedrive, parseRedriveAllowPolicy, parseRedrivePolicy } from "./redrive.ts";

const FIFO = "the local cloud has standard queues only, no FIFO queues";
const notFifo = z.literal(false, { error: FIFO }).default(false);
const seconds = (max: number, value: number, min = 0) => z.number().int().min(min).max(max).default(value);

const queueInputs = z.strictObject({
  name: z.string().regex(/^[\w-]{1,80}(\.fifo)?$/, "must be 1 to 80 letters, digits, hyphens and underscores"),
  delaySeconds: seconds(MAX_DELAY_SECONDS, 0),
  maxMessageSize: seconds(MAX_MESSAGE_BYTES, DEFAULT_MESSAGE_BYTES, MIN_MESSAGE_BYTES),
  messageRetentionSeconds: seconds(MAX_RETENTION_SECONDS, DEFAULT_RETENTION_SECONDS, MIN_RETENTION_SECONDS),
  receiveWaitTimeSeconds: seconds(MAX_WAIT_SECONDS, 0),
  visibilityTimeoutSeconds: seconds(MAX_VISIBILITY_SECONDS, DEFAULT_VISIBILITY_SECONDS),
  policy: z.string().optional(),
  redrivePolicy: z.string().optional(),
  redriveAllowPolicy: z.string().optional(),
  kmsMasterKeyId: z.string().optional(),
  kmsDataKeyReusePeriodSeconds: seconds(86_400, 300, 60),
  sqsManagedSseEnabled: z.boolean().optional(),
  fifoQueue: notFifo,
  contentBasedDeduplication: notFifo,
  deduplicationScope: refused(FIFO),
  fifoThroughputLimit: refused(FIFO),
  tags: z.record(z.string(), z.string()).optional(),
});

type QueueInputs = z.infer<typeof queueInputs>;

/** @param current what stays when the program says nothing: the aws provider leaves these as they are. */
function settingsOf(inputs: QueueInputs, context: ResourceContext, current?: QueueSettings): QueueSettings {
  const { redrivePolicy, redriveAllowPolicy, kmsMasterKeyId } = inputs;
  return {
    delaySeconds: inputs.delaySeconds,
    maxMessageBytes: inputs.maxMessageSize,
    retentionSeconds: inputs.messageRetentionSeconds,
    receiveWaitSeconds: inputs.receiveWaitTimeSeconds,
    visibilitySeconds: inputs.visibilityTimeoutSeconds,
    redrivePolicy: redrivePolicy ? parseRedrivePolicy(redrivePolicy) : current?.redrivePolicy,
    redriveAllowPolicy: redriveAllowPolicy ? parseRedriveAllowPolicy(redriveAllowPolicy) : current?.redriveAllowPolicy,
    kmsMasterKeyId,
    kmsDataKeyReuseSeconds: inputs.kmsDataKeyReusePeriodSeconds,
    isSqsManagedSse: inputs.sqsManagedSseEnabled ?? kmsMasterKeyId === undefined,
    tags: tagsAll(inputs.tags, context),
  };
}

function outputsOf(queue: Queue, state: Properties, context: ResourceContext): Properties {
  const { settings } = queue;
  return {
    ...state,
    arn: queue.arn,
    delaySeconds: settings.delaySeconds,
    kmsDataKeyReusePeriodSeconds: settings.kmsDataKeyReuseSeconds,
    maxMessageSize: settings.maxMessageBytes,
    messageRetentionSeconds: settings.retentionSeconds,
    name: queue.name,
    policy: queue.policy?.text ?? "",
    receiveWaitTimeSeconds: settings.receiveWaitSeconds,
    redriveAllowPolicy: settings.redriveAllowPolicy?.text ?? "",
    redrivePolicy: settings.redrivePolicy?.text ?? "",
    region: queue.region,
    sqsManagedSseEnabled: settings.isSqsManagedSse,
    tagsAll: settings.tags,
    url: context.cloud.services.sqs.urlOf(queue),
    visibilityTimeoutSeconds: settings.visibilitySeconds,
  };
}

/** The queue with this id, which is its URL; its host may be that of an earlier run. */
function findQueue(id: string, { cloud, region }: ResourceContext): Queue | undefined {
  return cloud.services.sqs.find(cloud.services.sqs.arnOfUrl(id, region));
}

function requireQueue(id: string, context: ResourceContext): Queue {
  const queue = findQueue(id, context);
  if (queue) return queue;
  throw new AwsError(
    "QueueDoesNotExist",
    `The queue ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
  );
}

function checkSettings(queue: Queue, settings: QueueSettings, { cloud }: ResourceContext): void {
  const policy = settings.redrivePolicy;
  if (policy) checkRedrive(queue, policy, cloud.services.sqs.find(policy.deadLetterTargetArn));
}

const queueType = defineResourceType<QueueInputs>({
  token: "aws:sqs/queue:Queue",
  inputs: queueInputs,
  autoName: { property: "name", maxLength: 80 },
  replaceOn: ["name"],
  check(inputs) {
    const failures: { property: string; reason: string }[] = [];
    const { name, kmsMasterKeyId, sqsManagedSseEnabled } = inputs;
    if (name.endsWith(".fifo")) failures.push({ property: "name", reason: `${FIFO} (${name})` });
    if (kmsMasterKeyId !== undefined && sqsManagedSseEnabled) {
      failures.push({ property: "sqsManagedSseEnabled", reason: "must not be true when kmsMasterKeyId is set" });
    }
    if (kmsMasterKeyId?.includes("alias/") && !isAwsManagedKey(kmsMasterKeyId)) {
      const reason = `the local cloud does not support an alias of a key of your own (${kmsMasterKeyId}); it supports alias/aws/sqs, key ids and key ARNs`;
      failures.push({ property: "kmsMasterKeyId", reason });
    }
    return failures;
  },
  create(inputs, context) {
    const { cloud, accountId, region, partition } = context;
    const settings = settingsOf(inputs, context);
    const queue = new Queue({ accountId, region, partition, name: inputs.name, now: cloud.clock.now(), settings });
    checkSettings(queue, settings, context);
    if (inputs.policy) queue.policy = readQueuePolicy(cloud, inputs.policy);
    cloud.services.sqs.add(queue);
    return { id: cloud.services.sqs.urlOf(queue), outputs: outputsOf(queue, inputs, context) };
  },
  read(id, state, context) {
    const queue = findQueue(id, context);
    return queue && outputsOf(queue, state, context);
  },
  update(id, inputs, _olds, context) {
    const queue = requireQueue(id, context);
    const settings = settingsOf(inputs, context, queue.settings);
    checkSettings(queue, settings, context);
    if (inputs.policy) queue.policy = readQueuePolicy(context.cloud, inputs.policy);
    queue.settings = settings;
    queue.modifiedAt = context.cloud.clock.now();
    return outputsOf(queue, inputs, context);
  },
  delete(id, _state, context) {
    const queue = findQueue(id, context);
    if (queue) context.cloud.services.sqs.remove(queue.arn);
  },
});

const policyInputs = z.strictObject({
  queueUrl: z.string(),
  policy: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

const queuePolicyType = defineResourceType<z.infer<typeof policyInputs>>({
  token: "aws:sqs/queuePolicy:QueuePolicy",
  inputs: policyInputs,
  replaceOn: ["queueUrl"],
  create(inputs, context) {
    requireQueue(inputs.queueUrl, context).policy = readQueuePolicy(context.cloud, inputs.policy);
    return { id: inputs.queueUrl, outputs: { ...inputs, region: context.region } };
  },
  read: (id, state, context) => (findQueue(id, context)?.policy ? state : undefined),
  update(id, inputs, _olds, context) {
    requireQueue(id, context).policy = readQueuePolicy(context.cloud, inputs.policy);
    return { ...inputs, region: context.region };
  },
  delete(id, _state, context) {
    const queue = findQueue(id, context);
    if (queue) queue.policy = undefined;
  },
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [queueType, queuePolicyType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
