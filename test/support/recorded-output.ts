import type { Output } from "../../local/run/output.ts";

/** Where a command prints, for tests: its lines, and the progress that it showed. */
export interface RecordedOutput extends Output {
  readonly lines: string[];
  readonly shown: string[];
}

/** Keeps everything that is printed. */
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
