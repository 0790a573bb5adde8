import type { Wire } from "../../kernel/service.ts";
import { modelWire } from "../../wire/model-wire.ts";
import type {
  GetMetricDataInput,
  GetMetricStatisticsInput,
  Inputs,
  Metric,
  MetricDataQuery,
  MetricDatum,
  MetricStat,
  PutMetricAlarmInput,
} from "../../wire/models/cloudwatch.ts";
import { missingDataTreatments } from "./alarms.ts";
import { cloudWatchProtocol } from "./protocol.ts";

const ALARM_MEMBERS = [
  "AlarmName",
  "ComparisonOperator",
  "EvaluationPeriods",
  "MetricName",
  "Namespace",
  "Period",
  "Statistic",
  "Threshold",
] as const;

/**
 * What must be there, as only the one kind of alarm, of datum and of query that there is here; and forms that the API
 * reference says.
 */
const corrections = {
  GetMetricStatisticsInput: { required: ["Namespace", "MetricName", "StartTime", "EndTime", "Period", "Statistics"] },
  Metric: { required: ["Namespace", "MetricName"] },
  MetricDataQuery: { required: ["Id", "MetricStat"] },
  MetricDatum: { required: ["MetricName", "Value"] },
  MetricId: { pattern: "[a-z][a-zA-Z0-9_]*" },
  PutMetricAlarmInput: { required: ALARM_MEMBERS },
  PutMetricDataInput: { required: ["Namespace", "MetricData"] },
  // In the order of AWS's errors (recorded, 08-2025).
  StateValue: { enum: ["INSUFFICIENT_DATA", "ALARM", "OK"] },
  TreatMissingData: { enum: missingDataTreatments },
} as const;

/** Three protocols; metrics have values one by one, and alarms are on one metric with a fixed threshold. */
export const wire: Wire = {
  ...modelWire("monitoring", {
    model: "cloudwatch",
    protocol: cloudWatchProtocol,
    corrections,
    dialect: { code: "ValidationError" },
    unsupported: [
      "AlarmType=CompositeAlarm",
      "AlarmType=LogAlarm",
      "ComparisonOperator=GreaterThanUpperThreshold",
      "ComparisonOperator=LessThanLowerOrGreaterThanUpperThreshold",
      "ComparisonOperator=LessThanLowerThreshold",
      "DescribeAlarmHistoryInput.AlarmContributorId",
      "DescribeAlarmsInput.ActionPrefix",
      "DescribeAlarmsInput.ChildrenOfAlarmName",
      "DescribeAlarmsInput.ParentsOfAlarmName",
      "GetMetricDataInput.LabelOptions",
      "GetMetricStatisticsInput.ExtendedStatistics",
      "HistoryItemType=AlarmContributorAction",
      "HistoryItemType=AlarmContributorStateUpdate",
      "ListMetricsInput.IncludeLinkedAccounts",
      "ListMetricsInput.OwningAccount",
      "ListMetricsInput.RecentlyActive",
      "MetricDataQuery.AccountId",
      "MetricDataQuery.Expression",
      "MetricDataQuery.Period",
      "MetricDatum.Counts",
      "MetricDatum.StatisticValues",
      "MetricDatum.Values",
      "PutMetricAlarmInput.ActionConfiguration",
      "PutMetricAlarmInput.EvaluateLowSampleCountPercentile",
      "PutMetricAlarmInput.EvaluationCriteria",
      "PutMetricAlarmInput.EvaluationInterval",
      "PutMetricAlarmInput.EvaluationWindow",
      "PutMetricAlarmInput.ExtendedStatistic",
      "PutMetricAlarmInput.Metrics",
      "PutMetricAlarmInput.ThresholdMetricId",
      "PutMetricAlarmInput.WarmUpConfiguration",
      "PutMetricDataInput.EntityMetricData",
      "PutMetricDataInput.StrictEntityValidation",
    ],
  }),
  dialect: "query",
  queryVersion: "2010-08-01",
  paths: /^\/service\/GraniteServiceVersion/,
};

type With<T, Members extends keyof T> = Omit<T, Members> & Required<Pick<T, Members>>;
type WholeMetric = Required<Pick<Metric, "Namespace" | "MetricName">> & Pick<Metric, "Dimensions">;
type WholeQuery = Omit<MetricDataQuery, "MetricStat"> & {
  readonly MetricStat: Omit<MetricStat, "Metric"> & { readonly Metric: WholeMetric };
};

/** What PutMetricAlarm takes, with the corrections. */
export type AlarmInput = With<PutMetricAlarmInput, (typeof ALARM_MEMBERS)[number]>;

/** What the operations take, with the corrections. */
export type CloudWatchInputs = Omit<
  Inputs,
  "GetMetricData" | "GetMetricStatistics" | "PutMetricAlarm" | "PutMetricData"
> & {
  readonly GetMetricData: Omit<GetMetricDataInput, "MetricDataQueries"> & {
    readonly MetricDataQueries: readonly WholeQuery[];
  };
  readonly GetMetricStatistics: With<GetMetricStatisticsInput, "Statistics">;
  readonly PutMetricAlarm: AlarmInput;
  readonly PutMetricData: { readonly Namespace: string; readonly MetricData: readonly With<MetricDatum, "Value">[] };
};
