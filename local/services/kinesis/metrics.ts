import { TimerKind } from "../../kernel/clock.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { KinesisStream } from "./stream.ts";

/** CloudWatch gets one data point per stream, metric and minute. */
const PERIOD_MS = 60_000;

interface Pending {
  readonly stream: KinesisStream;
  readonly values: Map<string, { value: number; unit: string }>;
}

/** Aggregates the metrics of streams and sends them to CloudWatch once a minute of cloud time. */
export class StreamMetrics {
  readonly #ports: Ports;
  readonly #pending = new Map<string, Pending>();
  #isArmed = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Adds to a sum, such as `IncomingRecords`. */
  add(stream: KinesisStream, name: string, amount: number, unit: "Count" | "Bytes" = "Count"): void {
    const entry = this.#entry(stream, name, unit);
    entry.value += amount;
  }

  /** Keeps the maximum of the minute, such as of `GetRecords.IteratorAgeMilliseconds`. */
  highest(stream: KinesisStream, name: string, value: number, unit: "Milliseconds"): void {
    const entry = this.#entry(stream, name, unit);
    entry.value = Math.max(entry.value, value);
  }

  /** Drops what has not been sent yet. */
  clear(): void {
    this.#pending.clear();
  }

  #entry(stream: KinesisStream, name: string, unit: string): { value: number; unit: string } {
    let pending = this.#pending.get(stream.arn);
    if (!pending) {
      pending = { stream, values: new Map() };
      this.#pending.set(stream.arn, pending);
    }
    let entry = pending.values.get(name);
    if (!entry) {
      entry = { value: 0, unit };
      pending.values.set(name, entry);
    }
    if (!this.#isArmed) {
      this.#isArmed = true;
      this.#ports.clock.setTimer(PERIOD_MS, TimerKind.Other, () => this.#flush());
    }
    return entry;
  }

  #flush(): void {
    this.#isArmed = false;
    const time = this.#ports.clock.now();
    for (const { stream, values } of this.#pending.values()) {
      for (const [name, { value, unit }] of values) {
        this.#ports.metrics.put({
          accountId: stream.accountId,
          region: stream.region,
          namespace: "AWS/Kinesis",
          name,
          dimensions: { StreamName: stream.name },
          value,
          unit,
          time,
        });
      }
    }
    this.#pending.clear();
  }
}
