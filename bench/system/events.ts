import { join } from "node:path";
import { interleave, medianOf, medianRatio, type Sample, type Variant } from "../harness.ts";
import { Comparison, type Mark, toDigits, toMark } from "../marks.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import type { Table } from "../tables.ts";
import { configuredCopy } from "./configured.ts";
import { copiesOf } from "./copies.ts";
import { type EventsRun, runEvents, whyNotHere } from "./run-events.ts";

const EVENTS = 10_000;
const MEMORY_EVENTS = 100_000;
const LONG_EVENTS = 1_000_000;
const LONG_SPAN = 100_000;

const RATIO_GOAL = 0.5;
const MEMORY_GOAL_KIB = 1;
const LONG_GOAL = 1.3;

const KIB = 1_024;
const MIB = 1_048_576;
const MICROSECONDS = 1e6;

/** Settings of one row of the table of growth. */
interface Growth {
  readonly name: string;
  readonly events: number;
  readonly shards?: number;
  readonly batch?: number;
}

const GROWTH: readonly Growth[] = [
  { name: "1,000 events", events: 1_000 },
  { name: "10,000 events", events: 10_000 },
  { name: "100,000 events", events: 100_000 },
  ...[1, 4, 16].map((shards) => ({ name: `${shards} shards`, events: EVENTS, shards })),
  ...[10, 100, 1_000, 10_000].map((batch) => ({ name: `batches of ${batch}`, events: EVENTS, batch })),
];

/** The event path of the local cloud: events from HTTP to S3, with the producer and the ledger, beside the base. */
export async function measureEvents(context: BenchContext): Promise<SectionResult> {
  const why = whyNotHere(process.platform);
  if (why !== undefined) return { tables: [], marks: [], notes: [], skipped: [`events from HTTP to S3: ${why}`] };
  const parts = [await measureBeside(context), await measureMemory(context), await measureGrowth(context)];
  if (context.isLong) parts.push(await measureLong(context));
  return {
    tables: parts.flatMap(({ tables }) => tables),
    marks: parts.flatMap(({ marks }) => marks),
    notes: [
      "Events from HTTP to S3: from both stacks deployed to the ledger taken, in the process of npm start: producer, " +
        "gateway, stream, functions (each environment a thread), table, archive, ledger. Wall time is the machine's, " +
        "waits for buffers are skipped by the clock.",
    ],
    skipped: context.isLong ? [] : [`${LONG_EVENTS} events in one run: only with --long`],
  };
}

type Part = Pick<SectionResult, "tables" | "marks">;

async function measureBeside(context: BenchContext): Promise<Part> {
  const base = await context.base();
  const variant = (name: string, folder: string): Variant => ({
    name,
    measure: async () => sampleOf(await runEvents(folder, EVENTS, context.signal), EVENTS),
  });
  const samples = await interleave([variant("base", base), variant("now", context.projectDir)], {
    rounds: context.rounds,
    onRun: (name, round) => context.progress(`${EVENTS} events, ${name.name}, round ${round + 1}`),
  });
  const [now, before] = [samples.get("now"), samples.get("base")];
  const rows = (["CPU", "wall"] as const).map((figure) => [
    `${figure}, s`,
    toDigits(medianOf(before, figure)),
    toDigits(medianOf(now, figure)),
    toDigits(medianRatio(now, before, figure)),
  ]);
  const marks = (["CPU", "wall"] as const).map((figure) =>
    toMark({
      name: `${EVENTS} events from HTTP to S3, ${figure}, against the base`,
      value: medianRatio(now, before, figure),
      goal: RATIO_GOAL,
      comparison: Comparison.AtMost,
    }),
  );
  return {
    tables: [{ title: `${EVENTS} events from HTTP to S3`, columns: ["", "base", "now", "ratio"], rows }],
    marks,
  };
}

function sampleOf({ ready, ledger }: EventsRun, events: number): Sample & { CPU: number; wall: number } {
  const wall = ledger.wallSeconds - ready.wallSeconds;
  const CPU = ledger.cpuSeconds - ready.cpuSeconds;
  return {
    wall,
    CPU,
    perSecond: events / wall,
    grown: ledger.peakRssBytes - ready.rssBytes,
    peak: ledger.peakRssBytes,
  };
}

