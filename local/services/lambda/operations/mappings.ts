import { z } from "zod";
import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs, UpdateEventSourceMappingRequest } from "../../../wire/models/lambda.ts";
import { describeMapping } from "../describe.ts";
import { functionArn, mappingArn } from "../function-address.ts";
import { mappingFields, mappingFilters } from "../mappings/mapping-fields.ts";
import { type MappingSettings, MappingState } from "../mappings/settings.ts";
import type { LambdaStore } from "../store.ts";
import { pageOf } from "./pages.ts";

/** Event source mappings: listing, describing, changing and deleting. */
export function mappingOperations(store: LambdaStore): Readonly<Record<string, Operation>> {
  const onMapping =
    (action: string) =>
    <P extends { UUID: string }>(params: P, call: Call) => [
      { action: `lambda:${action}`, resource: mappingArn(params.UUID, call) },
    ];
  const mappingOf = ({ UUID }: { UUID: string }, call: Call) => store.requireMapping(UUID, call);

  return defineOperations<Inputs>({
    ListEventSourceMappings: {
      authorize: () => [{ action: "lambda:ListEventSourceMappings", resource: "*" }],
      run: (params, call) => {
        const wanted = params.FunctionName && functionArn(store.address(params.FunctionName, call));
        const found = store
          .listMappings(call)
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
          change.functionArn = functionArn(store.address(params.FunctionName, call));
        }
        await store.changeMapping(mapping, {
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
        await store.removeMapping(mapping.uuid);
        return { ...described, State: "Deleting" };
      },
    },
  });
}

/** The state in the response: AWS returns the transitional one, although the change is immediate here. */
function stateOnTheWay(before: MappingState, after: MappingState): string {
  if (before === after) return "Updating";
  return after === MappingState.Enabled ? "Enabling" : "Disabling";
}

type Change = { -readonly [K in keyof MappingSettings]?: MappingSettings[K] };

/** The settings that UpdateEventSourceMapping changes. */
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

/** Checks beyond the model's. @throws AwsError InvalidParameterValueException, NotSupportedError. */
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
