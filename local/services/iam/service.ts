import type { Ports } from "../../kernel/ports.ts";
import type { KnownRole } from "../../kernel/roles.ts";
import { defineService } from "../../resource-types/define-service.ts";
import { operations } from "./operations.ts";
import { providerFunctions, resourceTypes } from "./resources.ts";
import type { Role } from "./role.ts";
import { IamStore } from "./store.ts";
import { wire } from "./wire.ts";

/** IAM: roles and their policies. */
export function iam(ports: Ports) {
  const store = new IamStore(ports);
  return defineService(store, {
    name: "iam",
    wire,
    operations,
    resourceTypes,
    providerFunctions,
    accessDenied: { code: "AccessDenied", status: 403 },
    rolePort: {
      find(arn: string) {
        const role = store.findRoleByArn(arn);
        return role && knownRole(store, role);
      },
    },
  });
}

function knownRole(store: IamStore, role: Role): KnownRole {
  return {
    arn: role.arn,
    roleId: role.roleId,
    accountId: role.accountId,
    trustPolicy: role.trustPolicy,
    maxSessionDurationSeconds: role.maxSessionDurationSeconds,
    policies: () => role.policies(),
    boundary: () => store.permissionsBoundary(role),
  };
}
