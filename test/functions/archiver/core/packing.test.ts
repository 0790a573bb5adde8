import { expect } from "chai";
import fc from "fast-check";
import {
  groupIntoCalls,
  LinePacker,
  MAX_CALL_BYTES,
  MAX_CALL_RECORDS,
  MAX_RECORD_BYTES,
} from "../../../../functions/archiver/core/packing.ts";
import { parkedLineKey } from "../../../../functions/archiver/core/parked-line.ts";
import { seed } from "../../support/long-runs.ts";

const record = (length: number, source = 0) => ({ bytes: Buffer.alloc(length), sources: [source] });

describe("LinePacker", () => {
  /** Lines of these lengths with their line ends, filled with their own digit. */
  function packed(...lengths: readonly number[]) {
    const packer = new LinePacker<number>();
    for (const [source, length] of lengths.entries()) {
      expect(packer.add(String(source).repeat(length - 1), source)).to.equal(length);
    }
    return packer.take();
  }

  it("fills a record to the byte, and begins another with one byte more", () => {
    const full = packed(MAX_RECORD_BYTES - 10, 10, 1);
    expect(full.map(({ bytes }) => bytes.length)).to.deep.equal([1_024_000, 1]);
    expect(full.map(({ sources }) => sources)).to.deep.equal([[0, 1], [2]]);
    const over = packed(MAX_RECORD_BYTES - 10, 11, 1);
    expect(over.map(({ bytes }) => bytes.length)).to.deep.equal([1_023_990, 12]);
    expect(over.map(({ sources }) => sources)).to.deep.equal([[0], [1, 2]]);
    expect(over[1]?.bytes.toString()).to.equal("1111111111\n\n");
  });

  it("keeps lines whole and in order", () => {
    expect(packed(2, 1, 3).map(({ bytes }) => bytes.toString())).to.deep.equal(["0\n\n22\n"]);
    expect(packed(MAX_RECORD_BYTES, MAX_RECORD_BYTES)).to.have.length(2);
    expect(packed()).to.deep.equal([]);
  });

  it("leaves out a line that is longer than a record, and says how long it is", () => {
    const packer = new LinePacker<string>();
    packer.add("a", "before");
    expect(packer.add("é".repeat(MAX_RECORD_BYTES / 2), "long")).to.equal(MAX_RECORD_BYTES + 1);
    packer.add("b", "after");
    const [only, ...others] = packer.take();
    expect(only?.bytes.toString()).to.equal("a\nb\n");
    expect(only?.sources).to.deep.equal(["before", "after"]);
    expect(others).to.deep.equal([]);
  });

  it(`writes any lines as UTF-8, whatever their sizes (seed ${seed})`, () => {
    const lines = fc.array(
      fc.tuple(fc.constantFrom("a", "é", "€", "😀"), fc.nat(200_000)).map(([text, count]) => text.repeat(count)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(lines, (texts) => {
        const packer = new LinePacker<number>();
        const taken = texts.filter((text, index) => packer.add(text, index) <= MAX_RECORD_BYTES);
        const records = packer.take();
        expect(
          Buffer.concat(records.map(({ bytes }) => bytes)).toString() === taken.map((text) => `${text}\n`).join(""),
        ).to.equal(true);
        for (const { bytes, sources } of records) {
          expect(bytes.length).to.be.lessThanOrEqual(MAX_RECORD_BYTES);
          expect(bytes.toString().split("\n").slice(0, -1)).to.deep.equal(sources.map((index) => texts[index]));
        }
      }),
      { numRuns: 50, seed },
    );
  });
});

describe("groupIntoCalls", () => {
  it("fills a call to 4 MiB to the byte, and begins another with one byte more", () => {
    const four = Array.from({ length: 4 }, () => record(MAX_RECORD_BYTES));
    const rest = MAX_CALL_BYTES - 4 * MAX_RECORD_BYTES;
    expect(groupIntoCalls([...four, record(rest), record(1)]).map(({ length }) => length)).to.deep.equal([5, 1]);
    expect(groupIntoCalls([...four, record(rest + 1)]).map(({ length }) => length)).to.deep.equal([4, 1]);
  });

  it("cuts after 500 records", () => {
    const calls = groupIntoCalls(Array.from({ length: MAX_CALL_RECORDS + 1 }, (_, index) => record(1, index)));
    expect(calls.map(({ length }) => length)).to.deep.equal([500, 1]);
    expect(calls[1]?.[0]?.sources).to.deep.equal([500]);
  });
});

describe("parkedLineKey", () => {
  it("is dated by the change", () => {
    expect(parkedLineKey("parked/", { eventId: "e", approximateCreationDateTime: 1_709_251_199.9 })).to.equal(
      "parked/2024/02/29/e.json",
    );
  });
});
