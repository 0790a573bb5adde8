import { expect } from "chai";
import { parseFaults } from "../../local/faults/spec.ts";
import { objects } from "../../local/ledger/collect.ts";
import { breakages } from "../../local/prove/breakages.ts";
import { proofEvents } from "../../local/prove/events.ts";
import { faultMix } from "../../local/prove/mixes.ts";
import { type ProofRequest, prove } from "../../local/prove/prove.ts";
import { streamBytes, tableItems } from "../support/contents.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

/** Events of a run under a seed's faults: the producer's first, one each, and requests of many. */
const EVENTS = 60;

describe("the proof", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
  });
  after(() => system.empty());

  const warmly = ({ faults, ...request }: Omit<ProofRequest, "faults"> & { faults: string }) =>
    prove(system, { ...request, faults: parseFaults(faults, system.cloud.faultable), startsWarm: true });

  it("closes under the faults of a seed", async () => {
    await closes(1);
  });

  it("fails when one record is stored under two keys", async () => {
    const make = breakages.find((each) => each().name === "one record is stored under two keys");
    const breakage = make?.() ?? expect.fail("renamed");
    const proof = await warmly({ seed: 1, lines: proofEvents(20, 1), faults: breakage.faults, breakage });
    expect(proof.open.filter((sentence) => sentence.startsWith(breakage.complaint))).to.have.length(1);
  });

  it("says how often a breakage was met: never when its faults hit nothing, always by faults that hit every call", async () => {
    const make = breakages.find((each) => each().name === "FailedPutCount is swallowed") ?? expect.fail("renamed");
    const breakage = make();
    const run = (faults: string) => warmly({ seed: 1, lines: proofEvents(20, 1), faults, breakage: make() });
    const unmet = await run("");
    expect([unmet.breakageMet, unmet.open]).to.deep.equal([0, []]);
    const met = await run(breakage.faults);
    expect(met.breakageMet).to.be.greaterThan(0);
    expect(met.open.filter((sentence) => sentence.startsWith(breakage.complaint))).to.have.length(1);
  });

  it("hits the same calls each time, and counts an event that is in the stream without an answer, and its second record apart", async () => {
    const faults =
      "kinesis:PutRecord error 30%; execute-api:Request reset-before 20%; execute-api:Request reset-after 15%";
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const proof = await warmly({ seed: 10, lines: proofEvents(30, 10), faults });
      expect(proof.open).to.deep.equal([]);
      expect(proof).to.include({ accepted: 30, resent: 4, records: 34 });
      runs.push(proof.hits);
    }
    expect(runs[0]).to.deep.equal(runs[1]);
    expect(Object.keys(runs[0] ?? {})).to.have.length(3);
  });

  it("leaves nothing behind when the cloud is emptied, but every resource, and the next seed closes", async () => {
    const before = await resources(system);
    await warmly({ seed: 1, lines: proofEvents(20, 1), faults: "" });
    expect((await tableItems(system)).size).to.be.greaterThan(0);
    system.cloud.emptyData();
    await system.settle();
    expect((await tableItems(system)).size).to.equal(0);
    expect((await streamBytes(system)).size).to.equal(0);
    const { source, target } = system.ledgerSources;
    for (const [view, bucket] of [
      [source, source.parkedBucketName],
      [target, target.archiveBucketName],
    ] as const) {
      for await (const { key } of objects(view, bucket)) expect.fail(`still there: ${key}`);
    }
    const { firehose, lambda, cloudwatch, logs } = system.cloud.services;
    expect(firehose.store.list().map((stream) => stream.counts().pendingRecords)).to.deep.equal([0]);
    expect([...lambda.store.pendingRecords().values()]).to.deep.equal([0, 0]);
    expect(cloudwatch.operations).to.have.property("ListMetrics");
    const metrics = await system.call<{ Metrics: unknown[] }>(
      system.source.administrator,
      "monitoring",
      "ListMetrics",
      {},
    );
    expect(metrics.Metrics).to.deep.equal([]);
    expect(logs.operations).to.have.property("FilterLogEvents");
    expect(system.cloud.trace.records().filter(({ call }) => call === "kinesis:PutRecords")).to.deep.equal([]);
    expect(await resources(system)).to.deep.equal(before);
    await closes(2);
  });

  /** Runs the proof with the faults of a seed. */
  async function closes(seed: number): Promise<void> {
    const proof = await warmly({ seed, lines: proofEvents(EVENTS, seed), faults: faultMix(seed) });
    expect(proof.open, `npm run prove -- --events ${EVENTS} --seeds 1 --seed ${seed}`).to.deep.equal([]);
    expect(proof).to.include({ sent: EVENTS, accepted: EVENTS, refused: 0, lost: 0, duplicated: 0 });
    expect(proof.stored + proof.parked).to.equal(EVENTS);
    expect(proof.storedRecords + proof.parkedRecords).to.equal(proof.records);
    expect(proof.records).to.equal(EVENTS + proof.resent);
    expect(Object.keys(proof.hits).length, "faults that hit").to.be.greaterThan(2);
  }
});

/** Names of what both accounts have. */
async function resources(system: TestSystem): Promise<unknown> {
  const list = (account: "source" | "target", service: string, operation: string) =>
    system.call(system[account].administrator, service, operation, {});
  return {
    streams: await list("source", "kinesis", "ListStreams"),
    tables: await list("target", "dynamodb", "ListTables"),
    deliveryStreams: await list("target", "firehose", "ListDeliveryStreams"),
    functions: system.cloud.services.lambda.store.listFunctions().map(({ name }) => name),
    mappings: system.cloud.services.lambda.store.listMappings().map(({ uuid, state }) => [uuid, state]),
  };
}
