/**
 * The one limit of waits for an event, in milliseconds: it only ends a hang. It is far above what any wait takes on a machine that is busy with other
 * work, so nothing may be concluded from a wait that came near it.
 */
export const HANG_LIMIT_MS = 10 * 60_000;
