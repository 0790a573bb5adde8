import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess } from "../local/rehearse/run-process.ts";

/** What a program used, with all processes that it started and waited for. */
export interface ProgramUsage {
  /** User and system time of all Node.js processes, seconds. */
  readonly cpuSeconds: number;
  /** From start to end, seconds. */
  readonly wallSeconds: number;
  /** Peak resident set of the largest Node.js process, bytes. */
  readonly peakRssBytes: number;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Seconds from the start to each line of standard output, in order. */
  readonly lineSeconds: readonly number[];
}

interface ProcessUsage {
  readonly cpuMicroseconds: number;
  readonly peakRssKib: number;
}

const HOOK = fileURLToPath(new URL("./usage-hook.mjs", import.meta.url));
const MS_PER_SECOND = 1_000;
const MICROSECONDS = 1e6;
const BYTES_OF_KIB = 1_024;

/**
 * Runs a whole program and measures it: a module that every Node.js process of it loads records its usage when the
 * process exits. A process that is killed is not counted, nor is one that is not Node.js.
 * @param options.folder a folder for the records
 */
export async function measureProgram(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly folder: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly signal?: AbortSignal;
  },
): Promise<ProgramUsage> {
  const records = mkdtempSync(join(options.folder, "usage-"));
  const env = { ...process.env, ...options.env };
  env["NODE_OPTIONS"] = `${env["NODE_OPTIONS"] ?? ""} --import=${HOOK}`.trim();
  env["TRIBUTARY_USAGE_FOLDER"] = records;
  // npm's own variables would make the program think that npm started it.
  for (const name of Object.keys(env)) if (name.startsWith("npm_")) delete env[name];
  const startedAt = performance.now();
  const since = (): number => (performance.now() - startedAt) / MS_PER_SECOND;
  const lineSeconds: number[] = [];
  const { code, stdout, stderr } = await runProcess(program, args, {
    cwd: options.cwd,
    env,
    signal: options.signal,
    onLine: () => lineSeconds.push(since()),
  });
  const wallSeconds = since();
  const processes = readdirSync(records).map(
    (file) => JSON.parse(readFileSync(join(records, file), "utf8")) as ProcessUsage,
  );
  rmSync(records, { recursive: true });
  return {
    cpuSeconds: processes.reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0) / MICROSECONDS,
    wallSeconds,
    peakRssBytes: Math.max(0, ...processes.map(({ peakRssKib }) => peakRssKib)) * BYTES_OF_KIB,
    exitCode: code,
    stdout,
    stderr,
    lineSeconds,
  };
}
