import { z } from "zod";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import {
  type Alarm,
  type AlarmSettings,
  type Comparison,
  comparisons,
  isPeriod,
  missingDataTreatments,
} from "./alarms.ts";
import { statisticNames } from "./metric-store.ts";

const actions = z.array(z.string()).max(5).default([]);

/** Alarms on one metric with a fixed threshold; metric queries, anomaly detection and percentiles are refused by name. */
const alarmInputs = z.strictObject({
  name: z.string().min(1).max(255),
  actionsEnabled: z.boolean().default(true),
  alarmActions: actions,
  alarmDescription: z.string().max(1024).optional(),
  comparisonOperator: z.enum(Object.keys(comparisons) as [Comparison, ...Comparison[]]),
  datapointsToAlarm: z.number().int().min(1).optional(),
  dimensions: z.record(z.string(), z.string()).default({}),
  evaluationPeriods: z.number().int().min(1),
  insufficientDataActions: actions,
  metricName: z.string().min(1).max(255),
  namespace: z.string().min(1).max(255),
  okActions: actions,
  period: z.number().refine(isPeriod, "must be a multiple of 60"),
  statistic: z.enum(statisticNames),
  tags: z.record(z.string(), z.string()).optional(),
  threshold: z.number(),
  treatMissingData: z.enum(missingDataTreatments).default("missing"),
  unit: z.string().optional(),
});
type AlarmInputs = z.infer<typeof alarmInputs>;

function settingsOf(inputs: AlarmInputs, context: ResourceContext): AlarmSettings {
  return {
    description: inputs.alarmDescription,
    namespace: inputs.namespace,
    metricName: inputs.metricName,
    dimensions: inputs.dimensions,
    unit: inputs.unit,
    statistic: inputs.statistic,
    periodSeconds: inputs.period,
    evaluationPeriods: inputs.evaluationPeriods,
    datapointsToAlarm: inputs.datapointsToAlarm ?? inputs.evaluationPeriods,
    threshold: inputs.threshold,
    comparison: inputs.comparisonOperator,
    missingData: inputs.treatMissingData,
    areActionsEnabled: inputs.actionsEnabled,
    alarmActions: inputs.alarmActions,
    okActions: inputs.okActions,
    insufficientDataActions: inputs.insufficientDataActions,
    tags: tagsAll(inputs.tags, context),
  };
}

function alarmOutputs(alarm: Alarm, inputs: Properties, context: ResourceContext): Properties {
  return {
    ...inputs,
    arn: alarm.arn,
    datapointsToAlarm: inputs["datapointsToAlarm"] ?? 0,
    evaluateLowSampleCountPercentiles: "",
    region: context.region,
    tagsAll: alarm.settings.tags,
  };
}

const alarmType = defineResourceType<AlarmInputs>({
  token: "aws:cloudwatch/metricAlarm:MetricAlarm",
  inputs: alarmInputs,
  autoName: { property: "name", maxLength: 255 },
  replaceOn: ["name"],
  check(inputs) {
    const { datapointsToAlarm: datapoints, evaluationPeriods } = inputs;
    if (datapoints === undefined || datapoints <= evaluationPeriods) return [];
    return [
      {
        property: "datapointsToAlarm",
        reason: `must be at most evaluationPeriods (${evaluationPeriods}), got ${datapoints}`,
      },
    ];
  },
  create(inputs, context) {
    const { cloudwatch } = context.cloud.services;
    const alarm = cloudwatch.putAlarm(context, context.partition, inputs.name, settingsOf(inputs, context));
    return { id: inputs.name, outputs: alarmOutputs(alarm, inputs, context) };
  },
  read(id, state, context) {
    const alarm = context.cloud.services.cloudwatch.findAlarm(context, id);
    return alarm && alarmOutputs(alarm, state, context);
  },
  update(id, inputs, _olds, context) {
    const { cloudwatch } = context.cloud.services;
    if (!cloudwatch.findAlarm(context, id)) {
      throw new AwsError(
        "ResourceNotFound",
        `The alarm ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
        404,
      );
    }
    const alarm = cloudwatch.putAlarm(context, context.partition, id, settingsOf(inputs, context));
    return alarmOutputs(alarm, inputs, context);
  },
  delete(id, _state, context) {
    context.cloud.services.cloudwatch.deleteAlarm(context, id);
  },
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [alarmType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
