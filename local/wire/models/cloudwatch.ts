// botocore 1.44.8, data/cloudwatch/2010-08-01/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly DeleteAlarms: DeleteAlarmsInput;
  readonly DescribeAlarmHistory: DescribeAlarmHistoryInput;
  readonly DescribeAlarms: DescribeAlarmsInput;
  readonly DisableAlarmActions: DisableAlarmActionsInput;
  readonly EnableAlarmActions: EnableAlarmActionsInput;
  readonly GetMetricData: GetMetricDataInput;
  readonly GetMetricStatistics: GetMetricStatisticsInput;
  readonly ListMetrics: ListMetricsInput;
  readonly ListTagsForResource: ListTagsForResourceInput;
  readonly PutMetricAlarm: PutMetricAlarmInput;
  readonly PutMetricData: PutMetricDataInput;
  readonly SetAlarmState: SetAlarmStateInput;
  readonly TagResource: TagResourceInput;
  readonly UntagResource: UntagResourceInput;
}

export interface ActionConfiguration {
  readonly AlarmTagsPropagation?: AlarmTagsPropagation;
}

export interface AlarmPromQLCriteria {
  readonly Query: string;
  readonly PendingPeriod?: number;
  readonly RecoveryPeriod?: number;
}

export interface AlarmTagsPropagation {
  readonly Enabled: boolean;
  readonly IncludedTagKeys?: readonly string[];
  readonly ExcludedTagKeys?: readonly string[];
}

export interface DeleteAlarmsInput {
  readonly AlarmNames: readonly string[];
}

export interface DescribeAlarmHistoryInput {
  readonly AlarmName?: string;
  readonly AlarmContributorId?: string;
  readonly AlarmTypes?: readonly ("CompositeAlarm" | "MetricAlarm" | "LogAlarm")[];
  readonly HistoryItemType?: "ConfigurationUpdate" | "StateUpdate" | "Action" | "AlarmContributorStateUpdate" | "AlarmContributorAction";
  readonly StartDate?: number;
  readonly EndDate?: number;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
  readonly ScanBy?: "TimestampDescending" | "TimestampAscending";
}

