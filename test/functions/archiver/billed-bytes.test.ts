import type { AttributeValue } from "aws-lambda";
import { expect } from "chai";
import { archiveReadingDefaults } from "../../../components/defaults/archive.ts";
import { archive } from "../../../functions/archiver/archive.ts";
import { RemovePolicy } from "../../../functions/archiver/core/line.ts";
import { sampleEvents } from "../../../local/sample/web-analytics.ts";
import { MemoryObjectStore, recordingOutput } from "../support/recording-ports.ts";
import { CHANGE_SECONDS, insertRecord } from "../support/stream-events.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

/** Firehose bills each record in steps of 5 KB (its pricing page: "rounded up to the nearest 5KB (5120 bytes)"). */
const STEP_BYTES = 5_120;
/** Billed bytes per byte of lines, at most. */
const GOAL = 1.02;
/** Stream shards of a new table on demand: one for each of the partitions that carry its 4,000 writes/s. */
const SHARDS = [1, 4];
const BATCHES = 10;

describe("what Firehose bills for the archive", () => {
  const images = [...sampleEvents({ count: 10_000, seed: 1 })].map(imageOf);

  for (const shards of SHARDS)
    for (const eventsPerSecond of [10, 100, 1_000])
      it(`is at most ${GOAL} bytes a byte, with the defaults: ${eventsPerSecond} events/s, ${shards} shards`, async () => {
        const { batchSize, batchWindowSeconds } = archiveReadingDefaults;
        const changes = Math.min(batchSize, (eventsPerSecond / shards) * batchWindowSeconds);
        let billed = 0;
        let delivered = 0;
        for (let batch = 0; batch < BATCHES; batch++)
          for (const bytes of await delivery(changes, batch * changes)) {
            billed += Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
            delivered += bytes;
          }
        expect(billed / delivered).to.be.lessThanOrEqual(GOAL);
      });

  /** Sizes of the Firehose records of one batch. */
  async function delivery(changes: number, from: number): Promise<readonly number[]> {
    const clock = new VirtualClock(CHANGE_SECONDS * 1_000);
    const sizes: number[] = [];
    const Records = Array.from({ length: changes }, (_, index) =>
      insertRecord(images[(from + index) % images.length] ?? {}, { index }),
    );
    const { log, emitMetrics } = recordingOutput();
    await archive(
      { Records },
      { removePolicy: RemovePolicy.Skip, oversizedPrefix: "parked/" },
      {
        deliveryStream: {
          async put(records) {
            sizes.push(...records.map(({ length }) => length));
            return [];
          },
        },
        store: new MemoryObjectStore(),
        clock,
        random: () => 0.5,
        remainingMs: () => 60_000,
        log,
        emitMetrics,
      },
    );
    return sizes;
  }
});

/** The image of an event's item, as the replicator writes it. */
function imageOf(event: string): Record<string, AttributeValue> {
  return {
    approximateArrivalTimestamp: { N: "1795263009.383" },
    event: attributeOf(JSON.parse(event)),
    partitionKey: { S: "ENnMWlDfm3HFFqk=-2" },
    seqNumbershardIdHash: { S: "02_shardId-000000000000" },
    sequenceNumber: { S: "49680428553888323333586681318040335980647324771873194018" },
    shardId: { S: "shardId-000000000000" },
    streamName: { S: "tributary-events-stream-2320f2f" },
  };
}

function attributeOf(value: unknown): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  return { M: Object.fromEntries(Object.entries(value as object).map(([name, field]) => [name, attributeOf(field)])) };
}
