import type { Output } from "../../local/run/output.ts";

/** An output that records a command's lines, progress and JSON. */
export interface RecordedOutput extends Output {
  readonly lines: string[];
  readonly shown: string[];
  readonly printed: unknown[];
}

/** Makes a recording output. */
export function recordedOutput(isTerminal = false): RecordedOutput {
  const lines: string[] = [];
  const shown: string[] = [];
  const printed: unknown[] = [];
  return {
    isTerminal,
    lines,
    shown,
    printed,
    line: (text = "") => void lines.push(text),
    progress: (text) => shown.push(text) > 0,
    // As it is read again by a program.
    json: (value) => void printed.push(JSON.parse(JSON.stringify(value))),
  };
}
