import { expect } from "chai";
import type { SentEvent } from "../../local/producer/producer.ts";
import { archiveLines, idOf, streamBytes } from "../support/contents.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

/** Single events of a round of the producer; the lines behind them are planned for an envelope. */
const SINGLES = 20;
const filling = Array.from({ length: SINGLES }, (_, index) => `{"id":"filling ${index}"}`);

describe("odd lines", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
  });
  beforeEach(() => system.empty());

  async function send(lines: readonly (string | Buffer)[]) {
    const events = await system.send(lines);
    await system.settle();
    return { events, ledger: await system.ledger(events) };
  }

  const ofLine = (events: readonly SentEvent[], number: number) =>
    events.find(({ line }) => line.number === number) ?? expect.fail(`no line ${number}`);

  it("a raw DEL, which an envelope loses, arrives", async () => {
    const lines = Array.from({ length: 24 }, (_, index) => `{"id":${index},"x":"a\u007fb\\n"}`);
    const { events, ledger } = await send(lines);
    expect(ledger).to.deep.include({ accepted: 24, stored: 24, archived: 24, changed: 0, open: [] });
    const records = await streamBytes(system);
    expect(events.map((event) => records.get(idOf(event) ?? "")?.toString())).to.have.members(lines);
  });

  it("bytes that are not UTF-8 are counted as changed, and such a run never closes", async () => {
    const lines = ["a", "b", "c"].map((id) => Buffer.from(`{"id":"${id}","name":"caf\xe9"}`, "latin1"));
    const { events, ledger } = await send(['{"id":"é"}', ...lines]);
    expect(events.map(({ outcome }) => outcome.kind)).to.deep.equal(Array(4).fill("accepted"));
    expect(ledger).to.deep.include({ accepted: 4, stored: 4, changed: 3, lost: 0 });
    expect(ledger.open).to.have.length(1);
    expect(ledger.open[0]).to.match(/^in the stream with other bytes than sent: 3 \(line /);
  });

  it("a line that is nested deeply is sent as any other, and parked", async () => {
    const deep = `{"id":"deep","x":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
    const { events, ledger } = await send([...filling, deep]);
    expect(ofLine(events, SINGLES + 1)).to.deep.include({ route: "json-lines" });
    expect(ledger).to.deep.include({ accepted: 21, stored: 20, parked: 1, lost: 0, changed: 0, open: [] });
    expect(ledger.parkedByReason).to.deep.equal({ "too-deep": 1 });
    const alone = await system.send([deep]);
    expect(alone[0]).to.deep.include({ route: "single" });
    expect(alone[0]?.outcome.kind).to.equal("accepted");
  });

  it("a deep line over the record size is refused with 413 whichever way it goes, as is one over the gateway's 10 MB, and the others arrive", async () => {
    const deep = `{"x":${"[".repeat(50_000)}"${"x".repeat(2 * 1024 * 1024)}"${"]".repeat(50_000)}}`;
    const overTheGateways = `{"x":"${"x".repeat(11 * 1024 * 1024)}"}`;
    const { events, ledger } = await send([deep, ...filling, deep, overTheGateways]);
    for (const number of [1, SINGLES + 2, SINGLES + 3])
      expect(ofLine(events, number).outcome).to.deep.include({ kind: "refused", status: 413 });
    expect(ledger).to.deep.include({ sent: 23, refused: 3, accepted: 20, stored: 20, archived: 20, open: [] });
  });

  it("fields that look like the archive's type marks arrive, and an archive that differs is found", async () => {
    const lines = ['{"blob":{"$B":"aGk="}}', '{"tags":{"$SS":["a","b"]}}', '{"$$NS":{"$BS":1}}', '{"$B":1,"plain":2}'];
    const { events, ledger } = await send(lines);
    expect(ledger).to.deep.include({ accepted: 4, stored: 4, archived: 4, open: [] });
    const archived = await archiveLines(system);
    expect(archived.get(idOf(ofLine(events, 1)) ?? "")?.[0]).to.contain('"event":{"blob":{"$$B":"aGk="}}');
    const [object] = await system
      .call<{ Contents: { Key: string }[] }>(system.target.administrator, "s3", "ListObjectsV2", {
        Bucket: system.target.outputs["archiveBucketName"],
      })
      .then(({ Contents }) => Contents);
    await system.call(system.target.administrator, "s3", "PutObject", {
      Bucket: system.target.outputs["archiveBucketName"],
      Key: object?.Key,
      Body: Buffer.from([...archived.values()].map(([line = ""]) => `${line.replace('"$$B"', '"$B"')}\n`).join("")),
    });
    expect((await system.ledger(events)).open).to.deep.equal([
      `archived with other fields than stored: 1 (${idOf(ofLine(events, 1))})`,
    ]);
  });
});
