import type { EnvironmentOutcome, LogEvent } from "./execution-environment.ts";
import type { EnvironmentSetup } from "./runtime/messages.ts";

/** An ended invocation, as its log reports it. Times are cloud time, milliseconds since the epoch. */
export interface LoggedInvocation {
  readonly requestId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly setup: EnvironmentSetup;
  readonly systemLogLevel: string;
  readonly initDurationMs: number | undefined;
  /** The function's own log events. */
  readonly events: readonly LogEvent[];
  readonly outcome: EnvironmentOutcome;
}

const BYTES_PER_MB = 1024 * 1024;

/**
 * The log events of an invocation: START, the function's own events, the kind of end, END and REPORT, in Lambda's text
 * or JSON format.
 */
export function invocationLog(invocation: LoggedInvocation): readonly LogEvent[] {
  return inOrder(invocation.setup.logFormat === "JSON" ? jsonLog(invocation) : textLog(invocation));
}

/** CloudWatch Logs accepts events in chronological order only. */
function inOrder(events: readonly LogEvent[]): readonly LogEvent[] {
  let latest = 0;
  return events.map((event) => {
    latest = Math.max(latest, event.timestamp);
    return { ...event, timestamp: latest };
  });
}

function textLog({
  requestId,
  startedAt,
  endedAt,
  setup,
  initDurationMs,
  events,
  outcome,
}: LoggedInvocation): readonly LogEvent[] {
  const at = (message: string): LogEvent => ({ timestamp: endedAt, message });
  const report = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${outcome.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedMs(outcome, initDurationMs)} ms`,
    `Memory Size: ${setup.memorySizeMb} MB`,
    `Max Memory Used: ${usedMb(outcome)} MB`,
    ...(initDurationMs === undefined ? [] : [`Init Duration: ${initDurationMs.toFixed(2)} ms`]),
    ...(outcome.ending === "timeout" ? ["Status: timeout"] : outcome.ending === "exit" ? ["Status: error"] : []),
  ];
  const ending: LogEvent[] = [];
  if (outcome.ending === "timeout") {
    const [, text = ""] = /Error: (.*)$/.exec(outcome.error?.errorMessage ?? "") ?? [];
    ending.push(at(`${new Date(endedAt).toISOString()} ${requestId} ${text}\n`));
  } else if (outcome.error?.errorType === "Runtime.ExitError") {
    ending.push(at(`${outcome.error.errorMessage}\nRuntime.ExitError`));
  }
  return [
    { timestamp: startedAt, message: `START RequestId: ${requestId} Version: $LATEST` },
    ...events,
    ...ending,
    at(`END RequestId: ${requestId}`),
    at(`${report.join("\t")}\t`),
  ];
}

function jsonLog(invocation: LoggedInvocation): readonly LogEvent[] {
  const { requestId, startedAt, endedAt, setup, initDurationMs, events, outcome } = invocation;
  if (invocation.systemLogLevel === "WARN") return events;
  const platform = (timestamp: number, type: string, record: unknown): LogEvent => ({
    timestamp,
    message: JSON.stringify({ time: new Date(timestamp).toISOString(), type, record }),
  });
  return [
    platform(startedAt, "platform.start", { requestId, version: "$LATEST" }),
    ...events,
    platform(endedAt, "platform.report", {
      requestId,
      metrics: {
        durationMs: Number(outcome.durationMs.toFixed(3)),
        billedDurationMs: billedMs(outcome, initDurationMs),
        memorySizeMB: setup.memorySizeMb,
        maxMemoryUsedMB: usedMb(outcome),
        ...(initDurationMs === undefined ? {} : { initDurationMs: Number(initDurationMs.toFixed(3)) }),
      },
      status: outcome.ending === "timeout" ? "timeout" : outcome.error ? "error" : "success",
      ...(outcome.error ? { errorType: outcome.error.errorType } : {}),
    }),
  ];
}

function billedMs(outcome: EnvironmentOutcome, initDurationMs = 0): number {
  return Math.ceil(outcome.durationMs + initDurationMs);
}

function usedMb(outcome: EnvironmentOutcome): number {
  return Math.ceil(outcome.heapBytes / BYTES_PER_MB);
}
