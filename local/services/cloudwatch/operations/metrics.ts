import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import { defineOperations, type Operation } from "../../../kernel/service.ts";
import { isPeriod } from "../alarms.ts";
import { MAX_DATAPOINTS, METRICS_PER_PAGE } from "../limits.ts";
import {
  type Metric,
  MINUTE_MS,
  type StatisticName,
  statisticNames,
  statisticOf,
  statisticsWithin,
} from "../metric-store.ts";
import type { CloudWatchStore } from "../store.ts";
import type { CloudWatchInputs } from "../wire.ts";
import { asList, asRecord, millisecondsOf, page } from "./lists.ts";

/** Metrics: putting, listing and reading data. Their actions have no resource in IAM. */
export function metricOperations(store: CloudWatchStore): Readonly<Record<string, Operation>> {
  const authorize = (action: string) => () => [{ action: `cloudwatch:${action}`, resource: "*" }];
  return defineOperations<CloudWatchInputs>({
    PutMetricData: {
      authorize: (params) => [
        { action: "cloudwatch:PutMetricData", resource: "*", context: { "cloudwatch:namespace": params.Namespace } },
      ],
      run(params, call) {
        for (const datum of params.MetricData) {
          store.metrics.put({
            accountId: call.accountId,
            region: call.region,
            namespace: params.Namespace,
            name: datum.MetricName,
            dimensions: asRecord(datum.Dimensions),
            value: datum.Value,
            unit: datum.Unit ?? "None",
            time: millisecondsOf(datum.Timestamp) ?? call.clock.now(),
          });
        }
      },
    },

    ListMetrics: {
      authorize: authorize("ListMetrics"),
      run(params, call) {
        const metrics = store.metrics
          .list(call.accountId, call.region)
          .filter((metric) => params.Namespace === undefined || metric.namespace === params.Namespace)
          .filter((metric) => params.MetricName === undefined || metric.name === params.MetricName)
          .filter((metric) =>
            (params.Dimensions ?? []).every(({ Name, Value }) =>
              Value === undefined ? Object.hasOwn(metric.dimensions, Name) : metric.dimensions[Name] === Value,
            ),
          );
        const { page: items, next: NextToken } = page(metrics, METRICS_PER_PAGE, params.NextToken);
        return {
          Metrics: items.map((metric) => ({
            Namespace: metric.namespace,
            MetricName: metric.name,
            Dimensions: asList(metric.dimensions),
          })),
          NextToken,
        };
      },
    },

    GetMetricStatistics: {
      authorize: authorize("GetMetricStatistics"),
      run(params, call) {
        const metric = store.metrics.find({
          accountId: call.accountId,
          region: call.region,
          namespace: params.Namespace,
          name: params.MetricName,
          dimensions: asRecord(params.Dimensions),
        });
        const datapoints = periodsOf(metric, params, params.Period, params.Unit);
        return {
          Label: params.MetricName,
          Datapoints: datapoints.map(({ start, statistics }) => ({
            Timestamp: start / 1000,
            ...Object.fromEntries(params.Statistics.map((name) => [name, statisticOf(statistics, name)])),
            Unit: metric?.unit,
          })),
        };
      },
    },

    GetMetricData: {
      authorize: authorize("GetMetricData"),
      run(params, call) {
        const results = params.MetricDataQueries.filter((one) => one.ReturnData ?? true).map(
          ({ Id, Label, MetricStat }) => {
            const statistic = statisticNamed(MetricStat.Stat);
            const metric = store.metrics.find({
              accountId: call.accountId,
              region: call.region,
              namespace: MetricStat.Metric.Namespace,
              name: MetricStat.Metric.MetricName,
              dimensions: asRecord(MetricStat.Metric.Dimensions),
            });
            const found = periodsOf(metric, params, MetricStat.Period, MetricStat.Unit);
            const points = params.ScanBy === "TimestampAscending" ? found : found.reverse();
            return {
              Id,
              Label: Label ?? `${MetricStat.Metric.MetricName} ${MetricStat.Stat}`,
              Timestamps: points.map(({ start }) => start / 1000),
              Values: points.map(({ statistics }) => statisticOf(statistics, statistic)),
              StatusCode: "Complete",
            };
          },
        );
        return { MetricDataResults: results, Messages: [] };
      },
    },
  });
}

/** The periods from `from` to before `to` that have data, oldest first. */
function periodsOf(
  metric: Metric | undefined,
  range: { readonly StartTime: number; readonly EndTime: number },
  periodSeconds: number,
  unit?: string,
) {
  const from = range.StartTime * 1000;
  const to = range.EndTime * 1000;
  if (!isPeriod(periodSeconds)) throw new AwsError("ValidationError", "Period must be a multiple of 60");
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

function statisticNamed(text: string): StatisticName {
  const name = statisticNames.find((one) => one === text);
  if (name) return name;
  throw new NotSupportedError(`the statistic ${text}`, statisticNames.join(", "));
}
