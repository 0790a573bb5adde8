import type { Context } from "aws-lambda";

/** The part of Lambda's context that the functions use. */
export function lambdaContext(remainingMs = 30_000): Context {
  return { awsRequestId: "request-1", getRemainingTimeInMillis: () => remainingMs } as Context;
}
