import { z } from "zod";
import type { MetricDatum } from "../../kernel/metrics.ts";
import type { Place } from "../../kernel/place.ts";

/** Of the embedded metric format, what says which members of the line are metrics. */
const metadata = z.object({
  Timestamp: z.number(),
  CloudWatchMetrics: z.array(
    z.object({
      Namespace: z.string().min(1),
      Dimensions: z.array(z.array(z.string())).default([[]]),
      Metrics: z.array(z.object({ Name: z.string().min(1), Unit: z.string().default("None") })),
    }),
  ),
});

/**
 * The metrics in one line of a log that is in the embedded metric format; none when it is not. As AWS does, a metric
 * whose value is no number
 * (or list of numbers), and a set of dimensions that the line does not have in full, is left out.
 */
export function metricsOfLine(place: Place, line: string): readonly MetricDatum[] {
  const start = line.indexOf("{");
  if (start < 0 || !line.includes('"_aws"')) return [];
  let root: Readonly<Record<string, unknown>>;
  try {
    root = JSON.parse(line.slice(start));
  } catch {
    return [];
  }
  const parsed = metadata.safeParse(root["_aws"]);
  if (!parsed.success) return [];
  return parsed.data.CloudWatchMetrics.flatMap((directive) =>
    directive.Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, root[name]]));
      if (!isAllStrings(dimensions)) return [];
      return directive.Metrics.flatMap(({ Name, Unit }) =>
        [root[Name]]
          .flat()
          .filter((value) => typeof value === "number" && Number.isFinite(value))
          .map((value) => ({
            accountId: place.accountId,
            region: place.region,
            namespace: directive.Namespace,
            name: Name,
            dimensions,
            value: value as number,
            unit: Unit,
            time: parsed.data.Timestamp,
          })),
      );
    }),
  );
}

function isAllStrings(values: Readonly<Record<string, unknown>>): values is Readonly<Record<string, string>> {
  return Object.values(values).every((value) => typeof value === "string");
}
