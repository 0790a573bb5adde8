import { readFileSync } from "node:fs";

/** Activity of a program. */
export interface ProgramActivity {
  /** A counter that grows with every call to the engine and every line of output. */
  readonly steps: number;
  /**
   * CPU time of the program and its awaited children, milliseconds since its start; undefined where the system has no
   * such figure.
   */
  readonly cpuMs: number | undefined;
  /** Whether it is runnable, or blocked on a disk. */
  readonly isHeldUp: boolean;
}

/** Why a program is killed. */
export const Hang = { Idle: "idle", Busy: "busy" } as const;
export type Hang = (typeof Hang)[keyof typeof Hang];

/**
 * Distinguishes a hanging program from a slow one by the program's activity, not by elapsed time: it counts rounds in
 * which the program could run and did not, and CPU time without a call. So a busy machine makes no program look stuck.
 */
export class HangWatch {
  readonly #limitMs: number;
  readonly #roundMs: number;
  #steps = 0;
  #idleMs = 0;
  #lastCpuMs = 0;
  #cpuAtLastStepMs = 0;

  /**
   * @param limitMs the limit of idle time, and of CPU time without a call.
   * @param roundMs interval between calls of `look`.
   */
  constructor(limitMs: number, roundMs: number) {
    this.#limitMs = limitMs;
    this.#roundMs = roundMs;
  }

  /** Call once per round. Returns why the program hangs; undefined when it does not. */
  look({ steps, cpuMs = this.#lastCpuMs, isHeldUp }: ProgramActivity): Hang | undefined {
    const hasWorked = cpuMs > this.#lastCpuMs;
    this.#lastCpuMs = cpuMs;
    if (steps !== this.#steps) {
      this.#steps = steps;
      this.#idleMs = 0;
      this.#cpuAtLastStepMs = cpuMs;
      return undefined;
    }
    if (!hasWorked && !isHeldUp) this.#idleMs += this.#roundMs;
    if (this.#idleMs >= this.#limitMs) return Hang.Idle;
    return cpuMs - this.#cpuAtLastStepMs >= this.#limitMs ? Hang.Busy : undefined;
  }
}

/** CPU time that a program may use after its failure, milliseconds, before it is killed although it still works. */
const MAX_CPU_AFTER_FAILURE_MS = 3000;

/** Tells whether a failed program may still report further failures. Elapsed time cannot tell on a busy machine. */
export class AfterFailure {
  #firstCpuMs: number | undefined;
  #lastCpuMs = 0;

  /** Whether the program has used CPU time, or waited for it, since the last call. */
  isWorking({ cpuMs = 0, isHeldUp }: Omit<ProgramActivity, "steps">): boolean {
    this.#firstCpuMs ??= cpuMs;
    const hasWorked = cpuMs > this.#lastCpuMs;
    this.#lastCpuMs = cpuMs;
    return (hasWorked || isHeldUp) && cpuMs - this.#firstCpuMs < MAX_CPU_AFTER_FAILURE_MS;
  }
}

/** Clock ticks per second in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU time and run state of a process, on Linux from /proc/PID/stat (proc(5)); unknown elsewhere. */
export function activityOf(pid: number | undefined): Omit<ProgramActivity, "steps"> {
  const text = pid === undefined || process.platform !== "linux" ? undefined : readStat(pid);
  if (text === undefined) return { cpuMs: undefined, isHeldUp: false };
  // The second field is the name in brackets, which can contain any characters; state is the third, utime to cstime
  // are the 14th to 17th.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { cpuMs: (ticks * 1000) / TICKS_PER_SECOND, isHeldUp: fields[0] === "R" || fields[0] === "D" };
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined; // The process has just ended: its exit is handled elsewhere.
  }
}
