import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BundledFunction } from "../bundled-function/bundled-function.ts";
import { refuse } from "../checks.ts";
import { mappingDefaults } from "../defaults/lambda.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import { child, childComponent, type Scope } from "../scope.ts";
import type { StreamConsumerArgs, StreamConsumerNodes, StreamConsumerOptions } from "./args.ts";
import { problems, recordAge } from "./checks.ts";
import { createAlarms } from "./create-alarms.ts";
import { onFailureStatements, readStreamStatements } from "./statements.ts";

/**
 * The edge between a stream and code: a function with the permissions to read the stream, the event source mapping, and
 * the destination of failed batches.
 *
 * @example
 * ```ts
 * import { resolve } from "node:path";
 * import { PrivateBucket } from "../components/private-bucket/private-bucket.ts";
 * import { StreamConsumer } from "../components/stream-consumer/stream-consumer.ts";
 *
 * const failures = new PrivateBucket("audit-failures");
 * new StreamConsumer("audit", {
 *   source: "kinesis",
 *   streamArn: "arn:aws:kinesis:us-east-1:111111111111:stream/orders",
 *   streamRetentionSeconds: 48 * 3600,
 *   onFailure: { bucketArn: failures.bucketArn },
 *   function: { entry: resolve("functions/audit/handler.ts") },
 * });
 * ```
 */
export class StreamConsumer extends pulumi.ComponentResource {
  public readonly functionName: pulumi.Output<string>;
  public readonly functionArn: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  /** The mapping's UUID. */
  public readonly mappingId: pulumi.Output<string>;
  public readonly nodes: StreamConsumerNodes;

  constructor(name: string, args: StreamConsumerArgs, opts: StreamConsumerOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:streaming:StreamConsumer", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: Scope = { component: this, name };
    const consumer = childComponent(scope, transform.function, "function", BundledFunction, {
      ...args.function,
      statements: [...consumerStatements(this, args), ...(args.function.statements ?? [])],
    });
    const mapping = child(
      scope,
      transform.mapping,
      "mapping",
      aws.lambda.EventSourceMapping,
      mappingArgs(args, consumer),
      {
        // Lambda checks the role's permissions when the mapping is made.
        dependsOn: [consumer.nodes.policy],
        // Lambda allows one mapping between a stream and a function, and cannot change its starting position.
        deleteBeforeReplace: true,
      },
    );
    const alarms = createAlarms(scope, args, transform, consumer.functionName);

    this.functionName = consumer.functionName;
    this.functionArn = consumer.functionArn;
    this.roleArn = consumer.roleArn;
    this.mappingId = mapping.uuid;
    this.nodes = { function: consumer, mapping, ...alarms };
    this.registerOutputs({ functionName: this.functionName, roleArn: this.roleArn, mappingId: this.mappingId });
  }
}

function consumerStatements(consumer: StreamConsumer, args: StreamConsumerArgs): PolicyStatement[] {
  const reading = readStreamStatements(args.source, args.streamArn, args.streamKmsKeyArn);
  if (args.onFailure === undefined) return reading;
  const { accountId } = aws.getCallerIdentityOutput({}, { parent: consumer });
  return [...reading, ...onFailureStatements(args.onFailure, accountId)];
}

function mappingArgs(args: StreamConsumerArgs, consumer: BundledFunction): aws.lambda.EventSourceMappingArgs {
  const defaults = mappingDefaults;
  const { reading = {} } = args;
  return {
    eventSourceArn: args.streamArn,
    functionName: consumer.functionArn,
    batchSize: reading.batchSize ?? defaults.batchSize,
    maximumBatchingWindowInSeconds: reading.batchWindowSeconds ?? defaults.maximumBatchingWindowInSeconds,
    parallelizationFactor: reading.parallelization ?? defaults.parallelizationFactor,
    maximumRetryAttempts: reading.retryAttempts ?? defaults.maximumRetryAttempts,
    maximumRecordAgeInSeconds: recordAge(args),
    bisectBatchOnFunctionError: defaults.bisectBatchOnFunctionError,
    startingPosition: reading.startingPosition ?? defaults.startingPosition,
    functionResponseTypes: [...defaults.functionResponseTypes],
    enabled: reading.enabled ?? defaults.enabled,
    ...(args.onFailure === undefined
      ? {}
      : { destinationConfig: { onFailure: { destinationArn: args.onFailure.bucketArn } } }),
  };
}
