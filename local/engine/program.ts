import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../kernel/errors.ts";
import type { StackConfig } from "./config.ts";
import { type ProgramCalls, startMonitor } from "./monitor.ts";
import type { Project } from "./project.ts";

/** How many operations a program may have open at once; the SDK only asks whether it is one. */
const PARALLEL = 64;
const END_WITH_ENGINE = new URL("end-with-engine.mjs", import.meta.url).href;

export interface ProgramOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: StackConfig;
  readonly isPreview: boolean;
  /** A line that the program printed. */
  readonly onLine: (source: "stdout" | "stderr", line: string) => void;
}

/** How a program ended: by its exit code, or by a signal. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A Pulumi program that runs. */
export interface Program {
  /** Of its own process; undefined when it has none. */
  readonly pid: number | undefined;
  /** Resolves when it has ended and its output was read. */
  readonly ended: Promise<ProgramEnd>;
  /** Ends it at once. */
  kill(): void;
  /** Frees what it was started with, after its end. */
  close(): void;
}

/** Starts a program, which asks what it needs by `calls`. Throws UserError when it cannot be started. */
export type StartProgram = (calls: ProgramCalls, options: ProgramOptions) => Promise<Program>;

/** Starts the program in a process of its own, the way Pulumi's language host does: by the SDK's own entry. */
export const startProcess: StartProgram = async (calls, options) => {
  const monitor = await startMonitor(calls);
  try {
    return { ...spawnProgram(monitor.address, options), close: monitor.close };
  } catch (error) {
    monitor.close();
    throw error;
  }
};

/** @param address `127.0.0.1:<port>` of the monitor and engine services. */
function spawnProgram(address: string, options: ProgramOptions): Omit<Program, "close"> {
  const { project, stack, config, isPreview } = options;
  const child = spawn(
    process.execPath,
    [
      `--import=${END_WITH_ENGINE}`,
      ...project.nodeArgs,
      findRunner(project),
      `--monitor=${address}`,
      `--engine=${address}`,
      `--project=${project.name}`,
      `--stack=${stack}`,
      "--organization=organization",
      `--root-directory=${project.directory}`,
      `--pwd=${project.workingDirectory}`,
      `--parallel=${PARALLEL}`,
      ...(isPreview ? ["--dry-run"] : []),
      project.entryPoint,
    ],
    { cwd: project.workingDirectory, env: environment(project, config), stdio: ["ignore", "pipe", "pipe"] },
  );
  for (const source of ["stdout", "stderr"] as const) {
    createInterface({ input: child[source], crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) =>
      options.onLine(source, line),
    );
  }
  return { pid: child.pid, ended: whenEnded(child), kill: () => child.kill("SIGKILL") };
}

/** What the program wrote is in the pipe when it ends: it is read when so many rounds of the event loop brought nothing more. */
const QUIET_ROUNDS = 3;

function whenEnded(child: ChildProcess): Program["ended"] {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => void outputRead(child).then(() => resolve({ code, signal })));
  });
}

/** Does not wait for the end of the output: something that the program has started may keep it open. */
function outputRead(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let quietRounds = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", () => {
        quietRounds = 0;
      });
    }
    const round = () => {
      quietRounds++;
      if (quietRounds > QUIET_ROUNDS) resolve();
      else setImmediate(round);
    };
    child.once("close", resolve);
    round();
  });
}

function findRunner(project: Project): string {
  try {
    return createRequire(join(project.workingDirectory, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new UserError(
      `It looks like the Pulumi SDK has not been installed in ${project.workingDirectory}. Have you run npm install?`,
    );
  }
}

/** What a program of another run has left in this process's environment must not reach this one. */
function environment(project: Project, config: StackConfig): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^PULUMI_(NODEJS_|CONFIG)/.test(name));
  const values = [...config.values].map(([key, value]) => [key.replace(":", ":config:"), value]);
  return {
    ...Object.fromEntries(inherited),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
    ...(project.isTypescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
  };
}
