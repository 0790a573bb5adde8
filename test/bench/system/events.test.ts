import { expect } from "chai";
import { withValues } from "../../../bench/system/configured.ts";
import { copiesOf, typedBytes } from "../../../bench/system/copies.ts";
import { spansOf } from "../../../bench/system/events.ts";
import { readUsage } from "../../../bench/system/run-events.ts";

const usage = (wallSeconds: number, cpuSeconds: number) => ({ wallSeconds, cpuSeconds, rssBytes: 0, peakRssBytes: 0 });

describe("the bench of the event path", () => {
  it("reads CPU time and memory of a process whose name has spaces and parentheses", () => {
    const fields = Array.from({ length: 30 }, (_, index) => String(index));
    const status = "Name:\tnode\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n";
    expect(readUsage(`17 (no) de) ${fields.join(" ")}`, status)).to.deep.equal({
      cpuSeconds: 0.23,
      rssBytes: 1_048_576,
      peakRssBytes: 2_097_152,
    });
  });

  it("interpolates the times of spans of events between the printed lines", () => {
    const progress = [
      { sent: 150, ...usage(13, 6.5) },
      { sent: 200, ...usage(14, 7.5) },
    ];
    expect(spansOf({ ready: usage(10, 5), progress }, 200, 100)).to.deep.equal([
      { to: 100, wall: 2, CPU: 1 },
      { to: 200, wall: 2, CPU: 1.5 },
    ]);
    const early = [{ sent: 128, ...usage(12, 6) }];
    expect(spansOf({ ready: usage(10, 5), progress: early }, 136, 136)).to.deep.equal([
      { to: 136, wall: 2.125, CPU: 1.0625 },
    ]);
    expect(() => spansOf({ ready: usage(10, 5), progress }, 300, 100)).to.throw("no progress near 300 events");
  });

  it("sets values in a stack file, and adds those that it lacks", () => {
    const text = "config:\n  aws:region: us-east-1\n  tributary:replicatorBatchSize: 300\n";
    expect(withValues(text, { "tributary:replicatorBatchSize": 10, "tributary:shardCount": 2 })).to.equal(
      "config:\n  tributary:shardCount: 2\n  aws:region: us-east-1\n  tributary:replicatorBatchSize: 10\n",
    );
  });

  it("counts the bytes of an event's copies", () => {
    const value = { a: [1, "é", null, true], b: {} };
    const typed = '{"M":{"a":{"L":[{"N":"1"},{"S":"é"},{"NULL":true},{"BOOL":true}]},"b":{"M":{}}}}';
    expect(typedBytes(value)).to.equal(Buffer.byteLength(typed));
    const { sent, streamed } = copiesOf(100);
    expect(streamed).to.be.greaterThan((sent * 4) / 3);
  });
});
