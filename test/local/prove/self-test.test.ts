import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { parseFaults } from "../../../local/faults/spec.ts";
import { breakages } from "../../../local/prove/breakages.ts";
import { selfTestEvents } from "../../../local/prove/events.ts";
import { judge, Verdict } from "../../../local/prove/self-test.ts";

const breakage = {
  name: "FailedPutCount is swallowed",
  faults: "firehose:PutRecordBatch partial",
  complaint: "stored, not in the archive",
};

describe("the proof's self-test", () => {
  it("says caught when the proof reports the breakage's own reason, and missed for another or none", () => {
    const found = "stored, not in the archive: 3 events";
    expect(judge(breakage, { open: ["another thing", found], breakageMet: 1 })).to.deep.equal({
      name: breakage.name,
      verdict: Verdict.Caught,
      sentence: `caught   FailedPutCount is swallowed: ${found}`,
      open: ["another thing", found],
    });
    expect(judge(breakage, { open: ["another thing"], breakageMet: 1 }).sentence).to.equal(
      'MISSED   FailedPutCount is swallowed: expected "stored, not in the archive", the proof says: another thing',
    );
    expect(judge(breakage, { open: [], breakageMet: 1 })).to.include({ verdict: Verdict.Missed });
  });

  it("says not met, and not missed, when nothing was broken", () => {
    expect(judge(breakage, { open: [], breakageMet: 0 })).to.deep.equal({
      name: breakage.name,
      verdict: Verdict.NotMet,
      sentence:
        'NOT MET  FailedPutCount is swallowed: no call was hit by "firehose:PutRecordBatch partial", so nothing was broken',
      open: [],
    });
    expect(judge({ ...breakage, faults: "" }, { open: [], breakageMet: 0 }).sentence).to.equal(
      "NOT MET  FailedPutCount is swallowed: the call that it changes was not made, so nothing was broken",
    );
  });

  it("swallows only faults that hit whatever the batches are: every call, the first, or a share of all records", () => {
    const perRecord = ["kinesis:PutRecords", "dynamodb:BatchWriteItem"];
    const { faultable } = new Cloud();
    for (const make of breakages) {
      for (const { service, operation, kind, rate, calls, text } of parseFaults(make().faults, faultable)) {
        const isOfManyRecords = kind === "partial" && perRecord.includes(`${service}:${operation}`);
        expect(rate === 1 || calls?.[0] === 1 || isOfManyRecords, text).to.equal(true);
      }
    }
  });

  it("sends each kind of event that must be parked, whatever the seed", () => {
    for (const seed of [1, 2, 3]) {
      const lines = selfTestEvents(50, seed);
      expect(lines.map(({ number }) => number)).to.deep.equal(Array.from({ length: 50 }, (_, index) => index + 1));
      const texts = lines.slice(-4).map(({ bytes }) => bytes.toString());
      for (const pattern of [/"":/, /\d{43}/, /\\ud800/, /\[{40}/]) expect(texts.join("\n")).to.match(pattern);
    }
  });
});
