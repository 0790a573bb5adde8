import { constants } from "node:os";

/** The signals that stop a run: from Ctrl-C, from `kill` and supervisors, and for an output that nobody reads. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGPIPE"] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/**
 * Under npm one Ctrl-C arrives twice, from the terminal and from npm. The third signal ends the process without
 * cleaning up.
 */
const SIGNALS_UNTIL_FORCED = 3;

/** Returns a signal that is aborted when this process is to end; the reason is the signal's name. */
export function onStopSignal(): AbortSignal {
  const stop = new AbortController();
  let received = 0;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      received++;
      if (received >= SIGNALS_UNTIL_FORCED) process.exit(signalExitCode(signal));
      stop.abort(signal);
    });
  }
  return stop.signal;
}

/** The received signal; undefined for none. */
export function stopSignalOf(stop: AbortSignal): StopSignal | undefined {
  return stop.aborted ? (stop.reason as StopSignal) : undefined;
}

/** A shell's exit code for a process ended by a signal: 130 for SIGINT, 143 for SIGTERM, 141 for SIGPIPE. */
export function signalExitCode(signal: StopSignal): number {
  return 128 + constants.signals[signal];
}

/** Ends this process as the signal would: through its listeners; at once when it has none. */
export function endBy(signal: StopSignal): void {
  if (!process.emit(signal, signal)) process.exit(signalExitCode(signal));
}

/** Resolves when the run is stopped. */
export function untilStopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
}
