import { ChildTaskKind } from "../child/task.ts";
import type { SameDigest } from "../digests.ts";
import type { CpuSeconds, HandlerBench } from "../handler-bench.ts";
import type { Sample } from "../harness.ts";
import type { RunnableWay } from "./ways.ts";

/** What one run of a way is held against. */
export interface ExpectedLines {
  /** Lines of all events together. */
  readonly lines: number;
  readonly digests: SameDigest;
}

/**
 * Runs a way with events, each at least once, and holds what was delivered against the other ways.
 * @returns what the process measured, and of Firehose: `billed` bytes per payload byte, `calls` per 1,000 lines
 * @throws Error when it delivered other lines than the others
 */
export async function deliverOnce(
  bench: HandlerBench,
  way: RunnableWay,
  eventFiles: readonly string[],
  { lines, digests }: ExpectedLines,
  cpuSeconds?: CpuSeconds,
): Promise<Sample> {
  const figures = await bench.run(way, { kind: ChildTaskKind.Steady, eventFiles }, { cpuSeconds });
  const delivered = await bench.standIn.lines();
  if (delivered.refusals.length > 0) throw new Error(`${way.name}: ${delivered.refusals[0]}`);
  if (delivered.lines !== lines) throw new Error(`${way.name} delivered ${delivered.lines} lines of ${lines}`);
  digests.hold(way.name, delivered.digest);
  const rounds = delivered.deliveries / lines;
  return {
    ...figures,
    billed: delivered.billedBytes / delivered.payloadBytes,
    calls: (delivered.requests / (rounds * lines)) * 1_000,
  };
}
