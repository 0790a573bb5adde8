import type { AttachedPolicy } from "../../accounts/resource-policy.ts";
import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { isAwsManagedKey } from "../../kernel/kms.ts";
import type { Roles } from "../../kernel/roles.ts";
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
import { parseRedriveAllowPolicy, parseRedrivePolicy } from "./redrive.ts";

type Change = Partial<QueueSettings>;

/** Attributes of FIFO queues. */
const FIFO_ATTRIBUTES = /^(ContentBasedDeduplication|DeduplicationScope|FifoQueue|FifoThroughputLimit)$/;

/** The setting of each attribute; an empty value removes an optional one. */
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
 * A queue's settings and policy after SetQueueAttributes.
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue; NotSupportedError for attributes
 * of FIFO queues.
 */
export function changedAttributes(
  queue: Queue,
  attributes: Readonly<Record<string, string>>,
  roles: Roles,
): { readonly settings: QueueSettings; readonly policy: AttachedPolicy | undefined } {
  const { Policy: policy, ...others } = attributes;
  const changed = Object.entries(others).map(([name, value]) => {
    if (FIFO_ATTRIBUTES.test(name)) throw new NotSupportedError(`the attribute ${name} of a queue`, "standard queues");
    const change = changes[name];
    if (!change) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
    return change(value, name);
  });
  const settings = withOneEncryption(queue.settings, Object.assign({}, ...changed) as Change);
  if (policy === undefined) return { settings, policy: queue.policy };
  return { settings, policy: policy === "" ? undefined : readQueuePolicy(roles, policy) };
}

/** Names an unsupported alias, for a message. */
export function ownAlias(kmsMasterKeyId: string): string {
  return `the alias of a customer managed key (${kmsMasterKeyId}); it supports alias/aws/sqs, key ids and key ARNs`;
}

/** A KMS key switches SSE-SQS off. */
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
