/**
 * Limits of CloudWatch (API reference of GetMetricStatistics, ListMetrics, DescribeAlarms, DescribeAlarmHistory,
 * TagResource).
 */
export const MAX_DATAPOINTS = 1_440;
export const METRICS_PER_PAGE = 500;
export const ALARMS_PER_PAGE = 50;
export const HISTORY_ITEMS_PER_PAGE = 100;
