import { expect } from "chai";
import { UnexpectedAnswerError, unprocessedPositions } from "../../../../functions/replicator/adapters/unprocessed.ts";
import { judge, Verdict } from "../../../../functions/shared/aws-errors.ts";
import { encoded } from "../../support/encoded-items.ts";

const keys = (n: number) => ({ seqNumbershardIdHash: { S: "h" }, sequenceNumber: { S: String(n) } });
const SENT = [1, 2, 3].map((n) => encoded({ ...keys(n), event: { N: "1" } }));

describe("unprocessedPositions", () => {
  it("tells the items by their keys, whatever the table is called", () => {
    const put = (n: number) => ({ PutRequest: { Item: keys(n) } });
    expect(unprocessedPositions(SENT, {})).to.deep.equal([]);
    expect(unprocessedPositions(SENT, { events: [put(3), put(1), put(3)] })).to.deep.equal([0, 2]);
    const arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/events";
    expect(unprocessedPositions(SENT, { [arn]: [put(2)] })).to.deep.equal([1]);
  });

  for (const answered of [
    { events: null },
    { events: [null] },
    { events: {} },
    { events: [{ PutRequest: null }] },
    { events: [{ PutRequest: { Item: null } }] },
    { events: [{ DeleteRequest: { Key: keys(1) } }] },
    { events: [{ PutRequest: { Item: keys(9) } }] },
  ]) {
    it(`takes no item for stored by ${JSON.stringify(answered)}`, () => {
      expect(unprocessedPositions(SENT, answered)).to.deep.equal([0, 1, 2]);
    });
  }

  for (const answered of [undefined, null, [], "x", 5]) {
    it(`takes no item for stored when UnprocessedItems is ${JSON.stringify(answered)}: the invocation fails`, () => {
      expect(() => unprocessedPositions(SENT, answered)).to.throw(UnexpectedAnswerError);
      expect(judge(new UnexpectedAnswerError())).to.equal(Verdict.Fail);
    });
  }
});
