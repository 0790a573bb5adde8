import type { SentEvent } from "../producer/producer.ts";
import { archivedItems, parkedRecords, type RecordId, streamRecords, tableRecords, type View } from "./collect.ts";

/** Where the two accounts keep what the ledger counts. */
export interface LedgerSources {
  readonly source: View & { readonly streamName: string; readonly parkedBucketName: string };
  readonly target: View & { readonly tableName: string; readonly archiveBucketName: string };
}

/** Numbers of events. `sent = accepted + refused + unacknowledged + undelivered`; `accepted + unacknowledged = stored + parked + lost`. */
export interface Ledger {
  readonly sent: number;
  /** Answered 2xx. */
  readonly accepted: number;
  /** The last answer was a 4xx. */
  readonly refused: number;
  /** No 2xx, yet in the stream. */
  readonly unacknowledged: number;
  readonly stored: number;
  /** Parked and not stored; each event once. */
  readonly parked: number;
  /** Stored events that are in at least one object of the archive. */
  readonly archived: number;
  readonly lost: number;
  /** No 2xx and no refusal to the last, and not in the stream. Zero in a run that closes. */
  readonly undelivered: number;
  /** Records of the stream that belong to an event which is counted by another record (a producer's resend after a lost answer). */
  readonly resent: number;
  /** Records of the stream that no event of this run explains. */
  readonly unknown: number;
  /** Items of the table that are no record of the stream. */
  readonly strangers: number;
  readonly parkedByReason: Readonly<Record<string, number>>;
  readonly streamRecords: number;
  readonly tableItems: number;
  /** Lines in the archive beyond the first of each record. */
  readonly archivedAgain: number;
}

/** Counts what both accounts hold against what the producer sent. Reads everything; call it when the pipeline is idle. */
export async function takeLedger(sources: LedgerSources, events: readonly SentEvent[]): Promise<Ledger> {
  const accepted = new Set<RecordId>();
  const unanswered = new Map<string, number>();
  const acceptedContent = new Map<string, number>();
  let refused = 0;
  for (const { outcome, line } of events) {
    if (outcome.kind === "accepted") accepted.add(`${outcome.shardId}/${outcome.sequenceNumber}`);
    else if (outcome.kind === "refused") refused++;
    else increment(unanswered, contentOf(line.bytes));
  }
  const acceptedEvents = events.filter(({ outcome }) => outcome.kind === "accepted");
  const unclaimed: { id: RecordId; data: string }[] = [];
  const inStream = new Set<RecordId>();
  for await (const record of streamRecords(sources.source, sources.source.streamName)) {
    inStream.add(record.id);
    if (!accepted.has(record.id)) unclaimed.push(record);
  }
  if (unclaimed.length > 0) for (const { line } of acceptedEvents) increment(acceptedContent, contentOf(line.bytes));
  const unacknowledged = new Set<RecordId>();
  let resent = 0;
  let unknown = 0;
  for (const { id, data } of unclaimed) {
    const content = contentOf(Buffer.from(data, "base64"));
    if (decrement(unanswered, content)) unacknowledged.add(id);
    else if (acceptedContent.has(content)) resent++;
    else unknown++;
  }

  const stored = new Set<RecordId>();
  let tableItems = 0;
  for await (const id of tableRecords(sources.target, sources.target.tableName)) {
    tableItems++;
    stored.add(id);
  }
  const parked = new Map<RecordId, string>();
  for await (const { id, reason } of parkedRecords(sources.source, sources.source.parkedBucketName))
    parked.set(id, reason);
  const archived = new Set<RecordId>();
  let archivedAgain = 0;
  for await (const { id } of archivedItems(sources.target, sources.target.archiveBucketName)) {
    if (archived.has(id)) archivedAgain++;
    archived.add(id);
  }

  const counts = { stored: 0, parked: 0, archived: 0 };
  const parkedByReason: Record<string, number> = {};
  for (const id of [...accepted, ...unacknowledged]) {
    const reason = parked.get(id);
    if (stored.has(id)) {
      counts.stored++;
      if (archived.has(id)) counts.archived++;
    } else if (reason !== undefined) {
      counts.parked++;
      parkedByReason[reason] = (parkedByReason[reason] ?? 0) + 1;
    }
  }
  const strangers = [...stored].filter((id) => !inStream.has(id)).length;
  const undelivered = events.length - acceptedEvents.length - refused - unacknowledged.size;
  return {
    sent: events.length,
    accepted: acceptedEvents.length,
    refused,
    unacknowledged: unacknowledged.size,
    ...counts,
    lost: acceptedEvents.length + unacknowledged.size - counts.stored - counts.parked,
    undelivered,
    resent,
    unknown,
    strangers,
    parkedByReason,
    streamRecords: inStream.size,
    tableItems,
    archivedAgain,
  };
}

/** What does not close, one sentence each; none when the sums close. */
export function openSums(ledger: Ledger): string[] {
  const open: string[] = [];
  const say = (isOpen: boolean, sentence: string) => {
    if (isOpen) open.push(sentence);
  };
  say(ledger.lost > 0, `${ledger.lost} events are in the stream's answer and neither stored nor parked: lost`);
  say(ledger.undelivered > 0, `${ledger.undelivered} events got no final answer and are not in the stream`);
  say(ledger.archived !== ledger.stored, `${ledger.stored - ledger.archived} stored events are not in the archive`);
  say(ledger.strangers > 0, `${ledger.strangers} items of the table are no record of the stream`);
  say(ledger.unknown > 0, `${ledger.unknown} records of the stream were not sent by this run`);
  return open;
}

/** What makes two copies of an event the same: the JSON value where it is JSON, the bytes where it is not. */
function contentOf(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return bytes.toString("base64");
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Takes one away; false when there was none. */
function decrement(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count === 0) return false;
  if (count === 1) counts.delete(key);
  else counts.set(key, count - 1);
  return true;
}
