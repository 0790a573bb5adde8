import type { Place } from "./place.ts";

/** One measurement, as services and functions give it. */
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

/** Where services hand their measurements to, as AWS's do: without a call. */
export interface Metrics {
  put(datum: MetricDatum): void;
}
