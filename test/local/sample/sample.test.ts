import { createHash } from "node:crypto";
import { expect } from "chai";
import { parse, stringify } from "lossless-json";
import { Random } from "../../../local/sample/random.ts";
import { sampleEvents } from "../../../local/sample/web-analytics.ts";

const digest = (lines: readonly string[]) => createHash("sha256").update(lines.join("\n")).digest("hex");

describe("the built-in sample", () => {
  const lines = [...sampleEvents({ count: 2000, seed: 1 })];
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  it("gives the asked number of texts, each one line of JSON", () => {
    expect(lines).to.have.length(2000);
    expect([...sampleEvents({ count: 0, seed: 1 })]).to.deep.equal([]);
    expect(lines.filter((line) => /[\r\n]/.test(line))).to.deep.equal([]);
    for (const line of lines) expect(stringify(parse(line))).to.equal(line);
  });

  it("is the same for the same seed, on every machine, and another for another", () => {
    expect([...sampleEvents({ count: 2000, seed: 1 })]).to.deep.equal(lines);
    expect([...sampleEvents({ count: 10, seed: 1 })]).to.deep.equal(lines.slice(0, 10));
    expect([...sampleEvents({ count: 2000, seed: 2 })]).to.not.deep.equal(lines);
    expect(digest(lines)).to.equal("477af4ea1779ffb9c62422a6e6b1b178e7ec898d9431d5b0ec65dca18f5ef4d1");
  });

  it("has the fields of a page view in every event, in the order of time", () => {
    const fields = [
      "event",
      "timestamp",
      "clientIp",
      "user",
      "method",
      "path",
      "protocol",
      "status",
      "bytes",
      "seconds",
    ];
    for (const event of events) expect(event).to.include.keys(...fields, "referrer", "userAgent", "sessionId");
    const times = events.map(({ timestamp }) => String(timestamp));
    expect(times).to.deep.equal([...times].sort());
  });

  it("holds what breaks careless pipelines", () => {
    const some = (test: (event: Record<string, unknown>) => boolean) => events.filter(test).length;
    expect(some(({ user }) => user === null)).to.be.within(1000, 1400);
    expect(some(({ bytes }) => bytes === null)).to.be.above(100);
    expect(some(({ referrer }) => referrer === "")).to.be.above(500);
    expect(some(({ campaign }) => typeof campaign === "object")).to.be.within(300, 500);
    expect(some(({ seconds }) => !Number.isInteger(seconds))).to.be.above(1500);
    expect(lines.filter((line) => Buffer.byteLength(line) > line.length)).to.have.length.above(500);
    expect(lines.filter((line) => /\ud83e\udd8a/.test(line))).to.have.length.above(10);
    expect(lines.filter((line) => line.includes('\\"') && line.includes("\\\\"))).to.have.length.above(100);
    const sessions = lines.map((line) => /"sessionId":(\d{19})\}$/.exec(line)?.[1] ?? "");
    expect(new Set(sessions).size).to.equal(2000);
    expect(sessions.filter((id) => String(Number(id)) !== id)).to.have.length.above(1900);
  });
});

describe("Random", () => {
  it("gives the numbers of mulberry32", () => {
    const random = new Random(1);
    expect([random.next(), random.next(), random.next()].map((value) => Math.floor(value * 2 ** 32))).to.deep.equal([
      2693262067, 11749833, 2265367787,
    ]);
  });

  it("keeps to the bounds that it is given, and reaches them", () => {
    const random = new Random(7);
    const drawn = new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)));
    expect([...drawn].sort((left, right) => left - right)).to.deep.equal([-1, 0, 1, 2]);
    expect(random.digits(19)).to.match(/^[1-9]\d{18}$/);
    expect([random.chance(0), random.chance(1)]).to.deep.equal([false, true]);
  });
});
