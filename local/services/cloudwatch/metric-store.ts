import type { MetricDatum, Metrics } from "../../kernel/metrics.ts";
/** What is known of a metric within one period. */
export interface Statistics {
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
}

/** A metric: all that was measured under one namespace, name and set of dimensions, by the minute. */
export interface Metric {
  readonly accountId: string;
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  unit: string;
  /** By the minute's beginning, in milliseconds since the epoch. */
  readonly minutes: Map<number, Statistics>;
}

export const MINUTE_MS = 60_000;

/**
 * Minutes that a metric keeps (three days of measurements without a gap), and metrics that there may be; the oldest go
 * first.
 */
export const MAX_MINUTES = 4_320;
export const MAX_METRICS = 10_000;

/** The metrics of all accounts, added up by the minute as they come. */
export class MetricStore implements Metrics {
  readonly #metrics = new Map<string, Metric>();

  put(datum: MetricDatum): void {
    const key = keyOf(datum);
    let metric = this.#metrics.get(key);
    if (!metric) {
      const { accountId, region, namespace, name, dimensions, unit } = datum;
      metric = { accountId, region, namespace, name, dimensions, unit, minutes: new Map() };
      this.#metrics.set(key, metric);
      dropFirst(this.#metrics, MAX_METRICS);
    }
    metric.unit = datum.unit;
    const minute = Math.floor(datum.time / MINUTE_MS) * MINUTE_MS;
    const one = { sampleCount: 1, sum: datum.value, minimum: datum.value, maximum: datum.value };
    const known = metric.minutes.get(minute);
    if (known) {
      addTo(known, one);
    } else {
      metric.minutes.set(minute, one);
      dropFirst(metric.minutes, MAX_MINUTES);
    }
  }

  find(metric: Pick<MetricDatum, "accountId" | "region" | "namespace" | "name" | "dimensions">): Metric | undefined {
    return this.#metrics.get(keyOf(metric));
  }

  list(accountId: string, region: string): readonly Metric[] {
    return [...this.#metrics.values()].filter((metric) => metric.accountId === accountId && metric.region === region);
  }

  clear(): void {
    this.#metrics.clear();
  }
}

/** What a metric was from `from` to before `to` (milliseconds, whole minutes); undefined when nothing was measured. */
export function statisticsWithin(metric: Metric | undefined, from: number, to: number): Statistics | undefined {
  let total: Statistics | undefined;
  for (let minute = from; metric && minute < to; minute += MINUTE_MS) {
    const one = metric.minutes.get(minute);
    if (!one) continue;
    if (total) addTo(total, one);
    else total = { ...one };
  }
  return total;
}

/** The names that AWS gives to what can be asked of a period. */
export const statisticNames = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] as const;
export type StatisticName = (typeof statisticNames)[number];

export function statisticOf(statistics: Statistics, name: StatisticName): number {
  switch (name) {
    case "SampleCount":
      return statistics.sampleCount;
    case "Average":
      return statistics.sum / statistics.sampleCount;
    case "Sum":
      return statistics.sum;
    case "Minimum":
      return statistics.minimum;
    case "Maximum":
      return statistics.maximum;
  }
}

function addTo(total: Statistics, one: Statistics): void {
  total.sampleCount += one.sampleCount;
  total.sum += one.sum;
  total.minimum = Math.min(total.minimum, one.minimum);
  total.maximum = Math.max(total.maximum, one.maximum);
}

function keyOf(metric: Pick<MetricDatum, "accountId" | "region" | "namespace" | "name" | "dimensions">): string {
  const dimensions = Object.entries(metric.dimensions)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("\n");
  return `${metric.accountId}/${metric.region}/${metric.namespace}/${metric.name}\n${dimensions}`;
}

function dropFirst<K>(map: Map<K, unknown>, limit: number): void {
  if (map.size > limit) map.delete(map.keys().next().value as K);
}
