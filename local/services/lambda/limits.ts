/** Lambda's quotas (developer guide, "Lambda quotas"). */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
/** Executions at once in one account and region. */
export const ACCOUNT_CONCURRENCY = 1_000;
export const MAX_ENVIRONMENT_BYTES = 4 * 1024;
/** Unzipped size of a deployment package. */
export const MAX_CODE_BYTES = 250 * 1024 * 1024;
/** Size of a deployment package that is sent as a ZIP file. */
export const MAX_ZIP_BYTES = 50 * 1024 * 1024;
/** Concurrency that an account keeps for functions without a reservation. */
export const MIN_UNRESERVED_CONCURRENCY = 100;
export const MAX_TAGS = 50;
/** Size of a function's resource policy, as JSON text. */
export const MAX_POLICY_BYTES = 20 * 1024;
/** How much of a log's end `LogType: Tail` answers. */
export const LOG_TAIL_BYTES = 4 * 1024;
/** How long an execution environment's credentials last. */
export const ENVIRONMENT_SESSION_SECONDS = 12 * 60 * 60;
/** Runtimes that the local cloud runs; both run on this machine's own Node. */
export const RUNTIMES = ["nodejs24.x", "nodejs22.x"] as const;
/** Environment variables that Lambda sets itself and takes from nobody. */
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
