/** The CloudWatch units in use. */
export const Unit = { Count: "Count", Milliseconds: "Milliseconds" } as const;
export type Unit = (typeof Unit)[keyof typeof Unit];

/** One value of one metric. */
export interface MetricValue {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
}

/**
 * One log line in CloudWatch's Embedded Metric Format.
 * @param options.at milliseconds since the epoch
 * @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(options: {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly at: number;
  readonly values: readonly MetricValue[];
  readonly properties?: Readonly<Record<string, unknown>>;
}): string {
  return JSON.stringify({
    _aws: {
      Timestamp: options.at,
      CloudWatchMetrics: [
        {
          Namespace: options.namespace,
          Dimensions: [Object.keys(options.dimensions)],
          Metrics: options.values.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    ...options.properties,
    ...options.dimensions,
    ...Object.fromEntries(options.values.map(({ name, value }) => [name, value])),
  });
}
