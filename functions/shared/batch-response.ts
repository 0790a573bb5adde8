/** What a stream's event source mapping is told: the checkpoint is the lowest sequence number in the list. */
export interface StreamBatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** Sequence numbers are decimal integers of up to 56 digits: longer is higher, then digit by digit. */
function isLower(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}

/**
 * The answer for a batch of which these sequence numbers are neither stored nor parked.
 *
 * Only the lowest is named: the mapping starts again there whatever else is in the list, and everything after it comes
 * again too. An empty list is the answer for complete success; never answer without the list.
 */
export function batchResponse(failedSequenceNumbers: Iterable<string>): StreamBatchResponse {
  let lowest: string | undefined;
  for (const sequenceNumber of failedSequenceNumbers) {
    if (lowest === undefined || isLower(sequenceNumber, lowest)) lowest = sequenceNumber;
  }
  return { batchItemFailures: lowest === undefined ? [] : [{ itemIdentifier: lowest }] };
}
