import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { bundleOwn } from "../../../bench/bundles.ts";
import { kinesisEvent } from "../../../bench/data/kinesis-events.ts";
import { plainEvents } from "../../../bench/data/page-views.ts";
import { SameDigest } from "../../../bench/digests.ts";
import { createHandlerBench, type HandlerBench } from "../../../bench/handler-bench.ts";
import { measureOnce } from "../../../bench/replicator/throughput.ts";
import { replicatorEnvironment, Way } from "../../../bench/replicator/variants.ts";
import { OwnFunction } from "../../../components/bundled-function/own-code.ts";
import { failureOf } from "../../support/failure-of.ts";

const SIZE = 30;

describe("bench/replicator/throughput", () => {
  let folder: string;
  let bench: HandlerBench;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bench-throughput-"));
    const { signal } = new AbortController();
    bench = await createHandlerBench({ folder, signal }, replicatorEnvironment, { warmUp: 0, timed: 0 });
  });
  after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  it("measures the replicator as it is deployed, in the files of its archive", async () => {
    const bundle = bundleOwn(OwnFunction.Replicator, folder, "ours");
    expect(Object.keys(bundle.bytes).some((file) => file.startsWith("sts-session-"))).to.equal(true);
    const ours = { name: Way.Ours, file: bundle.file, bundle };
    const event = bench.eventFile("plain", kinesisEvent(plainEvents(SIZE, 1)));
    const sample = await measureOnce(bench, ours, event, { size: SIZE, digests: new SameDigest() });
    expect(sample).to.have.keys("cpu", "perSecond");
  });

  it("fails when a way stores fewer items than there are records, or others than the way before", async () => {
    const bundle = bundleOwn(OwnFunction.Replicator, folder, "ours-again");
    const ours = { name: Way.Ours, file: bundle.file, bundle };
    const event = bench.eventFile("fewer", kinesisEvent(plainEvents(SIZE, 1)));
    const digests = new SameDigest();
    expect(await failureOf(measureOnce(bench, ours, event, { size: SIZE + 1 }))).to.include("stored 30 items of 31");
    await measureOnce(bench, ours, event, { size: SIZE, digests });
    const other = bench.eventFile("other", kinesisEvent(plainEvents(SIZE, 2)));
    const failure = await failureOf(measureOnce(bench, ours, other, { size: SIZE, digests }));
    expect(failure).to.include("did not store the same");
  });
});
