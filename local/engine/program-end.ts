import type { ProgramEnd } from "./program.ts";

/** How many of the last lines on stderr are shown when a program fails without a reported error. */
const STDERR_LINES = 20;

/** State of a program at its end. */
export interface ProgramState {
  /** Names of its open operations. */
  readonly open: readonly string[];
  /** Its lines on stderr. */
  readonly stderr: readonly string[];
  readonly hasOutputs: boolean;
}

/** The error of a program that ended abnormally without any other failure; undefined for a normal end. */
export function mistakeOfEnd({ code, signal }: ProgramEnd, state: ProgramState): string | undefined {
  const { open, stderr, hasOutputs } = state;
  if (code !== 0) {
    const said = stderr.slice(-STDERR_LINES).join("\n").trim();
    const how = signal === null ? `ended with exit code ${code}` : `was ended by the signal ${signal}`;
    return `the program ${how}${said ? `:\n${said}` : ""}`;
  }
  if (open.length > 0) return `the program ended before ${open.join(", ")} was ready`;
  if (hasOutputs) return undefined;
  return "the program ended before its outputs were known: something that it waits for never resolves";
}
