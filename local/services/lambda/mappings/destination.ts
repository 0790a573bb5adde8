import type { CallVerdict } from "../../../kernel/calls.ts";
import { NotSupportedError } from "../../../kernel/errors.ts";
import { type Place, placeOf } from "../../../kernel/place.ts";
import type { Ports } from "../../../kernel/ports.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { AuthorizationRequest } from "../../../kernel/service.ts";

/** The message about a failed batch. */
export interface FailureMessage {
  /** Key of the object, in a bucket. */
  readonly key: string;
  /** The failure, and the positions of its records. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The event, for a bucket only. */
  readonly payload: string;
}

/** The role that writes, and its mapping. */
export interface Writer extends Place {
  readonly principal: Principal;
  readonly uuid: string;
}

/** A kind of on-failure destination: its ARN's form, its permission check and its write call. */
interface DestinationKind {
  readonly arn: RegExp;
  /** Names of the service and the resource in AWS's errors. */
  readonly label: string;
  readonly noun: string;
  /** IAM's verdict on a write by the role: CreateEventSourceMapping checks it. */
  mayWrite(ports: Ports, arn: string, writer: Writer): CallVerdict;
  /** Throws AwsError when the destination refuses the message. */
  send(ports: Ports, arn: string, principal: Principal, region: string, message: FailureMessage): Promise<unknown>;
}

const lastPart = (arn: string): string => arn.split(":").at(-1) ?? "";

/** A queue's URL; SQS reads account and name from it, and ignores the host. */
function queueUrl(arn: string): string {
  const [, , , , accountId, name] = arn.split(":");
  return `/${accountId}/${name}`;
}

const sendMessage = (arn: string, MessageBody: string) => ({
  service: "sqs",
  operation: "SendMessage",
  params: { QueueUrl: queueUrl(arn), MessageBody },
});

const publish = (TopicArn: string, Message: string) => ({
  service: "sns",
  operation: "Publish",
  params: { TopicArn, Message },
});

const bucket: DestinationKind = {
  arn: /^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$/,
  label: "S3",
  noun: "bucket",
  mayWrite(ports, arn, { uuid, ...caller }) {
    const Bucket = lastPart(arn);
    const write = { service: "s3", operation: "PutObject", params: { Bucket, Key: uuid, Body: Buffer.alloc(0) } };
    const list = { service: "s3", operation: "ListObjectsV2", params: { Bucket } };
    // AWS refuses a role that is limited to aws/lambda/, although its object keys begin with that.
    const verdicts = [write, list].map((request) => ports.calls.mayCall({ ...request, ...caller }));
    // AWS documents a check of these two permissions only, not of the bucket's KMS key.
    const ofS3 = (requests: readonly AuthorizationRequest[]) =>
      requests.filter(({ action }) => action.startsWith("s3:"));
    return {
      asked: verdicts.flatMap(({ asked }) => ofS3(asked)),
      refused: verdicts.flatMap(({ refused }) => ofS3(refused)),
    };
  },
  send: (ports, arn, principal, region, { key, metadata, payload }) =>
    ports.calls.call({
      service: "s3",
      operation: "PutObject",
      params: { Bucket: lastPart(arn), Key: key, Body: Buffer.from(JSON.stringify({ ...metadata, payload })) },
      principal,
      region,
    }),
};

const queue: DestinationKind = {
  arn: /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]+$/,
  label: "SQS",
  noun: "queue",
  mayWrite: (ports, arn, { uuid: _, ...caller }) =>
    ports.calls.mayCall({ ...sendMessage(arn, "{}"), ...caller, region: placeOf(arn).region }),
  send: (ports, arn, principal, _region, { metadata }) =>
    ports.calls.call({
      ...sendMessage(arn, JSON.stringify(metadata)),
      principal,
      region: placeOf(arn).region,
    }),
};

const topic: DestinationKind = {
  arn: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
  label: "SNS",
  noun: "topic",
  mayWrite: (ports, arn, { uuid: _, ...caller }) =>
    ports.calls.mayCall({ ...publish(arn, "{}"), ...caller, region: placeOf(arn).region }),
  send: (ports, arn, principal, _region, { metadata }) =>
    ports.calls.call({
      ...publish(arn, JSON.stringify(metadata)),
      principal,
      region: placeOf(arn).region,
    }),
};

/**
 * The kind of destination that an ARN names. Throws NotSupportedError unless it is a bucket, a standard queue or a
 * standard topic.
 */
export function destinationKindOf(arn: string): DestinationKind {
  const kind = [bucket, queue, topic].find((each) => each.arn.test(arn));
  if (kind) return kind;
  throw new NotSupportedError(
    `the on-failure destination ${arn}`,
    "ARNs of S3 buckets, of standard SQS queues and of standard SNS topics",
  );
}
