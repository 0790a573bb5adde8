import { z } from "zod";
import { asSet } from "../../../resource-types/canonical.ts";
import { type CrossMistake, withCrossChecks } from "../../../resource-types/cross-checks.ts";
import { refused } from "../../../resource-types/refused.ts";
import type { Canonicalize } from "../../../resource-types/resource-type.ts";
import { isRecord } from "../../../resource-types/wire-values.ts";
import { parseFunctionAddress } from "../function-address.ts";
import { patternProblem } from "../mappings/filters/criteria.ts";
import { mappingFields, mappingFilters } from "../mappings/mapping-fields.ts";
import { FOREVER, type MappingSettings } from "../mappings/settings.ts";
import { type StreamSource, streamSourceOf } from "../mappings/stream-source.ts";

const sources = "it has event source mappings for Kinesis streams and for streams of DynamoDB tables only";

const schema = z.strictObject({
  functionName: mappingFields.functionName,
  eventSourceArn: mappingFields.eventSourceArn,
  startingPosition: z.enum(["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"], {
    error: "must be TRIM_HORIZON, LATEST or AT_TIMESTAMP",
  }),
  /** RFC 3339. */
  startingPositionTimestamp: z.iso
    .datetime({ offset: true, error: "must be a time such as 2026-11-21T08:00:00Z" })
    .optional(),
  enabled: z.boolean().default(true),
  batchSize: mappingFields.batchSize.default(100),
  maximumBatchingWindowInSeconds: mappingFields.batchWindowSeconds.default(0),
  parallelizationFactor: mappingFields.parallelizationFactor.optional(),
  maximumRetryAttempts: mappingFields.maximumRetryAttempts.optional(),
  maximumRecordAgeInSeconds: mappingFields.maximumRecordAgeSeconds.optional(),
  bisectBatchOnFunctionError: z.boolean().default(false),
  functionResponseTypes: mappingFields.functionResponseTypes.default([]),
  destinationConfig: z
    .strictObject({ onFailure: z.strictObject({ destinationArn: mappingFields.destinationArn }).optional() })
    .optional(),
  tags: z.record(z.string(), z.string()).optional(),
  useResourceTimeoutForPropagation: z.boolean().optional(),
  filterCriteria: z
    .strictObject({ filters: mappingFilters(z.strictObject({ pattern: z.string() })).default([]) })
    .optional(),
  tumblingWindowInSeconds: mappingFields.tumblingWindowSeconds.default(0),
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

/** The arguments of `aws.lambda.EventSourceMapping`, as the program's types have them. */
export type MappingInputs = z.infer<typeof schema>;

/** See MappingInputs. What single arguments cannot know of each other is checked too. */
export const mappingInputs = withCrossChecks(schema, (inputs) => {
  const { eventSourceArn, filterCriteria } = inputs;
  const service = eventSourceArn === undefined ? undefined : streamSourceOf(eventSourceArn).service;
  const mistakes: CrossMistake[] = [];
  const add = (path: CrossMistake["path"], reason: string | undefined) => {
    if (reason !== undefined) mistakes.push({ path, reason });
  };
  add(["startingPosition"], startProblem(inputs, service));
  add(["startingPositionTimestamp"], timestampProblem(inputs));
  filterCriteria?.filters.forEach(({ pattern }, index) => {
    if (service) add(["filterCriteria", "filters", index, "pattern"], patternProblem(pattern, service));
  });
  return mistakes;
});

function startProblem(inputs: Partial<MappingInputs>, service: StreamSource["service"] | undefined) {
  if (inputs.startingPosition !== "AT_TIMESTAMP" || service !== "streams.dynamodb") return undefined;
  return "must be TRIM_HORIZON or LATEST: streams of DynamoDB tables have no AT_TIMESTAMP";
}

function timestampProblem(inputs: Partial<MappingInputs>): string | undefined {
  const { startingPosition, startingPositionTimestamp: time } = inputs;
  if (startingPosition === undefined) return undefined;
  if (startingPosition !== "AT_TIMESTAMP")
    return time === undefined ? undefined : "goes with startingPosition AT_TIMESTAMP only";
  return time === undefined ? "is missing; it is needed with startingPosition AT_TIMESTAMP" : undefined;
}

/**
 * The function that is named, whether by its name or by an ARN; filters in any order, and none at all, written as one
 * likes.
 */
export const mappingForms: Readonly<Record<string, Canonicalize>> = {
  functionName: (value) => (typeof value === "string" ? nameOf(value) : value),
  startingPositionTimestamp: (value) => (Number.isNaN(Date.parse(String(value))) ? value : Date.parse(String(value))),
  filterCriteria: (value) => (hasNo(value, "filters") ? undefined : value),
  "filterCriteria.filters": asSet,
  destinationConfig: (value) => (hasNo(value, "onFailure") ? undefined : value),
};

/** The name in a function's name or ARN; what cannot be read is itself. */
function nameOf(text: string): string {
  try {
    return parseFunctionAddress(text, { accountId: "", region: "" }).name;
  } catch {
    return text;
  }
}

/** Whether an object says nothing: its only member is not there, or empty. */
export function hasNo(value: unknown, member: string): boolean {
  if (!isRecord(value)) return false;
  const part = value[member];
  return part === undefined || (Array.isArray(part) && part.length === 0);
}

/**
 * A mapping's settings as the program wants them.
 * @param now what the mapping has: stays, where the program says nothing and AWS decides. Undefined for a new one.
 */
export function mappingSettingsOf(
  inputs: MappingInputs,
  functionArn: string,
  now: MappingSettings | undefined,
): MappingSettings {
  const time = inputs.startingPositionTimestamp;
  return {
    functionArn,
    eventSourceArn: inputs.eventSourceArn,
    startingPosition: inputs.startingPosition,
    startingPositionTime: time === undefined ? undefined : Date.parse(time),
    batchSize: inputs.batchSize,
    batchWindowSeconds: inputs.maximumBatchingWindowInSeconds,
    parallelizationFactor: inputs.parallelizationFactor ?? now?.parallelizationFactor ?? 1,
    maximumRetryAttempts: inputs.maximumRetryAttempts ?? now?.maximumRetryAttempts ?? FOREVER,
    maximumRecordAgeSeconds: inputs.maximumRecordAgeInSeconds ?? now?.maximumRecordAgeSeconds ?? FOREVER,
    isBisecting: inputs.bisectBatchOnFunctionError,
    isReportingItemFailures: inputs.functionResponseTypes.length > 0,
    onFailureArn: inputs.destinationConfig?.onFailure?.destinationArn ?? now?.onFailureArn,
    filterPatterns: inputs.filterCriteria?.filters.map(({ pattern }) => pattern) ?? [],
  };
}
