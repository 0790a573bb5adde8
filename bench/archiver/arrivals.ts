import { Clock, ClockMode } from "../../local/kernel/clock.ts";
import { Lane } from "../../local/services/lambda/mappings/lane.ts";
import { FOREVER, type MappingSettings } from "../../local/services/lambda/mappings/settings.ts";

const MS_PER_SECOND = 1_000;
const START = 1_000_000_000;

/**
 * Lambda reads a shard of a table's stream four times a second (AWS Lambda Developer Guide, "Using AWS Lambda with
 * Amazon DynamoDB": a base rate of 4 times per second).
 */
const READ_INTERVAL_MS = 250;

/** The settings of a mapping that decide how large its batches are. */
export type BatchSettings = Pick<MappingSettings, "batchSize" | "batchWindowSeconds">;

const otherSettings: Omit<MappingSettings, keyof BatchSettings> = {
  functionArn: "arn:aws:lambda:us-east-1:222222222222:function:archiver",
  eventSourceArn: "arn:aws:dynamodb:us-east-1:222222222222:table/events/stream/2026-01-01T00:00:00.000",
  startingPosition: "TRIM_HORIZON",
  startingPositionTime: undefined,
  parallelizationFactor: 1,
  maximumRetryAttempts: FOREVER,
  maximumRecordAgeSeconds: FOREVER,
  isBisecting: true,
  isReportingItemFailures: true,
  onFailureArn: undefined,
  filterPatterns: [],
};

/**
 * The records of each batch that an event source mapping delivers from one shard under a steady load, by the local
 * cloud's rules on an injected clock. The function takes no time.
 * @param load.recordBytes bytes of a record in Lambda's event
 */
export async function batchesUnderLoad(
  load: { readonly eventsPerSecond: number; readonly seconds: number; readonly recordBytes: number },
  settings: BatchSettings,
): Promise<readonly number[]> {
  const clock = new Clock({ mode: ClockMode.Manual, startAt: START });
  const batches: number[] = [];
  const lane = new Lane({
    clock,
    settings: () => ({ ...otherSettings, ...settings }),
    deliver: async (batch) => {
      batches.push(batch.entries.length);
      return { batch: { ...batch, invokeCount: batch.invokeCount + 1 }, outcome: { kind: "success" } };
    },
    giveUp: async () => undefined,
    retentionMs: async () => Number.POSITIVE_INFINITY,
    lost: () => undefined,
    onProgress: () => undefined,
  });
  const total = load.eventsPerSecond * load.seconds;
  let read = 0;
  for (let ms = READ_INTERVAL_MS; read < total; ms += READ_INTERVAL_MS) {
    await clock.advance(READ_INTERVAL_MS);
    const arrived = Math.min(total, Math.floor((ms / MS_PER_SECOND) * load.eventsPerSecond));
    lane.push(
      Array.from({ length: arrived - read }, (_, index) => ({
        sequenceNumber: String(read + index),
        arrivedAt: clock.now(),
        orderKey: "",
        json: "",
        bytes: load.recordBytes,
        readAt: clock.now(),
      })),
    );
    read = arrived;
  }
  await clock.advance((settings.batchWindowSeconds + 1) * MS_PER_SECOND);
  return batches;
}
