import { archivedItems, objects, recordId, streamRecords, type View } from "../ledger/collect.ts";
import type { LedgerSources } from "../ledger/ledger.ts";
import type { SentEvent } from "../producer/producer.ts";
import { canonicalAttribute, canonicalJson } from "./canonical.ts";

/** What one seed's run left behind, counted per event and compared by content. */
export interface Finding {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unacknowledged: number;
  /** Records of the stream beyond the first of an event: the producer sent it again because it got no answer. */
  readonly resent: number;
  readonly records: number;
  readonly stored: number;
  readonly parked: number;
  readonly parkedByReason: Readonly<Record<string, number>>;
  readonly archived: number;
  /** Lines of the archive beyond the first of a record: readers key on shard and sequence number (and on the line's `eventId`). */
  readonly archivedAgain: number;
  readonly lost: number;
  readonly duplicated: number;
  /** What does not hold, one sentence each; none when everything closes. */
  readonly open: readonly string[];
}

interface Item {
  readonly [name: string]: Readonly<Record<string, unknown>>;
}

/** Sentences of one kind that are kept; the rest is counted. */
const SENTENCES_OF_A_KIND = 3;

/** Reads both accounts and holds what is there against what was sent, event by event. Call it when the pipeline is idle. */
export async function checkEverything(sources: LedgerSources, events: readonly SentEvent[]): Promise<Finding> {
  const open = new Complaints();
  const stream = new Map<string, string>();
  for await (const { id, data } of streamRecords(sources.source, sources.source.streamName)) stream.set(id, data);
  const producer = checkProducer(events, stream, open);
  const items = await readTable(sources.target, sources.target.tableName);
  const parkedRecords = await readParked(sources.source, sources.source.parkedBucketName);
  const archive = new Map<string, string[]>();
  let archivedLines = 0;
  for await (const { id, line } of archivedItems(sources.target, sources.target.archiveBucketName)) {
    archivedLines++;
    const lines = archive.get(id);
    if (lines) lines.push(line);
    else archive.set(id, [line]);
  }

  const counts = { stored: 0, parked: 0, archived: 0, lost: 0, duplicated: 0 };
  const parkedByReason: Record<string, number> = {};
  for (const [id, data] of stream) {
    const stored = items.get(id) ?? [];
    const parked = parkedRecords.get(id);
    if (stored.length > 1) {
      counts.duplicated += stored.length - 1;
      open.say("stored under two keys", id);
    }
    if (stored.length > 0) {
      counts.stored++;
      checkItem(id, data, stored[0]!, open);
      if (checkLines(id, data, archive.get(id), open)) counts.archived++;
    } else if (parked) {
      counts.parked++;
      parkedByReason[parked.reason] = (parkedByReason[parked.reason] ?? 0) + 1;
      if (parked.data !== data) open.say("parked with other bytes than came", id);
    } else {
      counts.lost++;
      open.say("in the stream, neither stored nor parked", id);
    }
  }
  for (const id of items.keys()) if (!stream.has(id)) open.say("in the table, never in the stream", id);
  for (const id of parkedRecords.keys()) if (!stream.has(id)) open.say("parked, never in the stream", id);
  for (const id of archive.keys()) if (!items.has(id)) open.say("in the archive, not in the table", id);
  counts.lost += producer.missing;
  return {
    ...producer.counts,
    records: stream.size,
    ...counts,
    parkedByReason,
    archivedAgain: archivedLines - archive.size,
    open: open.sentences(),
  };
}

/** Sentences of what is wrong, by kind: a few in full, the rest counted. */
class Complaints {
  readonly #kinds = new Map<string, { shown: string[]; count: number }>();

  say(kind: string, what: string): void {
    const known = this.#kinds.get(kind) ?? { shown: [], count: 0 };
    this.#kinds.set(kind, known);
    known.count++;
    if (known.shown.length < SENTENCES_OF_A_KIND) known.shown.push(what);
  }

  sentences(): string[] {
    return [...this.#kinds].map(
      ([kind, { shown, count }]) => `${kind}: ${count} (${shown.join(", ")}${count > shown.length ? ", …" : ""})`,
    );
  }
}

