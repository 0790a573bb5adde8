import { join } from "node:path";
import type { Session } from "../../kernel/principal.ts";
import type { FunctionSettings } from "./function-settings.ts";
import type { EnvironmentSetup } from "./runtime/messages.ts";

/** The complete `process.env` of a worker: the function's own variables and Lambda's, nothing of this machine's. */
export function environmentVariables(options: {
  readonly setup: EnvironmentSetup;
  readonly settings: FunctionSettings;
  readonly session: Session;
  readonly region: string;
  readonly endpointUrl: string;
}): Readonly<Record<string, string>> {
  const { setup, settings, region } = options;
  const { accessKeyId, secretAccessKey, sessionToken } = options.session.credentials;
  // The SDK would otherwise read the AWS configuration files of this machine's user.
  const noFile = join(setup.taskRoot, ".aws", "none");
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    AWS_CONFIG_FILE: noFile,
    AWS_SHARED_CREDENTIALS_FILE: noFile,
    AWS_ENDPOINT_URL: options.endpointUrl,
    ...settings.variables,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: setup.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(setup.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: setup.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: setup.logStreamName,
    _HANDLER: setup.handler,
    LAMBDA_TASK_ROOT: setup.taskRoot,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken ?? "",
  };
}
