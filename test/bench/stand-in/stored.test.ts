import { expect } from "chai";
import { KeptBodies } from "../../../bench/stand-in/kept-bodies.ts";
import { digestOfItems } from "../../../bench/stand-in/stored-items.ts";
import { billedBytes, digestOfLines } from "../../../bench/stand-in/stored-lines.ts";

const kept = (...requests: readonly unknown[]) => {
  const bodies = new KeptBodies();
  for (const request of requests) bodies.add(Buffer.from(JSON.stringify(request)));
  return bodies.all();
};
const batch = (...items: readonly object[]) => ({
  RequestItems: { events: items.map((Item) => ({ PutRequest: { Item } })) },
});
const digest = (...requests: readonly unknown[]) => digestOfItems(kept(...requests), ["id"]);

describe("bench/stand-in/stored-items", () => {
  const one = { id: { S: "1" }, n: { N: "100" }, m: { M: { a: { L: [{ S: "x" }, { BOOL: true }] } } } };
  const two = { id: { S: "2" }, n: { N: "0.5" } };

  it("has one digest for the same items, in whatever requests, order and spelling", () => {
    const spelled = { m: { M: { a: { L: [{ S: "x" }, { BOOL: true }] } } }, n: { N: "1E+2" }, id: { S: "1" } };
    const expected = digest(batch(one, two));
    expect(digest({ TableName: "events", Item: two }, batch(spelled))).to.deep.equal(expected);
    expect(expected).to.include({ puts: 2, items: 2 });
  });

  it("has another digest for another value, type, name, order in a list, or a missing item", () => {
    const expected = digest(batch(one)).digest;
    for (const other of [
      { ...one, n: { N: "100.1" } },
      { ...one, n: { S: "100" } },
      { ...one, m: { M: { b: { L: [{ S: "x" }, { BOOL: true }] } } } },
      { ...one, m: { M: { a: { L: [{ BOOL: true }, { S: "x" }] } } } },
    ]) {
      expect(digest(batch(other)).digest, JSON.stringify(other)).not.to.equal(expected);
    }
    expect(digest(batch(one, two)).digest).not.to.equal(expected);
  });

  it("counts every put, and keeps the last item of a key", () => {
    const changed = { ...two, n: { N: "7" } };
    expect(digest(batch(two), batch(two), batch(changed))).to.deep.equal({ ...digest(batch(changed)), puts: 3 });
  });
});

describe("bench/stand-in/stored-lines", () => {
  const record = (text: string) => ({ Data: Buffer.from(text).toString("base64") });

  it("has one digest for the same lines, in whatever records they come", () => {
    const packed = digestOfLines(kept({ Records: [record("a\nb\n"), record("c\n")] }));
    const single = digestOfLines(kept({ Record: record("c\n") }, { Records: [record("b\n"), record("a\n")] }));
    expect(single.digest).to.equal(packed.digest);
    expect(packed).to.include({ records: 2, lines: 3, payloadBytes: 6, billedBytes: 10_240 });
    expect(single).to.include({ records: 3, lines: 3, payloadBytes: 6, billedBytes: 15_360 });
    expect(digestOfLines(kept({ Record: record("a\nB\nc\n") })).digest).not.to.equal(packed.digest);
  });

  it("bills each record in steps of 5 KB, and counts a request that comes again", () => {
    expect([1, 5_120, 5_121, 1_024_000].map(billedBytes)).to.deep.equal([5_120, 5_120, 10_240, 1_024_000]);
    const again = { Records: [record("a\n")] };
    expect(digestOfLines(kept(again, again))).to.include({ records: 2, lines: 1, billedBytes: 10_240 });
  });

  it("refuses a record whose last line has no end: the next record would continue it", () => {
    expect(() => digestOfLines(kept({ Record: record("a") }))).to.throw("does not end in a line end");
  });
});
