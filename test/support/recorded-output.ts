import type { Output } from "../../local/run/output.ts";

/** An output that records a command's lines and progress. */
export interface RecordedOutput extends Output {
  readonly lines: string[];
  readonly shown: string[];
}

/** Makes a recording output. */
export function recordedOutput(isTerminal = false): RecordedOutput {
  const lines: string[] = [];
  const shown: string[] = [];
  return {
    isTerminal,
    lines,
    shown,
    line: (text = "") => void lines.push(text),
    progress: (text) => shown.push(text) > 0,
  };
}
