import { z } from "zod";
import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../kernel/service.ts";
import type { Inputs, UpdateEventSourceMappingRequest } from "../../wire/models/lambda.ts";
import { describeMapping } from "./describe.ts";
import { functionArn, mappingArn } from "./function-address.ts";
import { type EventSourceMapping, MappingState } from "./mappings/mapping.ts";
import { mappingFields, mappingFilters } from "./mappings/mapping-fields.ts";
import type { MappingSettings } from "./mappings/settings.ts";
import { pageOf } from "./pages.ts";
import type { LambdaService } from "./service.ts";

/** How event source mappings are found, changed and deleted over the wire. */
export function mappingOperations(service: LambdaService): Readonly<Record<string, Operation>> {
  const onMapping =
    (action: string) =>
    <P extends { UUID: string }>(params: P, call: Call) => [
      { action: `lambda:${action}`, resource: mappingArn(params.UUID, call) },
    ];
  const mappingOf = ({ UUID }: { UUID: string }, call: Call): EventSourceMapping => {
    const mapping = service.findMapping(UUID);
    if (mapping && mapping.accountId === call.accountId && mapping.region === call.region) return mapping;
    throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
  };

  return defineOperations<Inputs>({
    ListEventSourceMappings: {
      authorize: () => [{ action: "lambda:ListEventSourceMappings", resource: "*" }],
      run: (params, call) => {
        const wanted = params.FunctionName && functionArn(service.address(params.FunctionName, call));
        const found = service
          .mappings()
          .filter((mapping) => mapping.accountId === call.accountId && mapping.region === call.region)
          .filter((mapping) => !wanted || mapping.settings.functionArn === wanted)
          .filter((mapping) => !params.EventSourceArn || mapping.settings.eventSourceArn === params.EventSourceArn);
        const { items, NextMarker } = pageOf(found, params, (mapping) => mapping.uuid);
        return { EventSourceMappings: items.map(describeMapping), NextMarker };
      },
    },

    GetEventSourceMapping: {
      authorize: onMapping("GetEventSourceMapping"),
      run: (params, call) => describeMapping(mappingOf(params, call)),
    },

    UpdateEventSourceMapping: {
      authorize: onMapping("UpdateEventSourceMapping"),
      run: async (params, call) => {
        const mapping = mappingOf(params, call);
        const before = mapping.state;
        const change = changeOf(params);
        if (params.FunctionName !== undefined) {
          change.functionArn = functionArn(service.address(params.FunctionName, call));
        }
        await service.updateMapping(mapping, {
          settings: Object.keys(change).length > 0 ? change : undefined,
          isEnabled: params.Enabled,
        });
        return { ...describeMapping(mapping), State: stateOnTheWay(before, mapping.state) };
      },
    },

    DeleteEventSourceMapping: {
      authorize: onMapping("DeleteEventSourceMapping"),
      run: async (params, call) => {
        const mapping = mappingOf(params, call);
        const described = describeMapping(mapping);
        await service.deleteMapping(mapping.uuid);
        return { ...described, State: "Deleting" };
      },
    },
  });
}

/** The answer is given while the change is on its way, as on AWS; it is done when the mapping is next asked for. */
function stateOnTheWay(before: MappingState, after: MappingState): string {
  if (before === after) return "Updating";
  return after === MappingState.Enabled ? "Enabling" : "Disabling";
}

type Change = { -readonly [K in keyof MappingSettings]?: MappingSettings[K] };

/** What UpdateEventSourceMapping changes: what is given. */
function changeOf(params: UpdateEventSourceMappingRequest): Change {
  const { FunctionResponseTypes, DestinationConfig, FilterCriteria } = params;
  checkChange(params);
  const change: Change = {
    batchSize: params.BatchSize,
    batchWindowSeconds: params.MaximumBatchingWindowInSeconds,
    parallelizationFactor: params.ParallelizationFactor,
    maximumRetryAttempts: params.MaximumRetryAttempts,
    maximumRecordAgeSeconds: params.MaximumRecordAgeInSeconds,
    isBisecting: params.BisectBatchOnFunctionError,
    isReportingItemFailures: FunctionResponseTypes && FunctionResponseTypes.length > 0,
    filterPatterns: FilterCriteria && (FilterCriteria.Filters ?? []).map(({ Pattern }) => Pattern),
  } as Change;
  const given: Change = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  if (DestinationConfig) given.onFailureArn = DestinationConfig.OnFailure?.Destination || undefined;
  return given;
}

/** What the model lets through. @throws AwsError InvalidParameterValueException, NotSupportedError. */
function checkChange({
  DestinationConfig,
  FilterCriteria,
  MaximumRecordAgeInSeconds: age,
  TumblingWindowInSeconds: window = 0,
}: UpdateEventSourceMappingRequest): void {
  if (window !== 0) throw new NotSupportedError("tumbling windows (TumblingWindowInSeconds)", "0");
  const mistakes = [
    mappingFields.maximumRecordAgeSeconds.optional().safeParse(age),
    mappingFields.destinationArn.optional().safeParse(DestinationConfig?.OnFailure?.Destination || undefined),
    mappingFilters(z.unknown()).optional().safeParse(FilterCriteria?.Filters),
  ].flatMap(({ error }) => error?.issues[0]?.message ?? []);
  if (mistakes.length > 0) throw new AwsError("InvalidParameterValueException", mistakes.join("; "));
}
