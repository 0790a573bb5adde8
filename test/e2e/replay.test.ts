import { createHash } from "node:crypto";
import { expect } from "chai";
import { objects } from "../../local/ledger/collect.ts";
import { sampleEvents } from "../../local/sample/web-analytics.ts";
import { archiveLines, tableItems } from "../support/contents.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

describe("a second run over the stream from the horizon", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
    await system.empty();
  });

  async function contents(): Promise<{ items: number; digest: string; archived: number; parked: string[] }> {
    const items = await tableItems(system);
    const sorted = [...items].sort(([left], [right]) => (left < right ? -1 : 1));
    const archived = [...(await archiveLines(system)).values()].reduce((sum, lines) => sum + lines.length, 0);
    const parked: string[] = [];
    const { source } = system.ledgerSources;
    for await (const { key } of objects(source, source.parkedBucketName, "parked/")) parked.push(key);
    return {
      items: items.size,
      digest: createHash("sha256").update(JSON.stringify(sorted)).digest("hex"),
      archived,
      parked,
    };
  }

  it("adds nothing to the table, the archive or the parked records", async () => {
    const events = await system.send([
      ...sampleEvents({ count: 100, seed: 11 }),
      `${'{"deep":'.repeat(40)}1${"}".repeat(40)}`,
    ]);
    await system.settle();
    const first = await contents();
    expect(first).to.include({ items: 100, archived: 100 });
    expect(first.parked).to.have.length(1);

    let read = 0;
    const end = system.cloud.trace.listen(({ call, facts, principal }) => {
      if (call === "kinesis:GetRecords" && principal.includes("replicator")) read += Number(facts["records"] ?? 0);
    });
    const replicator = system.cloud.services.lambda.store
      .listMappings()
      .find(({ settings }) => settings.eventSourceArn === system.source.outputs["streamArn"]);
    replicator?.restart();
    await system.settle();
    end();
    expect(read, "records that were read again").to.equal(101);
    expect(await contents()).to.deep.equal(first);
    expect(await system.ledger(events)).to.deep.include({ stored: 100, parked: 1, lost: 0, archivedAgain: 0 });
  });
});
