import { z } from "zod";
import { evaluate } from "../../accounts/evaluate.ts";
import { PolicyKind, parsePolicy } from "../../accounts/parse-policy.ts";
import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../kernel/errors.ts";
import type { Principal, Session } from "../../kernel/principal.ts";
import { type AuthorizationRequest, defineOperation, type Operation, type Service } from "../../kernel/service.ts";
import { serviceModel } from "../../wire/model.ts";
import { queryProtocol } from "../../wire/query.ts";
import { serviceContext } from "./service-keys.ts";

/** Longest session of a role that was assumed by a role, in seconds. */
const ROLE_CHAINING_LIMIT_SECONDS = 3_600;

/** How a service of the cloud asks for credentials of a role. */
export interface ServiceAssumption {
  readonly roleArn: string;
  /** Such as `lambda.amazonaws.com`. */
  readonly servicePrincipal: string;
  readonly sessionName: string;
  /** Default 3,600. */
  readonly durationSeconds?: number;
  /** Account on whose behalf it asks; default: the role's own. */
  readonly sourceAccount?: string;
  /** With credentials for the code of a function: the function's ARN. */
  readonly sourceFunctionArn?: string;
}

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
  readonly wire = { protocol: queryProtocol(serviceModel("sts")) };
  readonly accessDenied = { code: "AccessDenied", status: 403 };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly #cloud: Cloud;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
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
          this.#assumption(params.RoleArn, {
            "sts:RoleSessionName": params.RoleSessionName,
            ...(params.ExternalId === undefined ? {} : { "sts:ExternalId": params.ExternalId }),
          }),
        ],
        run: (params, call) => this.#assumeRole(params, call.principal),
      }),
    };
  }

  /**
   * Credentials of a role for a service, when the role's trust policy lets that service be it.
   * @throws AwsError AccessDenied, in STS's words; services say it in their own.
   */
  assumeForService(request: ServiceAssumption): Session {
    const accountId = request.roleArn.split(":")[4] ?? "";
    const authorization = this.#assumption(request.roleArn, {
      "sts:RoleSessionName": request.sessionName,
      ...serviceContext(request.servicePrincipal, request.sourceAccount ?? accountId),
    });
    const principal: Principal = { kind: "service", accountId: "", arn: request.servicePrincipal, userId: "" };
    const facts: Record<string, string | number | boolean> = {};
    const decision = evaluate(
      { cloud: this.#cloud, principal, accountId, region: "us-east-1", note: (more) => Object.assign(facts, more) },
      authorization,
    );
    this.#cloud.trace.record({
      time: this.#cloud.clock.now(),
      accountId,
      principal: principal.arn,
      call: "sts:AssumeRole",
      authorizations: [{ action: authorization.action, resource: authorization.resource }],
      decision: decision.isAllowed ? "allowed" : "denied",
      outcome: decision.isAllowed ? "ok" : "AccessDenied",
      facts,
    });
    if (!decision.isAllowed) throw new AwsError("AccessDenied", decision.message, 403);
    const role = this.#cloud.services.iam.findRole(request.roleArn);
    if (!role) throw new AwsError("AccessDenied", `The role ${request.roleArn} does not exist.`, 403);
    return this.#cloud.accounts.issueRoleSession({
      roleArn: role.arn,
      roleId: role.roleId,
      sessionName: request.sessionName,
      durationSeconds: request.durationSeconds ?? ROLE_CHAINING_LIMIT_SECONDS,
      ...(request.sourceFunctionArn === undefined ? {} : { sourceFunctionArn: request.sourceFunctionArn }),
    });
  }

  emptyData(): void {}

  close(): void {}

  #assumption(roleArn: string, context: Readonly<Record<string, string>>): AuthorizationRequest {
    const role = this.#cloud.services.iam.findRole(roleArn);
    return {
      action: "sts:AssumeRole",
      resource: roleArn,
      context,
      isTrustPolicy: true,
      ...(role ? { resourcePolicy: role.trustPolicy } : {}),
    };
  }

  #assumeRole(params: z.infer<typeof assumeRoleInput>, caller: Principal) {
    const role = this.#cloud.services.iam.findRole(params.RoleArn);
    if (!role) throw new AwsError("AccessDenied", `The role ${params.RoleArn} does not exist.`, 403);
    if (caller.kind === "assumed-role" && params.DurationSeconds > ROLE_CHAINING_LIMIT_SECONDS) {
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
    const { credentials, principal } = this.#cloud.accounts.issueRoleSession({
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
