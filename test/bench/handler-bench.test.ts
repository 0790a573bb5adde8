import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { bundleHandler } from "../../bench/bundles.ts";
import { ChildTaskKind } from "../../bench/child/task.ts";
import { kinesisEvent } from "../../bench/data/kinesis-events.ts";
import { exactEvents, PARKED_PERIOD, plainEvents } from "../../bench/data/page-views.ts";
import { createHandlerBench, type HandlerBench } from "../../bench/handler-bench.ts";
import { replicatorEnvironment } from "../../bench/replicator/variants.ts";
import { projectFile } from "../docs/markdown-tables.ts";
import { failureOf } from "../support/failure-of.ts";

describe("bench/handler-bench", () => {
  let folder: string;
  let bench: HandlerBench;
  const bundled = (entry: string, name: string) => ({
    name,
    file: bundleHandler(projectFile(entry), folder, name).file,
  });
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bench-handlers-"));
    const { signal } = new AbortController();
    bench = await createHandlerBench({ folder, signal }, replicatorEnvironment, { warmUp: 0, timed: 0 });
  });
  after(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  it("runs the shipped replicator in a process of its own, and the stand-in has its items", async () => {
    const ours = bundled("functions/replicator/handler.ts", "ours");
    const event = bench.eventFile("plain", kinesisEvent(plainEvents(30, 1)));
    const figures = await bench.run(ours, { kind: ChildTaskKind.Steady, eventFiles: [event] });
    expect(Object.keys(figures)).to.have.members(["rounds", "cpuSeconds", "wallSeconds"]);
    expect(figures["rounds"]).to.equal(1);
    expect(await bench.standIn.items()).to.deep.include({ items: 30, puts: 60, refusals: [] });

    const cold = await bench.run(ours, { kind: ChildTaskKind.Cold, eventFiles: [event] });
    expect(cold["assumeRole"], "AssumeRole's answer is seen").to.be.greaterThan(0);
    const { boot = 0, load = 0, assumeRole = 0, firstBatch = 0, total } = cold;
    expect(total).to.be.closeTo(boot + load + assumeRole + firstBatch, 1e-9);

    const memory = await bench.run(ours, { kind: ChildTaskKind.Memory, eventFiles: [event, event] });
    expect(memory["peakBytes"]).to.be.at.least(memory["beforeBytes"] as number);

    const shares = await bench.profile(ours, { kind: ChildTaskKind.Steady, eventFiles: [event] });
    expect(shares.map(({ what }) => what)).to.include("Node.js");

    const scripts = await bench.run(ours, { kind: ChildTaskKind.Scripts, eventFiles: [event] });
    expect(scripts["index.mjs"]).to.be.greaterThan(1_000);
  });

  it("parks what cannot be stored of the exact data, and stores the others", async () => {
    const ours = bundled("functions/replicator/handler.ts", "ours-exact");
    const event = bench.eventFile("exact", kinesisEvent(exactEvents(PARKED_PERIOD, 1)));
    await bench.run(ours, { kind: ChildTaskKind.Steady, eventFiles: [event] });
    expect(await bench.standIn.items()).to.include({ items: PARKED_PERIOD - 1 });
  });

  it("fails with what the handler's process said", async () => {
    const ours = bundled("functions/replicator/handler.ts", "ours-failing");
    const event = bench.eventFile("foreign", { Records: [{ eventSourceARN: "arn:aws:kinesis:::stream/other" }] });
    const task = { kind: ChildTaskKind.Steady, eventFiles: [event] };
    expect(await failureOf(bench.run(ours, task)))
      .to.include("ended with 1")
      .and.include("Error");
  });
});
