import { isDeepStrictEqual } from "node:util";
import { define } from "../../../resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
import { rfc3339 } from "../describe.ts";
import { functionArn } from "../function-address.ts";
import type { EventSourceMapping } from "../mappings/mapping.ts";
import type { LambdaStore } from "../store.ts";
import { hasNo, type MappingInputs, mappingForms, mappingInputs, mappingSettingsOf } from "./mapping-inputs.ts";

function outputsOf(mapping: EventSourceMapping, state: Properties, context: ResourceContext<LambdaStore>): Properties {
  const { settings } = mapping;
  const { startingPositionTime: time, onFailureArn, filterPatterns } = settings;
  const isNamed =
    typeof state["functionName"] === "string" && arnOf(state["functionName"], context) === settings.functionArn;
  const written = (value: unknown, member: string, name: string) =>
    value ?? (hasNo(state[name], member) ? state[name] : undefined);
  return {
    arn: mapping.arn,
    uuid: mapping.uuid,
    functionArn: settings.functionArn,
    functionName: isNamed ? state["functionName"] : settings.functionArn,
    eventSourceArn: settings.eventSourceArn,
    startingPosition: settings.startingPosition,
    startingPositionTimestamp: time === undefined ? undefined : timeAs(state["startingPositionTimestamp"], time),
    enabled: mapping.state === "Enabled",
    batchSize: settings.batchSize,
    maximumBatchingWindowInSeconds: settings.batchWindowSeconds,
    parallelizationFactor: settings.parallelizationFactor,
    maximumRetryAttempts: settings.maximumRetryAttempts,
    maximumRecordAgeInSeconds: settings.maximumRecordAgeSeconds,
    bisectBatchOnFunctionError: settings.isBisecting,
    functionResponseTypes: settings.isReportingItemFailures ? ["ReportBatchItemFailures"] : [],
    destinationConfig: written(
      onFailureArn === undefined ? undefined : { onFailure: { destinationArn: onFailureArn } },
      "onFailure",
      "destinationConfig",
    ),
    filterCriteria: written(
      filterPatterns.length === 0 ? undefined : { filters: filterPatterns.map((pattern) => ({ pattern })) },
      "filters",
      "filterCriteria",
    ),
    tumblingWindowInSeconds: 0,
    useResourceTimeoutForPropagation: state["useResourceTimeoutForPropagation"],
    state: mapping.state,
    stateTransitionReason: mapping.stateTransitionReason,
    lastProcessingResult: mapping.lastProcessingResult,
    lastModified: rfc3339(mapping.lastModified),
    tags: mapping.tags,
  };
}

/** A time as the program writes it, where that is the same time. */
function timeAs(written: unknown, time: number): string {
  if (typeof written === "string" && Date.parse(written) === time) return written;
  return rfc3339(time);
}

/** ARN of the function that a program names, by its name or an ARN. */
function arnOf(name: string, context: ResourceContext<LambdaStore>): string {
  return functionArn(context.store.address(name, context));
}

/** `aws.lambda.EventSourceMapping`; its id is its UUID. */
export const mappingType = define<MappingInputs, LambdaStore>({
  token: "aws:lambda/eventSourceMapping:EventSourceMapping",
  inputs: mappingInputs,
  replaceOn: ["eventSourceArn", "startingPosition", "startingPositionTimestamp"],
  computed: ["arn", "functionArn", "lastModified", "lastProcessingResult", "state", "stateTransitionReason", "uuid"],
  // Of a destination the real provider ignores that it is left out, as AWS does.
  optionalComputed: [
    ...["destinationConfig", "maximumRecordAgeInSeconds", "maximumRetryAttempts", "parallelizationFactor"],
  ],
  recomputed: {
    functionArn: ["functionName"],
    lastModified: [
      ...["functionName", "enabled", "batchSize", "maximumBatchingWindowInSeconds", "parallelizationFactor"],
      ...["maximumRetryAttempts", "maximumRecordAgeInSeconds", "bisectBatchOnFunctionError", "functionResponseTypes"],
      ...["destinationConfig", "filterCriteria"],
    ],
    state: ["enabled"],
    stateTransitionReason: ["enabled"],
  },
  canonical: mappingForms,
  check({ startingPositionTimestamp: time }, { store }) {
    if (time === undefined || Date.parse(time) <= store.ports.clock.now()) return [];
    return [{ property: "startingPositionTimestamp", reason: `is in the future (${time}), which AWS refuses` }];
  },
  async make(inputs, context) {
    const mapping = await context.store.addMapping(context, {
      settings: mappingSettingsOf(inputs, arnOf(inputs.functionName, context), undefined),
      isEnabled: inputs.enabled,
      tags: inputs.tags ?? {},
    });
    return mapping.uuid;
  },
  find(id, state, context) {
    const mapping = context.store.findMapping(id, context);
    return mapping && outputsOf(mapping, state, context);
  },
  async change(id, inputs, context) {
    const { store } = context;
    const mapping = store.requireMapping(id, context);
    const settings = mappingSettingsOf(inputs, arnOf(inputs.functionName, context), mapping.settings);
    await store.changeMapping(mapping, {
      settings: isDeepStrictEqual(settings, mapping.settings) ? undefined : settings,
      isEnabled: inputs.enabled,
    });
    mapping.tags = inputs.tags ?? {};
  },
  async remove(id, { store }) {
    await store.removeMapping(id);
  },
});
