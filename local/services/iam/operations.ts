import { z } from "zod";
import type { PolicyDocument } from "../../accounts/policy.ts";
import { AwsError } from "../../errors.ts";
import { type Call, defineOperation, type Operation } from "../../service.ts";
import type { Role } from "./roles.ts";
import type { IamService } from "./service.ts";

const roleName = z.string().regex(/^[\w+=,.@-]{1,64}$/);
const policyName = z.string().regex(/^[\w+=,.@-]{1,128}$/);
const page = { Marker: z.string().optional(), MaxItems: z.coerce.number().int().min(1).max(1000).optional() };

/** What IAM answers over the wire: reading roles and their policies. They are made by the provider. */
export function iamOperations(iam: IamService): Readonly<Record<string, Operation>> {
  const onRole = (action: string, name: string, call: Call) => [
    { action: `iam:${action}`, resource: roleArn(iam, call, name) },
  ];
  return {
    GetRole: defineOperation({
      input: z.strictObject({ RoleName: roleName }),
      authorize: (params, call) => onRole("GetRole", params.RoleName, call),
      run: (params, call) => ({ Role: describeRole(iam.role(call.accountId, params.RoleName), true) }),
    }),
    ListRoles: defineOperation({
      input: z.strictObject({ PathPrefix: z.string().default("/"), ...page }),
      authorize: (params, call) => [
        { action: "iam:ListRoles", resource: `arn:aws:iam::${call.accountId}:role${params.PathPrefix}` },
      ],
      run: (params, call) => {
        const roles = iam.roles(call.accountId).filter((role) => role.path.startsWith(params.PathPrefix));
        const { items, ...rest } = paginate(roles, (role) => role.name, params);
        return { Roles: items.map((role) => describeRole(role, false)), ...rest };
      },
    }),
    ListRolePolicies: defineOperation({
      input: z.strictObject({ RoleName: roleName, ...page }),
      authorize: (params, call) => onRole("ListRolePolicies", params.RoleName, call),
      run: (params, call) => {
        const names = [...iam.role(call.accountId, params.RoleName).inlinePolicies().keys()];
        const { items, ...rest } = paginate(names, (name) => name, params);
        return { PolicyNames: items, ...rest };
      },
    }),
    GetRolePolicy: defineOperation({
      input: z.strictObject({ RoleName: roleName, PolicyName: policyName }),
      authorize: (params, call) => onRole("GetRolePolicy", params.RoleName, call),
      run: (params, call) => {
        const document = iam.role(call.accountId, params.RoleName).inlinePolicies().get(params.PolicyName);
        if (!document) {
          throw new AwsError("NoSuchEntity", `The role policy with name ${params.PolicyName} cannot be found.`, 404);
        }
        return {
          RoleName: params.RoleName,
          PolicyName: params.PolicyName,
          PolicyDocument: encodeDocument(document),
        };
      },
    }),
    ListAttachedRolePolicies: defineOperation({
      input: z.strictObject({ RoleName: roleName, PathPrefix: z.string().default("/"), ...page }),
      authorize: (params, call) => onRole("ListAttachedRolePolicies", params.RoleName, call),
      run: (params, call) => {
        const arns = [...iam.role(call.accountId, params.RoleName).attachedPolicies().keys()].filter((arn) =>
          `/${arn.split(":policy/")[1] ?? ""}`.startsWith(params.PathPrefix),
        );
        const { items, ...rest } = paginate(arns, (arn) => arn, params);
        return {
          AttachedPolicies: items.map((arn) => ({ PolicyName: arn.split("/").at(-1), PolicyArn: arn })),
          ...rest,
        };
      },
    }),
  };
}

/** A policy as IAM's wire has it: JSON in URL encoding. */
function encodeDocument(document: PolicyDocument): string {
  return encodeURIComponent(JSON.stringify(document));
}

function roleArn(iam: IamService, call: Call, name: string): string {
  const known = iam.roles(call.accountId).find((role) => role.name === name);
  return known?.arn ?? `arn:aws:iam::${call.accountId}:role/${name}`;
}

function describeRole(role: Role, isFull: boolean) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: Math.floor(role.createdAt / 1000),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description || undefined,
    MaxSessionDuration: role.maxSessionDurationSeconds,
    Tags:
      isFull && Object.keys(role.tags).length > 0
        ? Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value }))
        : undefined,
  };
}

/** One page of a list, in the order of its keys; the marker is the last key of the page before. */
function paginate<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  params: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: readonly T[]; IsTruncated: boolean; Marker?: string } {
  const limit = params.MaxItems ?? 100;
  const sorted = [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rest = sorted.filter((item) => params.Marker === undefined || keyOf(item) > params.Marker);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last !== undefined
    ? { items, IsTruncated: true, Marker: keyOf(last) }
    : { items, IsTruncated: false };
}
