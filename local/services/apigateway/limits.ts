/** Requests per second and at once. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** Bytes of a request or of an integration's answer. */
export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
/** What AWS lets an account and region do. */
export const ACCOUNT_THROTTLE: Throttle = { rateLimit: 10_000, burstLimit: 5_000 };
/** Prefix of the paths of deployed APIs: `/_aws/execute-api/<api id>/<stage>/<path>`. */
export const EXECUTE_API = "/_aws/execute-api/";
