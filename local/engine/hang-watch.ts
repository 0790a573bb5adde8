import { readFileSync } from "node:fs";

/** What was seen of a program since it was looked at last. */
export interface Glimpse {
  /** How much has happened between the program and the engine: any number that grows with every call and every line. */
  readonly steps: number;
  /** CPU time of the program and of what it waited for, milliseconds since its start; undefined where the system does not tell. */
  readonly cpuMs: number | undefined;
  /** Whether it wants to go on and has to wait for the CPU or a disk. */
  readonly isHeldUp: boolean;
}

/** Why a program is given up. */
export const Hang = { Idle: "idle", Busy: "busy" } as const;
export type Hang = (typeof Hang)[keyof typeof Hang];

/**
 * Tells a program that hangs from one that is slow. What counts is what the program does, not the time that passes: rounds in which it could have gone on and did nothing,
 * or CPU time without any call. So a machine that is busy with other work makes no program look stuck.
 */
export class HangWatch {
  readonly #limitMs: number;
  readonly #roundMs: number;
  #steps = 0;
  #idleMs = 0;
  #lastCpuMs = 0;
  #cpuAtLastStepMs = 0;

  /**
   * @param limitMs how much idle time, or how much CPU time without a call, is too much.
   * @param roundMs how often `look` is called.
   */
  constructor(limitMs: number, roundMs: number) {
    this.#limitMs = limitMs;
    this.#roundMs = roundMs;
  }

  /** To be called once per round. */
  look({ steps, cpuMs = this.#lastCpuMs, isHeldUp }: Glimpse): Hang | undefined {
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

/** CPU time that a program may use up after its failure, milliseconds, before it is ended although it still works. */
const MAX_CPU_AFTER_FAILURE_MS = 3000;

/** Tells whether a program that has failed may have more to say: on a busy machine it has not, for all that, said it all after a while. */
export class AfterFailure {
  #firstCpuMs: number | undefined;
  #lastCpuMs = 0;

  /** Whether it has worked, or waited for its turn, since this was last asked. */
  isWorking({ cpuMs = 0, isHeldUp }: Omit<Glimpse, "steps">): boolean {
    this.#firstCpuMs ??= cpuMs;
    const hasWorked = cpuMs > this.#lastCpuMs;
    this.#lastCpuMs = cpuMs;
    return (hasWorked || isHeldUp) && cpuMs - this.#firstCpuMs < MAX_CPU_AFTER_FAILURE_MS;
  }
}

/** Clock ticks per second in /proc, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What the system says of a process: on Linux by /proc/PID/stat (proc(5)), elsewhere nothing. */
export function glimpseOf(pid: number | undefined): Omit<Glimpse, "steps"> {
  const text = pid === undefined || process.platform !== "linux" ? undefined : readStat(pid);
  if (text === undefined) return { cpuMs: undefined, isHeldUp: false };
  // The second field is the name in brackets, in which anything may stand; state is the third, utime to cstime are the 14th to 17th.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { cpuMs: (ticks * 1000) / TICKS_PER_SECOND, isHeldUp: fields[0] === "R" || fields[0] === "D" };
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined; // It has just ended: its exit says more.
  }
}