export interface DescribeAlarmsInput {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly ("CompositeAlarm" | "MetricAlarm" | "LogAlarm")[];
  readonly ChildrenOfAlarmName?: string;
  readonly ParentsOfAlarmName?: string;
  readonly StateValue?: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly ActionPrefix?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

export interface DimensionFilter {
  readonly Name: string;
  readonly Value?: string;
}

export interface DisableAlarmActionsInput {
  readonly AlarmNames: readonly string[];
}

export interface EnableAlarmActionsInput {
  readonly AlarmNames: readonly string[];
}

export interface Entity {
  readonly KeyAttributes?: { readonly [key: string]: string };
  readonly Attributes?: { readonly [key: string]: string };
}

export interface EntityMetricData {
  readonly Entity?: Entity;
  readonly MetricData?: readonly MetricDatum[];
}

export interface EvaluationCriteria {
  readonly PromQLCriteria?: AlarmPromQLCriteria;
}

export interface EvaluationWindow {
  readonly WallClockWindow?: WallClockWindow;
  readonly SlidingWindow?: SlidingWindow;
}

export interface GetMetricDataInput {
  readonly MetricDataQueries: readonly MetricDataQuery[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
  readonly ScanBy?: "TimestampDescending" | "TimestampAscending";
  readonly MaxDatapoints?: number;
  readonly LabelOptions?: LabelOptions;
}

export interface GetMetricStatisticsInput {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Period: number;
  readonly Statistics?: readonly ("SampleCount" | "Average" | "Sum" | "Minimum" | "Maximum")[];
  readonly ExtendedStatistics?: readonly string[];
  readonly Unit?: "Seconds" | "Microseconds" | "Milliseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes" | "Bits" | "Kilobits" | "Megabits" | "Gigabits" | "Terabits" | "Percent" | "Count" | "Bytes/Second" | "Kilobytes/Second" | "Megabytes/Second" | "Gigabytes/Second" | "Terabytes/Second" | "Bits/Second" | "Kilobits/Second" | "Megabits/Second" | "Gigabits/Second" | "Terabits/Second" | "Count/Second" | "None";
}

export interface LabelOptions {
  readonly Timezone?: string;
}

export interface ListMetricsInput {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly DimensionFilter[];
  readonly NextToken?: string;
  readonly RecentlyActive?: "PT3H";
  readonly IncludeLinkedAccounts?: boolean;
  readonly OwningAccount?: string;
}

export interface ListTagsForResourceInput {
  readonly ResourceARN: string;
}

export interface Metric {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly Dimension[];
}

export interface MetricDataQuery {
  readonly Id: string;
  readonly MetricStat?: MetricStat;
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly Period?: number;
  readonly AccountId?: string;
}

export interface MetricDatum {
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Timestamp?: number;
  readonly Value?: number;
  readonly StatisticValues?: StatisticSet;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly Unit?: "Seconds" | "Microseconds" | "Milliseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes" | "Bits" | "Kilobits" | "Megabits" | "Gigabits" | "Terabits" | "Percent" | "Count" | "Bytes/Second" | "Kilobytes/Second" | "Megabytes/Second" | "Gigabytes/Second" | "Terabytes/Second" | "Bits/Second" | "Kilobits/Second" | "Megabits/Second" | "Gigabits/Second" | "Terabits/Second" | "Count/Second" | "None";
  readonly StorageResolution?: number;
}

export interface MetricStat {
  readonly Metric: Metric;
  readonly Period: number;
  readonly Stat: string;
  readonly Unit?: "Seconds" | "Microseconds" | "Milliseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes" | "Bits" | "Kilobits" | "Megabits" | "Gigabits" | "Terabits" | "Percent" | "Count" | "Bytes/Second" | "Kilobytes/Second" | "Megabytes/Second" | "Gigabytes/Second" | "Terabytes/Second" | "Bits/Second" | "Kilobits/Second" | "Megabits/Second" | "Gigabits/Second" | "Terabits/Second" | "Count/Second" | "None";
}

export interface PutMetricAlarmInput {
  readonly AlarmName: string;
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly OKActions?: readonly string[];
  readonly AlarmActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Statistic?: "SampleCount" | "Average" | "Sum" | "Minimum" | "Maximum";
  readonly ExtendedStatistic?: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Period?: number;
  readonly Unit?: "Seconds" | "Microseconds" | "Milliseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes" | "Bits" | "Kilobits" | "Megabits" | "Gigabits" | "Terabits" | "Percent" | "Count" | "Bytes/Second" | "Kilobytes/Second" | "Megabytes/Second" | "Gigabytes/Second" | "Terabytes/Second" | "Bits/Second" | "Kilobits/Second" | "Megabits/Second" | "Gigabits/Second" | "Terabits/Second" | "Count/Second" | "None";
  readonly EvaluationPeriods?: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold?: number;
  readonly ComparisonOperator?: "GreaterThanOrEqualToThreshold" | "GreaterThanThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold" | "LessThanLowerOrGreaterThanUpperThreshold" | "LessThanLowerThreshold" | "GreaterThanUpperThreshold";
  readonly TreatMissingData?: string;
  readonly EvaluateLowSampleCountPercentile?: string;
  readonly Metrics?: readonly MetricDataQuery[];
  readonly Tags?: readonly Tag[];
  readonly ThresholdMetricId?: string;
  readonly EvaluationWindow?: EvaluationWindow;
  readonly WarmUpConfiguration?: WarmUpConfiguration;
  readonly EvaluationCriteria?: EvaluationCriteria;
  readonly EvaluationInterval?: number;
  readonly ActionConfiguration?: ActionConfiguration;
}

export interface PutMetricDataInput {
  readonly Namespace: string;
  readonly MetricData?: readonly MetricDatum[];
  readonly EntityMetricData?: readonly EntityMetricData[];
  readonly StrictEntityValidation?: boolean;
}

export interface SetAlarmStateInput {
  readonly AlarmName: string;
  readonly StateValue: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly StateReason: string;
  readonly StateReasonData?: string;
}

export interface SlidingWindow {

}

export interface StatisticSet {
  readonly SampleCount: number;
  readonly Sum: number;
  readonly Minimum: number;
  readonly Maximum: number;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagResourceInput {
  readonly ResourceARN: string;
  readonly Tags: readonly Tag[];
}

export interface UntagResourceInput {
  readonly ResourceARN: string;
  readonly TagKeys: readonly string[];
}

export interface WallClockWindow {
  readonly Timezone?: string;
}

export interface WarmUpConfiguration {
  readonly WarmUpPeriodDurationInMinutes: number;
  readonly OnlyStartEvaluatingAfterWarmUpPeriodEnds?: boolean;
}
