import type { StreamBatchResponse } from "../../../functions/shared/batch-response.ts";

/** How a stream's records reach a function. */
export interface Delivery<T> {
  readonly records: readonly T[];
  readonly sequenceNumberOf: (record: T) => string;
  /** Records of the next batch, 1 and more. */
  readonly nextBatchSize: () => number;
  /** One invocation; it may throw. */
  readonly invoke: (batch: T[]) => Promise<StreamBatchResponse>;
  /** Before a batch comes again. */
  readonly backOff?: () => Promise<void>;
}

/** Invocations before a delivery counts as stuck. */
const MAX_INVOCATIONS = 5_000;

/** Delivers one shard's records as an event source mapping does: in order, from the checkpoint on, again until all are done. @returns the invocations */
export async function deliver<T>(delivery: Delivery<T>): Promise<number> {
  const { records, sequenceNumberOf, nextBatchSize, invoke, backOff } = delivery;
  let invocations = 0;
  let checkpoint = 0;
  while (checkpoint < records.length) {
    if (++invocations > MAX_INVOCATIONS) throw new Error(`stuck at record ${checkpoint}`);
    const batch = records.slice(checkpoint, checkpoint + nextBatchSize());
    const response = await invoke(batch).catch(() => undefined);
    const failure = response?.batchItemFailures[0]?.itemIdentifier;
    const done =
      response === undefined
        ? 0
        : failure === undefined
          ? batch.length
          : batch.findIndex((record) => sequenceNumberOf(record) === failure);
    if (done < 0) throw new Error(`${failure} is not of the batch`);
    checkpoint += done;
    if (done < batch.length) await backOff?.();
  }
  return invocations;
}
