import { judge, Verdict } from "../shared/aws-errors.ts";
import { backoffMs } from "../shared/backoff.ts";
import type { Clock } from "../shared/clock.ts";
import { type Deadline, DeadlineExceededError } from "../shared/deadline.ts";
import { groupIntoCalls, type PackedRecord } from "./core/packing.ts";
import type { DeliveryStream } from "./ports.ts";

/** The outcome of the records: each is in exactly one list. */
export interface DeliveryOutcome<T> {
  readonly delivered: PackedRecord<T>[];
  /** Not certainly delivered at the deadline. */
  readonly unfinished: PackedRecord<T>[];
  /** Firehose records that were sent again. */
  readonly retried: number;
}

/**
 * Delivers records call by call. After a partial failure only the failed records are sent again, after a backoff,
 * within the deadline.
 * @throws the first error that cannot be retried
 */
export async function deliverRecords<T>(
  records: readonly PackedRecord<T>[],
  ports: {
    readonly deliveryStream: DeliveryStream;
    readonly clock: Clock;
    readonly random: () => number;
    readonly deadline: Deadline;
  },
): Promise<DeliveryOutcome<T>> {
  const { deliveryStream, clock, random, deadline } = ports;
  const delivered: PackedRecord<T>[] = [];
  const unfinished: PackedRecord<T>[] = [];
  let retried = 0;

  const deliver = async (call: readonly PackedRecord<T>[]): Promise<void> => {
    let pending = call;
    for (let attempt = 1; ; attempt++) {
      try {
        const payload = pending.map(({ bytes }) => bytes);
        const failed = new Set(await deadline.run((signal) => deliveryStream.put(payload, signal)));
        delivered.push(...pending.filter((_, index) => !failed.has(index)));
        pending = pending.filter((_, index) => failed.has(index));
        if (pending.length === 0) return;
      } catch (error) {
        if (error instanceof DeadlineExceededError) break;
        if (judge(error) !== Verdict.Retry) throw error;
      }
      const waitMs = backoffMs(attempt, random);
      if (waitMs >= deadline.remainingMs()) break;
      retried += pending.length;
      await clock.sleep(waitMs);
    }
    unfinished.push(...pending);
  };

  for (const call of groupIntoCalls(records)) await deliver(call);
  return { delivered, unfinished, retried };
}
