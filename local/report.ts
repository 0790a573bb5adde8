import type { Ledger } from "./ledger/ledger.ts";

/** Where people read: progress is one line that is rewritten on a terminal, and a line now and then elsewhere. */
export interface Output {
  line(text?: string): void;
  /** A line that the next progress line replaces (on a terminal); elsewhere at most one every two seconds. */
  progress(text: string): void;
}

/** Milliseconds between progress lines where they cannot be rewritten. */
const PROGRESS_INTERVAL_MS = 2_000;

/** @param stream stderr with --json, else stdout. */
export function createOutput(stream: NodeJS.WriteStream): Output {
  let hasProgress = false;
  let lastProgressAt = 0;
  const clear = () => {
    if (hasProgress) stream.write("\r\x1b[2K");
    hasProgress = false;
  };
  return {
    line(text = "") {
      clear();
      stream.write(`${text}\n`);
    },
    progress(text) {
      const now = Date.now();
      if (stream.isTTY) {
        if (now - lastProgressAt < 80) return;
        clear();
        stream.write(text.slice(0, (stream.columns ?? 100) - 1));
        hasProgress = true;
      } else {
        if (now - lastProgressAt < PROGRESS_INTERVAL_MS) return;
        stream.write(`${text}\n`);
      }
      lastProgressAt = now;
    },
  };
}

/** Columns padded to their widest cell; numbers to the right. */
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
