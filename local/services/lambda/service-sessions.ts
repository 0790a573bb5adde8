import type { Session } from "../../accounts/principal.ts";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../errors.ts";

const LAMBDA_PRINCIPAL = "lambda.amazonaws.com";

/** Assumes a function's role as Lambda does. Throws AwsError when the role is not there or does not trust lambda.amazonaws.com. */
export function assumeFunctionRole(
  cloud: Cloud,
  options: { roleArn: string; sessionName: string; sourceArn: string; durationSeconds: number },
): Session {
  return cloud.services.sts.assumeForService({
    ...options,
    servicePrincipal: LAMBDA_PRINCIPAL,
    sourceAccount: options.sourceArn.split(":")[4] ?? "",
  });
}

/** Throws what CreateFunction answers when Lambda cannot assume the role. */
export function requireAssumableRole(cloud: Cloud, roleArn: string, functionArn: string): void {
  try {
    assumeFunctionRole(cloud, { roleArn, sessionName: "creation", sourceArn: functionArn, durationSeconds: 900 });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      "InvalidParameterValueException",
      `The role defined for the function cannot be assumed by Lambda. (${roleArn}: ${error.message})`,
    );
  }
}
