import { ChildTaskKind } from "../child/task.ts";
import { kinesisEvent } from "../data/kinesis-events.ts";
import { plainEvents } from "../data/page-views.ts";
import type { HandlerBench } from "../handler-bench.ts";
import { interleave, medianOf, medianRatio, type Sample, type Variant } from "../harness.ts";
import { Comparison, toDigits, toMark } from "../marks.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import { type RunnableWay, Way } from "./variants.ts";

const COMPARED: readonly Way[] = [Way.Ours, Way.LibBatch, Way.LowLevel];
const RECORDS = 5_000;
/** The largest event that Lambda hands over: 6 MB of JSON (AWS Lambda quotas, invocation payload). */
const MAX_EVENT_BYTES = 6 * 1_024 * 1_024;
const BYTES_OF_MB = 1_024 * 1_024;
const SEED = 1;

/** Memory of the process for large events. */
export async function measureMemory(
  context: BenchContext,
  bench: HandlerBench,
  ways: ReadonlyMap<Way, RunnableWay>,
): Promise<Omit<SectionResult, "skipped">> {
  const warmUp = bench.eventFile("memory-warm-up", kinesisEvent(plainEvents(25, SEED)));
  const largest = largestEvent();
  const files = [
    [String(RECORDS), bench.eventFile("memory", kinesisEvent(plainEvents(RECORDS, SEED)))],
    ["6 MB", bench.eventFile("memory-largest", largest)],
  ] as const;
  const variants: Variant[] = files.flatMap(([size, file]) =>
    COMPARED.map((name) => ({
      name: key(size, name),
      measure: (): Promise<Sample> =>
        bench.run(ways.get(name) as RunnableWay, { kind: ChildTaskKind.Memory, eventFiles: [warmUp, file] }),
    })),
  );
  const samples = await interleave(variants, {
    rounds: context.rounds,
    onRun: ({ name }, round) => context.progress(`memory, round ${round + 1} of ${context.rounds}: ${name}`),
  });
  const megabytes = (size: string, name: Way, figure: string): number =>
    medianOf(samples.get(key(size, name)), figure) / BYTES_OF_MB;
  return {
    tables: files.map(([size]) => ({
      title:
        size === "6 MB"
          ? `Resident set with an event of 6 MB (${largest.Records.length} records), MB`
          : `Resident set with an event of ${size} records, MB`,
      columns: ["way", "before the event", "peak", "peak over before"],
      rows: COMPARED.map((name) => [
        name,
        ...["beforeBytes", "peakBytes", "overBytes"].map((figure) => toDigits(megabytes(size, name, figure))),
      ]),
    })),
    marks: [
      toMark({
        name: `peak RSS over the RSS before the event, ${RECORDS} records, against lib-dynamodb's batch`,
        value: medianRatio(
          samples.get(key(String(RECORDS), Way.Ours)),
          samples.get(key(String(RECORDS), Way.LibBatch)),
          "overBytes",
        ),
        goal: 0.6,
        comparison: Comparison.AtMost,
      }),
      toMark({
        name: "peak RSS with an event of 6 MB",
        value: megabytes("6 MB", Way.Ours, "peakBytes"),
        goal: 128,
        comparison: Comparison.AtMost,
        unit: "MB",
      }),
    ],
    notes: ["Memory is measured with Node.js's default heap settings, after one invocation with 25 records."],
  };
}

const key = (size: string, name: Way): string => `${name}, ${size}`;

/** As many records as fit into 6 MB of event. */
function largestEvent() {
  const one = JSON.stringify(kinesisEvent(plainEvents(1, SEED)).Records[0]).length + 1;
  return kinesisEvent(plainEvents(Math.floor(MAX_EVENT_BYTES / (one + 1)), SEED));
}
