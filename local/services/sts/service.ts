import { z } from "zod";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import { assumption, ROLE_SESSION_SECONDS } from "../../accounts/service-role.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { ServiceFaults } from "../../kernel/fault-port.ts";
import type { Ports } from "../../kernel/ports.ts";
import type { Principal } from "../../kernel/principal.ts";
import { defineOperation, type Operation, type Service, type Wire } from "../../kernel/service.ts";
import { serviceModel } from "../../wire/model.ts";
import { queryProtocol } from "../../wire/query.ts";
import { providerFunctions } from "./resources.ts";

const assumeRoleInput = z.strictObject({
  RoleArn: z.string().regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, "is not the ARN of a role"),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/, "must be 2 to 64 characters of [\\w+=,.@-]"),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3_600),
  ExternalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, "must be 2 to 1,224 characters of [\\w+=,.@:/-]")
    .optional(),
  Policy: z.string().min(1).max(2_048).optional(),
});

/** Who a caller is, and credentials for roles. */
export class StsService implements Service {
  readonly name = "sts";
  readonly providerFunctions = providerFunctions;
  readonly wire: Wire = { protocol: queryProtocol(serviceModel("sts")), dialect: "query", queryVersion: "2011-06-15" };
  readonly faults: ServiceFaults = {
    operations: { AssumeRole: {} },
    errors: { throttle: { code: "Throttling", message: "Rate exceeded", status: 400 } },
  };
  readonly conditionKeys = ["sts:ExternalId", "sts:RoleSessionName"];
  readonly accessDenied = { code: "AccessDenied", status: 403 };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
    this.operations = {
      GetCallerIdentity: defineOperation({
        input: z.strictObject({}),
        authorize: () => [],
        run: (_params, { principal }) => ({
          UserId: principal.userId,
          Account: principal.accountId,
          Arn: principal.arn,
        }),
      }),
      AssumeRole: defineOperation({
        input: assumeRoleInput,
        authorize: (params) => [
          assumption(ports, params.RoleArn, {
            "sts:RoleSessionName": params.RoleSessionName,
            ...(params.ExternalId === undefined ? {} : { "sts:ExternalId": params.ExternalId }),
          }),
        ],
        run: (params, call) => this.#assumeRole(params, call.principal),
      }),
    };
  }

  emptyData(): void {}

  close(): void {}

  #assumeRole(params: z.infer<typeof assumeRoleInput>, caller: Principal) {
    const role = this.#ports.roles.find(params.RoleArn);
    if (!role) throw new AwsError("AccessDenied", `The role ${params.RoleArn} does not exist.`, 403);
    if (caller.kind === "assumed-role" && params.DurationSeconds > ROLE_SESSION_SECONDS) {
      throw new AwsError(
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
      );
    }
    if (params.DurationSeconds > role.maxSessionDurationSeconds) {
      throw new AwsError(
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
      );
    }
    const { credentials, principal } = this.#ports.principals.issueRoleSession({
      roleArn: role.arn,
      roleId: role.roleId,
      sessionName: params.RoleSessionName,
      durationSeconds: params.DurationSeconds,
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
}
