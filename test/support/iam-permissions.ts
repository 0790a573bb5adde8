import { asList, statementsOf } from "../../local/accounts/compiled-policy.ts";
import { arnMatcher } from "../../local/accounts/patterns.ts";
import type { Cloud } from "../../local/cloud.ts";
import type { TraceRecord } from "../../local/kernel/trace.ts";
import type { Role } from "../../local/services/iam/role.ts";

/** One action that a role may perform on one resource (or pattern). */
export interface Permission {
  /** ARN of the role. */
  readonly roleArn: string;
  readonly sid: string;
  readonly action: string;
  readonly resource: string;
}

interface Asked {
  readonly roleName: string;
  readonly action: string;
  readonly resource: string;
}

/** The authorization requests of roles, allowed or refused. */
export class AskedPermissions {
  readonly #asked = new Map<string, Asked>();
  /** `<role> <action>` of every refusal of a role. */
  readonly refused: string[] = [];

  add({ principal, authorizations, decision }: TraceRecord): void {
    const roleName = /:assumed-role\/([^/]+)\//.exec(principal)?.[1];
    if (roleName === undefined) return;
    if (decision === "denied") this.refused.push(`${roleName} ${authorizations.at(-1)?.action}`);
    if (decision !== "allowed") return;
    for (const { action, resource } of authorizations) {
      this.#asked.set(`${roleName} ${action} ${resource}`, { roleName, action, resource });
    }
  }

  /** The permissions that were used; when several cover a request, the narrowest one counts. */
  usedOf(permissions: readonly Permission[]): Set<Permission> {
    const used = new Set<Permission>();
    for (const asked of this.#asked.values()) {
      const narrowest = coveringOf(asked, permissions)[0];
      if (narrowest) used.add(narrowest);
    }
    return used;
  }

  /** `<role> <action> on <resource>` of every request that none of these permissions covers. */
  beyond(permissions: readonly Permission[]): string[] {
    return [...this.#asked.values()]
      .filter((asked) => coveringOf(asked, permissions).length === 0)
      .map(({ roleName, action, resource }) => `${roleName} ${action} on ${resource}`);
  }
}

/** The permissions that cover a request, the longest pattern first. */
function coveringOf(asked: Asked, permissions: readonly Permission[]): Permission[] {
  return permissions
    .filter(
      ({ roleArn, action, resource }) =>
        roleArn.endsWith(`/${asked.roleName}`) && action === asked.action && arnMatcher(resource)(asked.resource),
    )
    .sort((a, b) => b.resource.length - a.resource.length);
}

/** Every permission of an account's roles, one action and one resource each. */
export function permissionsOf(cloud: Cloud, accountId: string): Permission[] {
  return cloud.services.iam.store.listRoles(accountId).flatMap(permissionsOfRole);
}

function permissionsOfRole(role: Role): Permission[] {
  return role.policies().flatMap((policy) =>
    statementsOf(policy).flatMap((statement) => {
      if (statement.Effect !== "Allow" || statement.NotAction || statement.NotResource || !statement.Sid) {
        throw new Error(
          `a statement of ${role.arn} is not of the form that this test reads: ${JSON.stringify(statement)}`,
        );
      }
      const { Sid: sid } = statement;
      return asList(statement.Action).flatMap((action) =>
        asList(statement.Resource).map((resource) => ({ roleArn: role.arn, sid, action, resource })),
      );
    }),
  );
}

/** `<role, without Pulumi's random suffix>: <statement> <action>`. */
export function nameOf({ roleArn, sid, action }: Permission): string {
  return `${roleArn
    .split("/")
    .at(-1)
    ?.replace(/-[0-9a-f]{7}$/, "")}: ${sid} ${action}`;
}