/** Memory beyond the copies of the events themselves, from the deployed cloud without events to the peak. */
async function measureMemory(context: BenchContext): Promise<Part> {
  const { sent, streamed, stored, archived } = copiesOf(EVENTS);
  const copies = sent + streamed + stored + archived;
  const rows: string[][] = [];
  let value = Number.NaN;
  for (const [name, folder] of [
    ["base", await context.base()],
    ["now", context.projectDir],
  ] as const) {
    context.progress(`memory of ${MEMORY_EVENTS} events, ${name}`);
    const { grown = Number.NaN, peak = Number.NaN } = sampleOf(
      await runEvents(folder, MEMORY_EVENTS, context.signal),
      MEMORY_EVENTS,
    );
    value = (grown / MEMORY_EVENTS - copies) / KIB;
    rows.push([
      name,
      toDigits(peak / MIB),
      toDigits(grown / MEMORY_EVENTS / KIB),
      toDigits(copies / KIB),
      toDigits(value),
    ]);
  }
  const columns = ["", "peak RSS, MB", "growth, KB/event", "copies held, KB/event", "beyond them, KB/event"];
  const marks: Mark[] = [
    toMark({
      name: `memory an event beyond its copies, at ${MEMORY_EVENTS} events`,
      value,
      goal: MEMORY_GOAL_KIB,
      comparison: Comparison.AtMost,
      unit: "KB",
    }),
  ];
  return { tables: [{ title: `Memory of ${MEMORY_EVENTS} events`, columns, rows }], marks };
}

async function measureGrowth(context: BenchContext): Promise<Part> {
  const rows: string[][] = [];
  for (const [index, { name, events, shards, batch }] of GROWTH.entries()) {
    context.progress(`growth: ${name}`);
    const values = {
      ...(shards === undefined ? {} : { "tributary:streamMode": "PROVISIONED", "tributary:shardCount": shards }),
      ...(batch === undefined ? {} : { "tributary:replicatorBatchSize": batch }),
    };
    const folder = join(context.folder, `growth-${index}`);
    configuredCopy(context.projectDir, folder, "Pulumi.prod.yaml", values);
    const { wall, CPU, perSecond, peak } = sampleOf(await runEvents(folder, events, context.signal), events);
    rows.push([
      name,
      toDigits(perSecond ?? Number.NaN),
      toDigits(wall),
      toDigits(CPU),
      toDigits((CPU / events) * MICROSECONDS),
      toDigits((peak ?? Number.NaN) / MIB),
    ]);
  }
  const columns = ["", "events/s", "wall, s", "CPU, s", "CPU an event, µs", "peak RSS, MB"];
  const title = `How cost grows (${EVENTS} events, 4 shards and batches of 300 where nothing else is said)`;
  return { tables: [{ title, columns, rows }], marks: [] };
}

/** Whether the last of many events take longer than the first. */
async function measureLong(context: BenchContext): Promise<Part> {
  context.progress(`${LONG_EVENTS} events in one run`);
  const run = await runEvents(context.projectDir, LONG_EVENTS, context.signal);
  const spans = spansOf(run, LONG_EVENTS, LONG_SPAN);
  const [first, last] = [spans[0], spans.at(-1)];
  const table: Table = {
    title: `${LONG_EVENTS} events in one run, by ${LONG_SPAN} sent`,
    columns: ["up to", "wall, s", "CPU, s"],
    rows: spans.map(({ to, wall, CPU }) => [String(to), toDigits(wall), toDigits(CPU)]),
  };
  const mark = toMark({
    name: `CPU of the last ${LONG_SPAN} of ${LONG_EVENTS} events, against the first`,
    value: (last?.CPU ?? Number.NaN) / (first?.CPU ?? Number.NaN),
    goal: LONG_GOAL,
    comparison: Comparison.AtMost,
  });
  return { tables: [table], marks: [mark] };
}

/** Wall and CPU time of each span of sent events, interpolated between the lines that the run printed. */
export function spansOf(
  { ready, progress }: Pick<EventsRun, "ready" | "progress">,
  events: number,
  span: number,
): { to: number; wall: number; CPU: number }[] {
  const points = [{ sent: 0, ...ready }, ...progress];
  const at = (sent: number): { wall: number; CPU: number } => {
    // The last line comes a moment before the end: the rest is taken to go on as before.
    const isNearEnd = sent - (points.at(-1)?.sent ?? 0) <= span / 10;
    const reached = points.findIndex((point) => point.sent >= sent);
    if (reached < 0 && !isNearEnd) throw new Error(`the run printed no progress near ${sent} events`);
    const index = Math.max(1, reached < 0 ? points.length - 1 : reached);
    const right = points[index]!;
    const left = points[index - 1]!;
    const share = right.sent === left.sent ? 1 : (sent - left.sent) / (right.sent - left.sent);
    const between = (from: number, to: number): number => from + (to - from) * share;
    return {
      wall: between(left.wallSeconds, right.wallSeconds),
      CPU: between(left.cpuSeconds, right.cpuSeconds),
    };
  };
  return Array.from({ length: Math.floor(events / span) }, (_, index) => {
    const [from, to] = [at(index * span), at((index + 1) * span)];
    return { to: (index + 1) * span, wall: to.wall - from.wall, CPU: to.CPU - from.CPU };
  });
}
