import { expect } from "chai";
import { recordId } from "../../../local/ledger/collect.ts";
import { Complaints } from "../../../local/ledger/complaints.ts";
import { checkSent } from "../../../local/ledger/sent.ts";
import type { SentEvent } from "../../../local/producer/producer.ts";
import { Route } from "../../../local/producer/requests.ts";

const SHARD = "shardId-000000000000";

interface Pair {
  readonly route?: Route;
  readonly sent: string | Buffer;
  /** What the stream holds; as it was sent where it is left out. */
  readonly found?: string | Buffer;
  readonly isUnanswered?: boolean;
}

function check(pairs: readonly Pair[]) {
  const stream = new Map<string, string>();
  const events = pairs.map(({ route = Route.JsonLines, sent, found = sent, isUnanswered }, index): SentEvent => {
    stream.set(recordId(SHARD, String(index)), Buffer.from(found as string).toString("base64"));
    return {
      line: { number: index + 1, bytes: Buffer.from(sent as string) },
      route,
      outcome: isUnanswered
        ? { kind: "unanswered", status: 500, reason: "" }
        : { kind: "accepted", shardId: SHARD, sequenceNumber: String(index) },
    };
  });
  const open = new Complaints();
  const { accepted, changed, unacknowledged, undelivered } = checkSent(events, stream, open);
  return { accepted, changed, unacknowledged, undelivered, open: open.sentences() };
}

const latin1 = Buffer.from('{"name":"caf\xe9"}', "latin1");
const decoded = Buffer.from(latin1.toString("utf8"));

describe("the comparison of sent events with the stream", () => {
  it("compares bytes", () => {
    for (const route of [Route.Single, Route.JsonLines]) {
      expect(
        check([
          { route, sent: '{"a":1}' },
          { route, sent: latin1 },
        ]),
      ).to.deep.include({ changed: 0, open: [] });
      expect(
        check([
          { route, sent: latin1, found: decoded },
          { route, sent: '{"a":1}', found: '{"a": 1}' },
        ]),
      ).to.deep.include({
        accepted: 2,
        changed: 2,
        open: [`in the stream with other bytes than sent: 2 (line 1 as ${SHARD}/0, line 2 as ${SHARD}/1)`],
      });
    }
  });

  it("compares values of events sent in an envelope", () => {
    const route = Route.Envelope;
    expect(check([{ route, sent: '{"a": "/", "b":1}', found: '{"b":1,"a":"\\/"}' }])).to.deep.include({
      changed: 0,
      open: [],
    });
    expect(check([{ route, sent: '{"a":"b"}', found: '{"a":"c"}' }])).to.deep.include({
      changed: 1,
      open: [`in the stream with another value than sent: 1 (line 1 as ${SHARD}/0)`],
    });
  });

  it("names and counts an event without an answer that is not in the stream", () => {
    const lost = (number: number): SentEvent => ({
      line: { number, bytes: Buffer.from('{"same":1}') },
      route: Route.JsonLines,
      outcome: { kind: "unanswered", status: 429, reason: "" },
    });
    const open = new Complaints();
    const stream = new Map([[recordId(SHARD, "1"), Buffer.from('{"same":1}').toString("base64")]]);
    const { unacknowledged, undelivered } = checkSent([lost(4), lost(6), lost(9)], stream, open);
    expect([unacknowledged, undelivered]).to.deep.equal([1, 2]);
    expect(open.sentences()).to.deep.equal(["sent, never answered and not in the stream: 2 (line 6, line 9)"]);
  });

  it("matches an event without an answer by value if it may have been in an envelope, else by bytes", () => {
    const isUnanswered = true;
    expect(
      check([
        { isUnanswered, sent: '{"a": 1}', found: '{"a":1}' },
        { isUnanswered, sent: latin1 },
      ]),
    ).to.deep.include({
      unacknowledged: 2,
      undelivered: 0,
      open: [],
    });
    for (const pair of [
      { sent: latin1, found: decoded },
      { sent: '{"a":1.10}', found: '{"a":1.1}' },
    ]) {
      const found = check([{ isUnanswered, ...pair }]);
      expect(found).to.deep.include({ unacknowledged: 0, undelivered: 1 });
      expect(found.open).to.have.length(2);
    }
  });
});