/** What was accepted is in the stream with its content, and the stream holds nothing that was not sent. */
function checkProducer(events: readonly SentEvent[], stream: ReadonlyMap<string, string>, open: Complaints) {
  const byContent = new Map<string, { sent: number; records: number }>();
  const contentOf = (event: SentEvent) => canonicalJson(event.line.bytes.toString("utf8"));
  const claimed = new Map<string, number>();
  const unanswered = new Map<string, number>();
  let accepted = 0;
  let refused = 0;
  let missing = 0;
  for (const event of events) {
    const { outcome, line } = event;
    if (outcome.kind === "refused") {
      refused++;
      continue;
    }
    const content = contentOf(event);
    const known = byContent.get(content) ?? { sent: 0, records: 0 };
    byContent.set(content, known);
    known.sent++;
    if (outcome.kind === "unanswered") {
      unanswered.set(content, (unanswered.get(content) ?? 0) + 1);
      continue;
    }
    accepted++;
    const id = recordId(outcome.shardId, outcome.sequenceNumber);
    claimed.set(id, (claimed.get(id) ?? 0) + 1);
    const data = stream.get(id);
    if (data === undefined) {
      missing++;
      open.say("answered with success, not in the stream", `line ${line.number} as ${id}`);
    } else if (canonicalRecord(data) !== content)
      open.say("in the stream with other content than sent", `line ${line.number} as ${id}`);
  }
  for (const [id, count] of claimed) if (count > 1) open.say("one record answered for several events", id);
  let unacknowledged = 0;
  let resent = 0;
  for (const [id, data] of stream) {
    if (claimed.has(id)) continue;
    const content = canonicalRecord(data);
    const left = unanswered.get(content) ?? 0;
    if (left > 0) {
      unanswered.set(content, left - 1);
      unacknowledged++;
    } else if (byContent.has(content)) resent++;
    else open.say("in the stream, never sent", id);
  }
  const undelivered = [...unanswered.values()].reduce((sum, count) => sum + count, 0);
  if (undelivered > 0) open.say("sent, never answered and not in the stream", `${undelivered} events`);
  return { counts: { sent: events.length, accepted, refused, unacknowledged, resent }, missing };
}

function canonicalRecord(data: string): string {
  return canonicalJson(Buffer.from(data, "base64").toString("utf8"));
}

/** The item stands under its key, and every field of its event is equal. */
function checkItem(id: string, data: string, item: Item, open: Complaints): void {
  const [shardId = "", sequenceNumber = ""] = id.split("/");
  const key = `${sequenceNumber.slice(-3, -1)}-${shardId}`;
  if (item["seqNumbershardIdHash"]?.["S"] !== key) open.say("stored under another key than its own", id);
  if (canonicalAttribute(item["event"] ?? {}) !== canonicalRecord(data))
    open.say("stored with other fields than came", id);
}

function checkLines(id: string, data: string, lines: readonly string[] | undefined, open: Complaints): boolean {
  if (!lines) {
    open.say("stored, not in the archive", id);
    return false;
  }
  const expected = canonicalRecord(data);
  for (const line of new Set(lines)) {
    // The event is the last but perhaps one member of the item: its text is cut out, so that no number passes through a double.
    if (!canonicalJson(line).includes(`"event":${expected}`)) open.say("archived with other fields than stored", id);
  }
  return true;
}

async function readTable(view: View, tableName: string): Promise<Map<string, Item[]>> {
  const items = new Map<string, Item[]>();
  let startKey: unknown;
  do {
    const page = (await view.cloud.call({
      service: "dynamodb",
      operation: "Scan",
      params: { TableName: tableName, ...(startKey ? { ExclusiveStartKey: startKey } : {}) },
      principal: view.principal,
      region: view.region,
    })) as { Items: Item[]; LastEvaluatedKey?: unknown };
    for (const item of page.Items) {
      const id = recordId(String(item["shardId"]?.["S"]), String(item["sequenceNumber"]?.["S"]));
      const known = items.get(id);
      if (known) known.push(item);
      else items.set(id, [item]);
    }
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return items;
}

/** Records that are parked: by the replicator, one object each, or in a batch that the mapping gave up. */
async function readParked(view: View, bucket: string): Promise<Map<string, { reason: string; data: string }>> {
  const parked = new Map<string, { reason: string; data: string }>();
  for await (const { body } of objects(view, bucket, "aws/lambda/")) {
    const batch = JSON.parse(body.toString("utf8")) as { payload: string; requestContext: { condition: string } };
    const { Records } = JSON.parse(batch.payload) as { Records: { eventID: string; kinesis: { data: string } }[] };
    for (const { eventID, kinesis } of Records) {
      const [shardId = "", sequenceNumber = ""] = eventID.split(":");
      parked.set(recordId(shardId, sequenceNumber), { reason: batch.requestContext.condition, data: kinesis.data });
    }
  }
  for await (const { body } of objects(view, bucket, "parked/")) {
    const one = JSON.parse(body.toString("utf8")) as {
      shardId: string;
      sequenceNumber: string;
      reason: string;
      data: string;
    };
    parked.set(recordId(one.shardId, one.sequenceNumber), one);
  }
  return parked;
}
