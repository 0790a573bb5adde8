/**
 * The function's answer to a stream's event source mapping: the checkpoint is the lowest sequence number in the list.
 */
export interface StreamBatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** Sequence numbers are decimal integers of up to 56 digits: longer is higher, then digit by digit. */
function isLower(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}

/**
 * The answer for a batch with these failed sequence numbers.
 *
 * It contains only the lowest: the mapping retries from there, including everything after it. Complete success is an
 * empty list; the list is never omitted.
 */
export function batchResponse(failedSequenceNumbers: Iterable<string>): StreamBatchResponse {
  let lowest: string | undefined;
  for (const sequenceNumber of failedSequenceNumbers) {
    if (lowest === undefined || isLower(sequenceNumber, lowest)) lowest = sequenceNumber;
  }
  return { batchItemFailures: lowest === undefined ? [] : [{ itemIdentifier: lowest }] };
}
