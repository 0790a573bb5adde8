import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { tagList } from "../../../resource-types/tags.ts";
import type { Inputs } from "../../../wire/models/iam.ts";
import { iamArn } from "../arn.ts";
import type { Role } from "../role.ts";
import type { IamStore } from "../store.ts";
import { withoutTags, withTags } from "../tags.ts";
import { checkedPolicyArn, encodeDocument, wireTime } from "./members.ts";
import { paginate } from "./pages.ts";

const DEFAULT_SESSION_SECONDS = 3_600;

/** Roles, their trust policies, permissions boundaries and tags. */
export function roleOperations(store: IamStore): Readonly<Record<string, Operation>> {
  const onRole =
    (action: string) =>
    <P extends { RoleName: string }>({ RoleName: name }: P, call: Call) =>
      store.authorizeRole(action, name, call);
  return defineOperations<Inputs>({
    CreateRole: {
      authorize: (params, call) => [
        { action: "iam:CreateRole", resource: iamArn("role", `${params.Path ?? "/"}${params.RoleName}`, call) },
      ],
      run(params, call) {
        const role = store.addRole(call, {
          name: params.RoleName,
          path: params.Path ?? "/",
          trustPolicy: params.AssumeRolePolicyDocument,
          description: params.Description ?? "",
          maxSessionDurationSeconds: params.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
          tags: withTags({}, params.Tags ?? []),
          permissionsBoundary: params.PermissionsBoundary && checkedPolicyArn(params.PermissionsBoundary),
        });
        // Only the answer of CreateRole lacks MaxSessionDuration.
        return { Role: { ...describeRole(role, true), MaxSessionDuration: undefined } };
      },
    },
    DeleteRole: {
      authorize: onRole("DeleteRole"),
      run: (params, call) => store.removeRole(store.requireRole(call.accountId, params.RoleName)),
    },
    GetRole: {
      authorize: onRole("GetRole"),
      // AWS updates it hours after the use; the local cloud never does.
      run: (params, call) => ({
        Role: { ...describeRole(store.requireRole(call.accountId, params.RoleName), true), RoleLastUsed: {} },
      }),
    },
    ListRoles: {
      authorize: (params, call) => [
        { action: "iam:ListRoles", resource: iamArn("role", params.PathPrefix ?? "/", call) },
      ],
      run(params, call) {
        const roles = store.listRoles(call.accountId).filter((role) => role.path.startsWith(params.PathPrefix ?? "/"));
        const { items, ...rest } = paginate(roles, (role) => role.name, params);
        return { Roles: items.map((role) => describeRole(role, false)), ...rest };
      },
    },
    UpdateRole: {
      authorize: onRole("UpdateRole"),
      run(params, call) {
        const role = store.requireRole(call.accountId, params.RoleName);
        role.description = params.Description ?? role.description;
        role.maxSessionDurationSeconds = params.MaxSessionDuration ?? role.maxSessionDurationSeconds;
        return {};
      },
    },
    UpdateRoleDescription: {
      authorize: onRole("UpdateRoleDescription"),
      run(params, call) {
        const role = store.requireRole(call.accountId, params.RoleName);
        role.description = params.Description;
        return { Role: describeRole(role, true) };
      },
    },
    UpdateAssumeRolePolicy: {
      authorize: onRole("UpdateAssumeRolePolicy"),
      run(params, call) {
        const role = store.requireRole(call.accountId, params.RoleName);
        role.trustPolicy = store.parseTrustPolicy(params.PolicyDocument);
      },
    },
    PutRolePermissionsBoundary: {
      authorize: onRole("PutRolePermissionsBoundary"),
      run(params, call) {
        store.setPermissionsBoundary(
          store.requireRole(call.accountId, params.RoleName),
          checkedPolicyArn(params.PermissionsBoundary),
        );
      },
    },
    DeleteRolePermissionsBoundary: {
      authorize: onRole("DeleteRolePermissionsBoundary"),
      run(params, call) {
        const role = store.requireRole(call.accountId, params.RoleName);
        if (role.permissionsBoundary === undefined) {
          throw new AwsError("NoSuchEntity", `Role ${role.name} does not have a permissions boundary`, 404);
        }
        store.setPermissionsBoundary(role, undefined);
      },
    },
    TagRole: {
      authorize: onRole("TagRole"),
      run(params, call) {
        const role = store.requireRole(call.accountId, params.RoleName);
        role.tags = withTags(role.tags, params.Tags);
      },
    },
    UntagRole: {
      authorize: onRole("UntagRole"),
      run(params, call) {
        const role = store.requireRole(call.accountId, params.RoleName);
        role.tags = withoutTags(role.tags, params.TagKeys);
      },
    },
    ListRoleTags: {
      authorize: onRole("ListRoleTags"),
      run(params, call) {
        const tags = tagList(store.requireRole(call.accountId, params.RoleName).tags);
        const { items, ...rest } = paginate(tags, ({ Key }) => Key, params);
        return { Tags: items, ...rest };
      },
    },
  });
}

function describeRole(role: Role, isFull: boolean) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: wireTime(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description || undefined,
    MaxSessionDuration: role.maxSessionDurationSeconds,
    PermissionsBoundary:
      isFull && role.permissionsBoundary !== undefined
        ? { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: role.permissionsBoundary }
        : undefined,
    Tags: isFull && Object.keys(role.tags).length > 0 ? tagList(role.tags) : undefined,
  };
}
