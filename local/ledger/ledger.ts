import { hash } from "node:crypto";
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

/** Findings about one record of the stream, from reading the table, the parked records and the archive. */
interface RecordFindings {
  items: number;
  hasOtherKey: boolean;
  hasOtherFields: boolean;
  parkedReason: string | undefined;
  hasOtherParkedBytes: boolean;
  archivedLines: number;
  /** Digest of the record's canonical text, once one is needed. */
  digest: string | undefined;
  /** The archive's lines that have other fields, without repeats. */
  otherLines: Set<string> | undefined;
}

/**
 * Reads both accounts and compares them with the events sent, one by one. Call it when the pipeline is idle. Items and
 * lines are compared as they are read, and not kept.
 */
export async function takeLedger(sources: LedgerSources, events: readonly SentEvent[]): Promise<Ledger> {
  const open = new Complaints();
  const stream = new Map<RecordId, string>();
  for await (const { id, data } of streamRecords(sources.source, sources.source.streamName)) stream.set(id, data);
  const { counting, missing, ...sent } = checkSent(events, stream, open);

  const found = new Map<RecordId, RecordFindings>();
  for await (const { id, item } of tableItems(sources.target, sources.target.tableName)) {
    const findings = findingsOf(found, id);
    if (++findings.items === 1) noteItem(findings, id, stream.get(id), item);
  }
  for await (const { id, reason, data } of parkedRecords(sources.source, sources.source.parkedBucketName)) {
    const findings = findingsOf(found, id);
    findings.parkedReason = reason;
    findings.hasOtherParkedBytes = data !== stream.get(id);
  }
  let archivedLines = 0;
  let archivedRecords = 0;
  for await (const { id, line } of archivedItems(sources.target, sources.target.archiveBucketName)) {
    archivedLines++;
    const findings = findingsOf(found, id);
    if (++findings.archivedLines === 1) archivedRecords++;
    noteLine(findings, stream.get(id), line);
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
  for (const id of stream.keys()) {
    const one = counting.has(id) ? 1 : 0;
    const findings = found.get(id);
    if (findings && findings.items > 0) {
      if (findings.items > 1) open.say("stored under two keys", id);
      counts.duplicated += findings.items - 1;
      counts.storedRecords++;
      counts.stored += one;
      if (findings.hasOtherKey) open.say("stored under another key than its own", id);
      if (findings.hasOtherFields) open.say("stored with other fields than came", id);
      if (findings.archivedLines > 0) counts.archived += one;
      else open.say("stored, not in the archive", id);
      for (const _line of findings.otherLines ?? []) open.say("archived with other fields than stored", id);
    } else if (findings?.parkedReason !== undefined) {
      const { parkedReason } = findings;
      counts.parkedRecords++;
      counts.parked += one;
      parkedByReason[parkedReason] = (parkedByReason[parkedReason] ?? 0) + one;
      if (findings.hasOtherParkedBytes) open.say("parked with other bytes than came", id);
    } else {
      counts.lost += one;
      open.say("in the stream, neither stored nor parked", id);
    }
  }
  const strangers = [...found].filter(([id]) => !stream.has(id));
  for (const [id, { items }] of strangers) if (items > 0) open.say("in the table, never in the stream", id);
  for (const [id, { parkedReason }] of strangers)
    if (parkedReason !== undefined) open.say("parked, never in the stream", id);
  for (const [id, { archivedLines: lines, items }] of found)
    if (lines > 0 && items === 0) open.say("in the archive, not in the table", id);
  const archivedAgain = archivedLines - archivedRecords;
  return { ...sent, ...counts, records: stream.size, parkedByReason, archivedAgain, open: open.sentences() };
}

function findingsOf(found: Map<RecordId, RecordFindings>, id: RecordId): RecordFindings {
  const known = found.get(id);
  if (known) return known;
  const findings: RecordFindings = {
    items: 0,
    hasOtherKey: false,
    hasOtherFields: false,
    parkedReason: undefined,
    hasOtherParkedBytes: false,
    archivedLines: 0,
    digest: undefined,
    otherLines: undefined,
  };
  found.set(id, findings);
  return findings;
}

/** Checks that the item has the right key, and that every field of its event is equal. */
function noteItem(findings: RecordFindings, id: RecordId, data: string | undefined, item: TableItem): void {
  if (data === undefined) return;
  const [shardId = "", sequenceNumber = ""] = id.split("/");
  const key = String(item["seqNumbershardIdHash"]?.["S"]);
  const parts = [sequenceNumber.slice(-3, -1), shardId];
  const streamParts = [String(item["streamName"]?.["S"]), ...parts];
  // All combinations of the replicator's `hashKeyScope` and separator.
  const own = ["_", "-"].flatMap((separator) => [parts.join(separator), streamParts.join(separator)]);
  findings.hasOtherKey = !own.includes(key);
  const expected = canonicalRecord(data);
  findings.digest = digestOf(expected);
  findings.hasOtherFields = canonicalAttribute(item["event"] ?? {}) !== expected;
}

/** Checks that every field of the event is equal in a line of the archive. */
function noteLine(findings: RecordFindings, data: string | undefined, line: string): void {
  if (data === undefined) return;
  findings.digest ??= digestOf(canonicalRecord(data));
  if (digestOf(canonicalArchivedEvent(line)) === findings.digest) return;
  findings.otherLines ??= new Set();
  findings.otherLines.add(line);
}

function digestOf(text: string): string {
  return hash("sha256", text, "base64");
}
