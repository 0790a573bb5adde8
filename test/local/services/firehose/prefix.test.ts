import { expect } from "chai";
import { prefixFailures, renderPrefix, suffixTime } from "../../../../local/services/firehose/prefix.ts";

const TIME = Date.UTC(2026, 2, 5, 7, 8, 9);

describe("local cloud: Firehose prefixes", () => {
  it("adds the hour in UTC to a prefix without expressions, without a slash between", () => {
    expect(renderPrefix("", TIME, "UTC")).to.equal("2026/03/05/07/");
    expect(renderPrefix("events/", TIME, "UTC")).to.equal("events/2026/03/05/07/");
    expect(renderPrefix("prod-kinesis-data", TIME, "UTC")).to.equal("prod-kinesis-data2026/03/05/07/");
  });

  it("renders expressions in place of that, as Java's date patterns", () => {
    const render = (prefix: string) => renderPrefix(prefix, TIME, "UTC");
    expect(render("y=!{timestamp:yyyy}/m=!{timestamp:MM}/!{timestamp:dd-HH}/")).to.equal("y=2026/m=03/05-07/");
    expect(render("!{timestamp:yy M d H m s mm ss}")).to.equal("26 3 5 7 8 9 08 09");
    expect(render("!{timestamp:'year='yyyy'''s'}")).to.equal("year=2026's");
    expect(render("!{firehose:random-string}/")).to.match(/^[A-Za-z0-9]{11}\/$/);
  });

  it("renders in another time zone, across a day", () => {
    expect(renderPrefix("", TIME, "America/Los_Angeles")).to.equal("2026/03/04/23/");
    expect(suffixTime(TIME, "Asia/Tokyo")).to.equal("2026-03-05-16-08-09");
    expect(suffixTime(Date.UTC(2026, 0, 1), "UTC")).to.equal("2026-01-01-00-00-00");
  });

  it("refuses what AWS refuses, and names what the local cloud does not do", () => {
    const failures = (prefix: string, errorOutputPrefix = "") =>
      prefixFailures({ prefix, errorOutputPrefix }).map(({ property, reason }) => `${property}: ${reason}`);
    const errors = "failed/!{firehose:error-output-type}/";
    expect(failures("events/", errors)).to.deep.equal([]);
    expect(failures("!{timestamp:yyyy/MM}/", errors)).to.deep.equal([]);
    expect(failures("")).to.deep.equal([]);
    expect(failures("!{timestamp:yyyy}/")).to.deep.equal([
      "errorOutputPrefix: must be given when prefix contains expressions",
    ]);
    expect(failures("!{firehose:error-output-type}/", errors)).to.deep.equal([
      "prefix: cannot contain !{firehose:error-output-type}",
    ]);
    expect(failures("a/", "!{timestamp:yyyy}/")).to.deep.equal([
      "errorOutputPrefix: must contain !{firehose:error-output-type} when it contains expressions",
    ]);
    for (const [prefix, reason] of [
      ["!{timestamp:YYYY}/", "YYYY"],
      ["!{timestamp:EEE}/", "EEE"],
      ["!{partitionKeyFromQuery:user}/", "dynamic partitioning"],
      ["!{firehose:name}/", "is not one of"],
      ["!{kinesis:x}/", "namespace"],
      ["!{timestamp}/", "can only begin an expression"],
    ] as const) {
      expect(failures(prefix, errors).join(), prefix).to.contain(reason);
    }
  });
});
