import { appendFileSync } from "node:fs";
import { UserError } from "../kernel/errors.ts";
import type { Output } from "../run/output.ts";
import type { RehearseOptions } from "./options.ts";
import type { Rehearsal } from "./rehearse.ts";
import { summaryLines, summaryMarkdown } from "./summary.ts";

/** Reports a rehearsal: as text, and on demand in the summary's file and as JSON lines. */
export function report(
  rehearsal: Rehearsal,
  { summary, json }: Pick<RehearseOptions, "summary" | "json">,
  to: { readonly output: Output; readonly json: { write(text: string): unknown } },
): void {
  const { stacks, ...about } = rehearsal;
  to.output.line();
  to.output.line(`Base: ${rehearsal.base}. Head: ${rehearsal.head}.`);
  for (const note of rehearsal.notes) to.output.line(note);
  for (const line of summaryLines(rehearsal)) to.output.line(line);
  if (summary !== undefined) appendSummary(summary, summaryMarkdown(rehearsal));
  if (!json) return;
  to.json.write(`${JSON.stringify({ type: "rehearsal", ...about })}\n`);
  for (const stack of stacks) to.json.write(`${JSON.stringify({ type: "stack", ...stack })}\n`);
}

/** Appends to the summary's file. Throws UserError when it cannot be written. */
export function appendSummary(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw new UserError(`--summary ${file} cannot be written: ${(error as Error).message}`);
  }
}
