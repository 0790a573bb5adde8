import { AwsError } from "../../kernel/errors.ts";
import type { Queue } from "./queue.ts";

/** The attributes of a queue as GetQueueAttributes answers them: texts all, and absent where they are not set. */
function attributesOf(queue: Queue, now: number): Record<string, string | undefined> {
  const { settings } = queue;
  const counts = queue.counts(now);
  const hasKey = settings.kmsMasterKeyId !== undefined;
  return {
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    DelaySeconds: String(settings.delaySeconds),
    KmsDataKeyReusePeriodSeconds: hasKey ? String(settings.kmsDataKeyReuseSeconds) : undefined,
    KmsMasterKeyId: settings.kmsMasterKeyId,
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    MaximumMessageSize: String(settings.maxMessageBytes),
    MessageRetentionPeriod: String(settings.retentionSeconds),
    Policy: queue.policy?.text,
    QueueArn: queue.arn,
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWaitSeconds),
    RedriveAllowPolicy: settings.redriveAllowPolicy?.text,
    RedrivePolicy: settings.redrivePolicy?.text,
    SqsManagedSseEnabled: String(settings.isSqsManagedSse),
    VisibilityTimeout: String(settings.visibilitySeconds),
  };
}

/**
 * Those of a queue's attributes that are asked for; `All` is all.
 * @throws AwsError InvalidAttributeName
 */
export function selectAttributes(queue: Queue, names: readonly string[], now: number): Record<string, string> {
  const all = attributesOf(queue, now);
  const unknown = names.find((name) => name !== "All" && !(name in all));
  if (unknown !== undefined) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
  const selected = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && (names.includes("All") || names.includes(entry[0])),
  );
  return Object.fromEntries(selected);
}
