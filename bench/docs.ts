import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reasonsOf } from "./marks.ts";
import type { RecordedSection } from "./results.ts";
import { markTable, tableMarkdown } from "./tables.ts";

/** Pages with a part that is made of the recorded results. */
export const Page = { All: "docs/benchmarks.md", Short: "README.md" } as const;
export type Page = (typeof Page)[keyof typeof Page];

const BEGIN = "<!-- results of npm run bench -->";
const END = "<!-- end of results -->";

/** The page's part in Markdown. */
export function resultsMarkdown(page: Page, sections: readonly RecordedSection[]): string {
  return page === Page.All ? sections.map(sectionMarkdown).join("\n\n") : shortMarkdown(sections);
}

/** The first table of the first section: the replicator beside what a user would take instead. */
function shortMarkdown([section]: readonly RecordedSection[]): string {
  const table = section?.tables[0];
  if (section === undefined || table === undefined) return "";
  return `${table.title}:\n\n${tableMarkdown(table)}\n\n${provenance(section)}`;
}

function sectionMarkdown(section: RecordedSection): string {
  const { name, tables, marks, notes, skipped } = section;
  const parts = [
    `## ${name}`,
    provenance(section),
    ...tables.flatMap((table) => [`**${table.title}**`, tableMarkdown(table)]),
    ...(marks.length > 0 ? ["**Marks**", tableMarkdown(markTable(marks))] : []),
    list("In the way:", reasonsOf(marks)),
    list("", notes),
    list("Skipped:", skipped),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function provenance({ machine, node, date, commit, command }: RecordedSection): string {
  return `Measured on ${date.slice(0, 10)} by \`${command}\`, commit ${commit}, on ${machine}, Node.js ${node}.`;
}

function list(title: string, texts: readonly string[]): string {
  if (texts.length === 0) return "";
  return [...(title === "" ? [] : [title, ""]), ...texts.map((text) => `- ${text}`)].join("\n");
}

/** Replaces the part of a page that lies between the two marks. @throws Error for a page without them */
export function withResults(page: string, results: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page has no part between "${BEGIN}" and "${END}"`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${results}\n\n${page.slice(end)}`;
}

/** Writes the recorded results into all pages. */
export function writePages(projectDir: string, sections: readonly RecordedSection[]): void {
  for (const page of Object.values(Page)) {
    const file = join(projectDir, page);
    writeFileSync(file, withResults(readFileSync(file, "utf8"), resultsMarkdown(page, sections)));
  }
}
