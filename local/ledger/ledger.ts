import type { SentEvent } from "../producer/producer.ts";
import { canonicalArchivedEvent, canonicalAttribute, canonicalRecord } from "./canonical.ts";
import {
  archivedItems,
  parkedRecords,
  type RecordId,
  streamRecords,
  type TableItem,
  tableItems,
  type View,
} from "./collect.ts";
import { Complaints } from "./complaints.ts";
import { checkSent } from "./sent.ts";

/** The resources of both accounts that the ledger reads. */
export interface LedgerSources {
  readonly source: View & { readonly streamName: string; readonly parkedBucketName: string };
  readonly target: View & { readonly tableName: string; readonly archiveBucketName: string };
}

/**
 * Numbers of events: `sent = accepted + refused + unacknowledged (+ undelivered)`, `accepted + unacknowledged = stored
 * + parked + lost`. Each event is matched by the record that its answer names, and by its bytes.
 */
export interface Ledger {
  readonly sent: number;
  /** Answered 2xx. */
  readonly accepted: number;
  /** The last answer was a 4xx. */
  readonly refused: number;
  /** No 2xx, but in the stream. */
  readonly unacknowledged: number;
  readonly stored: number;
  /** Parked and not stored; each event counted once. */
  readonly parked: number;
  /** Stored events that are in at least one archived object. */
  readonly archived: number;
  readonly lost: number;
  /** Additional items of a record: one record stored under several keys. */
  readonly duplicated: number;
  /**
   * Accepted, but in the stream with different bytes (sent by the envelope: with a different value). Zero in a run
   * that closes.
   */
  readonly changed: number;
  /** Neither accepted nor refused in the end, and not in the stream. Zero in a run that closes. */
  readonly undelivered: number;
  /** Additional records of an event, because the producer sent it again after getting no answer. */
  readonly resent: number;
  readonly parkedByReason: Readonly<Record<string, number>>;
  /** All records in the stream: `records = storedRecords + parkedRecords` when nothing is lost. */
  readonly records: number;
  readonly storedRecords: number;
  readonly parkedRecords: number;
  /**
   * Additional archive lines of a record; readers deduplicate by shard and sequence number, or by the line's
   * `eventId`.
   */
  readonly archivedAgain: number;
  /** Violations, one sentence each; empty when every sum closes and all content is equal. */
  readonly open: readonly string[];
}

/** Reads both accounts and compares them with the events sent, one by one. Call it when the pipeline is idle. */
export async function takeLedger(sources: LedgerSources, events: readonly SentEvent[]): Promise<Ledger> {
  const open = new Complaints();
  const stream = new Map<RecordId, string>();
  for await (const { id, data } of streamRecords(sources.source, sources.source.streamName)) stream.set(id, data);
  const { counting, missing, ...sent } = checkSent(events, stream, open);

  const items = new Map<RecordId, TableItem[]>();
  for await (const { id, item } of tableItems(sources.target, sources.target.tableName)) append(items, id, item);
  const parked = new Map<RecordId, { reason: string; data: string }>();
  for await (const { id, ...record } of parkedRecords(sources.source, sources.source.parkedBucketName))
    parked.set(id, record);
  const archive = new Map<RecordId, string[]>();
  let archivedLines = 0;
  for await (const { id, line } of archivedItems(sources.target, sources.target.archiveBucketName)) {
    archivedLines++;
    append(archive, id, line);
  }

  const counts = {
    stored: 0,
    parked: 0,
    archived: 0,
    lost: missing,
    duplicated: 0,
    storedRecords: 0,
    parkedRecords: 0,
  };
  const parkedByReason: Record<string, number> = {};
  for (const [id, data] of stream) {
    const one = counting.has(id) ? 1 : 0;
    const [item, ...further] = items.get(id) ?? [];
    const parkedRecord = parked.get(id);
    if (further.length > 0) open.say("stored under two keys", id);
    counts.duplicated += further.length;
    if (item) {
      counts.storedRecords++;
      counts.stored += one;
      checkItem(id, data, item, open);
      if (checkLines(id, data, archive.get(id), open)) counts.archived += one;
    } else if (parkedRecord) {
      counts.parkedRecords++;
      counts.parked += one;
      parkedByReason[parkedRecord.reason] = (parkedByReason[parkedRecord.reason] ?? 0) + one;
      if (parkedRecord.data !== data) open.say("parked with other bytes than came", id);
    } else {
      counts.lost += one;
      open.say("in the stream, neither stored nor parked", id);
    }
  }
  for (const id of items.keys()) if (!stream.has(id)) open.say("in the table, never in the stream", id);
  for (const id of parked.keys()) if (!stream.has(id)) open.say("parked, never in the stream", id);
  for (const id of archive.keys()) if (!items.has(id)) open.say("in the archive, not in the table", id);
  const archivedAgain = archivedLines - archive.size;
  return { ...sent, ...counts, records: stream.size, parkedByReason, archivedAgain, open: open.sentences() };
}

function append<T>(map: Map<RecordId, T[]>, id: RecordId, value: T): void {
  const known = map.get(id);
  if (known) known.push(value);
  else map.set(id, [value]);
}

/** Checks that the item has the right key, and that every field of its event is equal. */
function checkItem(id: RecordId, data: string, item: TableItem, open: Complaints): void {
  const [shardId = "", sequenceNumber = ""] = id.split("/");
  const key = String(item["seqNumbershardIdHash"]?.["S"]);
  const parts = [sequenceNumber.slice(-3, -1), shardId];
  const streamParts = [String(item["streamName"]?.["S"]), ...parts];
  // All combinations of the replicator's `hashKeyScope` and separator.
  const own = ["_", "-"].flatMap((separator) => [parts.join(separator), streamParts.join(separator)]);
  if (!own.includes(key)) open.say("stored under another key than its own", id);
  if (canonicalAttribute(item["event"] ?? {}) !== canonicalRecord(data))
    open.say("stored with other fields than came", id);
}

/** Checks that there is at least one line, and that every field of the event is equal in each. */
function checkLines(id: RecordId, data: string, lines: readonly string[] | undefined, open: Complaints): boolean {
  if (!lines) {
    open.say("stored, not in the archive", id);
    return false;
  }
  const expected = canonicalRecord(data);
  for (const line of new Set(lines)) {
    if (canonicalArchivedEvent(line) !== expected) open.say("archived with other fields than stored", id);
  }
  return true;
}
