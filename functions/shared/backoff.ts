/** Upper bound of the first wait. */
const BASE_MS = 50;
/** Upper bound of all waits. */
const CAP_MS = 5_000;

/**
 * Milliseconds to wait before retry number `attempt` (1 is the first): full jitter, doubling up to 5 s.
 * @param random a number from 0 (inclusive) to 1 (exclusive)
 */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1)));
}
