/** Steady-state requests per second, and the burst. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** Maximum bytes of a request or of an integration's response. */
export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
/** AWS's default throttle of an account and region. */
export const ACCOUNT_THROTTLE: Throttle = { rateLimit: 10_000, burstLimit: 5_000 };
/** Prefix of the paths of deployed APIs: `/_aws/execute-api/<api id>/<stage>/<path>`. */
export const EXECUTE_API = "/_aws/execute-api/";
