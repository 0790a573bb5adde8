import { expect } from "chai";
import {
  groupIntoCalls,
  MAX_CALL_BYTES,
  MAX_CALL_RECORDS,
  MAX_RECORD_BYTES,
  packLines,
} from "../../../../functions/archiver/core/packing.ts";
import { parkedLineKey } from "../../../../functions/archiver/core/parked-line.ts";

const line = (length: number, source: number) => ({ bytes: Buffer.alloc(length, 48 + source), source });
const record = (length: number, source = 0) => ({ bytes: Buffer.alloc(length), sources: [source] });

describe("packLines", () => {
  it("fills a record to the byte, and begins another with one byte more", () => {
    const full = packLines([line(MAX_RECORD_BYTES - 10, 0), line(10, 1), line(1, 2)]);
    expect(full.map(({ bytes }) => bytes.length)).to.deep.equal([1_024_000, 1]);
    expect(full.map(({ sources }) => sources)).to.deep.equal([[0, 1], [2]]);
    const over = packLines([line(MAX_RECORD_BYTES - 10, 0), line(11, 1), line(1, 2)]);
    expect(over.map(({ bytes }) => bytes.length)).to.deep.equal([1_023_990, 12]);
    expect(over.map(({ sources }) => sources)).to.deep.equal([[0], [1, 2]]);
  });

  it("keeps lines whole and in order", () => {
    const packed = packLines([line(2, 0), line(1, 1), line(3, 2)]);
    expect(packed.map(({ bytes }) => bytes.toString())).to.deep.equal(["001222"]);
    expect(packLines([line(MAX_RECORD_BYTES, 0), line(MAX_RECORD_BYTES, 1)])).to.have.length(2);
    expect(packLines([])).to.deep.equal([]);
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
