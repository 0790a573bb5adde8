import type { MetricValue } from "../../../functions/shared/embedded-metrics.ts";
import type { ObjectStore } from "../../../functions/shared/object-store.ts";
import { createLog } from "../../../functions/shared/structured-log.ts";

/** Log lines and metrics of one invocation. */
export interface Recorded {
  readonly lines: string[];
  readonly metrics: MetricValue[];
}

/** Log and metrics that keep what they are given. */
export function recordingOutput() {
  const recorded: Recorded = { lines: [], metrics: [] };
  return {
    recorded,
    metric: (name: string): number | undefined => recorded.metrics.find((metric) => metric.name === name)?.value,
    log: createLog({ requestId: "request-1" }, (line) => recorded.lines.push(line)),
    emitMetrics: (values: readonly MetricValue[]): void => void recorded.metrics.push(...values),
  };
}

/** An object store in memory; `before` may throw or wait. */
export class MemoryObjectStore implements ObjectStore {
  readonly objects = new Map<string, string>();
  readonly keys: string[] = [];
  before: (key: string, callNumber: number) => void | Promise<void> = () => undefined;

  async put(key: string, body: string): Promise<void> {
    this.keys.push(key);
    await this.before(key, this.keys.length);
    this.objects.set(key, body);
  }

  /** The stored objects, parsed. */
  parsed(): Record<string, unknown>[] {
    return [...this.objects.values()].map((body) => JSON.parse(body) as Record<string, unknown>);
  }
}
