// Runs one handler as Lambda would, measures its process, and writes the figures to file descriptor 3. Bundled into
// plain JavaScript, so that nothing else is in the process.
import { subscribe } from "node:diagnostics_channel";
import { readFileSync, writeSync } from "node:fs";
import { memoryUsage } from "node:process";
import { pathToFileURL } from "node:url";
import { loadedScripts } from "./loaded-scripts.ts";
import { peakRssBytes } from "./peak-rss.ts";
import { type ChildTask, ChildTaskKind } from "./task.ts";

type Handler = (event: unknown, context: unknown) => Promise<unknown>;
type Figures = Record<string, number>;

const MICROSECONDS = 1e6;
const MS_PER_SECOND = 1_000;
const RESULT_FD = 3;

/** User and system time of this process since it started, seconds. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / MICROSECONDS;
}

const bootCpuSeconds = cpuSeconds();
const task = JSON.parse(process.argv[2] ?? "{}") as ChildTask;

const readEvents = (): unknown[] => task.eventFiles.map((file) => JSON.parse(readFileSync(file, "utf8")));
const context = { awsRequestId: "00000000-0000-0000-0000-000000000000", getRemainingTimeInMillis: () => 60_000 };

async function load(): Promise<Handler> {
  const { handler } = (await import(pathToFileURL(task.handlerFile).href)) as { handler: Handler };
  return handler;
}

/** Invokes, and fails when the handler reports records that it did not do. */
async function invoke(handler: Handler, event: unknown): Promise<void> {
  const answer = (await handler(event, context)) as { readonly batchItemFailures?: readonly unknown[] } | undefined;
  const failures = answer?.batchItemFailures ?? [];
  if (failures.length > 0) throw new Error(`the handler reported ${failures.length} records as not done`);
}

/** Invokes with all events in turn until so much processor time is used, and each at least once. */
async function invokeFor(handler: Handler, events: readonly unknown[], minCpuSeconds: number): Promise<number> {
  const end = cpuSeconds() + minCpuSeconds;
  let rounds = 0;
  do {
    for (const event of events) await invoke(handler, event);
    rounds++;
  } while (cpuSeconds() < end);
  return rounds;
}

/** Processor time and elapsed time of invocations, after a warm-up. */
async function steady(): Promise<Figures> {
  const handler = await load();
  const events = readEvents();
  await invokeFor(handler, events, task.warmUpCpuSeconds);
  const cpuBefore = cpuSeconds();
  const before = performance.now();
  const rounds = await invokeFor(handler, events, task.timedCpuSeconds);
  const wallSeconds = (performance.now() - before) / MS_PER_SECOND;
  return { rounds, wallSeconds, cpuSeconds: cpuSeconds() - cpuBefore };
}

/** Processor time from the start of the process to the first stored batch, in parts. */
async function cold(): Promise<Figures> {
  let assumedAt: number | undefined;
  subscribe("http.client.response.finish", (message) => {
    const { request } = message as { readonly request: { getHeader(name: string): unknown } };
    if (request.getHeader("x-amz-target") === undefined) assumedAt ??= cpuSeconds();
  });
  const [event] = readEvents();
  const startedAt = cpuSeconds();
  const handler = await load();
  const loadedAt = cpuSeconds();
  await invoke(handler, event);
  const endedAt = cpuSeconds();
  const roleAt = assumedAt ?? loadedAt;
  return {
    boot: bootCpuSeconds,
    load: loadedAt - startedAt,
    assumeRole: roleAt - loadedAt,
    firstBatch: endedAt - roleAt,
    // Without the reading of the event, which Lambda's runtime does.
    total: bootCpuSeconds + endedAt - startedAt,
  };
}

/** Resident set before the event is read, and its peak until the invocation has ended. The first event warms up. */
async function memory(): Promise<Figures> {
  const handler = await load();
  const [warmUp, measured] = task.eventFiles;
  await invoke(handler, JSON.parse(readFileSync(warmUp ?? "", "utf8")));
  const beforeBytes = memoryUsage.rss();
  await invoke(handler, JSON.parse(readFileSync(measured ?? "", "utf8")));
  const peakBytes = peakRssBytes();
  return { beforeBytes, peakBytes, overBytes: peakBytes - beforeBytes };
}

/** Bytes of the files of the bundle that were loaded until the first batch was stored, by file. */
async function scripts(): Promise<Figures> {
  const stop = await loadedScripts(task.handlerFile);
  const handler = await load();
  const [event] = readEvents();
  await invoke(handler, event);
  return stop();
}

const kinds: Readonly<Record<ChildTaskKind, () => Promise<Figures>>> = {
  [ChildTaskKind.Steady]: steady,
  [ChildTaskKind.Cold]: cold,
  [ChildTaskKind.Memory]: memory,
  [ChildTaskKind.Scripts]: scripts,
};

const figures = await kinds[task.kind]();
writeSync(RESULT_FD, JSON.stringify(figures));
process.exit(0);
