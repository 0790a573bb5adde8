import { expect } from "chai";
import { EVENT_BYTES, exactEvents, PARKED_PERIOD, plainEvents } from "../../../bench/data/page-views.ts";

const parse = (text: string): unknown => JSON.parse(text);

describe("bench/data/page-views", () => {
  it("has plain events of one size, which JSON.parse and JSON.stringify carry unchanged, without nulls and empty texts", () => {
    const events = plainEvents(500, 7);
    expect(new Set(events.map((text) => Buffer.byteLength(text)))).to.deep.equal(new Set([EVENT_BYTES]));
    for (const text of events) {
      expect(JSON.stringify(parse(text))).to.equal(text);
      expect(text).not.to.match(/null|""/);
    }
  });

  it("has exact events of the same size, which a double does not carry, and one of so many that cannot be stored", () => {
    const events = exactEvents(4 * PARKED_PERIOD, 7);
    expect(new Set(events.map((text) => Buffer.byteLength(text)))).to.deep.equal(new Set([EVENT_BYTES]));
    const isJson = (text: string) => text.startsWith("{");
    const isHalf = (text: string) => text.includes('"\\ud83d"');
    expect(events.flatMap((text, index) => (isJson(text) ? [] : [index]))).to.deep.equal([299, 899]);
    expect(events.flatMap((text, index) => (isHalf(text) ? [index] : []))).to.deep.equal([599, 1_199]);
    for (const text of events.filter(isJson)) {
      expect(JSON.stringify(parse(text))).not.to.equal(text);
      expect(text.match(/"status":/g)).to.have.length(2);
    }
  });

  it("is the same for the same seed", () => {
    expect(plainEvents(20, 3)).to.deep.equal(plainEvents(20, 3));
    expect(plainEvents(20, 3)).not.to.deep.equal(plainEvents(20, 4));
  });
});
