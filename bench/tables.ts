import { goalText, type Mark, withUnit } from "./marks.ts";

/** A table of results. Every row has as many cells as there are columns. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A cell that is aligned to the right: it begins with a figure. */
const FIGURE = /^[-+≤≥]? ?\d/;

/** The table as aligned text: columns of figures to the right, others to the left. */
export function tableText({ title, columns, rows }: Table): string {
  const isFigures = columns.map((_, column) => rows.every((row) => FIGURE.test(row[column] ?? "") || !row[column]));
  const widths = columns.map((name, column) => Math.max(...[name, ...rows.map((row) => row[column] ?? "")].map(width)));
  const line = (cells: readonly string[]): string =>
    columns
      .map((_, column) => {
        const cell = cells[column] ?? "";
        const fill = " ".repeat((widths[column] ?? 0) - width(cell));
        return isFigures[column] ? fill + cell : cell + fill;
      })
      .join("  ")
      .trimEnd();
  return [title, line(columns), line(widths.map((count) => "-".repeat(count))), ...rows.map(line)].join("\n");
}

/** The table in Markdown, without its title. */
export function tableMarkdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(columns), `|${columns.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** The marks as a table. */
export function markTable(marks: readonly Mark[]): Table {
  return {
    title: "Marks",
    columns: ["mark", "value", "goal", "", "holds"],
    rows: marks.map((mark) => [
      mark.name,
      withUnit(mark.value, mark.unit),
      goalText(mark),
      mark.weight,
      mark.holds ? "yes" : "NO",
    ]),
  };
}

function width(text: string): number {
  return [...text].length;
}
