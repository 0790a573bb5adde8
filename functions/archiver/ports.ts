/** The destination of packed records. */
export interface DeliveryStream {
  /**
   * Puts records; each can fail by itself.
   * @returns positions of the failed records, which may be sent again
   * @throws the service's error, for all records
   */
  put(records: readonly Buffer[], signal: AbortSignal): Promise<readonly number[]>;
}
