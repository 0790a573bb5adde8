/** The use cases retry themselves, within the invocation's time. The SDK's retries would come on top. */
export const NO_OWN_RETRIES = { maxAttempts: 1 } as const;

/** Timeouts of a connection and of a request; retryable errors. */
export const REQUEST_LIMITS = {
  connectionTimeout: 2_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
} as const;

/**
 * A credential provider that the SDK calls for every request. It would cache credentials without an expiration for
 * ever.
 */
export function uncachedCredentials<T>(provider: () => Promise<T>): (() => Promise<T>) & { readonly memoized: true } {
  return Object.assign(() => provider(), { memoized: true as const });
}
