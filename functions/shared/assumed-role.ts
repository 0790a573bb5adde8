import { isStaleCredentials } from "./aws-errors.ts";
import type { Clock } from "./clock.ts";

/** Longest session that role chaining (a Lambda function's AssumeRole) allows. */
export const SESSION_SECONDS = 3_600;
/** A session is refreshed this long before it expires. */
const REFRESH_EARLY_MS = 5 * 60_000;
/** After a failed early refresh, the pause before the next attempt, while the old session is still valid. */
const REFRESH_PAUSE_MS = 10_000;

/** The credentials of one session. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The current session of an assumed role. */
export interface AssumedRole {
  /**
   * The current session; assumes the role when there is none or it expires soon. Concurrent callers share one attempt.
   */
  credentials(): Promise<SessionCredentials>;
  /** Discards `used`, unless it has been replaced already. */
  discard(used: SessionCredentials): void;
}

interface Held {
  readonly credentials: SessionCredentials;
  readonly endsAt: number;
}

/**
 * Keeps one session of a role.
 *
 * The session's age is measured with the local clock from before the request, not by STS's Expiration, so that a wrong
 * clock has no effect.
 * @param options.assume requests a session of `SESSION_SECONDS`; its errors reach the caller unchanged, except in an
 * early refresh while the old session is valid, when `options.onEarlyRefreshFailed` gets them.
 */
export function createAssumedRole(options: {
  readonly assume: () => Promise<SessionCredentials>;
  readonly clock: Pick<Clock, "now">;
  readonly onEarlyRefreshFailed?: (error: unknown) => void;
}): AssumedRole {
  let held: Held | undefined;
  let pending: Promise<SessionCredentials> | undefined;
  let nextRefreshAt = 0;

  const refresh = async (): Promise<SessionCredentials> => {
    const startedAt = options.clock.now();
    try {
      const credentials = await options.assume();
      held = { credentials, endsAt: startedAt + SESSION_SECONDS * 1_000 };
      nextRefreshAt = held.endsAt - REFRESH_EARLY_MS;
      return credentials;
    } catch (error) {
      if (held === undefined || options.clock.now() >= held.endsAt) throw error;
      options.onEarlyRefreshFailed?.(error);
      nextRefreshAt = options.clock.now() + REFRESH_PAUSE_MS;
      return held.credentials;
    }
  };

  return {
    async credentials() {
      const now = options.clock.now();
      if (held !== undefined && now < held.endsAt && now < nextRefreshAt) return held.credentials;
      pending ??= refresh().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    discard(used) {
      if (held?.credentials === used) held = undefined;
    },
  };
}

/** Sends once, and again with a new session when the service reports an invalid session. */
export async function withFreshSession<T>(role: AssumedRole, send: () => Promise<T>): Promise<T> {
  const used = await role.credentials();
  try {
    return await send();
  } catch (error) {
    if (!isStaleCredentials(error)) throw error;
    role.discard(used);
    await role.credentials();
    return send();
  }
}
