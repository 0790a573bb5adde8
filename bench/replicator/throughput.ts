import { ChildTaskKind } from "../child/task.ts";
import { kinesisEvent } from "../data/kinesis-events.ts";
import { EVENT_BYTES, exactEvents, PARKED_PERIOD, plainEvents } from "../data/page-views.ts";
import { SameDigest } from "../digests.ts";
import type { HandlerBench } from "../handler-bench.ts";
import { interleave, medianOf, medianRatio, type Sample, type Variant } from "../harness.ts";
import { Comparison, type Mark, toDigits, toMark, Weight } from "../marks.ts";
import { profileText } from "../profile.ts";
import type { BenchContext, SectionResult } from "../section.ts";
import { type RunnableWay, Way } from "./variants.ts";

/** Records an event, as the marks name them. */
const SIZES = [300, 5_000] as const;
/** A record in 5,000 costs the ways with one request per record a second and more: measured at the smaller size only. */
const ONLY_SMALL: readonly Way[] = [Way.PutEach, Way.Powertools, Way.Python];

/** Goals for CPU per record against the floor, by records an event. */
const FLOOR_GOALS: Readonly<Record<number, number>> = { 300: 5.5, 5000: 6 };
/** What the exact data may cost more. */
const EXACT_FACTOR = 1.3;

/** The service time of the comparison in records per second, milliseconds. */
const SERVICE_MS = 4;
/** Ways that are compared under it. */
const UNDER_SERVICE_TIME: readonly Way[] = [Way.Ours, Way.LibBatch, Way.LowLevel];

/** A function of 128 MB has this share of a CPU: 1,769 MB are one (AWS Lambda Developer Guide, "Memory"). */
const SHARE_OF_128_MB = 128 / 1_769;

const EXACT = `${Way.Ours}, exact data`;
const SEED = 1;
const MICROSECONDS = 1e6;

type Samples = ReadonlyMap<string, readonly Sample[]>;
type Ways = ReadonlyMap<Way, RunnableWay>;

/** CPU per record and records per second of all ways. */
export async function measureThroughput(
  context: BenchContext,
  bench: HandlerBench,
  ways: Ways,
): Promise<Omit<SectionResult, "skipped">> {
  const bySize: [number, Samples][] = [];
  for (const size of SIZES) bySize.push([size, await measureSize(context, bench, ways, size)]);
  const underServiceTime = await measureServiceTime(context, bench, ways);
  const marks = [...bySize.flatMap(([size, samples]) => sizeMarks(size, samples)), serviceTimeMark(underServiceTime)];
  const note = marks.every(({ holds }) => holds) ? undefined : await profileOurs(context, bench, ways);
  return {
    tables: [
      ...bySize.map(([size, samples]) => ({
        title: `CPU per record, ${size} records of ${EVENT_BYTES} bytes an event`,
        columns: ["way", "µs of CPU", "× floor", "ours is ×", "records/s at 128 MB"],
        rows: [...samples.keys()].map((name) => row(samples, name)),
      })),
      {
        title: `Records per second at ${SERVICE_MS} ms a request, 300 records an event`,
        columns: ["way", "records/s"],
        rows: [...underServiceTime].map(([name, samples]) => [name, toDigits(medianOf(samples, "perSecond"))]),
      },
    ],
    marks: marks.map((mark) => ({ ...mark, note })),
    notes: [
      `The exact data (ours only) has numbers of 19 to 30 digits, trailing zeros, nulls, empty strings and equal ` +
        `names; one of ${PARKED_PERIOD} records is parked in S3, which costs a request each.`,
      `At a CPU share of 128 MB is computed: 128/1769 of a second per second, divided by the CPU of a record.`,
    ],
  };
}

/** Where the time of ours goes, for marks that do not hold. */
async function profileOurs({ progress }: BenchContext, bench: HandlerBench, ways: Ways): Promise<string> {
  progress("a profile of ours");
  const eventFiles = [bench.eventFile("profiled", kinesisEvent(plainEvents(SIZES[0], SEED)))];
  const ours = ways.get(Way.Ours) as RunnableWay;
  return profileText(await bench.profile(ours, { kind: ChildTaskKind.Steady, eventFiles }));
}

