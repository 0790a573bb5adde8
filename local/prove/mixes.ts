import { Random } from "../sample/random.ts";

/** A fault's range of rates in percent, and the share of seeds whose mix contains it. */
interface MixPart {
  readonly fault: string;
  readonly percent: readonly [number, number];
  readonly share: number;
}

const parts: readonly MixPart[] = [
  { fault: "execute-api:Request throttle", percent: [1, 10], share: 0.4 },
  { fault: "execute-api:Request reset-before", percent: [1, 10], share: 0.5 },
  { fault: "execute-api:Request reset-after", percent: [1, 10], share: 0.6 },
  { fault: "kinesis:PutRecord throttle", percent: [2, 20], share: 0.5 },
  { fault: "kinesis:PutRecord error", percent: [2, 20], share: 0.5 },
  { fault: "kinesis:PutRecords throttle", percent: [2, 20], share: 0.5 },
  { fault: "kinesis:PutRecords partial", percent: [1, 25], share: 0.8 },
  { fault: "kinesis:GetRecords error", percent: [2, 15], share: 0.5 },
  { fault: "dynamodb:BatchWriteItem throttle", percent: [1, 4], share: 0.4 },
  { fault: "dynamodb:BatchWriteItem error", percent: [1, 4], share: 0.4 },
  { fault: "dynamodb:BatchWriteItem partial", percent: [1, 10], share: 0.7 },
  { fault: "dynamodb:BatchWriteItem reset-before", percent: [1, 5], share: 0.4 },
  { fault: "dynamodb:BatchWriteItem reset-after", percent: [1, 5], share: 0.5 },
  { fault: "dynamodb:BatchWriteItem expire", percent: [1, 3], share: 0.4 },
  { fault: "dynamodb:BatchWriteItem latency=5", percent: [1, 10], share: 0.3 },
  { fault: "streams.dynamodb:GetRecords throttle", percent: [2, 15], share: 0.5 },
  { fault: "firehose:PutRecordBatch throttle", percent: [1, 10], share: 0.4 },
  { fault: "firehose:PutRecordBatch partial", percent: [1, 25], share: 0.7 },
  { fault: "firehose:PutRecordBatch reset-after", percent: [1, 10], share: 0.5 },
  { fault: "s3:PutObject error", percent: [5, 40], share: 0.6 },
  { fault: "s3:PutObject reset-after", percent: [5, 40], share: 0.5 },
  { fault: "lambda:Invoke throttle", percent: [1, 8], share: 0.4 },
  { fault: "lambda:Invoke crash-before", percent: [1, 3], share: 0.4 },
  { fault: "lambda:Invoke crash-in", percent: [1, 3], share: 0.4 },
  { fault: "lambda:Invoke crash-after", percent: [1, 3], share: 0.4 },
  { fault: "lambda:Invoke timeout", percent: [1, 2], share: 0.3 },
  { fault: "lambda:Checkpoint lost", percent: [1, 6], share: 0.5 },
];

/**
 * Faults for a limited time. When a function fails at once, the mapping's backoff outlasts the outage, and cloud time
 * skips it. When a function itself retries a failing service, it waits in real time, so these outages are short here;
 * the functions' tests have longer ones with a manual clock.
 */
const outages: readonly {
  readonly fault: string;
  readonly share: number;
  readonly seconds: readonly [number, number];
}[] = [
  { fault: "sts:AssumeRole error", share: 0.15, seconds: [1, 1] },
  { fault: "sts:AssumeRole refuse", share: 0.2, seconds: [10, 300] },
  { fault: "dynamodb:BatchWriteItem missing", share: 0.25, seconds: [10, 300] },
  { fault: "s3:PutObject refuse", share: 0.3, seconds: [10, 300] },
];

/** The mix of faults of a seed, one per line: rates, and outages that start while events are sent. */
export function faultMix(seed: number): string {
  const random = new Random(seed * 7919 + 17);
  const chosen = parts
    .filter(({ share }) => random.chance(share))
    .map(({ fault, percent }) => `${fault} ${random.integer(percent[0], percent[1])}%`);
  const down = outages
    .filter(({ share }) => random.chance(share))
    .map(
      ({ fault, seconds }) =>
        `${fault} from ${random.integer(0, 1500)}ms for ${random.integer(seconds[0], seconds[1])}s`,
    );
  return [...chosen, ...down].join("\n");
}
