import type { Place } from "./place.ts";

/** One data point of a metric. */
export interface MetricDatum extends Place {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** Such as `Count`, `Milliseconds`, `Bytes`, `None`. */
  readonly unit: string;
  /** Cloud time, milliseconds since the epoch. */
  readonly time: number;
}

/** Takes the data points of services. Like AWS's, services put them without an API call. */
export interface Metrics {
  put(datum: MetricDatum): void;
}
