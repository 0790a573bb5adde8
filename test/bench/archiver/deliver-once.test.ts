import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { defaultBatchSettings } from "../../../bench/archiver/billing.ts";
import { deliverOnce } from "../../../bench/archiver/deliver-once.ts";
import { archiverEnvironment, Way } from "../../../bench/archiver/ways.ts";
import { bundleOwn } from "../../../bench/bundles.ts";
import { plainEvents } from "../../../bench/data/page-views.ts";
import { tableEvent } from "../../../bench/data/table-events.ts";
import { SameDigest } from "../../../bench/digests.ts";
import { createHandlerBench, type HandlerBench } from "../../../bench/handler-bench.ts";
import { OwnFunction } from "../../../components/bundled-function/own-code.ts";
import { failureOf } from "../../support/failure-of.ts";

describe("bench/archiver/deliver-once", () => {
  let folder: string;
  let bench: HandlerBench;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bench-archiver-"));
    const { signal } = new AbortController();
    bench = await createHandlerBench({ folder, signal }, archiverEnvironment, { warmUp: 0, timed: 0 });
  });
  after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  const way = () => {
    const bundle = bundleOwn(OwnFunction.Archiver, folder, "ours");
    return { name: Way.Ours, file: bundle.file, bundle };
  };
  const event = (name: string, seed: number) => bench.eventFile(name, tableEvent(plainEvents(30, seed)));

  it("counts what Firehose bills of the shipped archiver, and its calls", async () => {
    const sample = await deliverOnce(bench, way(), [event("a", 1)], { lines: 30, digests: new SameDigest() });
    // 30 lines of some 720 bytes are one Firehose record, rounded up to a multiple of 5 KB.
    expect(sample["billed"]).to.be.within(1, 1.3);
    expect(sample["calls"]).to.be.closeTo(1_000 / 30, 0.01);
  });

  it("fails when lines are missing, or others than before", async () => {
    const digests = new SameDigest();
    const deliver = (file: string, lines: number) => deliverOnce(bench, way(), [file], { lines, digests });
    expect(await failureOf(deliver(event("b", 1), 31))).to.include("delivered 30 lines of 31");
    await deliver(event("c", 1), 30);
    expect(await failureOf(deliver(event("d", 2), 30))).to.include("did not store the same");
  });

  it("takes the batches' settings from the configuration's defaults", () => {
    const { batchSize, batchWindowSeconds } = defaultBatchSettings();
    expect(batchSize).to.be.within(1, 10_000);
    expect(batchWindowSeconds).to.be.within(0, 300);
  });
});
