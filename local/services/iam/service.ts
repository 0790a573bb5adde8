import type { Ports } from "../../kernel/ports.ts";
import type { KnownRole } from "../../kernel/roles.ts";
import type { Service } from "../../kernel/service.ts";
import type { Registered } from "../../resource-types/registry.ts";
import { withStore } from "../../resource-types/resource-type.ts";
import { operations } from "./operations.ts";
import { providerFunctions, resourceTypes } from "./resources.ts";
import type { Role } from "./role.ts";
import { IamStore } from "./store.ts";
import { wire } from "./wire.ts";

/** IAM: roles and their policies. */
export function iam(ports: Ports) {
  const store = new IamStore(ports);
  return {
    name: "iam",
    store,
    wire,
    accessDenied: { code: "AccessDenied", status: 403 },
    operations: operations(store),
    resourceTypes: withStore(resourceTypes, store),
    providerFunctions,
    rolePort: {
      find(arn) {
        const role = store.findRoleByArn(arn);
        return role && knownRole(store, role);
      },
    },
    // Roles and policies are resources: there is no data.
    emptyData: () => undefined,
    close: () => undefined,
  } satisfies Service & Registered & { store: IamStore };
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
