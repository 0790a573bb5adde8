import { constants } from "node:os";

/** The signals that ask a run to end: Ctrl-C, and what `kill` and supervisors send. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM"] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/** Ctrl-C under npm arrives twice, from the terminal and from npm: the third signal is somebody who does not want to wait for a clean end. */
const SIGNALS_UNTIL_FORCED = 3;

/** Aborted, with the signal's name as the reason, when this process is asked to end. */
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

/** Which signal it was; undefined while there was none. */
export function stopSignalOf(stop: AbortSignal): StopSignal | undefined {
  return stop.aborted ? (stop.reason as StopSignal) : undefined;
}

/** What a shell says of a process that a signal ended: 130 for SIGINT, 143 for SIGTERM. */
export function signalExitCode(signal: StopSignal): number {
  return 128 + constants.signals[signal];
}

/** Resolves when the run is asked to end. */
export function untilStopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
}
