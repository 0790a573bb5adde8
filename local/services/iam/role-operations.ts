import { partitionOf } from "../../../aws/partitions.ts";
import { AwsError } from "../../kernel/errors.ts";
import { defineOperations, type Operation } from "../../kernel/service.ts";
import { tagList } from "../../resource-types/tags.ts";
import type { Inputs } from "../../wire/models/iam.ts";
import { checkedPolicyArn, encodeDocument, newArn, onRole, wireTime } from "./operation-parts.ts";
import { paginate } from "./pages.ts";
import type { Role } from "./roles.ts";
import type { IamService } from "./service.ts";
import { withoutTags, withTags } from "./tags.ts";

const DEFAULT_SESSION_SECONDS = 3_600;

/** What is asked and changed about roles themselves. */
export function roleOperations(iam: IamService): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    CreateRole: {
      authorize: (params, call) => [
        { action: "iam:CreateRole", resource: newArn("role", `${params.Path ?? "/"}${params.RoleName}`, call) },
      ],
      run(params, call) {
        const role = iam.createRole(call.accountId, partitionOf(call.region), {
          name: params.RoleName,
          path: params.Path ?? "/",
          trustPolicy: params.AssumeRolePolicyDocument,
          description: params.Description ?? "",
          maxSessionDurationSeconds: params.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
          tags: withTags({}, params.Tags ?? []),
          permissionsBoundary: params.PermissionsBoundary && checkedPolicyArn(params.PermissionsBoundary),
        });
        // Its answer alone does not say how long a session may be.
        return { Role: { ...describeRole(role, true), MaxSessionDuration: undefined } };
      },
    },
    DeleteRole: {
      authorize: (params, call) => onRole(iam, "DeleteRole", params.RoleName, call),
      run: (params, call) => iam.deleteRole(iam.role(call.accountId, params.RoleName)),
    },
    GetRole: {
      authorize: (params, call) => onRole(iam, "GetRole", params.RoleName, call),
      // When a role was used shows on AWS hours later; here it does not.
      run: (params, call) => ({
        Role: { ...describeRole(iam.role(call.accountId, params.RoleName), true), RoleLastUsed: {} },
      }),
    },
    ListRoles: {
      authorize: (params, call) => [
        { action: "iam:ListRoles", resource: newArn("role", params.PathPrefix ?? "/", call) },
      ],
      run(params, call) {
        const roles = iam.roles(call.accountId).filter((role) => role.path.startsWith(params.PathPrefix ?? "/"));
        const { items, ...rest } = paginate(roles, (role) => role.name, params);
        return { Roles: items.map((role) => describeRole(role, false)), ...rest };
      },
    },
    UpdateRole: {
      authorize: (params, call) => onRole(iam, "UpdateRole", params.RoleName, call),
      run(params, call) {
        const role = iam.role(call.accountId, params.RoleName);
        role.description = params.Description ?? role.description;
        role.maxSessionDurationSeconds = params.MaxSessionDuration ?? role.maxSessionDurationSeconds;
        return {};
      },
    },
    UpdateRoleDescription: {
      authorize: (params, call) => onRole(iam, "UpdateRoleDescription", params.RoleName, call),
      run(params, call) {
        const role = iam.role(call.accountId, params.RoleName);
        role.description = params.Description;
        return { Role: describeRole(role, true) };
      },
    },
    UpdateAssumeRolePolicy: {
      authorize: (params, call) => onRole(iam, "UpdateAssumeRolePolicy", params.RoleName, call),
      run(params, call) {
        const role = iam.role(call.accountId, params.RoleName);
        role.trustPolicy = iam.parseTrustPolicy(params.PolicyDocument);
      },
    },
    PutRolePermissionsBoundary: {
      authorize: (params, call) => onRole(iam, "PutRolePermissionsBoundary", params.RoleName, call),
      run(params, call) {
        iam.setPermissionsBoundary(
          iam.role(call.accountId, params.RoleName),
          checkedPolicyArn(params.PermissionsBoundary),
        );
      },
    },
    DeleteRolePermissionsBoundary: {
      authorize: (params, call) => onRole(iam, "DeleteRolePermissionsBoundary", params.RoleName, call),
      run(params, call) {
        const role = iam.role(call.accountId, params.RoleName);
        if (role.permissionsBoundary === undefined) {
          throw new AwsError("NoSuchEntity", `Role ${role.name} does not have a permissions boundary`, 404);
        }
        iam.setPermissionsBoundary(role, undefined);
      },
    },
    TagRole: {
      authorize: (params, call) => onRole(iam, "TagRole", params.RoleName, call),
      run(params, call) {
        const role = iam.role(call.accountId, params.RoleName);
        role.tags = withTags(role.tags, params.Tags);
      },
    },
    UntagRole: {
      authorize: (params, call) => onRole(iam, "UntagRole", params.RoleName, call),
      run(params, call) {
        const role = iam.role(call.accountId, params.RoleName);
        role.tags = withoutTags(role.tags, params.TagKeys);
      },
    },
    ListRoleTags: {
      authorize: (params, call) => onRole(iam, "ListRoleTags", params.RoleName, call),
      run(params, call) {
        const tags = tagList(iam.role(call.accountId, params.RoleName).tags);
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
