/** Where packed records are delivered. */
export interface DeliveryStream {
  /**
   * Puts records; each is taken or not by itself.
   * @returns positions of the records that were not taken and may be sent again
   * @throws the service's own error, for all of them
   */
  put(records: readonly Buffer[], signal: AbortSignal): Promise<readonly number[]>;
}
