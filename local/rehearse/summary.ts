import type { Rehearsal, StackRehearsal } from "./rehearse.ts";
import { ChangeKind, type PreviewedChange, type ValueChange } from "./stack-preview.ts";

/** Maximum characters of the CLI's output per stack: a job summary on GitHub has at most 1 MiB. */
const MAX_TEXT_LENGTH = 200_000;

const standardCounts = [...Object.values(ChangeKind), "same"] as const;

/** The rehearsal as Markdown. */
export function summaryMarkdown(rehearsal: Rehearsal): string {
  const { base, head, engine, notes, stacks } = rehearsal;
  return [
    "## Rehearsal in the local cloud",
    `Deployed from ${escaped(base)}, previewed from ${escaped(head)}, with ${engine}. No AWS account was touched.`,
    ...notes.map((note) => `> ${escaped(note)}`),
    countsTable(stacks),
    ...stacks.flatMap(stackSection),
    "",
  ].join("\n\n");
}

/** One sentence per stack, for a terminal. */
export function summaryLines({ stacks }: Rehearsal): string[] {
  return stacks.flatMap((rehearsal) => {
    const { stack, preview, failure } = rehearsal;
    if (!preview) return [`${stack}: ${failureTitle(rehearsal)}`, ...indented(failure?.message ?? "")];
    return [
      `${stack}: ${countsInWords(preview.counts)}`,
      ...preview.changes.map((change) => `  ${changeLine(change)}`),
    ];
  });
}

function countsTable(stacks: readonly StackRehearsal[]): string {
  const columns = columnsOf(stacks.map(({ preview }) => preview?.counts ?? {}));
  const rows = stacks.map(({ stack, preview }) => [
    `**${escaped(stack)}**`,
    ...columns.map((column) => (preview ? String(preview.counts[column] ?? 0) : "?")),
  ]);
  return markdownTable(["stack", ...columns], rows);
}

/** The standard columns, then other kinds that the CLI counts. */
function columnsOf(counts: readonly Readonly<Record<string, number>>[]): readonly string[] {
  return [...new Set([...standardCounts, ...counts.flatMap((each) => Object.keys(each))])];
}

function stackSection(rehearsal: StackRehearsal): string[] {
  const { stack, preview, failure } = rehearsal;
  const title = `### ${escaped(stack)}`;
  if (!preview) return [title, `**${failureTitle(rehearsal)}**`, fenced(failure?.message ?? "", "text")];
  const details = preview.text === undefined ? [] : [textSection(stack, preview.text)];
  if (preview.changes.length === 0) return [title, "Nothing changes.", ...details];
  const rows = preview.changes.map((change) => [
    code(change.name),
    shortType(change.type),
    change.kind === ChangeKind.Replace ? "**replace**" : change.kind,
    whatChanges(change),
  ]);
  return [title, markdownTable(["resource", "type", "change", "what"], rows), ...details];
}

function failureTitle({ failure }: StackRehearsal): string {
  switch (failure?.step) {
    case "up":
      return "could not be deployed from the base";
    case "preview":
      return "could not be previewed from the head";
    default:
      return "was not tried";
  }
}

function whatChanges({ kind, properties, replaces, values }: PreviewedChange): string {
  const reason = kind === ChangeKind.Replace ? [`replaced because of ${replaces.map(code).join(", ")}`] : [];
  const told = values.map(({ path, ...rest }) => `${code(path)}${markdownValues(rest)}`);
  const untold = properties.filter((name) => !values.some(({ path }) => isWithin(path, name))).map(code);
  return [...reason, ...told, ...untold].join("<br>");
}

function markdownValues({ before, after }: Omit<ValueChange, "path">): string {
  if (before === undefined && after === undefined) return "";
  if (before === undefined) return ` set to ${code(after ?? "")}`;
  if (after === undefined) return ` removed, was ${code(before)}`;
  return ` ${code(before)} → ${code(after)}`;
}

function changeLine({ kind, type, name, properties, replaces }: PreviewedChange): string {
  const why = kind === ChangeKind.Replace ? ` because of ${replaces.join(", ")}` : "";
  const what = properties.length === 0 ? "" : ` (${properties.join(", ")})`;
  return `${kind.padEnd("replace".length)}  ${shortType(type)} ${name}${what}${why}`;
}

function countsInWords(counts: Readonly<Record<string, number>>): string {
  const kinds = columnsOf([counts]).filter((kind) => kind !== "same" && counts[kind]);
  const { same = 0 } = counts;
  if (kinds.length === 0) return `nothing changes (${same} resources)`;
  return [...kinds.map((kind) => `${counts[kind]} to ${kind}`), `${same} same`].join(", ");
}

function textSection(stack: string, text: string): string {
  const cut = text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}\n… cut here` : text;
  return `<details><summary>pulumi preview --diff --stack ${escaped(stack)}</summary>\n\n${fenced(cut, "diff")}\n\n</details>`;
}

/** A code block whose fence is longer than any in the text, so that the text cannot end it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Code in a table cell. */
function code(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  if (longest === 0) return `\`${line}\``;
  const mark = "`".repeat(longest + 1);
  return `${mark} ${line} ${mark}`;
}

function escaped(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|#&]/g, "\\$&");
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), `|${"---|".repeat(header.length)}`, ...rows.map(line)].join("\n");
}

/** `aws:sqs/queue:Queue` as the CLI shows it. */
function shortType(type: string): string {
  return type.replace(/^([^:]+):([^:/]+)\/[^:]+:/, "$1:$2:");
}

function isWithin(path: string, property: string): boolean {
  return path === property || (/^[.[ ]/.test(path.slice(property.length)) && path.startsWith(property));
}

function indented(text: string): string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
