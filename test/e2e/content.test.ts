import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readLines } from "../../local/producer/input.ts";
import type { SentEvent } from "../../local/producer/producer.ts";
import { sampleEvents } from "../../local/sample/web-analytics.ts";
import { archiveLines, idOf, plain, streamBytes, tableItems } from "../support/contents.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

/** Every accepted event is in the stream, in the table and in the archive, every field equal; and nothing else is anywhere. */
async function expectEqualContent(system: TestSystem, events: readonly SentEvent[]): Promise<void> {
  const [records, items, archived] = [await streamBytes(system), await tableItems(system), await archiveLines(system)];
  expect(records.size, "records of the stream").to.equal(events.length);
  expect(items.size, "items of the table").to.equal(events.length);
  expect(archived.size, "archived items").to.equal(events.length);
  for (const event of events) {
    const id = idOf(event) ?? expect.fail(`line ${event.line.number}: ${JSON.stringify(event.outcome)}`);
    const sent: unknown = JSON.parse(event.line.bytes.toString("utf8"));
    const record = records.get(id) ?? expect.fail(`line ${event.line.number} is not in the stream`);
    if (event.route !== "envelope")
      expect(record.equals(event.line.bytes), `bytes of line ${event.line.number}`).to.equal(true);
    const item = items.get(id) ?? expect.fail(`line ${event.line.number} is not in the table`);
    expect(plain(item["event"] ?? {}), `item of line ${event.line.number}`).to.deep.equal(sent);
    const [shardId, sequenceNumber] = id.split("/");
    expect(item["seqNumbershardIdHash"]?.S).to.equal(`${sequenceNumber?.slice(-3, -1)}_${shardId}`);
    const lines = archived.get(id) ?? expect.fail(`line ${event.line.number} is not in the archive`);
    for (const line of lines) expect((JSON.parse(line) as { item: { event: unknown } }).item.event).to.deep.equal(sent);
  }
}

/** Events of the sample: the producer's first, one a request, and some requests of many. */
const EVENTS = 100;

describe("the whole system", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
  });
  beforeEach(() => system.empty());

  it("carries every field of every event of the sample into the table and the archive of the other account", async () => {
    const events = await system.send(sampleEvents({ count: EVENTS, seed: 7 }));
    await system.settle();
    await expectEqualContent(system, events);
    expect(new Set(events.map(({ route }) => route)).size, "ways through the gateway").to.be.greaterThan(1);
    expect(await system.ledger(events)).to.deep.include({
      sent: EVENTS,
      accepted: EVENTS,
      stored: EVENTS,
      archived: EVENTS,
      parked: 0,
      lost: 0,
    });
  });

  it("keeps every digit, null, empty string and empty container on the way", async () => {
    const line =
      '{"big":9007199254740993,"digits":12345678901234567890123456789012345678,"small":1.5e-100,"decimal":0.1234567890123456789012345678,' +
      '"none":null,"empty":"","list":[],"map":{},"nested":[[],{},[null,""]],"unicode":"żółw 🐢\\u0000","__proto__":1,"event":"own","sequenceNumber":"own"}';
    const events = await system.send([line]);
    await system.settle();
    const id = idOf(events[0] as SentEvent) ?? "";
    const item = (await tableItems(system)).get(id)?.["event"]?.M ?? {};
    expect(item["big"]).to.deep.equal({ N: "9007199254740993" });
    expect(item["digits"]).to.deep.equal({ N: "12345678901234567890123456789012345678" });
    expect(item["decimal"]).to.deep.equal({ N: "0.1234567890123456789012345678" });
    expect(item["nested"]).to.deep.equal({ L: [{ L: [] }, { M: {} }, { L: [{ NULL: true }, { S: "" }] }] });
    expect(item["event"]).to.deep.equal({ S: "own" });
    expect(item["sequenceNumber"]).to.deep.equal({ S: "own" });
    const [archived] = (await archiveLines(system)).get(id) ?? [];
    expect(archived)
      .to.contain('"big":9007199254740993,')
      .and.contain('"digits":12345678901234567890123456789012345678,');
    expect(archived).to.contain('"decimal":0.1234567890123456789012345678,');
    expect(JSON.parse(archived ?? "").item.event).to.deep.equal(JSON.parse(line));
  });

  it("needs no permission that a role does not have", async () => {
    const refused: string[] = [];
    const end = system.cloud.trace.listen((record) => {
      if (record.decision === "denied") refused.push(`${record.principal} ${record.authorizations.at(-1)?.action}`);
    });
    await system.send(sampleEvents({ count: 40, seed: 3 }));
    await system.settle();
    end();
    expect(refused).to.deep.equal([]);
  });

  const folder = process.env["TRIBUTARY_EVENTS"];
  const files = folder ? readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name)) : [];
  for (const file of files) {
    it(`carries every field of every event of ${file}`, async () => {
      const events = await system.send(readLines(join(folder ?? "", file)));
      await system.settle();
      await expectEqualContent(system, events);
    });
  }
});
