import { ChildTaskKind } from "../child/task.ts";
import { kinesisEvent } from "../data/kinesis-events.ts";
import { plainEvents } from "../data/page-views.ts";
import type { HandlerBench } from "../handler-bench.ts";
import { interleave, medianOf, medianRatio, type Sample } from "../harness.ts";
import { Comparison, toDigits, toMark } from "../marks.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import { type RunnableWay, Way } from "./variants.ts";

/** One BatchWriteItem. */
const BATCH = 25;
const COMPARED: readonly Way[] = [Way.Ours, Way.LibBatch];
/** A cold start is short, so it is measured this many times a round. */
const STARTS_PER_ROUND = 5;
const PARTS = ["boot", "load", "assumeRole", "firstBatch", "total"] as const;
const MS_PER_SECOND = 1_000;
const BYTES_OF_KB = 1_024;

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
  const loaded = await run(ways.get(Way.Ours) as RunnableWay, ChildTaskKind.Scripts);
  const code = codeOf(loaded, ways.get(Way.Ours)?.bundle?.bytes ?? {});
  return {
    tables: [
      {
        title: "Cold start: ms of CPU from the start of the process to the first stored batch",
        columns: ["way", "Node.js", "load", "AssumeRole", "first batch", "total"],
        rows: compared.map(({ name }) => [
          name,
          ...PARTS.map((part) => toDigits(medianOf(samples.get(name), part) * MS_PER_SECOND)),
        ]),
      },
      {
        title: "Code, KB",
        columns: ["", "KB"],
        rows: [
          ["loaded before the first batch, STS aside", toDigits(code.own / BYTES_OF_KB)],
          ["loaded before the first batch, with STS", toDigits(code.loaded / BYTES_OF_KB)],
          ["the whole archive", toDigits(code.archive / BYTES_OF_KB)],
          ["the whole archive of lib-dynamodb's batch", toDigits(archiveBytes(ways.get(Way.LibBatch)) / BYTES_OF_KB)],
        ],
      },
    ],
    marks: [
      toMark({
        name: "cold start, CPU against client-sts and lib-dynamodb in one bundle",
        value: medianRatio(samples.get(Way.Ours), samples.get(Way.LibBatch), "total"),
        goal: 0.6,
        comparison: Comparison.AtMost,
      }),
      toMark({
        name: "code loaded before the first batch, STS aside",
        value: code.own / BYTES_OF_KB,
        goal: 60,
        comparison: Comparison.AtMost,
        unit: "KB",
      }),
    ],
    notes: code.hasOwnChunk
      ? []
      : ["The bundle is one file, STS client and all: it counts as code loaded before the first batch."],
  };
}

/** What a cold start loads. */
interface LoadedCode {
  /** Bytes without the files of the STS client. */
  readonly own: number;
  readonly loaded: number;
  readonly archive: number;
  /** Whether the STS client is in a file of its own. */
  readonly hasOwnChunk: boolean;
}

/** A file that has the STS client in it, by the bundler's name of the chunk. */
const STS_FILE = /sts/i;

function codeOf(loaded: Sample, archive: Readonly<Record<string, number>>): LoadedCode {
  const sum = (bytes: readonly number[]): number => bytes.reduce((total, value) => total + value, 0);
  const files = Object.entries(loaded);
  const own = files.filter(([file]) => !STS_FILE.test(file));
  return {
    own: sum(own.map(([, bytes]) => bytes)),
    loaded: sum(Object.values(loaded)),
    archive: sum(Object.values(archive)),
    hasOwnChunk: own.length < files.length,
  };
}

function archiveBytes(way: RunnableWay | undefined): number {
  return Object.values(way?.bundle?.bytes ?? {}).reduce((total, value) => total + value, 0);
}
