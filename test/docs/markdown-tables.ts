import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Absolute path of a file of the project. */
export function projectFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** Text of a file of the project. */
export function projectText(path: string): string {
  return readFileSync(projectFile(path), "utf8");
}

/** The text of one section of a page, from its heading to the next heading of the same or a higher level. */
export function section(page: string, heading: string): string {
  const [, level = "", rest] = new RegExp(`^(#+) ${heading}$\\n([\\s\\S]*)`, "m").exec(page) ?? [];
  if (rest === undefined) throw new Error(`the page has no heading "${heading}"`);
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, "m"));
  return end < 0 ? rest : rest.slice(0, end);
}

/** The rows of a section's tables, without their headers; `\|` in a cell is a bar. */
export function tableRows(text: string): string[][] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  const isRule = (line: string | undefined) => line !== undefined && /^[|\s:-]+$/.test(line);
  return lines
    .filter((line, index) => !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|")),
    );
}

/** What a cell shows as code, or undefined when it is not code alone. */
export function code(cell: string | undefined): string | undefined {
  return /^`([^`]+)`$/.exec(cell ?? "")?.[1];
}
