import type { Output } from "./output.ts";

/** Milliseconds between two updates. */
const LOOK_INTERVAL_MS = 250;

/** Calls `work` repeatedly, until the returned function is called. */
export type Every = (work: () => void) => () => void;

const everyLook: Every = (work) => {
  const timer = setInterval(work, LOOK_INTERVAL_MS);
  return () => clearInterval(timer);
};

/**
 * Shows a status line: on a terminal rewritten in place; elsewhere (a file, a pipe) a new line when it has changed, at
 * most as often as progress is printed.
 * @returns a function that ends it.
 */
export function showLive(text: () => string, output: Output, every = everyLook): () => void {
  let shown = output.isTerminal ? undefined : text();
  return every(() => {
    const now = text();
    if ((output.isTerminal || now !== shown) && output.progress(now)) shown = now;
  });
}
