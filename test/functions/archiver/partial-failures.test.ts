import { expect } from "chai";
import { archive } from "../../../functions/archiver/archive.ts";
import { RemovePolicy } from "../../../functions/archiver/core/line.ts";
import { MemoryObjectStore, recordingOutput } from "../support/recording-ports.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { deliver } from "../support/stream-delivery.ts";
import { insertRecord } from "../support/stream-events.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

/** Firehose records of a batch: as many calls as a batch of this size takes. */
const RECORDS = 15;
/** A line of its own Firehose record. */
const TEXT = "x".repeat(600_000);

/** Archives one batch while Firehose refuses a share of the records. @returns how often each change was accepted, and the invocations */
async function archiveAt(share: number, seed: number, timeoutMs: number) {
  const random = seededRandom(seed);
  const clock = new VirtualClock();
  const store = new MemoryObjectStore();
  const accepted = new Map<string, number>();
  let refused = 0;
  const deliveryStream = {
    put: async (records: readonly Buffer[]): Promise<readonly number[]> => {
      await clock.sleep(100);
      return records.flatMap((bytes, index) => {
        if (random() < share) {
          refused++;
          return [index];
        }
        const id = /event-\d+/.exec(bytes.subarray(0, 60).toString())?.[0] ?? "";
        accepted.set(id, (accepted.get(id) ?? 0) + 1);
        return [];
      });
    },
  };
  const invocations = await deliver({
    records: Array.from({ length: RECORDS }, (_, index) => insertRecord({ t: { S: TEXT } }, { index })),
    sequenceNumberOf: ({ dynamodb }) => dynamodb?.SequenceNumber ?? "",
    nextBatchSize: () => RECORDS,
    invoke: (Records) => {
      const endsAt = clock.now() + timeoutMs;
      return archive(
        { Records },
        { removePolicy: RemovePolicy.Skip, oversizedPrefix: "parked/" },
        { deliveryStream, store, clock, random, remainingMs: () => endsAt - clock.now(), ...recordingOutput() },
      );
    },
    backOff: () => clock.sleep(1_000),
  });
  expect(store.keys).to.deep.equal([]);
  return { accepted, refused, invocations };
}

describe("archive, when Firehose takes a part of each call", () => {
  for (const percent of [1, 10, 50, 90]) {
    it(`loses none, and sends none again that was accepted, at ${percent} %`, async () => {
      const { accepted, refused, invocations } = await archiveAt(percent / 100, percent + 1, 900_000);
      expect(invocations).to.equal(1);
      expect(accepted.size).to.equal(RECORDS);
      expect(new Set(accepted.values())).to.deep.equal(new Set([1]));
      if (percent >= 10) expect(refused).to.be.greaterThan(0);
    });
  }

  it("loses none when its time ends between, though what comes behind the reported change may come twice", async () => {
    const { accepted, invocations } = await archiveAt(0.9, 3, 5_000);
    expect(invocations).to.be.greaterThan(1);
    expect(accepted.size).to.equal(RECORDS);
  });
});
