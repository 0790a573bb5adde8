import { styleText } from "node:util";
import type { Ledger } from "../ledger/ledger.ts";

/** The kind of a line, shown as its colour on a terminal. */
export const Tone = { Good: "green", Bad: "red", Heading: "bold" } as const;
export type Tone = (typeof Tone)[keyof typeof Tone];

/** Output for people. Progress is one line: rewritten on a terminal, printed now and then elsewhere. */
export interface Output {
  readonly isTerminal: boolean;
  /** @param tone the colour, on a terminal with colours and unless NO_COLOR is set. */
  line(text?: string, tone?: Tone): void;
  /**
   * On a terminal: a line that the next one replaces; elsewhere at most one line every two seconds.
   * @returns whether it is shown.
   */
  progress(text: string): boolean;
  /** One line of JSON for programs, on standard output: with `--json` nothing else is there. */
  json(value: unknown): void;
}

/** Milliseconds between progress lines, not on a terminal. */
const PROGRESS_INTERVAL_MS = 2_000;
/** Milliseconds between progress lines on a terminal. */
const REWRITE_INTERVAL_MS = 80;
/** Columns of a terminal that reports none, or 0. */
const DEFAULT_COLUMNS = 80;

/** The stream for output, such as process.stdout. */
export type Stream = Pick<NodeJS.WriteStream, "write"> &
  Partial<Pick<NodeJS.WriteStream, "isTTY" | "columns" | "hasColors">>;

/**
 * @param stream stderr with --json, else stdout.
 * @param now milliseconds, for tests.
 */
export function createOutput(stream: Stream, now: () => number = Date.now): Output {
  const isTerminal = stream.isTTY ?? false;
  const hasColors = isTerminal && (stream.hasColors?.() ?? false);
  let shown = "";
  let lastProgressAt = Number.NEGATIVE_INFINITY;
  const clear = () => {
    if (shown !== "") stream.write("\r\x1b[2K");
    shown = "";
  };
  return {
    isTerminal,
    line(text = "", tone) {
      clear();
      stream.write(`${hasColors && tone ? styleText(tone, text, { validateStream: false }) : text}\n`);
    },
    progress(text) {
      const interval = isTerminal ? REWRITE_INTERVAL_MS : PROGRESS_INTERVAL_MS;
      if (now() - lastProgressAt < interval) return false;
      lastProgressAt = now();
      if (!isTerminal) {
        stream.write(`${text}\n`);
        return true;
      }
      const line = text.slice(0, (stream.columns || DEFAULT_COLUMNS) - 1);
      if (line === shown) return true;
      clear();
      stream.write(line);
      shown = line;
      return true;
    },
    json(value) {
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
  };
}

/** Formats a table: columns as wide as their widest cell, numbers aligned right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => String(row[column] ?? "").length)));
  const render = (row: readonly (string | number)[]) =>
    row
      .map((cell, column) =>
        typeof cell === "number" ? String(cell).padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [render(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(render)];
}

/** The ledger by account and hop. */
export function ledgerTable(ledger: Ledger, accounts: { source: string; target: string }): string[] {
  const reasons = Object.entries(ledger.parkedByReason).map(([reason, count]) => `${count} ${reason}`);
  return table(
    ["account", "hop", "what", "events"],
    [
      [accounts.source, "gateway", "sent", ledger.sent],
      ["", "", "accepted", ledger.accepted],
      ["", "", "refused", ledger.refused],
      ["", "", "unacknowledged", ledger.unacknowledged],
      ["", "stream", "records", ledger.records],
      ...(ledger.changed > 0 ? [["", "", "changed", ledger.changed]] : []),
      ["", "replicator", "parked", ledger.parked],
      [accounts.target, "table", "stored", ledger.stored],
      ["", "archive", "archived", ledger.archived],
      ["both", "", "lost", ledger.lost],
      ...(reasons.length > 0 ? [["", "parked because", reasons.join(", "), ""]] : []),
    ],
  );
}
