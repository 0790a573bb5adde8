import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { isAwsManagedKey } from "../../kernel/kms.ts";
import type { Ports } from "../../kernel/ports.ts";
import {
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
import type { Queue, QueueSettings } from "./queue.ts";
import { readQueuePolicy } from "./queue-policy.ts";
import { checkRedrive, parseRedriveAllowPolicy, parseRedrivePolicy } from "./redrive.ts";

type Change = Partial<QueueSettings>;

/** The queues among which one is changed. */
export interface QueueTable {
  readonly ports: Ports;
  /** The queue with this ARN. */
  find(arn: string): Queue | undefined;
}

/** Attributes of FIFO queues. */
const FIFO_ATTRIBUTES = /^(ContentBasedDeduplication|DeduplicationScope|FifoQueue|FifoThroughputLimit)$/;

/** What each attribute changes; an empty value takes away what can be without. */
const changes: Readonly<Record<string, (value: string, attribute: string) => Change>> = {
  DelaySeconds: (value, attribute) => ({ delaySeconds: integer(value, attribute, 0, MAX_DELAY_SECONDS) }),
  KmsDataKeyReusePeriodSeconds: (value, attribute) => ({
    kmsDataKeyReuseSeconds: integer(value, attribute, MIN_KEY_REUSE_SECONDS, MAX_KEY_REUSE_SECONDS),
  }),
  KmsMasterKeyId: (value) => ({ kmsMasterKeyId: value === "" ? undefined : keyId(value) }),
  MaximumMessageSize: (value, attribute) => ({
    maxMessageBytes: integer(value, attribute, MIN_MESSAGE_BYTES, MAX_MESSAGE_BYTES),
  }),
  MessageRetentionPeriod: (value, attribute) => ({
    retentionSeconds: integer(value, attribute, MIN_RETENTION_SECONDS, MAX_RETENTION_SECONDS),
  }),
  ReceiveMessageWaitTimeSeconds: (value, attribute) => ({
    receiveWaitSeconds: integer(value, attribute, 0, MAX_WAIT_SECONDS),
  }),
  RedriveAllowPolicy: (value) => ({ redriveAllowPolicy: value === "" ? undefined : parseRedriveAllowPolicy(value) }),
  RedrivePolicy: (value) => ({ redrivePolicy: value === "" ? undefined : parseRedrivePolicy(value) }),
  SqsManagedSseEnabled: (value, attribute) => ({ isSqsManagedSse: flag(value, attribute) }),
  VisibilityTimeout: (value, attribute) => ({
    visibilitySeconds: integer(value, attribute, 0, MAX_VISIBILITY_SECONDS),
  }),
};

/**
 * Changes a queue's attributes, as SetQueueAttributes does: all of them or none.
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue; NotSupportedError for attributes of FIFO queues.
 */
export function setQueueAttributes(
  queues: QueueTable,
  queue: Queue,
  attributes: Readonly<Record<string, string>>,
): void {
  const { Policy: policy, ...others } = attributes;
  const changed = Object.entries(others).map(([name, value]) => {
    if (FIFO_ATTRIBUTES.test(name)) throw new NotSupportedError(`the attribute ${name} of a queue`, "standard queues");
    const change = changes[name];
    if (!change) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
    return change(value, name);
  });
  const settings = withOneEncryption(queue.settings, Object.assign({}, ...changed) as Change);
  const stored =
    policy === undefined ? queue.policy : policy === "" ? undefined : readQueuePolicy(queues.ports.roles, policy);
  changeQueue(queues, queue, settings);
  queue.policy = stored;
}

/** Gives a queue these settings. @throws AwsError InvalidParameterValue for a dead-letter queue that cannot be. */
export function changeQueue(queues: QueueTable, queue: Queue, settings: QueueSettings): void {
  checkDeadLetterQueue(queues, queue, settings);
  queue.settings = settings;
  queue.modifiedAt = queues.ports.clock.now();
}

/** Refuses a dead-letter queue that cannot be. @throws AwsError InvalidParameterValue */
export function checkDeadLetterQueue(queues: QueueTable, queue: Queue, { redrivePolicy }: QueueSettings): void {
  if (redrivePolicy) checkRedrive(queue, redrivePolicy, queues.find(redrivePolicy.deadLetterTargetArn));
}

/** What is not supported about an alias of a key that is not AWS's own. */
export function ownAlias(kmsMasterKeyId: string): string {
  return `an alias of a key of your own (${kmsMasterKeyId}); it supports alias/aws/sqs, key ids and key ARNs`;
}

/** A key turns SQS' own encryption off; without one it stays as it was. */
function withOneEncryption(before: QueueSettings, change: Change): QueueSettings {
  if (change.isSqsManagedSse === true && (change.kmsMasterKeyId ?? before.kmsMasterKeyId) !== undefined) {
    throw new AwsError(
      "InvalidAttributeValue",
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
  }
  return { ...before, ...(change.kmsMasterKeyId === undefined ? {} : { isSqsManagedSse: false }), ...change };
}

function integer(value: string, attribute: string, min: number, max: number): number {
  const parsed = Number(value);
  if (/^\d+$/.test(value) && parsed >= min && parsed <= max) return parsed;
  throw invalidValue(attribute, `must be an integer from ${min} to ${max}, not ${JSON.stringify(value)}`);
}

function flag(value: string, attribute: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  throw invalidValue(attribute, `must be true or false, not ${JSON.stringify(value)}`);
}

function keyId(value: string): string {
  if (value.includes("alias/") && !isAwsManagedKey(value)) throw new NotSupportedError(ownAlias(value));
  return value;
}

function invalidValue(attribute: string, reason: string): AwsError {
  return new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${attribute}. Reason: ${reason}.`);
}
