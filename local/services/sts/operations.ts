import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { assumption, ROLE_SESSION_SECONDS } from "../../accounts/service-role.ts";
import { conditionsOf } from "../../kernel/authorization.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Principal } from "../../kernel/principal.ts";
import { defineOperations, type Operation } from "../../kernel/service.ts";
import type { AssumeRoleRequest, Inputs } from "../../wire/models/sts.ts";
import { DEFAULT_SESSION_SECONDS } from "./limits.ts";

const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\/.+$/;

/** The operations of STS that the local cloud has. */
export function operations(ports: Ports): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    GetCallerIdentity: {
      authorize: () => [],
      run: (_params, { principal }) => ({
        UserId: principal.userId,
        Account: principal.accountId,
        Arn: principal.arn,
      }),
    },
    AssumeRole: {
      authorize(params) {
        if (!ROLE_ARN.test(params.RoleArn)) throw new AwsError("ValidationError", "Request ARN is invalid");
        const { RoleArn, RoleSessionName, ExternalId } = params;
        return [assumption(ports, RoleArn, conditionsOf("sts", { RoleSessionName, ExternalId }))];
      },
      run: (params, call) => assumeRole(ports, params, call.principal),
    },
  });
}

function assumeRole(ports: Ports, params: AssumeRoleRequest, caller: Principal) {
  const { DurationSeconds: durationSeconds = DEFAULT_SESSION_SECONDS } = params;
  const role = ports.roles.find(params.RoleArn);
  if (!role) throw new AwsError("AccessDenied", `The role ${params.RoleArn} does not exist.`, 403);
  if (caller.kind === "assumed-role" && durationSeconds > ROLE_SESSION_SECONDS) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  if (durationSeconds > role.maxSessionDurationSeconds) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  const { credentials, principal } = ports.principals.issueRoleSession({
    roleArn: role.arn,
    roleId: role.roleId,
    sessionName: params.RoleSessionName,
    durationSeconds,
    ...(params.Policy === undefined ? {} : { sessionPolicy: parsePolicy(params.Policy, PolicyKind.Identity) }),
  });
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: Math.floor((credentials.expiresAt ?? 0) / 1000),
    },
    AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
    PackedPolicySize:
      params.Policy === undefined ? undefined : Math.max(1, Math.round((params.Policy.length / 2_048) * 100)),
  };
}
