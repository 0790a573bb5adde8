import type { DeliveryOutcome, StreamEntry } from "./batch.ts";

/**
 * Reads the response of a function with `ReportBatchItemFailures`, as recorded on AWS.
 *
 * Complete success: null, "", [], {}, an object without `batchItemFailures`, an empty or null `batchItemFailures`.
 * Failure of the whole batch: an `itemIdentifier` that is "", null, under another key or not in the batch; any other
 * form of response. Otherwise the lowest reported record is the checkpoint.
 * @param payload JSON text of the response.
 */
export function readBatchResponse(payload: string, entries: readonly StreamEntry[]): DeliveryOutcome {
  const failure: DeliveryOutcome = { kind: "failure" };
  const answer: unknown = JSON.parse(payload);
  if (answer === null || answer === "" || (Array.isArray(answer) && answer.length === 0)) return { kind: "success" };
  if (typeof answer !== "object" || Array.isArray(answer)) return failure;
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return { kind: "success" };
  if (!Array.isArray(failures)) return failure;
  if (failures.length === 0) return { kind: "success" };
  const positions = new Map(entries.map((entry, index) => [entry.sequenceNumber, index]));
  let lowest = entries.length;
  for (const item of failures) {
    const position = positions.get((item as { itemIdentifier?: string } | null)?.itemIdentifier ?? "");
    if (position === undefined) return failure;
    lowest = Math.min(lowest, position);
  }
  return lowest === 0 ? failure : { kind: "partial", from: lowest };
}
