import { format } from "node:util";
import { cloudNow } from "./cloud-date.ts";

/** Console methods and their log levels in Lambda. */
const consoleLevels = {
  trace: "TRACE",
  debug: "DEBUG",
  log: "INFO",
  info: "INFO",
  warn: "WARN",
  error: "ERROR",
} as const;

const levelOrder: readonly string[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** The destination of log lines, and their settings. */
export interface LogWriter {
  readonly logFormat: "Text" | "JSON";
  readonly applicationLogLevel: string;
  /** Request id of the running invocation, "" during the initialization. */
  requestId(): string;
  /** Takes one log event. */
  write(time: number, message: string): void;
}

/** One console call as a line of Lambda's log. */
function consoleLine(writer: LogWriter, level: string, time: number, args: readonly unknown[]): string {
  const timestamp = new Date(time).toISOString();
  if (writer.logFormat === "Text") return `${timestamp}\t${writer.requestId()}\t${level}\t${format(...args)}`;
  const only = args.length === 1 ? args[0] : undefined;
  const isPlainObject = typeof only === "object" && only !== null && !(only instanceof Error);
  const message = isPlainObject ? only : format(...args);
  const line = { timestamp, level, requestId: writer.requestId(), message };
  try {
    return JSON.stringify(line);
  } catch {
    return JSON.stringify({ ...line, message: format(...args) });
  }
}

/**
 * Sends `console.*` and writes to standard output and error to `writer`. The returned function flushes an unfinished
 * line.
 */
export function installConsole(writer: LogWriter): () => void {
  const lowest = levelOrder.indexOf(writer.applicationLogLevel);
  for (const [method, level] of Object.entries(consoleLevels)) {
    const isWritten = writer.logFormat === "Text" || levelOrder.indexOf(level) >= lowest;
    console[method as keyof typeof consoleLevels] = (...args: unknown[]) => {
      if (!isWritten) return;
      const time = cloudNow();
      writer.write(time, consoleLine(writer, level, time, args));
    };
  }
  const flushes = [process.stdout, process.stderr].map((stream) => {
    let partial = "";
    stream.write = (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      const lines = (partial + text).split("\n");
      partial = lines.pop() ?? "";
      for (const line of lines) if (line !== "") writer.write(cloudNow(), line);
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done as () => void);
      return true;
    };
    return () => {
      if (partial !== "") writer.write(cloudNow(), partial);
      partial = "";
    };
  });
  return () => {
    for (const flush of flushes) flush();
  };
}
