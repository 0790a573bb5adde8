import { ChildTaskKind } from "../child/task.ts";
import { plainEvents } from "../data/page-views.ts";
import { tableEvent } from "../data/table-events.ts";
import { SameDigest } from "../digests.ts";
import type { HandlerBench } from "../handler-bench.ts";
import { interleave, medianOf, medianRatio, type Sample } from "../harness.ts";
import { Comparison, type Mark, toDigits, toMark } from "../marks.ts";
import { profileText } from "../profile.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import { defaultBatchSettings } from "./billing.ts";
import { deliverOnce } from "./deliver-once.ts";
import { type RunnableWay, Way, type Ways } from "./ways.ts";

/** A batch smaller than the default; the way with a request for each line is measured with it alone. */
const SMALL_BATCH = 100;
const COLD: readonly Way[] = [Way.Ours, Way.PutBatch];
const STARTS_PER_ROUND = 3;
const SEED = 1;
const MICROSECONDS = 1e6;
const MS_PER_SECOND = 1_000;
const BYTES_OF_KB = 1_024;

type Samples = ReadonlyMap<string, readonly Sample[]>;

/** CPU per record of all ways, their cold starts, and the size of their code. */
export async function measureCpu(
  context: BenchContext,
  bench: HandlerBench,
  ways: Ways,
): Promise<Omit<SectionResult, "skipped">> {
  const { batchSize } = defaultBatchSettings();
  const bySize: [number, Samples][] = [];
  for (const size of new Set([SMALL_BATCH, batchSize]))
    bySize.push([size, await measureSize(context, bench, ways, size)]);
  const cold = await measureColdStart(context, bench, ways);
  const marks: Mark[] = [];
  for (const [size, samples] of bySize) marks.push(await cpuMark(context, bench, ways, size, samples));
  return {
    tables: [
      ...bySize.map(([size, samples]) => ({
        title: `CPU per record, ${size} records a batch`,
        columns: ["way", "µs of CPU", "ours is ×", "calls per 1,000"],
        rows: [...samples.keys()].map((name) => [
          name,
          toDigits(medianOf(samples.get(name), "cpu")),
          toDigits(medianRatio(samples.get(Way.Ours), samples.get(name), "cpu")),
          toDigits(medianOf(samples.get(name), "calls")),
        ]),
      })),
      {
        title: "Cold start: ms of CPU from the start of the process to the first delivered batch; code, KB",
        columns: ["way", "load", "first batch", "total", "archive, KB"],
        rows: COLD.map((name) => [
          name,
          ...["load", "firstBatch", "total"].map((part) => toDigits(medianOf(cold.get(name), part) * MS_PER_SECOND)),
          toDigits(sum(Object.values(ways.get(name)?.bundle.bytes ?? {})) / BYTES_OF_KB),
        ]),
      },
    ],
    marks,
    notes: ["A call costs about the same for any number of lines, so it weighs more in a smaller batch."],
  };
}

/** CPU against the fan-out, with a profile of ours where the goal is missed. */
async function cpuMark(
  { progress }: BenchContext,
  bench: HandlerBench,
  ways: Ways,
  size: number,
  samples: Samples,
): Promise<Mark> {
  const mark = toMark({
    name: `CPU per record against the classic fan-out, ${size} records a batch`,
    value: medianRatio(samples.get(Way.Ours), samples.get(Way.FanOut), "cpu"),
    goal: 0.6,
    comparison: Comparison.AtMost,
  });
  if (mark.holds) return mark;
  progress("a profile of ours");
  const eventFiles = [bench.eventFile(`profiled-${size}`, tableEvent(plainEvents(size, SEED)))];
  const ours = ways.get(Way.Ours) as RunnableWay;
  return { ...mark, note: profileText(await bench.profile(ours, { kind: ChildTaskKind.Steady, eventFiles })) };
}

async function measureSize(context: BenchContext, bench: HandlerBench, ways: Ways, size: number): Promise<Samples> {
  const files = [bench.eventFile(`batch-${size}`, tableEvent(plainEvents(size, SEED)))];
  const expected = { lines: size, digests: new SameDigest() };
  const measure = async (way: RunnableWay): Promise<Sample> => {
    const { rounds = 0, cpuSeconds = 0, calls = 0 } = await deliverOnce(bench, way, files, expected);
    return { cpu: (cpuSeconds / (rounds * size)) * MICROSECONDS, calls };
  };
  return interleave(
    [...ways.values()]
      .filter(({ name }) => size === SMALL_BATCH || name !== Way.PutEach)
      .map((way) => ({ name: way.name, measure: () => measure(way) })),
    {
      rounds: context.rounds,
      onRun: ({ name }, round) =>
        context.progress(`${size} records a batch, round ${round + 1} of ${context.rounds}: ${name}`),
    },
  );
}

async function measureColdStart({ rounds, progress }: BenchContext, bench: HandlerBench, ways: Ways): Promise<Samples> {
  const eventFiles = [bench.eventFile("cold", tableEvent(plainEvents(25, SEED)))];
  return interleave(
    COLD.map((name) => ({
      name,
      measure: () => bench.run(ways.get(name) as RunnableWay, { kind: ChildTaskKind.Cold, eventFiles }),
    })),
    {
      rounds: rounds * STARTS_PER_ROUND,
      onRun: ({ name }, round) => progress(`cold start ${round + 1}: ${name}`),
    },
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
