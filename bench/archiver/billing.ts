import { pocKeys } from "../../config/stack-keys.ts";
import { plainEvents } from "../data/page-views.ts";
import { tableEvent } from "../data/table-events.ts";
import { SameDigest } from "../digests.ts";
import type { HandlerBench } from "../handler-bench.ts";
import type { Sample } from "../harness.ts";
import { Comparison, toDigits, toMark } from "../marks.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import { type BatchSettings, batchesUnderLoad } from "./arrivals.ts";
import { deliverOnce } from "./deliver-once.ts";
import { type RunnableWay, Way, type Ways } from "./ways.ts";

/** Steady loads, events per second. */
const LOADS = [10, 100, 1_000] as const;
/** Batches that each load is simulated for, and one more that the end cuts off. */
const BATCHES = 5;
const COMPARED: readonly Way[] = [Way.Ours, Way.FanOut, Way.PutBatch];
/** Billed bytes for each byte of a line. */
const GOAL = 1.02;
/** Each event once: bytes and calls are counted, time is not. */
const ONCE = { warmUp: 0, timed: 0 } as const;
const SEED = 1;

/** What an archive is deployed with, unless its configuration says otherwise. */
export function defaultBatchSettings(): BatchSettings {
  return {
    batchSize: pocKeys.archiverBatchSize.parse(undefined),
    batchWindowSeconds: pocKeys.archiverBatchWindowSeconds.parse(undefined),
  };
}

/** Bytes that Firehose bills for each byte of a line, and calls, under steady loads. */
export async function measureBilling(
  { progress }: BenchContext,
  bench: HandlerBench,
  ways: Ways,
): Promise<Omit<SectionResult, "skipped">> {
  const settings = defaultBatchSettings();
  const measured: { readonly load: number; readonly batch: number; readonly samples: Map<Way, Sample> }[] = [];
  for (const eventsPerSecond of LOADS) {
    const batchSeconds = Math.min(Math.max(1, settings.batchWindowSeconds), settings.batchSize / eventsPerSecond);
    const seconds = Math.ceil((BATCHES + 1) * batchSeconds);
    const { Records } = tableEvent(plainEvents(eventsPerSecond * seconds, SEED));
    const recordBytes = JSON.stringify(Records[0]).length;
    const batches = await batchesUnderLoad({ eventsPerSecond, seconds, recordBytes }, settings);
    // The last batch is cut by the end of the simulation.
    const whole = batches.slice(0, -1);
    if (whole.length === 0) throw new Error(`${seconds} s of ${eventsPerSecond} events/s make no whole batch`);
    let start = 0;
    const files = whole.map((length, index) => {
      const event = { Records: Records.slice(start, start + length) };
      start += length;
      return bench.eventFile(`load-${eventsPerSecond}-${index}`, event);
    });
    const digests = new SameDigest();
    const samples = new Map<Way, Sample>();
    for (const name of COMPARED) {
      progress(`${eventsPerSecond} events/s: ${name}`);
      const way = ways.get(name) as RunnableWay;
      samples.set(name, await deliverOnce(bench, way, files, { lines: start, digests }, ONCE));
    }
    measured.push({ load: eventsPerSecond, batch: start / whole.length, samples });
  }
  return {
    tables: [
      {
        title: "Bytes that Firehose bills for each byte of a line, and its calls, at the default settings",
        columns: ["events/s", "records a batch", "way", "billed", "calls per 1,000"],
        rows: measured.flatMap(({ load, batch, samples }) =>
          [...samples].map(([name, { billed = 0, calls = 0 }]) => [
            String(load),
            toDigits(batch),
            name,
            billed.toFixed(3),
            toDigits(calls),
          ]),
        ),
      },
    ],
    marks: measured.map(({ load, batch, samples }) =>
      toMark({
        name: `billed bytes per payload byte, ${load} events/s`,
        value: samples.get(Way.Ours)?.["billed"] ?? Number.NaN,
        goal: GOAL,
        comparison: Comparison.AtMost,
        note:
          `a batch has ${toDigits(batch)} records (${settings.batchSize} at most, a window of ` +
          `${settings.batchWindowSeconds} s), and the last Firehose record of each is rounded up to 5 KB`,
      }),
    ),
    notes: [
      `Batches are those of an event source mapping with the default settings (${settings.batchSize} records, a window ` +
        `of ${settings.batchWindowSeconds} s) on one shard, by the local cloud's rules on an injected clock.`,
    ],
  };
}
