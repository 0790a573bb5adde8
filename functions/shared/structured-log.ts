/** Fields of a log line: identifiers, counts and reasons, never a payload. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one JSON object per line. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** A log with `context` (request id, batch ids) in every line. */
export function createLog(context: LogFields, print: (line: string) => void): Log {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void =>
      print(JSON.stringify({ level, message, ...context, ...fields }));
  return { info: at("INFO"), warn: at("WARN"), error: at("ERROR") };
}

/** Name and message of anything thrown, for a log line. */
export function describeError(error: unknown): { readonly errorName: string; readonly errorMessage: string } {
  return error instanceof Error
    ? { errorName: error.name, errorMessage: error.message }
    : { errorName: "unknown", errorMessage: String(error) };
}
