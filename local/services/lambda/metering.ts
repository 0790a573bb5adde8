import type { Ports } from "../../kernel/ports.ts";

/** One data point of a function's metric in AWS/Lambda. */
export interface FunctionMetric {
  readonly functionArn: string;
  readonly name: string;
  readonly value: number;
  readonly unit: "Count" | "Milliseconds";
}

/** Puts a data point into CloudWatch, at the current cloud time. */
export function measure(ports: Ports, { functionArn, name, value, unit }: FunctionMetric): void {
  const [, , , region = "", accountId = "", , functionName = ""] = functionArn.split(":");
  ports.metrics.put({
    accountId,
    region,
    namespace: "AWS/Lambda",
    name,
    dimensions: { FunctionName: functionName },
    value,
    unit,
    time: ports.clock.now(),
  });
}
