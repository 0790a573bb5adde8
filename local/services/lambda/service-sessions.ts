import { assumeForService } from "../../accounts/service-role.ts";
import { AwsError } from "../../kernel/errors.ts";
import { placeOf } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { ServicePrincipal, Session } from "../../kernel/principal.ts";

/** Whom roles of functions trust (https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html). */
export const LAMBDA_PRINCIPAL: ServicePrincipal = { name: "lambda.amazonaws.com", sendsSourceAccount: true };

/** What a function's role is assumed for. */
export interface FunctionRoleSession {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly functionArn: string;
  readonly durationSeconds: number;
  /** @default false: for Lambda itself */
  readonly isForCode?: boolean;
}

/**
 * Assumes a function's role as Lambda does: for itself, or for the function's code, whose requests (and those that
 * write its log) carry
 * `lambda:SourceFunctionArn`; those by which Lambda polls, makes network interfaces and tells destinations do not
 * (https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html). Throws AwsError when the role is
 * not there or does not trust lambda.amazonaws.com.
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
 * What CreateFunction and UpdateFunctionConfiguration ask of a function's role: that Lambda can assume it, and that it
 * may send traces when tracing is active.
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
