import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AwsError } from "../../errors.ts";
import { defineResourceType, type Properties, type ResourceContext } from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import { isoTime } from "./describe.ts";
import { functionArn, mappingArn } from "./function-address.ts";
import { destinationKindOf } from "./mappings/destination.ts";
import { MAX_FILTERS, patternProblem } from "./mappings/filters/criteria.ts";
import { EventSourceMapping } from "./mappings/mapping.ts";
import { checkPermissions } from "./mappings/permissions.ts";
import { FOREVER, type MappingSettings } from "./mappings/settings.ts";
import { type StreamSource, streamSourceOf } from "./mappings/stream-source.ts";
import { refused } from "./refused.ts";
import { assumeFunctionRole } from "./service-sessions.ts";

const sources = "it has event source mappings for Kinesis streams and for streams of DynamoDB tables only";

const mappingInputs = z.strictObject({
  functionName: z.string().min(1),
  eventSourceArn: z.string().min(1),
  startingPosition: z.enum(["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"], {
    error: "must be TRIM_HORIZON, LATEST or AT_TIMESTAMP",
  }),
  /** RFC 3339. */
  startingPositionTimestamp: z.iso
    .datetime({ offset: true, error: "must be a time such as 2026-11-21T08:00:00Z" })
    .optional(),
  enabled: z.boolean().default(true),
  batchSize: z.number().int().min(1).max(10_000).default(100),
  maximumBatchingWindowInSeconds: z.number().int().min(0).max(300).default(0),
  parallelizationFactor: z.number().int().min(1).max(10).default(1),
  maximumRetryAttempts: z.number().int().min(FOREVER).max(10_000).default(FOREVER),
  maximumRecordAgeInSeconds: z
    .number()
    .int()
    .refine((age) => age === FOREVER || (age >= 60 && age <= 604_800), "must be -1 (for ever) or 60 to 604800")
    .default(FOREVER),
  bisectBatchOnFunctionError: z.boolean().default(false),
  functionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).max(1).default([]),
  destinationConfig: z
    .strictObject({
      onFailure: z.strictObject({ destinationArn: z.string() }).optional(),
    })
    .optional(),
  tags: z.record(z.string(), z.string()).optional(),
  useResourceTimeoutForPropagation: z.boolean().optional(),
  filterCriteria: z
    .strictObject({
      filters: z
        .array(z.strictObject({ pattern: z.string() }))
        .max(
          MAX_FILTERS,
          `has more than ${MAX_FILTERS} filters, which AWS raises to 10 for accounts that ask; put several rules into one pattern with $or`,
        )
        .default([]),
    })
    .optional(),
  tumblingWindowInSeconds: z.literal(0, { error: "must be 0: the local cloud has no tumbling windows" }).optional(),
  metricsConfig: refused("it has no metrics of mappings"),
  kmsKeyArn: refused("it keeps filter criteria in memory only, and has no KMS"),
  provisionedPollerConfig: refused(sources),
  scalingConfig: refused(sources),
  queues: refused(sources),
  topics: refused(sources),
  amazonManagedKafkaEventSourceConfig: refused(sources),
  selfManagedEventSource: refused(sources),
  selfManagedKafkaEventSourceConfig: refused(sources),
  sourceAccessConfigurations: refused(sources),
  documentDbEventSourceConfig: refused(sources),
});

type MappingInputs = z.infer<typeof mappingInputs>;

function settingsOf(inputs: MappingInputs, context: ResourceContext): MappingSettings {
  const address = context.cloud.services.lambda.address(inputs.functionName, context);
  return {
    functionArn: functionArn(address, context.partition),
    eventSourceArn: inputs.eventSourceArn,
    startingPosition: inputs.startingPosition,
    startingPositionTime:
      inputs.startingPositionTimestamp === undefined ? undefined : Date.parse(inputs.startingPositionTimestamp),
    batchSize: inputs.batchSize,
    batchWindowSeconds: inputs.maximumBatchingWindowInSeconds,
    parallelizationFactor: inputs.parallelizationFactor,
    maximumRetryAttempts: inputs.maximumRetryAttempts,
    maximumRecordAgeSeconds: inputs.maximumRecordAgeInSeconds,
    isBisecting: inputs.bisectBatchOnFunctionError,
    isReportingItemFailures: inputs.functionResponseTypes.length > 0,
    onFailureArn: inputs.destinationConfig?.onFailure?.destinationArn,
    filterPatterns: inputs.filterCriteria?.filters.map(({ pattern }) => pattern) ?? [],
    tags: tagsAll(inputs.tags, context),
  };
}

function outputsOf(mapping: EventSourceMapping, inputs: Properties): Properties {
  return {
    ...inputs,
    arn: mapping.arn,
    uuid: mapping.uuid,
    region: mapping.region,
    functionArn: mapping.settings.functionArn,
    state: mapping.state,
    stateTransitionReason: mapping.stateTransitionReason,
    lastProcessingResult: mapping.lastProcessingResult,
    lastModified: isoTime(mapping.lastModified),
    tagsAll: mapping.settings.tags,
  };
}

