import { assumeForService } from "../../accounts/service-role.ts";
import { AwsError } from "../../kernel/errors.ts";
import { placeOf } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { ServicePrincipal, Session } from "../../kernel/principal.ts";

/**
 * The service principal in the trust policies of function roles
 * (https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html).
 */
export const LAMBDA_PRINCIPAL: ServicePrincipal = { name: "lambda.amazonaws.com", sendsSourceAccount: true };

/** The purpose of a session of a function's role. */
export interface FunctionRoleSession {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly functionArn: string;
  readonly durationSeconds: number;
  /** @default false: for Lambda itself */
  readonly isForCode?: boolean;
}

/**
 * Assumes a function's role for Lambda itself or for the function's code. The requests of the code, and those that
 * write its log, carry `lambda:SourceFunctionArn`; Lambda's requests for polling, network interfaces and destinations
 * do not (https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html). Throws AwsError when the
 * role does not exist or does not trust lambda.amazonaws.com.
 */
export function assumeFunctionRole(
  ports: Ports,
  { functionArn, isForCode = false, ...options }: FunctionRoleSession,
): Session {
  return assumeForService(ports, {
    ...options,
    servicePrincipal: LAMBDA_PRINCIPAL,
    sourceAccount: placeOf(functionArn).accountId,
    ...(isForCode ? { context: { "lambda:SourceFunctionArn": functionArn } } : {}),
  });
}

/**
 * The role checks of CreateFunction and UpdateFunctionConfiguration: Lambda can assume it, and with active tracing it
 * may send traces.
 * @throws AwsError InvalidParameterValueException.
 */
export function checkExecutionRole(
  ports: Ports,
  arn: string,
  { roleArn, tracingMode }: { readonly roleArn: string; readonly tracingMode: string },
): void {
  const { principal } = assume();
  if (tracingMode !== "Active") return;
  const caller = { principal, ...placeOf(arn) };
  if (ports.authorizer.evaluate(caller, { action: "xray:PutTraceSegments", resource: "*" }).isAllowed) return;
  throw invalid("The provided execution role does not have permissions to call PutTraceSegments on XRAY");

  function assume(): Session {
    try {
      return assumeFunctionRole(ports, { roleArn, sessionName: "creation", functionArn: arn, durationSeconds: 900 });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw invalid(`The role defined for the function cannot be assumed by Lambda. (${roleArn}: ${error.message})`);
    }
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
