import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { UserError } from "../kernel/errors.ts";

/** How a program that was started here ended. */
export interface Ended {
  /** Null when it was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  /** Default: this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program, and whatever it has started, when it is aborted. */
  readonly signal?: AbortSignal;
  /** Each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** How long a program that is to end may take for it, milliseconds, before it is ended by force. */
const GRACE_MS = 5_000;

/**
 * Runs a program to its end, without a shell, in a process group of its own: Ctrl-C reaches it through the signal alone, and takes its children along.
 * Throws UserError when there is no such program, and the signal's reason when it was aborted.
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
  // As Ctrl-C would: the pulumi CLI then ends its language host, which is in a group of its own.
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
    // The group may be gone by now.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
