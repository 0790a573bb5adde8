import type { BundledHandler } from "../bundles.ts";
import { ChildTaskKind } from "../child/task.ts";
import { kinesisEvent } from "../data/kinesis-events.ts";
import { plainEvents } from "../data/page-views.ts";
import type { HandlerBench } from "../handler-bench.ts";
import { interleave, medianOf, medianRatio, type Sample } from "../harness.ts";
import { Comparison, toDigits, toMark } from "../marks.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import { filesWithout } from "./loaded-files.ts";
import { type RunnableWay, Way } from "./variants.ts";

/** One BatchWriteItem. */
const BATCH = 25;
const COMPARED: readonly Way[] = [Way.Ours, Way.LibBatch];
/** A cold start is short, so it is measured this many times a round. */
const STARTS_PER_ROUND = 5;
const PARTS = ["boot", "load", "assumeRole", "firstBatch", "total"] as const;
const MS_PER_SECOND = 1_000;
const BYTES_OF_KB = 1_024;

/** The file that is loaded for AssumeRole, by the bundler's name. */
const STS_FILE = /^sts-session-/;

/** CPU from the start of the process to the first stored batch, and the code that is loaded for it. */
export async function measureColdStart(
  context: BenchContext,
  bench: HandlerBench,
  ways: ReadonlyMap<Way, RunnableWay>,
): Promise<Omit<SectionResult, "skipped">> {
  const eventFiles = [bench.eventFile("cold", kinesisEvent(plainEvents(BATCH, 1)))];
  const run = async (
    way: RunnableWay,
    kind: typeof ChildTaskKind.Cold | typeof ChildTaskKind.Scripts,
  ): Promise<Sample> => {
    const figures = await bench.run(way, { kind, eventFiles });
    const { items } = await bench.standIn.items();
    if (items !== BATCH) throw new Error(`${way.name} stored ${items} items of ${BATCH} at its cold start`);
    return figures;
  };
  const compared = COMPARED.map((name) => ways.get(name) as RunnableWay);
  const samples = await interleave(
    compared.map((way) => ({ name: way.name, measure: () => run(way, ChildTaskKind.Cold) })),
    {
      rounds: context.rounds * STARTS_PER_ROUND,
      onRun: ({ name }, round) => context.progress(`cold start ${round + 1}: ${name}`),
    },
  );
  const milliseconds = (name: Way, part: (typeof PARTS)[number]): string =>
    toDigits(medianOf(samples.get(name), part) * MS_PER_SECOND);
  const loaded = await run(ways.get(Way.Ours) as RunnableWay, ChildTaskKind.Scripts);
  const ours = ways.get(Way.Ours)?.bundle as BundledHandler;
  const own = filesWithout(STS_FILE, ours.file, Object.keys(loaded));
  return {
    tables: [
      {
        title: "Cold start: ms of CPU from the start of the process to the first stored batch",
        columns: ["way", "Node.js", "load", "AssumeRole", "first batch", "total"],
        rows: compared.map(({ name }) => [name, ...PARTS.map((part) => milliseconds(name, part))]),
      },
      {
        title: "Code, KB",
        columns: ["", "KB"],
        rows: [
          ["loaded before the first batch, STS aside", kilobytes(own.map((file) => loaded[file] ?? 0))],
          ["loaded before the first batch, with STS", kilobytes(Object.values(loaded))],
          ["the whole archive", kilobytes(Object.values(ours.bytes))],
          [
            "the whole archive of lib-dynamodb's batch",
            kilobytes(Object.values(ways.get(Way.LibBatch)?.bundle?.bytes ?? {})),
          ],
        ],
      },
    ],
    marks: [
      toMark({
        name: "cold start, CPU against client-sts and lib-dynamodb in one bundle",
        value: medianRatio(samples.get(Way.Ours), samples.get(Way.LibBatch), "total"),
        goal: 0.6,
        comparison: Comparison.AtMost,
        note:
          `AssumeRole, with the load of STS's client, takes ${milliseconds(Way.Ours, "assumeRole")} of ` +
          `${milliseconds(Way.Ours, "total")} ms, and Node.js itself ${milliseconds(Way.Ours, "boot")}`,
      }),
      toMark({
        name: "code loaded before the first batch, STS aside",
        value: sum(own.map((file) => loaded[file] ?? 0)) / BYTES_OF_KB,
        goal: 60,
        comparison: Comparison.AtMost,
        unit: "KB",
      }),
    ],
    notes: [
      `"STS aside" leaves out the files that are loaded for AssumeRole alone: ${Object.keys(loaded).length - own.length} ` +
        `of the ${Object.keys(loaded).length} files that a cold start loads.`,
    ],
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const kilobytes = (bytes: readonly number[]): string => toDigits(sum(bytes) / BYTES_OF_KB);
