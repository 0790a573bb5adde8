import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProgram } from "./bundles.ts";
import { runChild } from "./child/run-child.ts";
import type { ChildTask } from "./child/task.ts";
import type { Sample } from "./harness.ts";
import { type CpuProfile, type Share, sharesOf } from "./profile.ts";
import type { BenchContext } from "./section.ts";
import { type RunningStandIn, startStandIn } from "./stand-in/running.ts";

/** How a handler is run: one in Node.js by its bundle, or another program that takes the same task. */
export interface RunnableHandler {
  readonly name: string;
  /** The bundle's main file, or the program's file. */
  readonly file: string;
  /** Default: this Node.js. */
  readonly program?: string;
}

/** Least processor time of the two parts of a run, seconds. With 0 each event is handled once. */
export interface CpuSeconds {
  readonly warmUp: number;
  readonly timed: number;
}

const DEFAULT_CPU_SECONDS: CpuSeconds = { warmUp: 2, timed: 1 };

/** How a run differs from others. */
export interface RunOptions {
  /** Milliseconds that the stand-in takes for a request. Default: 0 */
  readonly serviceMs?: number;
  readonly cpuSeconds?: CpuSeconds;
}

/** Runs handlers, each in a process of its own, beside the stand-in. */
export interface HandlerBench {
  readonly standIn: RunningStandIn;
  /** Writes an event to a file. @returns the file */
  eventFile(name: string, event: unknown): string;
  /** Runs a task once. */
  run(handler: RunnableHandler, task: Pick<ChildTask, "kind" | "eventFiles">, options?: RunOptions): Promise<Sample>;
  /** Runs a task with V8's profiler. @returns where its time goes */
  profile(handler: RunnableHandler, task: Pick<ChildTask, "kind" | "eventFiles">): Promise<readonly Share[]>;
  close(): Promise<void>;
}

/**
 * Builds the programs and starts the stand-in.
 * @param environment variables of the functions
 * @param defaults processor time of a run that names none
 */
export async function createHandlerBench(
  { folder, signal }: Pick<BenchContext, "folder" | "signal">,
  environment: Readonly<Record<string, string>>,
  defaults: CpuSeconds = DEFAULT_CPU_SECONDS,
): Promise<HandlerBench> {
  const program = (path: string): string => bundleProgram(fileURLToPath(new URL(path, import.meta.url)), folder);
  const runner = program("./child/run-handler.ts");
  const standIn = await startStandIn(program("./stand-in/main.ts"), signal);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    // No settings of whoever runs the benchmark.
    HOME: folder,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "ASIAFUNCTION00000001",
    AWS_SECRET_ACCESS_KEY: "secret-of-the-function",
    AWS_SESSION_TOKEN: "token-of-the-function".repeat(16),
    AWS_ENDPOINT_URL: standIn.url,
    ...environment,
  };
  const run = async (
    handler: RunnableHandler,
    task: Pick<ChildTask, "kind" | "eventFiles">,
    nodeArgs: readonly string[],
    { serviceMs = 0, cpuSeconds = defaults }: RunOptions,
  ): Promise<Sample> => {
    await standIn.reset(serviceMs);
    const full: ChildTask = {
      ...task,
      handlerFile: handler.file,
      warmUpCpuSeconds: cpuSeconds.warmUp,
      timedCpuSeconds: cpuSeconds.timed,
    };
    const before = handler.program === undefined ? [...nodeArgs, runner] : [handler.file];
    return runChild(handler.program ?? process.execPath, [...before, JSON.stringify(full)], { env, signal });
  };
  return {
    standIn,
    eventFile(name, event) {
      const file = join(folder, `${name}.json`);
      writeFileSync(file, JSON.stringify(event));
      return file;
    },
    run: (handler, task, options = {}) => run(handler, task, [], options),
    async profile(handler, task) {
      const profiles = mkdtempSync(join(folder, "profile-"));
      await run(handler, task, ["--cpu-prof", `--cpu-prof-dir=${profiles}`], {});
      const [file = ""] = readdirSync(profiles);
      return sharesOf(JSON.parse(readFileSync(join(profiles, file), "utf8")) as CpuProfile);
    },
    close: () => standIn.close(),
  };
}
