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

export type ActionConfiguration = {
  readonly AlarmTagsPropagation?: AlarmTagsPropagation;
};

export type AlarmPromQLCriteria = {
  readonly Query: string;
  readonly PendingPeriod?: number;
  readonly RecoveryPeriod?: number;
};

export type AlarmTagsPropagation = {
  readonly Enabled: boolean;
  readonly IncludedTagKeys?: readonly string[];
  readonly ExcludedTagKeys?: readonly string[];
};

export type DeleteAlarmsInput = {
  readonly AlarmNames: readonly string[];
};

export type DescribeAlarmHistoryInput = {
  readonly AlarmName?: string;
  readonly AlarmContributorId?: string;
  readonly AlarmTypes?: readonly ("CompositeAlarm" | "MetricAlarm" | "LogAlarm")[];
  readonly HistoryItemType?: "ConfigurationUpdate" | "StateUpdate" | "Action" | "AlarmContributorStateUpdate" | "AlarmContributorAction";
  readonly StartDate?: number;
  readonly EndDate?: number;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
  readonly ScanBy?: "TimestampDescending" | "TimestampAscending";
};

export type DescribeAlarmsInput = {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly ("CompositeAlarm" | "MetricAlarm" | "LogAlarm")[];
  readonly ChildrenOfAlarmName?: string;
  readonly ParentsOfAlarmName?: string;
  readonly StateValue?: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly ActionPrefix?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
};

export type Dimension = {
  readonly Name: string;
  readonly Value: string;
};

export type DimensionFilter = {
  readonly Name: string;
  readonly Value?: string;
};

export type DisableAlarmActionsInput = {
  readonly AlarmNames: readonly string[];
};

export type EnableAlarmActionsInput = {
  readonly AlarmNames: readonly string[];
};

export type Entity = {
  readonly KeyAttributes?: { readonly [key: string]: string };
  readonly Attributes?: { readonly [key: string]: string };
};

export type EntityMetricData = {
  readonly Entity?: Entity;
  readonly MetricData?: readonly MetricDatum[];
};

export type EvaluationCriteria = {
  readonly PromQLCriteria?: AlarmPromQLCriteria;
};

export type EvaluationWindow = {
  readonly WallClockWindow?: WallClockWindow;
  readonly SlidingWindow?: SlidingWindow;
};

export type GetMetricDataInput = {
  readonly MetricDataQueries: readonly MetricDataQuery[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
  readonly ScanBy?: "TimestampDescending" | "TimestampAscending";
  readonly MaxDatapoints?: number;
  readonly LabelOptions?: LabelOptions;
};

export type GetMetricStatisticsInput = {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Period: number;
  readonly Statistics?: readonly ("SampleCount" | "Average" | "Sum" | "Minimum" | "Maximum")[];
  readonly ExtendedStatistics?: readonly string[];
  readonly Unit?: "Seconds" | "Microseconds" | "Milliseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes" | "Bits" | "Kilobits" | "Megabits" | "Gigabits" | "Terabits" | "Percent" | "Count" | "Bytes/Second" | "Kilobytes/Second" | "Megabytes/Second" | "Gigabytes/Second" | "Terabytes/Second" | "Bits/Second" | "Kilobits/Second" | "Megabits/Second" | "Gigabits/Second" | "Terabits/Second" | "Count/Second" | "None";
};

export type LabelOptions = {
  readonly Timezone?: string;
};

export type ListMetricsInput = {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly DimensionFilter[];
  readonly NextToken?: string;
  readonly RecentlyActive?: "PT3H";
  readonly IncludeLinkedAccounts?: boolean;
  readonly OwningAccount?: string;
};

export type ListTagsForResourceInput = {
  readonly ResourceARN: string;
};

export type Metric = {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly Dimension[];
};

export type MetricDataQuery = {
  readonly Id: string;
  readonly MetricStat?: MetricStat;
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly Period?: number;
  readonly AccountId?: string;
};

export type MetricDatum = {
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Timestamp?: number;
  readonly Value?: number;
  readonly StatisticValues?: StatisticSet;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly Unit?: "Seconds" | "Microseconds" | "Milliseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes" | "Bits" | "Kilobits" | "Megabits" | "Gigabits" | "Terabits" | "Percent" | "Count" | "Bytes/Second" | "Kilobytes/Second" | "Megabytes/Second" | "Gigabytes/Second" | "Terabytes/Second" | "Bits/Second" | "Kilobits/Second" | "Megabits/Second" | "Gigabits/Second" | "Terabits/Second" | "Count/Second" | "None";
  readonly StorageResolution?: number;
};

export type MetricStat = {
  readonly Metric: Metric;
  readonly Period: number;
  readonly Stat: string;
  readonly Unit?: "Seconds" | "Microseconds" | "Milliseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes" | "Bits" | "Kilobits" | "Megabits" | "Gigabits" | "Terabits" | "Percent" | "Count" | "Bytes/Second" | "Kilobytes/Second" | "Megabytes/Second" | "Gigabytes/Second" | "Terabytes/Second" | "Bits/Second" | "Kilobits/Second" | "Megabits/Second" | "Gigabits/Second" | "Terabits/Second" | "Count/Second" | "None";
};

export type PutMetricAlarmInput = {
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
};

export type PutMetricDataInput = {
  readonly Namespace: string;
  readonly MetricData?: readonly MetricDatum[];
  readonly EntityMetricData?: readonly EntityMetricData[];
  readonly StrictEntityValidation?: boolean;
};

export type SetAlarmStateInput = {
  readonly AlarmName: string;
  readonly StateValue: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly StateReason: string;
  readonly StateReasonData?: string;
};

export type SlidingWindow = {

};

export type StatisticSet = {
  readonly SampleCount: number;
  readonly Sum: number;
  readonly Minimum: number;
  readonly Maximum: number;
};

export type Tag = {
  readonly Key: string;
  readonly Value: string;
};

export type TagResourceInput = {
  readonly ResourceARN: string;
  readonly Tags: readonly Tag[];
};

export type UntagResourceInput = {
  readonly ResourceARN: string;
  readonly TagKeys: readonly string[];
};

export type WallClockWindow = {
  readonly Timezone?: string;
};

export type WarmUpConfiguration = {
  readonly WarmUpPeriodDurationInMinutes: number;
  readonly OnlyStartEvaluatingAfterWarmUpPeriodEnds?: boolean;
};
