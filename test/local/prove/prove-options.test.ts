import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { parseFaults } from "../../../local/faults/spec.ts";
import { UserError } from "../../../local/kernel/errors.ts";
import { FaultKind } from "../../../local/kernel/fault-port.ts";
import { proofEvents, repeatedLines } from "../../../local/prove/events.ts";
import { faultMix } from "../../../local/prove/mixes.ts";
import { parseProveOptions } from "../../../local/prove/options.ts";

describe("npm run prove", () => {
  it("reads its options, and reports all mistakes at once", () => {
    expect(parseProveOptions(["--events", "5000", "--seeds", "200", "--seed", "7"])).to.include({
      events: 5000,
      seeds: 200,
      firstSeed: 7,
    });
    expect(() => parseProveOptions(["--events", "0", "--seeds", "many"])).to.throw(
      UserError,
      /--events is "0"[\s\S]*--seeds is "many"/,
    );
    expect(() => parseProveOptions(["--self-test", "--seeds", "3"])).to.throw(UserError, "--self-test chooses");
    expect(() => parseProveOptions(["--evnts", "3"])).to.throw(UserError, "--evnts");
  });

  it("has another mix of faults for each seed, all of them readable, and every kind among them", () => {
    const mixes = Array.from({ length: 200 }, (_, seed) => faultMix(seed + 1));
    expect(new Set(mixes).size).to.equal(200);
    expect(mixes[3]).to.equal(faultMix(4));
    const { faultable } = new Cloud();
    const kinds = new Set(mixes.flatMap((mix) => parseFaults(mix, faultable).map(({ kind }) => kind)));
    expect([...kinds].sort()).to.deep.equal(Object.values(FaultKind).sort());
  });

  it("makes events that are all different, the same for the same seed, about one in a hundred of them not storable", () => {
    const texts = proofEvents(2000, 3).map(({ bytes }) => bytes.toString());
    expect(new Set(texts).size).to.equal(2000);
    expect(proofEvents(2000, 3).map(({ bytes }) => bytes.toString())).to.deep.equal(texts);
    for (const text of texts) expect(JSON.parse(text)).to.have.property("proofId");
    const unstorable = texts.filter((text) => /"":|\\ud800|\[{40}|\d{43}/.test(text));
    expect(unstorable.length).to.be.within(8, 40);
  });

  it("repeats the lines of a file that has too few", () => {
    const lines = [
      { number: 1, bytes: Buffer.from("a") },
      { number: 2, bytes: Buffer.from("b") },
    ];
    expect(repeatedLines(lines, 3).map(({ number, bytes }) => `${number}${bytes}`)).to.deep.equal(["1a", "2b", "3a"]);
  });
});
