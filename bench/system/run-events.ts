import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What the process of a run has used at one moment. */
export interface Usage {
  /** Seconds since the process started. */
  readonly wallSeconds: number;
  /** User and system time of the process with its threads, in seconds; that of other processes is not in it. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** Highest resident set since the stacks were deployed. */
  readonly peakRssBytes: number;
}

/** Usage when so many events had been sent. */
export interface Progress extends Usage {
  readonly sent: number;
}

/** A run of `npm start -- --once`: its usage when both stacks are deployed, while it sends, and with the ledger taken. */
export interface EventsRun {
  readonly ready: Usage;
  readonly progress: readonly Progress[];
  readonly ledger: Usage;
  /** Events that the ledger found stored. */
  readonly stored: number;
}

/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;
const BYTES_OF_KIB = 1_024;
const MS_PER_SECOND = 1_000;

/** Why a run cannot be measured on this machine; undefined where it can. */
export function whyNotHere(platform: NodeJS.Platform): string | undefined {
  return platform === "linux" ? undefined : `the usage of a running process is read in /proc, which ${platform} lacks`;
}

/**
 * Runs a checkout's own `npm start -- --once` in a process of its own, and reads its usage in /proc at the lines that
 * it prints, so that no version has to know of it. Throws an Error when the sums do not close.
 * @param folder of the checkout.
 */
export async function runEvents(folder: string, events: number, signal?: AbortSignal): Promise<EventsRun> {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    scripts: { start: string };
  };
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (name.startsWith("npm_")) delete env[name];
  // The script ends with exec: the shell becomes the process that is measured.
  const child = spawn("sh", ["-c", `${scripts.start} --once --json --events ${events}`], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    ...(signal && { signal }),
  });
  const startedAt = performance.now();
  const usage = (): Usage => ({
    wallSeconds: (performance.now() - startedAt) / MS_PER_SECOND,
    ...readUsage(readFileSync(`/proc/${child.pid}/stat`, "utf8"), readFileSync(`/proc/${child.pid}/status`, "utf8")),
  });
  let ready: Usage | undefined;
  let ledger: Usage | undefined;
  let counts: { stored?: number; result?: string } = {};
  const progress: Progress[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { type, ...more } = JSON.parse(line) as { type: string; stored?: number; result?: string };
    if (type === "ready") ready = usage();
    if (type !== "ledger") return;
    ledger = usage();
    counts = more;
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    const sent = /^(?:sent (\d+) |all (\d+) events sent)/.exec(line);
    if (sent) progress.push({ sent: Number(sent[1] ?? sent[2]), ...usage() });
    else errors.push(line);
  });
  await new Promise<void>((resolve, reject) => child.once("error", reject).once("close", () => resolve()));
  if (!ready || !ledger || counts.stored !== events) {
    throw new Error(`the run of ${events} events in ${folder} did not close:\n${errors.slice(-20).join("\n")}`);
  }
  return { ready, progress, ledger, stored: counts.stored };
}

/** CPU time and memory from the texts of /proc/<pid>/stat and /proc/<pid>/status. */
export function readUsage(stat: string, status: string): Omit<Usage, "wallSeconds"> {
  // The name of the program may have spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [fields[11], fields[12]].map(Number);
  const kib = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]);
  return {
    cpuSeconds: ((user ?? Number.NaN) + (system ?? Number.NaN)) / TICKS_PER_SECOND,
    rssBytes: kib("VmRSS") * BYTES_OF_KIB,
    peakRssBytes: kib("VmHWM") * BYTES_OF_KIB,
  };
}
