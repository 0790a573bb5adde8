import type { Cloud } from "../../../cloud.ts";
import { NotSupportedError } from "../../../kernel/errors.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { AuthorizationRequest, Call } from "../../../kernel/service.ts";

/** What a failed batch is sent as. */
export interface FailureMessage {
  /** Key of the object, in a bucket. */
  readonly key: string;
  /** What happened, and which records it happened to. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The event as the function got it: for a bucket only. */
  readonly payload: string;
}

/** A kind of on-failure destination: how it is known, asked for and written to. */
interface DestinationKind {
  readonly arn: RegExp;
  /** The service and the resource in AWS's errors. */
  readonly label: string;
  readonly noun: string;
  exists(cloud: Cloud, arn: string): boolean;
  /** What CreateEventSourceMapping asks of the role. */
  requests(call: Call, arn: string, uuid: string): readonly AuthorizationRequest[];
  /** Throws AwsError when the destination does not take it. */
  send(cloud: Cloud, arn: string, principal: Principal, region: string, message: FailureMessage): Promise<unknown>;
}

const lastPart = (arn: string): string => arn.split(":").at(-1) ?? "";

/** A queue's address; SQS goes by account and name, whatever the host. */
function queueUrl(arn: string): string {
  const [, , , , accountId, name] = arn.split(":");
  return `/${accountId}/${name}`;
}

const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

const bucket: DestinationKind = {
  arn: /^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$/,
  label: "S3",
  noun: "bucket",
  exists: ({ services }, arn) => services.s3.findBucket(lastPart(arn)) !== undefined,
  requests(call, arn, uuid) {
    const { s3 } = call.cloud.services;
    const found = s3.findBucket(lastPart(arn));
    if (!found) return [];
    // AWS refuses a role that may write below aws/lambda/ only, though its keys begin so.
    return [s3.ask(call, found, "s3:PutObject", uuid), s3.ask(call, found, "s3:ListBucket")];
  },
  send: (cloud, arn, principal, region, { key, metadata, payload }) =>
    cloud.call({
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
  exists: ({ services }, arn) => services.sqs.find(arn) !== undefined,
  requests: (call, arn) =>
    call.cloud.services.sqs.authorizeSend({ QueueUrl: queueUrl(arn) }, { ...call, region: regionOf(arn) }),
  send: (cloud, arn, principal, _region, { metadata }) =>
    cloud.call({
      service: "sqs",
      operation: "SendMessage",
      params: { QueueUrl: queueUrl(arn), MessageBody: JSON.stringify(metadata) },
      principal,
      region: regionOf(arn),
    }),
};

const topic: DestinationKind = {
  arn: /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
  label: "SNS",
  noun: "topic",
  exists: ({ services }, arn) => services.sns.find(arn) !== undefined,
  requests: (call, arn) => call.cloud.services.sns.authorizePublish(arn),
  send: (cloud, arn, principal, _region, { metadata }) =>
    cloud.call({
      service: "sns",
      operation: "Publish",
      params: { TopicArn: arn, Message: JSON.stringify(metadata) },
      principal,
      region: regionOf(arn),
    }),
};

/** The kind of destination that an ARN names. Throws NotSupportedError for any other than a bucket, a standard queue or a standard topic. */
export function destinationKindOf(arn: string): DestinationKind {
  const kind = [bucket, queue, topic].find((each) => each.arn.test(arn));
  if (kind) return kind;
  throw new NotSupportedError(
    `the on-failure destination ${arn}`,
    "ARNs of S3 buckets, of standard SQS queues and of standard SNS topics",
  );
}
