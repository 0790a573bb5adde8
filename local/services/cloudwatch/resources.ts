import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { asSet } from "../../resource-types/canonical.ts";
import { withCrossChecks } from "../../resource-types/cross-checks.ts";
import { define } from "../../resource-types/define.ts";
import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import {
  type Alarm,
  type AlarmSettings,
  alarmProblems,
  type Comparison,
  comparisons,
  isAlarmPeriod,
  MAX_ACTIONS,
  MAX_DIMENSIONS,
  missingDataTreatments,
  units,
} from "./alarms.ts";
import { statisticNames } from "./metric-store.ts";
import type { CloudWatchStore } from "./store.ts";

const name = z.string().min(1).max(255);
const actions = z.array(z.string().startsWith("arn:", "must be an ARN")).max(MAX_ACTIONS).default([]);
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

/**
 * Alarms on one metric with a fixed threshold; metric queries, anomaly detection and percentiles are refused by name.
 */
const alarmInputs = withCrossChecks(
  z.strictObject({
    name,
    actionsEnabled: z.boolean().default(true),
    alarmActions: actions,
    alarmDescription: z.string().max(1024).optional(),
    comparisonOperator: oneOf(Object.keys(comparisons) as [Comparison, ...Comparison[]]),
    datapointsToAlarm: z.number().int().min(1).optional(),
    dimensions: z
      .record(name, z.string().min(1).max(1024))
      .refine((dimensions) => Object.keys(dimensions).length <= MAX_DIMENSIONS, `has more than ${MAX_DIMENSIONS}`)
      .default({}),
    evaluationPeriods: z.number().int().min(1),
    insufficientDataActions: actions,
    metricName: name,
    namespace: name.regex(/^[^:]/, "must not begin with a colon"),
    okActions: actions,
    period: z.number().refine(isAlarmPeriod, "must be 10, 20, 30 or a multiple of 60"),
    statistic: oneOf(statisticNames),
    tags: z.record(z.string(), z.string()).optional(),
    threshold: z.number(),
    treatMissingData: oneOf(missingDataTreatments).default("missing"),
    unit: oneOf(units).optional(),
  }),
  ({ period, ...inputs }) =>
    alarmProblems({ ...inputs, periodSeconds: period }).map(({ setting, reason }) => ({ path: [setting], reason })),
);
type AlarmInputs = z.infer<typeof alarmInputs>;

function settingsOf(inputs: AlarmInputs): AlarmSettings {
  return {
    description: inputs.alarmDescription,
    namespace: inputs.namespace,
    metricName: inputs.metricName,
    dimensions: inputs.dimensions,
    unit: inputs.unit,
    statistic: inputs.statistic,
    periodSeconds: inputs.period,
    evaluationPeriods: inputs.evaluationPeriods,
    datapointsToAlarm: inputs.datapointsToAlarm,
    threshold: inputs.threshold,
    comparison: inputs.comparisonOperator,
    missingData: inputs.treatMissingData,
    areActionsEnabled: inputs.actionsEnabled,
    alarmActions: inputs.alarmActions,
    okActions: inputs.okActions,
    insufficientDataActions: inputs.insufficientDataActions,
  };
}

function alarmOutputs({ arn, name, settings, tags }: Alarm): Properties {
  return {
    arn,
    name,
    actionsEnabled: settings.areActionsEnabled,
    alarmActions: settings.alarmActions,
    alarmDescription: settings.description,
    comparisonOperator: settings.comparison,
    datapointsToAlarm: settings.datapointsToAlarm,
    dimensions: settings.dimensions,
    evaluateLowSampleCountPercentiles: "",
    evaluationPeriods: settings.evaluationPeriods,
    insufficientDataActions: settings.insufficientDataActions,
    metricName: settings.metricName,
    namespace: settings.namespace,
    okActions: settings.okActions,
    period: settings.periodSeconds,
    statistic: settings.statistic,
    tags,
    threshold: settings.threshold,
    treatMissingData: settings.missingData,
    unit: settings.unit,
  };
}

/** As on AWS, a name that is taken is no error: PutMetricAlarm replaces the alarm's settings. */
const alarmType = define<AlarmInputs, CloudWatchStore>({
  token: "aws:cloudwatch/metricAlarm:MetricAlarm",
  inputs: alarmInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["name"],
  computed: ["arn"],
  canonical: { alarmActions: asSet, insufficientDataActions: asSet, okActions: asSet },
  make(inputs, context) {
    context.store.put(context, inputs.name, settingsOf(inputs), inputs.tags);
    return inputs.name;
  },
  find(id, _state, context) {
    const alarm = context.store.named(context, id);
    return alarm && alarmOutputs(alarm);
  },
  change(id, inputs, context) {
    const { store } = context;
    const settings = settingsOf(inputs);
    const alarm = store.named(context, id) ?? store.put(context, id, settings);
    if (!isDeepStrictEqual(settings, alarm.settings)) store.put(context, id, settings);
    alarm.tags = inputs.tags ?? {};
  },
  remove: (id, context) => context.store.remove(context, id),
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, CloudWatchStore>[] = [alarmType];
