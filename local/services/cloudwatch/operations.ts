import { AwsError } from "../../kernel/errors.ts";
import { defineOperation, type Operation } from "../../kernel/service.ts";
import { alarmOperations } from "./alarm-operations.ts";
import { asList, asRecord, page } from "./lists.ts";
import { type Metric, MINUTE_MS, statisticOf, statisticsWithin } from "./metric-store.ts";
import * as schema from "./schema.ts";
import type { CloudWatchService } from "./service.ts";

/** Datapoints of one GetMetricStatistics; metrics of one page of ListMetrics. */
const MAX_DATAPOINTS = 1_440;
const METRICS_PER_PAGE = 500;

/** What CloudWatch answers over the wire. Of its actions, only those on alarms have resources. */
export function cloudWatchOperations(cloudWatch: CloudWatchService): Readonly<Record<string, Operation>> {
  const authorize = (action: string) => () => [{ action: `cloudwatch:${action}`, resource: "*" }];
  return {
    ...alarmOperations(cloudWatch),

    PutMetricData: defineOperation({
      input: schema.putMetricDataInput,
      authorize: (params) => [
        { action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": params.Namespace } },
      ],
      run(params, call) {
        for (const datum of params.MetricData) {
          cloudWatch.metrics.put({
            accountId: call.accountId,
            region: call.region,
            namespace: params.Namespace,
            name: datum.MetricName,
            dimensions: asRecord(datum.Dimensions),
            value: datum.Value,
            unit: datum.Unit,
            time: datum.Timestamp ?? call.clock.now(),
          });
        }
      },
    }),

    ListMetrics: defineOperation({
      input: schema.listMetricsInput,
      authorize: authorize("ListMetrics"),
      run(params, call) {
        const metrics = cloudWatch.metrics
          .list(call.accountId, call.region)
          .filter((metric) => params.Namespace === undefined || metric.namespace === params.Namespace)
          .filter((metric) => params.MetricName === undefined || metric.name === params.MetricName)
          .filter((metric) =>
            params.Dimensions.every(({ Name, Value }) =>
              Value === undefined ? Object.hasOwn(metric.dimensions, Name) : metric.dimensions[Name] === Value,
            ),
          );
        const { items, NextToken } = page(metrics, METRICS_PER_PAGE, params.NextToken);
        return {
          Metrics: items.map((metric) => ({
            Namespace: metric.namespace,
            MetricName: metric.name,
            Dimensions: asList(metric.dimensions),
          })),
          NextToken,
        };
      },
    }),

    GetMetricStatistics: defineOperation({
      input: schema.getMetricStatisticsInput,
      authorize: authorize("GetMetricStatistics"),
      run(params, call) {
        const metric = cloudWatch.metrics.find({
          accountId: call.accountId,
          region: call.region,
          namespace: params.Namespace,
          name: params.MetricName,
          dimensions: asRecord(params.Dimensions),
        });
        const datapoints = periodsOf(metric, params.StartTime, params.EndTime, params.Period, params.Unit);
        return {
          Label: params.MetricName,
          Datapoints: datapoints.map(({ start, statistics }) => ({
            Timestamp: start / 1000,
            ...Object.fromEntries(params.Statistics.map((name) => [name, statisticOf(statistics, name)])),
            Unit: metric?.unit,
          })),
        };
      },
    }),

    GetMetricData: defineOperation({
      input: schema.getMetricDataInput,
      authorize: authorize("GetMetricData"),
      run(params, call) {
        const results = params.MetricDataQueries.filter((one) => one.ReturnData).map(({ Id, Label, MetricStat }) => {
          const metric = cloudWatch.metrics.find({
            accountId: call.accountId,
            region: call.region,
            namespace: MetricStat.Metric.Namespace,
            name: MetricStat.Metric.MetricName,
            dimensions: asRecord(MetricStat.Metric.Dimensions),
          });
          const found = periodsOf(metric, params.StartTime, params.EndTime, MetricStat.Period, MetricStat.Unit);
          const points = params.ScanBy === "TimestampAscending" ? found : found.reverse();
          return {
            Id,
            Label: Label ?? `${MetricStat.Metric.MetricName} ${MetricStat.Stat}`,
            Timestamps: points.map(({ start }) => start / 1000),
            Values: points.map(({ statistics }) => statisticOf(statistics, MetricStat.Stat)),
            StatusCode: "Complete",
          };
        });
        return { MetricDataResults: results, Messages: [] };
      },
    }),
  };
}

/** The periods from `from` to before `to` that have data, oldest first. */
function periodsOf(metric: Metric | undefined, from: number, to: number, periodSeconds: number, unit?: string) {
  if (from >= to) {
    throw new AwsError("InvalidParameterValue", "The parameter StartTime must be less than the parameter EndTime.");
  }
  const periodMs = periodSeconds * 1000;
  const first = Math.floor(from / MINUTE_MS) * MINUTE_MS;
  const count = Math.ceil((to - first) / periodMs);
  if (count > MAX_DATAPOINTS) {
    throw new AwsError(
      "InvalidParameterCombination",
      `You have requested up to ${count} datapoints, which exceeds the limit of ${MAX_DATAPOINTS}.`,
    );
  }
  if (!metric || (unit !== undefined && metric.unit !== unit)) return [];
  return Array.from({ length: count }, (_, index) => first + index * periodMs).flatMap((start) => {
    const statistics = statisticsWithin(metric, start, start + periodMs);
    return statistics ? [{ start, statistics }] : [];
  });
}
