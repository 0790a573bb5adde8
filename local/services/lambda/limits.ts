/** Lambda's quotas (developer guide, "Lambda quotas"). */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
/** Concurrency quota of one account and region. */
export const ACCOUNT_CONCURRENCY = 1_000;
export const MAX_ENVIRONMENT_BYTES = 4 * 1024;
/** Unzipped size of a deployment package. */
export const MAX_CODE_BYTES = 250 * 1024 * 1024;
/** Zipped size of a deployment package. */
export const MAX_ZIP_BYTES = 50 * 1024 * 1024;
/** Unreserved concurrency that an account must keep. */
export const MIN_UNRESERVED_CONCURRENCY = 100;
/** Size of a function's resource policy, as JSON text. */
export const MAX_POLICY_BYTES = 20 * 1024;
/** Size of the log tail that `LogType: Tail` returns. */
export const LOG_TAIL_BYTES = 4 * 1024;
/** Lifetime of an execution environment's credentials. */
export const ENVIRONMENT_SESSION_SECONDS = 12 * 60 * 60;
/** Runtimes that the local cloud runs; both run on this machine's own Node. */
export const RUNTIMES = ["nodejs24.x", "nodejs22.x"] as const;
/** Environment variables that Lambda sets itself; a function cannot set them. */
export const RESERVED_VARIABLES = [
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
] as const;
