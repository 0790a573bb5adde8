import type { Context, DynamoDBStreamEvent } from "aws-lambda";
import type { StreamBatchResponse } from "../shared/batch-response.ts";
import { systemClock } from "../shared/clock.ts";
import { embeddedMetrics } from "../shared/embedded-metrics.ts";
import type { Environment } from "../shared/environment.ts";
import { loadOnce } from "../shared/load-once.ts";
import { createS3ObjectStore } from "../shared/object-store.ts";
import { createLog } from "../shared/structured-log.ts";
import { archive } from "./archive.ts";
import { readArchiverConfig } from "./config.ts";
import type { DeliveryStream } from "./ports.ts";

/** The archiver as Lambda calls it. */
export type ArchiverHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<StreamBatchResponse>;

/** Loaded while the environment is initialized, in a file of its own: the first batch needs it. */
const firehose = import("./adapters/firehose-delivery-stream.ts");

const print = (line: string): void => console.log(line);

/**
 * Binds environment, clients and clock. The clients are shared by all invocations in the container.
 * @throws EnvironmentError
 */
export function createHandler(environment: Environment): ArchiverHandler {
  const config = readArchiverConfig(environment);
  const functionName = environment["AWS_LAMBDA_FUNCTION_NAME"] ?? "tributary-archiver";
  const opened = loadOnce(async () => (await firehose).openFirehoseDeliveryStream(config.deliveryStreamName));
  const deliveryStream: DeliveryStream = { put: async (records, signal) => (await opened()).put(records, signal) };
  const store = createS3ObjectStore(config.archiveBucket);

  return (event, context) => {
    const first = event.Records[0];
    const batch = {
      requestId: context.awsRequestId,
      stream: first?.eventSourceARN,
      firstSequenceNumber: first?.dynamodb?.SequenceNumber,
      lastSequenceNumber: event.Records.at(-1)?.dynamodb?.SequenceNumber,
    };
    return archive(event, config.options, {
      deliveryStream,
      store,
      clock: systemClock,
      random: Math.random,
      remainingMs: () => context.getRemainingTimeInMillis(),
      log: createLog(batch, print),
      emitMetrics: (values) =>
        print(
          embeddedMetrics({
            namespace: config.metricsNamespace,
            dimensions: { FunctionName: functionName },
            at: systemClock.now(),
            values,
            properties: batch,
          }),
        ),
    });
  };
}

let bound: ArchiverHandler | undefined;

/** Lambda's entry point. */
export const handler: ArchiverHandler = async (event, context) => {
  bound ??= createHandler(process.env);
  return bound(event, context);
};