async function measureSize(context: BenchContext, bench: HandlerBench, ways: Ways, size: number): Promise<Samples> {
  const plain = bench.eventFile(`plain-${size}`, kinesisEvent(plainEvents(size, SEED)));
  const exact = bench.eventFile(`exact-${size}`, kinesisEvent(exactEvents(size, SEED)));
  const digests = new SameDigest();
  const variants: Variant[] = [...ways.values()]
    .filter(({ name }) => size === SIZES[0] || !ONLY_SMALL.includes(name))
    .map((way) => ({ name: way.name, measure: () => measureOnce(bench, way, plain, { size, digests }) }));
  const ours = ways.get(Way.Ours) as RunnableWay;
  variants.push({
    name: EXACT,
    measure: () => measureOnce(bench, ours, exact, { size, stored: size - Math.floor(size / PARKED_PERIOD) }),
  });
  return interleave(variants, {
    rounds: context.rounds,
    onRun: ({ name }, round) =>
      context.progress(`${size} records an event, round ${round + 1} of ${context.rounds}: ${name}`),
  });
}

/**
 * One run of one way.
 * @param expected.stored items that it must have stored; default: one of each record
 * @returns `cpu`, microseconds per record, and `perSecond`, records
 * @throws Error when it stored other items than the others, or another number of them
 */
export async function measureOnce(
  bench: HandlerBench,
  way: RunnableWay,
  eventFile: string,
  expected: { readonly size: number; readonly stored?: number; readonly digests?: SameDigest; readonly ms?: number },
): Promise<Sample> {
  const { size, stored = size, digests, ms: serviceMs } = expected;
  const task = { kind: ChildTaskKind.Steady, eventFiles: [eventFile] };
  const { rounds = 0, cpuSeconds = 0, wallSeconds = 0 } = await bench.run(way, task, { serviceMs });
  if (way.name !== Way.Floor) {
    const { items, digest, refusals } = await bench.standIn.items();
    if (refusals.length > 0) throw new Error(`${way.name}: ${refusals[0]}`);
    if (items !== stored) throw new Error(`${way.name} stored ${items} items of ${stored}`);
    digests?.hold(way.name, digest);
  }
  const records = rounds * size;
  return { cpu: (cpuSeconds / records) * MICROSECONDS, perSecond: records / wallSeconds };
}

async function measureServiceTime(context: BenchContext, bench: HandlerBench, ways: Ways): Promise<Samples> {
  const size = SIZES[0];
  const event = bench.eventFile("plain-service-time", kinesisEvent(plainEvents(size, SEED)));
  const digests = new SameDigest();
  const variants = UNDER_SERVICE_TIME.map((name) => ({
    name,
    measure: () => measureOnce(bench, ways.get(name) as RunnableWay, event, { size, digests, ms: SERVICE_MS }),
  }));
  return interleave(variants, {
    rounds: context.rounds,
    onRun: ({ name }, round) =>
      context.progress(`${SERVICE_MS} ms a request, round ${round + 1} of ${context.rounds}: ${name}`),
  });
}

function row(samples: Samples, name: string): string[] {
  const cpu = medianOf(samples.get(name), "cpu");
  const ratio = (to: string): string => `${toDigits(medianRatio(samples.get(to), samples.get(name), "cpu"))}`;
  return [
    name,
    toDigits(cpu),
    toDigits(medianRatio(samples.get(name), samples.get(Way.Floor), "cpu")),
    name === Way.Floor ? "" : ratio(Way.Ours),
    name === Way.Floor ? "" : toDigits((SHARE_OF_128_MB * MICROSECONDS) / cpu),
  ];
}

function sizeMarks(size: number, samples: Samples): Mark[] {
  const cpu = (name: string, to: string): number => medianRatio(samples.get(name), samples.get(to), "cpu");
  const goal = FLOOR_GOALS[size] as number;
  const marks = [
    toMark({
      name: `CPU per record against the floor, ${size} records`,
      value: cpu(Way.Ours, Way.Floor),
      goal,
      comparison: Comparison.AtMost,
      weight: Weight.Binds,
    }),
    toMark({
      name: `the same with the exact data, ${size} records`,
      value: cpu(EXACT, Way.Floor),
      goal: goal * EXACT_FACTOR,
      comparison: Comparison.AtMost,
    }),
  ];
  if (size !== SIZES[0]) return marks;
  return [
    ...marks,
    toMark({
      name: "records/s at the CPU share of 128 MB, against lib-dynamodb's batch",
      value: cpu(Way.LibBatch, Way.Ours),
      goal: 4,
      comparison: Comparison.AtLeast,
    }),
  ];
}

function serviceTimeMark(samples: Samples): Mark {
  return toMark({
    name: `records/s at ${SERVICE_MS} ms a request, against lib-dynamodb's batch`,
    value: medianRatio(samples.get(Way.Ours), samples.get(Way.LibBatch), "perSecond"),
    goal: 2,
    comparison: Comparison.AtLeast,
  });
}
