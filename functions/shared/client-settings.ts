/** The use cases retry by themselves, within the invocation's time; the SDK's own retries would hide in them. */
export const NO_OWN_RETRIES = { maxAttempts: 1 } as const;

/** A connection or an answer that does not come in this time is an error that may be retried. */
export const REQUEST_LIMITS = {
  connectionTimeout: 2_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
} as const;

/** A credential provider that the SDK asks before every request instead of keeping the answer (it keeps one without an expiration for good). */
export function uncachedCredentials<T>(provider: () => Promise<T>): (() => Promise<T>) & { readonly memoized: true } {
  return Object.assign(() => provider(), { memoized: true as const });
}
