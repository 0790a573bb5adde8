import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../kernel/errors.ts";
import type { StackConfig } from "./config.ts";
import { type ProgramCalls, startMonitor } from "./monitor.ts";
import type { Project } from "./project.ts";

/** Parallel operations of a program. The SDK only distinguishes one from more. */
const PARALLEL = 64;
/** Modules of this folder that each program's process loads first. */
const PRELOADS = ["end-with-engine.mjs", "lean-sdk.mjs"].map((file) => new URL(file, import.meta.url).href);

export interface ProgramOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: StackConfig;
  readonly isPreview: boolean;
  /** Called for each line that the program prints. */
  readonly onLine: (source: "stdout" | "stderr", line: string) => void;
}

/** Exit code of a program, or the signal that ended it. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running Pulumi program. */
export interface Program {
  /** Of its process; undefined when it runs in this one. */
  readonly pid: number | undefined;
  /** Resolves when the program has ended and all its output has been read. */
  readonly ended: Promise<ProgramEnd>;
  /** Ends the program immediately. */
  kill(): void;
  /** Frees the program's resources, after its end. */
  close(): void;
}

/** Starts a program, which reaches the engine through `calls`. Throws UserError when it cannot be started. */
export type StartProgram = (calls: ProgramCalls, options: ProgramOptions) => Promise<Program>;

/** Starts the program in its own process, like Pulumi's language host: through the SDK's entry point. */
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
      ...PRELOADS.map((url) => `--import=${url}`),
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

/**
 * When the program ends, the rest of its output is still in the pipe. It counts as read after so many rounds of the
 * event loop without data.
 */
const QUIET_ROUNDS = 3;

function whenEnded(child: ChildProcess): Program["ended"] {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => void outputRead(child).then(() => resolve({ code, signal })));
  });
}

/** Does not wait for the stream's end: a child of the program may keep it open. */
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

/** Drops variables that an earlier program left in this process's environment. */
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
