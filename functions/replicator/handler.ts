import type { Context, KinesisStreamEvent } from "aws-lambda";
import { type AssumedRole, createAssumedRole } from "../shared/assumed-role.ts";
import type { StreamBatchResponse } from "../shared/batch-response.ts";
import { systemClock } from "../shared/clock.ts";
import { embeddedMetrics } from "../shared/embedded-metrics.ts";
import type { Environment } from "../shared/environment.ts";
import { loadOnce } from "../shared/load-once.ts";
import { createS3ObjectStore } from "../shared/object-store.ts";
import { createLog, describeError } from "../shared/structured-log.ts";
import { createDirectTableWriter } from "./adapters/direct-table-writer.ts";
import { type ReplicatorConfig, readReplicatorConfig } from "./config.ts";
import type { TableWriter } from "./ports.ts";
import { replicate } from "./replicate.ts";

/** The replicator as Lambda calls it. */
export type ReplicatorHandler = (event: KinesisStreamEvent, context: Context) => Promise<StreamBatchResponse>;

/** Loaded while the environment is initialized, in a file of its own: the first batch needs it. */
const stsSession = import("./adapters/sts-session.ts");

const print = (line: string): void => console.log(line);

/**
 * Binds environment, clients and clock. The clients are shared by all invocations in the container.
 * @throws EnvironmentError
 */
export function createHandler(environment: Environment): ReplicatorHandler {
  const config = readReplicatorConfig(environment);
  const functionName = environment["AWS_LAMBDA_FUNCTION_NAME"] ?? "tributary-replicator";
  const sts = loadOnce(async () => (await stsSession).openSts());
  const role = createAssumedRole({
    assume: async () => (await sts()).assumeRole({ ...config.target, sessionName: functionName }),
    clock: systemClock,
    onEarlyRefreshFailed: (error) =>
      createLog({ functionName }, print).warn("early refresh of the session failed", { ...describeError(error) }),
  });
  const writer = createWriter(config, role);
  const store = createS3ObjectStore(config.parkedBucket);

  return (event, context) => {
    const first = event.Records[0];
    const batch = {
      requestId: context.awsRequestId,
      stream: first?.eventSourceARN,
      shardId: first?.eventID.split(":")[0],
      firstSequenceNumber: first?.kinesis.sequenceNumber,
      lastSequenceNumber: event.Records.at(-1)?.kinesis.sequenceNumber,
    };
    return replicate(event, config.options, {
      writer,
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

function createWriter({ endpoint, target }: ReplicatorConfig, role: AssumedRole): TableWriter {
  if (endpoint !== undefined) return createDirectTableWriter({ ...target, role, endpoint, now: systemClock.now });
  const writer = loadOnce(async () => {
    const { createSdkTableWriter } = await import("./adapters/sdk-table-writer.ts");
    return createSdkTableWriter({ ...target, role });
  });
  return { write: async (items, signal) => (await writer()).write(items, signal) };
}

let bound: ReplicatorHandler | undefined;

/** Lambda's entry point. */
export const handler: ReplicatorHandler = async (event, context) => {
  bound ??= createHandler(process.env);
  return bound(event, context);
};
