import type { Ports } from "../../kernel/ports.ts";

/** One data point of a function's metric in AWS/Lambda, as CloudWatch gets it from Lambda. */
export interface FunctionMetric {
  readonly functionArn: string;
  readonly name: string;
  readonly value: number;
  readonly unit: "Count" | "Milliseconds";
}

/** Hands a data point to CloudWatch, at cloud time's now. */
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
