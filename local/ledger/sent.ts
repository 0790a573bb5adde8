import { traitsOf } from "../producer/line-traits.ts";
import type { SentEvent } from "../producer/producer.ts";
import { Route } from "../producer/requests.ts";
import { canonicalJson, canonicalRecord } from "./canonical.ts";
import { type RecordId, recordId } from "./collect.ts";
import type { Complaints } from "./complaints.ts";

/** Comparison of the events sent with the stream. Numbers of events. */
export interface SentAgainstStream {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unacknowledged: number;
  /** Additional records of an event, because the producer sent it again after getting no answer. */
  readonly resent: number;
  /** Neither accepted nor refused in the end, and not in the stream. */
  readonly undelivered: number;
  /** Accepted, but not in the stream. */
  readonly missing: number;
  /**
   * Accepted, but in the stream with different bytes; sent by the envelope, which API Gateway serializes again, with a
   * different value.
   */
  readonly changed: number;
  /** The record that counts for each event. */
  readonly counting: ReadonlySet<RecordId>;
}

/**
 * Checks that each accepted event is in the stream exactly once with its bytes, and that the stream has no other
 * events.
 */
export function checkSent(
  events: readonly SentEvent[],
  stream: ReadonlyMap<RecordId, string>,
  open: Complaints,
): SentAgainstStream {
  const counting = new Set<RecordId>();
  const counts = { accepted: 0, refused: 0, missing: 0, changed: 0, unacknowledged: 0, resent: 0 };
  for (const { outcome, line, route } of events) {
    if (outcome.kind === "refused") counts.refused++;
    if (outcome.kind !== "accepted") continue;
    counts.accepted++;
    const id = recordId(outcome.shardId, outcome.sequenceNumber);
    const data = stream.get(id);
    if (data === undefined || counting.has(id)) {
      counts.missing++;
      open.say(
        data === undefined ? "answered with success, not in the stream" : "one record answered for several events",
        `line ${line.number} as ${id}`,
      );
      continue;
    }
    counting.add(id);
    if (data === line.bytes.toString("base64")) continue;
    if (route === Route.Envelope && canonicalRecord(data) === canonicalJson(line.bytes.toString("utf8"))) continue;
    counts.changed++;
    open.say(
      route === Route.Envelope
        ? "in the stream with another value than sent"
        : "in the stream with other bytes than sent",
      `line ${line.number} as ${id}`,
    );
  }
  const unanswered = unansweredLines(events);
  const known = counting.size < stream.size ? knownContents(events) : new Set<string>();
  for (const [id, data] of stream) {
    if (counting.has(id)) continue;
    const content = contentOf(Buffer.from(data, "base64"));
    if (unanswered.get(content)?.shift() !== undefined) {
      counting.add(id);
      counts.unacknowledged++;
    } else if (known.has(content)) counts.resent++;
    else open.say("in the stream, never sent", id);
  }
  const undelivered = [...unanswered.values()].flat();
  for (const number of undelivered) open.say("sent, never answered and not in the stream", `line ${number}`);
  return { sent: events.length, ...counts, undelivered: undelivered.length, counting };
}

/** The numbers of the lines without an answer, by content. */
function unansweredLines(events: readonly SentEvent[]): Map<string, number[]> {
  const unanswered = new Map<string, number[]>();
  for (const { outcome, line } of events) {
    if (outcome.kind !== "unanswered") continue;
    const content = contentOf(line.bytes);
    const lines = unanswered.get(content);
    if (lines) lines.push(line.number);
    else unanswered.set(content, [line.number]);
  }
  return unanswered;
}

/** The contents of all events that may be in the stream. */
function knownContents(events: readonly SentEvent[]): Set<string> {
  const sent = events.filter(({ outcome }) => outcome.kind !== "refused");
  return new Set(sent.map(({ line }) => contentOf(line.bytes)));
}

/**
 * Identifies an event when no answer names its record: by its value when it may have been sent in an envelope, which
 * API Gateway serializes again, else by its bytes.
 */
function contentOf(bytes: Buffer): string {
  if (traitsOf(bytes).isEnvelopeSafe) return `value ${canonicalJson(bytes.toString("utf8"))}`;
  return `bytes ${bytes.toString("base64")}`;
}
