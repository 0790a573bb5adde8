import type { LambdaFunction } from "./function.ts";
import type { FunctionSettings } from "./function-settings.ts";
import type { EventSourceMapping } from "./mappings/mapping.ts";

/** A function as GetFunctionConfiguration answers it. */
export function describeFunction(fn: LambdaFunction): Record<string, unknown> {
  const { settings, code } = fn;
  return {
    FunctionName: fn.name,
    FunctionArn: fn.arn,
    Runtime: settings.runtime,
    Role: settings.roleArn,
    Handler: settings.handler,
    CodeSize: code.sizeBytes,
    Description: settings.description,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memorySizeMb,
    LastModified: isoTime(fn.lastModified),
    CodeSha256: code.codeSha256,
    Version: "$LATEST",
    ...(Object.keys(settings.variables).length > 0 ? { Environment: { Variables: settings.variables } } : {}),
    TracingConfig: { Mode: settings.tracingMode },
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    Architectures: settings.architectures,
    EphemeralStorage: { Size: settings.ephemeralStorageMb },
    LoggingConfig: describeLogging(settings),
  };
}

/** How a function logs; levels belong to the format JSON. */
export function describeLogging(settings: FunctionSettings): {
  readonly LogFormat: string;
  readonly LogGroup: string;
  readonly ApplicationLogLevel?: string;
  readonly SystemLogLevel?: string;
} {
  const { logFormat, logGroupName, applicationLogLevel, systemLogLevel } = settings;
  const levels = { ApplicationLogLevel: applicationLogLevel, SystemLogLevel: systemLogLevel };
  return { LogFormat: logFormat, LogGroup: logGroupName, ...(logFormat === "JSON" ? levels : {}) };
}

/** A mapping as GetEventSourceMapping answers it. */
export function describeMapping(mapping: EventSourceMapping): Record<string, unknown> {
  const { settings } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: settings.eventSourceArn,
    FunctionArn: settings.functionArn,
    StartingPosition: settings.startingPosition,
    ...(settings.startingPositionTime === undefined
      ? {}
      : { StartingPositionTimestamp: settings.startingPositionTime / 1000 }),
    ...(settings.filterPatterns.length === 0
      ? {}
      : { FilterCriteria: { Filters: settings.filterPatterns.map((Pattern) => ({ Pattern })) } }),
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.batchWindowSeconds,
    ParallelizationFactor: settings.parallelizationFactor,
    MaximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    BisectBatchOnFunctionError: settings.isBisecting,
    FunctionResponseTypes: settings.isReportingItemFailures ? ["ReportBatchItemFailures"] : [],
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: settings.onFailureArn === undefined ? {} : { Destination: settings.onFailureArn } },
    State: mapping.state,
    StateTransitionReason: mapping.stateTransitionReason,
    LastProcessingResult: mapping.lastProcessingResult,
    LastModified: mapping.lastModified / 1000,
  };
}

/** A time in RFC 3339; a fraction of a second only where there is one. */
export function rfc3339(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}

/** A time as Lambda writes it: `2026-11-21T11:16:00.000+0000`. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace("Z", "+0000");
}
