import { reasonsOf } from "./marks.ts";
import type { RecordedSection } from "./results.ts";
import { markTable, tableText } from "./tables.ts";

/** A section as text for a terminal: tables, marks, what is in the way of missed ones, notes, what was skipped. */
export function sectionText(section: RecordedSection): string {
  const { name, machine, node, date, commit, command, seconds, tables, marks, notes, skipped } = section;
  const parts = [
    `== ${name} (${seconds} s)`,
    [`${machine}; Node.js ${node}`, `${date}, commit ${commit}: ${command}`].join("\n"),
    ...tables.map(tableText),
    ...(marks.length > 0 ? [tableText(markTable(marks))] : []),
    lines("In the way", reasonsOf(marks)),
    lines("Notes", notes),
    lines("Skipped", skipped),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function lines(title: string, texts: readonly string[]): string {
  return texts.length === 0 ? "" : [title, ...texts.map((text) => `- ${text}`)].join("\n");
}
