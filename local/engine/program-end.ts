import type { ProgramEnd } from "./program.ts";

/** How much of what a program last said on stderr is told when it ends without a reason. */
const STDERR_LINES = 20;

/** What there was of a program when it ended. */
export interface ProgramState {
  /** What was still under way for it, in words. */
  readonly open: readonly string[];
  /** What it said on stderr, line by line. */
  readonly stderr: readonly string[];
  readonly hasOutputs: boolean;
}

/** What is wrong with the end of a program of which nothing else has failed; undefined when it ended as it should. */
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
