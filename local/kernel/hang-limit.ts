/**
 * Timeout of every wait for an event, in milliseconds. It only ends hangs: it is far longer than any wait takes on a
 * busy machine, so no decision may depend on it.
 */
export const HANG_LIMIT_MS = 10 * 60_000;
