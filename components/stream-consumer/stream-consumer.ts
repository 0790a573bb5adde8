import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BundledFunction } from "../bundled-function/bundled-function.ts";
import { oneOf, refuse, wholeNumber } from "../checks.ts";
import { TABLE_STREAM_RETENTION_SECONDS } from "../defaults/dynamodb.ts";
import { mappingDefaults, mappingLimits, StartingPosition } from "../defaults/lambda.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import { transformed } from "../transform.ts";
import { type StreamConsumerArgs, type StreamConsumerNodes, type StreamConsumerOptions, StreamSource } from "./args.ts";
import { onFailureStatements, readStreamStatements } from "./statements.ts";

/** The edge between a stream and code: a function, what it needs to read the stream, the mapping, and where failed batches go. */
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

    const consumer = new BundledFunction(
      `${name}-function`,
      { ...args.function, statements: [...consumerStatements(this, args), ...(args.function.statements ?? [])] },
      { parent: this, transform: transform.function },
    );
    const mapping = new aws.lambda.EventSourceMapping(
      ...transformed(transform.mapping, `${name}-mapping`, mappingArgs(args, consumer), {
        parent: this,
        // Lambda checks the role's permissions when the mapping is made.
        dependsOn: [consumer.nodes.policy],
      }),
    );

    this.functionName = consumer.functionName;
    this.functionArn = consumer.functionArn;
    this.roleArn = consumer.roleArn;
    this.mappingId = mapping.uuid;
    this.nodes = { function: consumer, mapping };
    this.registerOutputs({ functionName: this.functionName, roleArn: this.roleArn, mappingId: this.mappingId });
  }
}

/** Share of a stream's retention after which a record is given up, so that it reaches the on-failure destination before it expires. */
const RECORD_AGE_SHARE_OF_RETENTION = 0.8;

function retentionSeconds(args: StreamConsumerArgs): number | undefined {
  return (
    args.streamRetentionSeconds ?? (args.source === StreamSource.DynamoDb ? TABLE_STREAM_RETENTION_SECONDS : undefined)
  );
}

function recordAge(args: StreamConsumerArgs): number {
  if (args.maximumRecordAgeSeconds !== undefined) return args.maximumRecordAgeSeconds;
  const retention = retentionSeconds(args);
  if (retention === undefined || args.onFailure === undefined) return mappingLimits.forever;
  return Math.min(Math.floor(retention * RECORD_AGE_SHARE_OF_RETENTION), mappingLimits.recordAgeSeconds.max);
}

function problems(args: StreamConsumerArgs) {
  const { batchSize, batchWindowSeconds, parallelization, retryAttempts, recordAgeSeconds, forever } = mappingLimits;
  const retention = retentionSeconds(args);
  const age = recordAge(args);
  const givesUp = age !== forever || (args.retryAttempts ?? forever) !== forever;
  return [
    oneOf("source", args.source, StreamSource),
    wholeNumber("batchSize", args.batchSize, batchSize.min, batchSize.max),
    wholeNumber("batchWindowSeconds", args.batchWindowSeconds, batchWindowSeconds.min, batchWindowSeconds.max),
    wholeNumber("parallelization", args.parallelization, parallelization.min, parallelization.max),
    wholeNumber("retryAttempts", args.retryAttempts, retryAttempts.min, retryAttempts.max, [forever]),
    wholeNumber("maximumRecordAgeSeconds", args.maximumRecordAgeSeconds, recordAgeSeconds.min, recordAgeSeconds.max, [
      forever,
    ]),
    retention !== undefined && age >= retention
      ? `maximumRecordAgeSeconds is ${age}, but the stream keeps records for ${retention} s only, so they would expire unseen; allowed is less than that: write maximumRecordAgeSeconds: ${Math.floor(retention * RECORD_AGE_SHARE_OF_RETENTION)}`
      : undefined,
    givesUp && args.onFailure === undefined
      ? "onFailure is missing, though records are given up by retryAttempts or maximumRecordAgeSeconds: write onFailure: { bucketArn }, or -1 for both"
      : undefined,
    oneOf("startingPosition", args.startingPosition, StartingPosition),
  ];
}

function consumerStatements(consumer: StreamConsumer, args: StreamConsumerArgs): PolicyStatement[] {
  const reading = readStreamStatements(args.source, args.streamArn);
  if (args.onFailure === undefined) return reading;
  const { accountId } = aws.getCallerIdentityOutput({}, { parent: consumer });
  return [...reading, ...onFailureStatements(args.onFailure, accountId)];
}

function mappingArgs(args: StreamConsumerArgs, consumer: BundledFunction): aws.lambda.EventSourceMappingArgs {
  const defaults = mappingDefaults;
  return {
    eventSourceArn: args.streamArn,
    functionName: consumer.functionArn,
    batchSize: args.batchSize ?? defaults.batchSize,
    maximumBatchingWindowInSeconds: args.batchWindowSeconds ?? defaults.maximumBatchingWindowInSeconds,
    parallelizationFactor: args.parallelization ?? defaults.parallelizationFactor,
    maximumRetryAttempts: args.retryAttempts ?? defaults.maximumRetryAttempts,
    maximumRecordAgeInSeconds: recordAge(args),
    bisectBatchOnFunctionError: defaults.bisectBatchOnFunctionError,
    startingPosition: args.startingPosition ?? defaults.startingPosition,
    functionResponseTypes: [...defaults.functionResponseTypes],
    enabled: args.enabled ?? defaults.enabled,
    ...(args.onFailure === undefined
      ? {}
      : { destinationConfig: { onFailure: { destinationArn: args.onFailure.bucketArn } } }),
  };
}
