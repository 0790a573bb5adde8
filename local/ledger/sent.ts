import { traitsOf } from "../producer/line-traits.ts";
import type { SentEvent } from "../producer/producer.ts";
import { Route } from "../producer/requests.ts";
import { canonicalJson, canonicalRecord } from "./canonical.ts";
import { type RecordId, recordId } from "./collect.ts";
import type { Complaints } from "./complaints.ts";

/** What was sent, held against the stream. Numbers of events. */
export interface SentAgainstStream {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unacknowledged: number;
  /** Records of events that another record counts for: the producer sent them again because it got no answer. */
  readonly resent: number;
  /** No 2xx and no refusal to the last, and not in the stream. */
  readonly undelivered: number;
  /** Answered with success, and not in the stream. */
  readonly missing: number;
  /** Answered with success, and in the stream with other bytes than were sent; by the envelope, which prints events anew, with another value. */
  readonly changed: number;
  /** The one record of each event that counts for it. */
  readonly counting: ReadonlySet<RecordId>;
}

/** What was accepted is in the stream with its bytes, once for each event, and the stream holds nothing that was not sent. */
export function checkSent(
  events: readonly SentEvent[],
  stream: ReadonlyMap<RecordId, string>,
  open: Complaints,
): SentAgainstStream {
  const counting = new Set<RecordId>();
  const known = new Set<string>();
  /** Lines without an answer, by content. */
  const unanswered = new Map<string, number[]>();
  const counts = { accepted: 0, refused: 0, missing: 0, changed: 0, unacknowledged: 0, resent: 0 };
  for (const { outcome, line, route } of events) {
    if (outcome.kind === "refused") {
      counts.refused++;
      continue;
    }
    const content = contentOf(line.bytes);
    known.add(content);
    if (outcome.kind === "unanswered") {
      const lines = unanswered.get(content);
      if (lines) lines.push(line.number);
      else unanswered.set(content, [line.number]);
      continue;
    }
    counts.accepted++;
    const id = recordId(outcome.shardId, outcome.sequenceNumber);
    const what = `line ${line.number} as ${id}`;
    const data = stream.get(id);
    if (data === undefined || counting.has(id)) {
      counts.missing++;
      open.say(
        data === undefined ? "answered with success, not in the stream" : "one record answered for several events",
        what,
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
      what,
    );
  }
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

/**
 * What tells an event among others when no answer names its record: the value of one that an envelope may have brought, and so may be printed anew; the bytes of
 * any other.
 */
function contentOf(bytes: Buffer): string {
  if (traitsOf(bytes).isEnvelopeSafe) return `value ${canonicalJson(bytes.toString("utf8"))}`;
  return `bytes ${bytes.toString("base64")}`;
}
