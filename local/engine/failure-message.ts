import { AwsError, NotSupportedError, UserError } from "../errors.ts";

/** What is said of an error: a service's code and words, a mistake's message, and where a bug of the local cloud is. */
export function failureMessage(error: unknown): string {
  if (error instanceof NotSupportedError || error instanceof UserError) return error.message;
  if (error instanceof AwsError) return `${error.code}: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const frame = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "));
  return error.constructor === Error || !frame ? error.message : `${error.name}: ${error.message} (${frame.trim()})`;
}
