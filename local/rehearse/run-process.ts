import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { UserError } from "../kernel/errors.ts";

/** Exit code and output of a process. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  /** Default: this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Aborted to end the program and its children. */
  readonly signal?: AbortSignal;
  /** Called for each line of standard output. */
  readonly onLine?: (line: string) => void;
}

/** Milliseconds between SIGINT and SIGKILL. */
const GRACE_MS = 5_000;

/**
 * Runs a program to its end, without a shell, in its own process group, so that Ctrl-C ends it and its children
 * through `signal` only. Throws UserError when the program does not exist, and the signal's reason when aborted.
 */
export async function runProcess(program: string, args: readonly string[], options: ProcessOptions): Promise<Ended> {
  const { cwd, env, signal, onLine } = options;
  signal?.throwIfAborted();
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk: string) => {
      output[stream] += chunk;
    });
  }
  if (onLine) createInterface({ input: child.stdout }).on("line", onLine);
  let force: NodeJS.Timeout | undefined;
  // SIGINT like Ctrl-C: the pulumi CLI then ends its language host, which has its own process group.
  const end = () => {
    signalGroup(child.pid, "SIGINT");
    force = setTimeout(() => signalGroup(child.pid, "SIGKILL"), GRACE_MS);
  };
  signal?.addEventListener("abort", end);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    signal?.throwIfAborted();
    return { code, ...output };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new UserError(`there is no program "${program}" on the PATH (or no folder ${cwd})`);
  } finally {
    signal?.removeEventListener("abort", end);
    clearTimeout(force);
  }
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // The group has ended already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
