import { evaluate } from "../../accounts/evaluate.ts";
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

/**
 * What CreateFunction and UpdateFunctionConfiguration ask of a function's role: that Lambda can assume it, and that it may send traces when tracing is active.
 * @throws AwsError InvalidParameterValueException.
 */
export function checkExecutionRole(
  cloud: Cloud,
  arn: string,
  { roleArn, tracingMode }: { readonly roleArn: string; readonly tracingMode: string },
): void {
  const [, , , region = "", accountId = ""] = arn.split(":");
  const { principal } = assume();
  if (tracingMode !== "Active") return;
  const caller = { cloud, principal, accountId, region, note: () => undefined };
  if (evaluate(caller, { action: "xray:PutTraceSegments", resource: "*" }).isAllowed) return;
  throw invalid("The provided execution role does not have permissions to call PutTraceSegments on XRAY");

  function assume(): Session {
    try {
      return assumeFunctionRole(cloud, { roleArn, sessionName: "creation", sourceArn: arn, durationSeconds: 900 });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw invalid(`The role defined for the function cannot be assumed by Lambda. (${roleArn}: ${error.message})`);
    }
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
