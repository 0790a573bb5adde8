import { expect } from "chai";
import type { LambdaFunction } from "../../../../../local/services/lambda/function.ts";
import { allow, type LambdaFixture, readAnyKinesisStream, writeLogs } from "../fixture.ts";

export const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

const readAnyTableStream = allow(
  ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
  "*",
);

/** Reports a record whose text is "bad", and throws for one that is "throw". */
export const consumer = `
  export const handler = async (event) => {
    const texts = event.Records.map((r) => r.kinesis ? Buffer.from(r.kinesis.data, 'base64').toString() : r.dynamodb.NewImage.text.S);
    if (texts.includes('throw')) throw new Error('thrown');
    if (texts.includes('slow')) await new Promise((resolve) => setTimeout(resolve, 40));
    return { batchItemFailures: event.Records.filter((r, i) => texts[i] === 'bad').map((r) => ({ itemIdentifier: r.kinesis.sequenceNumber })) };
  };`;

interface EventRecord {
  readonly kinesis?: { readonly data: string };
  readonly dynamodb?: { readonly NewImage: { readonly text: { readonly S: string } } };
}

/** What the function was invoked with, in order. */
export class Invocations {
  readonly batches: string[][] = [];
  /** Most invocations at once. */
  mostAtOnce = 0;
  #inFlight = 0;

  constructor(lambda: LambdaFunction) {
    const invoke = lambda.invoke.bind(lambda);
    lambda.invoke = async (payload, options) => {
      const { Records } = JSON.parse(payload) as { Records: readonly EventRecord[] };
      this.batches.push(Records.map(textOf));
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#inFlight);
      return invoke(payload, options).finally(() => this.#inFlight--);
    };
  }
}

function textOf({ kinesis, dynamodb }: EventRecord): string {
  return kinesis ? Buffer.from(kinesis.data, "base64").toString() : (dynamodb?.NewImage.text.S ?? "");
}

type Statement = Parameters<LambdaFixture["role"]>[1][number];

/** Makes the function "consumer", whose role may read any stream and what `statements` add. */
export async function makeConsumer(
  fixture: LambdaFixture,
  statements: readonly Statement[] = [],
): Promise<Invocations> {
  const all = [readAnyKinesisStream, readAnyTableStream, writeLogs, ...statements];
  const role = await fixture.role("consumer-role", all);
  const { arn } = await fixture.function("consumer", consumer, { role, timeout: 10 });
  return new Invocations(fixture.cloud.services.lambda.store.findFunction(String(arn))!);
}

/** Resolves when everything was delivered or given up. */
export async function settle(fixture: LambdaFixture): Promise<void> {
  await fixture.cloud.clock.whenIdle();
  expect(fixture.cloud.services.lambda.store.isCaughtUp()).to.equal(true);
  expect(
    [...fixture.cloud.services.lambda.store.pendingRecords().values()].reduce((sum, count) => sum + count, 0),
  ).to.equal(0);
}
