import type { Output } from "./report.ts";

/** Milliseconds between two looks. */
const LOOK_INTERVAL_MS = 250;

/** Calls `work` again and again, until the returned function is called. */
export type Every = (work: () => void) => () => void;

const everyLook: Every = (work) => {
  const timer = setInterval(work, LOOK_INTERVAL_MS);
  return () => clearInterval(timer);
};

/**
 * Shows a line that says how things stand: on a terminal always, rewritten; elsewhere (a file, a pipe) a new line when it says something else than before, and
 * not more often than progress is printed there.
 * @returns ends it.
 */
export function showLive(text: () => string, output: Output, every = everyLook): () => void {
  let shown = output.isTerminal ? undefined : text();
  return every(() => {
    const now = text();
    if ((output.isTerminal || now !== shown) && output.progress(now)) shown = now;
  });
}
