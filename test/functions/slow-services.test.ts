import { expect } from "chai";
import fc from "fast-check";
import { HashKeyScope, HashKeySeparator } from "../../functions/replicator/core/item.ts";
import { NumberPolicy } from "../../functions/replicator/core/number-text.ts";
import { replicate } from "../../functions/replicator/replicate.ts";
import { awsError } from "./support/aws-error.ts";
import { kinesisEvent, STREAM_ARN, sequenceNumber } from "./support/kinesis-events.ts";
import { runsOf, seed } from "./support/long-runs.ts";
import { MemoryTable } from "./support/memory-table.ts";
import { MemoryObjectStore, recordingOutput } from "./support/recording-ports.ts";
import { seededRandom } from "./support/seeded-random.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

const OPTIONS = {
  sourceStreamArn: STREAM_ARN,
  hashKeyScope: HashKeyScope.Shard,
  hashKeySeparator: HashKeySeparator.Underscore,
  numberPolicy: NumberPolicy.Park,
  indexedAttributes: [],
  parkedPrefix: "parked/",
};

/** Invocations; more in a longer run. */
const RUNS = runsOf("SLOW_RUNS", 40);

describe("replicate, with services that answer in 0.05 to 5 s", () => {
  it(`ends every invocation before its timeout, and what is below the checkpoint is stored or parked (seed ${seed})`, async () => {
    const invocation = fc.record({
      answers: fc.integer(),
      count: fc.integer({ min: 1, max: 300 }),
      timeoutMs: fc.integer({ min: 1_000, max: 60_000 }),
    });
    let unfinished = 0;
    const property = fc.asyncProperty(invocation, async ({ answers, count, timeoutMs }) => {
      const random = seededRandom(answers);
      const clock = new VirtualClock();
      const endsAt = clock.now() + timeoutMs;
      const table = new MemoryTable();
      const store = new MemoryObjectStore();
      const answer = () => clock.sleep(50 + random() * 4_950);
      table.before = async (items) => {
        await answer();
        if (random() < 0.1) throw awsError("ThrottlingException");
        return items.flatMap((_, index) => (random() < 0.05 ? [index] : []));
      };
      store.before = answer;
      const output = recordingOutput();
      const { batchItemFailures } = await replicate(
        kinesisEvent(count, (index) => (index % 7 === 3 ? "poison" : `{"n":${index}}`)),
        OPTIONS,
        {
          writer: table,
          store,
          clock,
          random,
          remainingMs: () => endsAt - clock.now(),
          log: output.log,
          emitMetrics: output.emitMetrics,
        },
      );
      expect(clock.now()).to.be.lessThan(endsAt);
      const checkpoint = batchItemFailures[0]?.itemIdentifier;
      if (checkpoint !== undefined) unfinished++;
      const kept = `${[...table.items.keys()].join()} ${[...store.objects.keys()].join()}`;
      for (let index = 0; index < count && sequenceNumber(index) !== checkpoint; index++) {
        expect(kept).to.include(sequenceNumber(index));
      }
    });
    await fc.assert(property, { numRuns: RUNS, seed });
    expect(unfinished).to.be.within(1, RUNS - 1);
  });
});