/** What AWS checks before it makes or changes a mapping. */
function verify(settings: MappingSettings, uuid: string, context: ResourceContext): void {
  const { cloud, accountId, region } = context;
  const lambda = cloud.services.lambda.findFunction(settings.functionArn);
  if (!lambda) throw new AwsError("ResourceNotFoundException", `Function not found: ${settings.functionArn}`, 404);
  const twin = cloud.services.lambda
    .mappings()
    .find(
      (other) =>
        other.uuid !== uuid &&
        other.settings.functionArn === settings.functionArn &&
        other.settings.eventSourceArn === settings.eventSourceArn,
    );
  if (twin) {
    throw new AwsError(
      "ResourceConflictException",
      `The event source arn (" ${settings.eventSourceArn} ") and function (" ${lambda.name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
      409,
    );
  }
  const { principal } = assumeFunctionRole(cloud, {
    roleArn: lambda.settings.roleArn,
    sessionName: `awslambda-${uuid}`,
    sourceArn: lambda.arn,
    durationSeconds: 900,
  });
  checkPermissions(cloud, principal, settings, { accountId, region, uuid });
}

/** What a stream that is not there looks like to CreateEventSourceMapping. */
async function enable(mapping: EventSourceMapping): Promise<void> {
  try {
    await mapping.enable();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ResourceNotFoundException") throw error;
    throw new AwsError("InvalidParameterValueException", `Stream not found: ${mapping.settings.eventSourceArn}`);
  }
}

interface MappingProblem {
  readonly property: string;
  readonly reason: string;
}

/** What single arguments cannot know of each other. @param now cloud time, milliseconds since the epoch. */
function mappingProblems(inputs: MappingInputs, now: number): MappingProblem[] {
  const failures: MappingProblem[] = [];
  const add = (property: string, reason: string | undefined) => {
    if (reason !== undefined) failures.push({ property, reason });
  };
  const service = orReason(
    () => streamSourceOf(inputs.eventSourceArn).service,
    (reason) => add("eventSourceArn", reason),
  );
  const destination = inputs.destinationConfig?.onFailure?.destinationArn;
  if (destination !== undefined)
    orReason(
      () => destinationKindOf(destination),
      (reason) => add("destinationConfig.onFailure.destinationArn", reason),
    );
  if (service === undefined) return failures;
  add("startingPosition", startProblem(inputs, service));
  add("startingPositionTimestamp", timestampProblem(inputs, now));
  inputs.filterCriteria?.filters.forEach(({ pattern }, index) => {
    add(`filterCriteria.filters[${index}].pattern`, patternProblem(pattern, service));
  });
  return failures;
}

/** What `work` gives; when it refuses, that is told and there is nothing. */
function orReason<T>(work: () => T, tell: (reason: string) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    tell((error as Error).message);
    return undefined;
  }
}

function startProblem({ startingPosition }: MappingInputs, service: StreamSource["service"]): string | undefined {
  if (startingPosition !== "AT_TIMESTAMP" || service === "kinesis") return undefined;
  return "must be TRIM_HORIZON or LATEST: streams of DynamoDB tables have no AT_TIMESTAMP";
}

function timestampProblem(inputs: MappingInputs, now: number): string | undefined {
  const { startingPosition, startingPositionTimestamp: time } = inputs;
  if (startingPosition !== "AT_TIMESTAMP")
    return time === undefined ? undefined : "goes with startingPosition AT_TIMESTAMP only";
  if (time === undefined) return "is missing; it is needed with startingPosition AT_TIMESTAMP";
  return Date.parse(time) > now ? `is in the future (${time}), which AWS refuses` : undefined;
}

/** `aws.lambda.EventSourceMapping`; its id is its UUID. */
export const mappingType = defineResourceType<MappingInputs>({
  token: "aws:lambda/eventSourceMapping:EventSourceMapping",
  inputs: mappingInputs,
  replaceOn: ["eventSourceArn", "startingPosition", "startingPositionTimestamp"],
  check(inputs, { cloud }) {
    return mappingProblems(inputs, cloud.clock.now());
  },
  async create(inputs, context) {
    const settings = settingsOf(inputs, context);
    const uuid = randomUUID();
    verify(settings, uuid, context);
    const mapping = new EventSourceMapping(context.cloud, {
      uuid,
      arn: mappingArn(uuid, context, context.partition),
      settings,
    });
    const { lambda: service } = context.cloud.services;
    service.addMapping(mapping);
    try {
      if (inputs.enabled) await enable(mapping);
    } catch (error) {
      await service.deleteMapping(uuid);
      throw error;
    }
    return { id: uuid, outputs: outputsOf(mapping, inputs) };
  },
  read(id, state, context) {
    const mapping = context.cloud.services.lambda.findMapping(id);
    return mapping && outputsOf(mapping, { ...state, enabled: mapping.state === "Enabled" });
  },
  async update(id, inputs, _olds, context) {
    const mapping = context.cloud.services.lambda.findMapping(id);
    if (!mapping) {
      throw new AwsError(
        "ResourceNotFoundException",
        `The event source mapping ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
        404,
      );
    }
    const settings = settingsOf(inputs, context);
    verify(settings, id, context);
    if (!inputs.enabled) await mapping.disable("User action");
    await mapping.update(settings);
    if (inputs.enabled) await enable(mapping);
    return outputsOf(mapping, inputs);
  },
  async delete(id, _state, context) {
    await context.cloud.services.lambda.deleteMapping(id);
  },
});
