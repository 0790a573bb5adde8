import { ExitCode } from "./command-line.ts";
import { type StopSignal, signalExitCode } from "./stop.ts";

/** The result of a run, for machines: part of the ledger's line of `--json`. */
export const RunResult = {
  /** Every sum closes, and something was proved. */
  Closed: "closed",
  /** A sum does not close, or an account has content that it must not have. */
  Open: "open",
  /** The gateway refused events. */
  Refused: "refused",
  /** No event reached the stream. */
  Nothing: "nothing",
} as const;
export type RunResult = (typeof RunResult)[keyof typeof RunResult];

/** Exit code and last sentence of a run. */
export interface Verdict {
  readonly result: RunResult;
  readonly exitCode: number;
  readonly sentence: string;
}

/** The ledger's counts that decide the verdict. */
export interface Counts {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unacknowledged: number;
}

/**
 * Judges a complete run: `closed` only when the sums close and something was proved.
 * @param open violations, one sentence each.
 * @param isRefusedAllowed whether refused events count as an expected outcome (`--allow-refused`).
 */
export function judge(counts: Counts, open: readonly string[], isRefusedAllowed: boolean): Verdict {
  const { sent, refused } = counts;
  if (open.length > 0) {
    const complaints = open.length === 1 ? "1 complaint" : `${open.length} complaints`;
    return verdict(RunResult.Open, `The sums do not close: ${complaints}, above.`);
  }
  if (sent === 0) return verdict(RunResult.Nothing, "Nothing was sent, so nothing is proved.");
  const told = `${refused} of ${eventsOf(sent)} ${refused === 1 ? "was" : "were"} refused`;
  if (refused > 0 && !isRefusedAllowed) {
    return verdict(RunResult.Refused, `Every sum closes, but ${told}. If that is expected: --allow-refused.`);
  }
  if (counts.accepted + counts.unacknowledged === 0) {
    return verdict(RunResult.Nothing, `No event reached the stream (${told}), so nothing is proved.`);
  }
  return verdict(RunResult.Closed, `Every sum closes: nothing lost.${refused > 0 ? ` ${told}, as allowed.` : ""}`);
}

/** The counts of a run until a signal ended it. */
export interface CountsSoFar {
  /** Sent at least once, those that are under way included. */
  readonly sent: number;
  /** Sent, without a final answer of the gateway: each may be in the stream or not. */
  readonly unanswered: number;
  readonly accepted: number;
  readonly stored: number;
  readonly parked: number;
}

/**
 * Judges a run that a signal ended before its ledger.
 * @param counts undefined when the stacks were not deployed yet.
 */
export function judgeStopped(
  signal: StopSignal,
  counts: CountsSoFar | undefined,
): Pick<Verdict, "exitCode" | "sentence"> {
  const exitCode = signalExitCode(signal);
  if (!counts) {
    return { exitCode, sentence: `stopped by ${signal} while both stacks were being deployed: nothing was sent.` };
  }
  const { sent, unanswered, accepted, stored, parked } = counts;
  const open = Math.max(0, accepted - stored - parked);
  const sentence =
    `stopped by ${signal} before everything had arrived: ${eventsOf(sent)} sent` +
    `${unanswered > 0 ? ` (${unanswered} not answered yet)` : ""}, ${accepted} in the stream, ` +
    `${stored} stored, ${parked} parked, ${open} still open. Nothing is proved.`;
  return { exitCode, sentence };
}

/** A run's last line. */
export function lastLine({ sentence, exitCode }: Pick<Verdict, "exitCode" | "sentence">): string {
  return `${sentence} Exit code ${exitCode}.`;
}

function eventsOf(count: number): string {
  return count === 1 ? "1 event" : `${count} events`;
}

function verdict(result: RunResult, sentence: string): Verdict {
  return { result, sentence, exitCode: result === RunResult.Closed ? ExitCode.Closed : ExitCode.Open };
}
