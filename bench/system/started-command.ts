import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { treeCpuSeconds } from "./process-tree.ts";

const USAGE_HOOK = fileURLToPath(new URL("../usage-hook.mjs", import.meta.url));
const MS_PER_SECOND = 1_000;
const MICROSECONDS = 1e6;

/** A moment since a command's start. */
export interface Moment {
  readonly wallSeconds: number;
  /** CPU time of the command's processes until then. */
  readonly cpuSeconds: number;
}

/** The line that `--json` prints when the cloud is ready. */
export interface Ready {
  readonly accounts: readonly {
    readonly name: string;
    readonly region: string;
    readonly endpointUrl: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  }[];
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A command of package.json that is running, without npm. */
export interface StartedCommand {
  /** The first line of output, on either stream. */
  readonly firstLine: Promise<Moment>;
  /** Rejects when the command ends before. */
  readonly ready: Promise<Ready>;
  now(): Moment;
  /** CPU seconds of the Node.js processes that have ended so far, in the order of their ends. */
  endedProcesses(): readonly number[];
  /** Kills it, and waits for its end. */
  kill(): Promise<void>;
}

/**
 * Starts `npm run <script> -- --json …` without npm: the same command, whose processes alone are measured.
 * @param options.cwd folder of package.json
 * @param options.folder for temporary files
 * @param options.signal aborted to kill it
 */
export function startCommand(
  script: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly folder: string; readonly signal: AbortSignal },
): StartedCommand {
  const { cwd, folder, signal } = options;
  const [program = "", ...programArgs] = commandOf(cwd, script);
  const records = mkdtempSync(join(folder, "start-"));
  const startedAt = performance.now();
  const child = spawn(program, [...programArgs, "--json", ...args], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: `--import=${USAGE_HOOK}`, TRIBUTARY_USAGE_FOLDER: records },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const now = (): Moment => ({
    wallSeconds: (performance.now() - startedAt) / MS_PER_SECOND,
    cpuSeconds: treeCpuSeconds(child.pid ?? 0),
  });
  const stop = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", stop);
  const ended = once(child, "exit").finally(() => signal.removeEventListener("abort", stop));
  return {
    firstLine: Promise.race([once(child.stdout, "data"), once(child.stderr, "data")]).then(now),
    ready: readyLine(child, ended),
    now,
    endedProcesses: () =>
      readdirSync(records)
        .sort((a, b) => endOf(a) - endOf(b))
        .map((file) => JSON.parse(readFileSync(join(records, file), "utf8")) as { cpuMicroseconds: number })
        .map(({ cpuMicroseconds }) => cpuMicroseconds / MICROSECONDS),
    async kill() {
      stop();
      await ended;
      rmSync(records, { recursive: true });
      signal.throwIfAborted();
    },
  };
}

/** The words of a script, which are split at spaces; npm's shell would replace itself by the command. */
function commandOf(folder: string, script: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    scripts: Readonly<Record<string, string>>;
  };
  return (scripts[script] ?? "").replace(/^exec /, "").split(" ");
}

/** The hook names a record by process and time of the end. */
function endOf(file: string): number {
  return Number(/-(\d+)\.json$/.exec(file)?.[1]);
}

async function readyLine(child: ChildProcess, ended: Promise<unknown>): Promise<Ready> {
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = once(lines, "line").then(([line]) => JSON.parse(String(line)) as Ready);
  const early = ended.then(() => {
    throw new Error(`the command ended before it was ready:\n${stderr}`);
  });
  return Promise.race([first, early]);
}
