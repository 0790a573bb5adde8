import { AwsError } from "../../kernel/errors.ts";
import { pageAfter } from "../../wire/pages.ts";
import { consumerArn, type StreamConsumer } from "./consumer.ts";
import { MAX_CONSUMERS } from "./limits.ts";
import type { KinesisStream } from "./stream.ts";

const CONSUMERS_PER_LIST = 100;

/** Registers a consumer. @throws AwsError ResourceInUseException when the name is taken, LimitExceededException. */
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
  const consumer = { name, arn: consumerArn(stream.arn, name, now), createdAt: now, tags };
  stream.consumers.set(name, consumer);
  return consumer;
}

/** The consumer with this name or ARN, or both if both are given. @throws AwsError ResourceNotFoundException. */
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

/** A consumer as RegisterStreamConsumer and ListStreamConsumers return it. */
export function describeConsumer({ name, arn, createdAt }: StreamConsumer) {
  return {
    ConsumerName: name,
    ConsumerARN: arn,
    ConsumerStatus: "ACTIVE",
    ConsumerCreationTimestamp: createdAt / 1000,
  };
}

/** The answer of ListStreamConsumers, by name. */
export function listConsumers(
  stream: KinesisStream,
  params: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
) {
  const { NextToken: token = "", MaxResults: limit = CONSUMERS_PER_LIST } = params;
  const after = Buffer.from(token, "base64").toString("utf8");
  const { page, next } = pageAfter([...stream.consumers.values()], { limit, after }, ({ name }) => name);
  const NextToken = next === undefined ? undefined : Buffer.from(next).toString("base64");
  return { Consumers: page.map(describeConsumer), ...(NextToken && { NextToken }) };
}
