import { AwsError } from "../../kernel/errors.ts";
import { MAX_CONSUMERS } from "./limits.ts";
import type { KinesisStream } from "./stream.ts";

const CONSUMERS_PER_LIST = 100;

/** A consumer that is registered for enhanced fan-out. Nothing is pushed to it here: SubscribeToShard is refused by name. */
export interface StreamConsumer {
  readonly name: string;
  readonly arn: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly createdAt: number;
  tags: Readonly<Record<string, string>>;
}

/** Registers a consumer; throws ResourceInUseException when the name is taken, LimitExceededException for one too many. */
export function registerConsumer(
  stream: KinesisStream,
  name: string,
  tags: Readonly<Record<string, string>>,
  now: number,
): StreamConsumer {
  if (stream.consumers.has(name)) {
    throw new AwsError(
      "ResourceInUseException",
      `Consumer ${name} under stream ${stream.name} already exists for account ${stream.accountId}.`,
    );
  }
  if (stream.consumers.size >= MAX_CONSUMERS) {
    throw new AwsError(
      "LimitExceededException",
      `Stream ${stream.name} under account ${stream.accountId} has ${MAX_CONSUMERS} consumers, the most that a stream can have.`,
    );
  }
  const consumer = { name, arn: `${stream.arn}/consumer/${name}:${Math.floor(now / 1000)}`, createdAt: now, tags };
  stream.consumers.set(name, consumer);
  return consumer;
}

/** The consumer with this name or ARN (both, when both are given); throws ResourceNotFoundException. */
export function requireConsumer(
  stream: KinesisStream,
  address: { readonly name: string | undefined; readonly arn: string | undefined },
): StreamConsumer {
  const found = [...stream.consumers.values()].find(
    ({ name, arn }) =>
      (address.name === undefined || address.name === name) && (address.arn === undefined || address.arn === arn),
  );
  if (found) return found;
  throw new AwsError(
    "ResourceNotFoundException",
    `Consumer ${address.name ?? address.arn} under stream ${stream.name} not found for account ${stream.accountId}.`,
  );
}

/** What RegisterStreamConsumer and ListStreamConsumers show of a consumer. */
export function describeConsumer({ name, arn, createdAt }: StreamConsumer) {
  return {
    ConsumerName: name,
    ConsumerARN: arn,
    ConsumerStatus: "ACTIVE",
    ConsumerCreationTimestamp: createdAt / 1000,
  };
}

/** ListStreamConsumers' answer: by name. */
export function listConsumers(
  stream: KinesisStream,
  params: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
) {
  const start = params.NextToken === undefined ? "" : Buffer.from(params.NextToken, "base64").toString("utf8");
  const rest = [...stream.consumers.values()]
    .filter(({ name }) => name > start)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = rest.slice(0, params.MaxResults ?? CONSUMERS_PER_LIST);
  const last = page.at(-1);
  return {
    Consumers: page.map(describeConsumer),
    ...(last && page.length < rest.length ? { NextToken: Buffer.from(last.name).toString("base64") } : {}),
  };
}

/** The stream's ARN in the ARN of one of its consumers. */
export function streamArnOf(consumerArn: string): string {
  return consumerArn.split("/consumer/")[0] ?? "";
}
