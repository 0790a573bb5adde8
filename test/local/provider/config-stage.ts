import { Cloud } from "../../../local/cloud.ts";
import { ClockMode } from "../../../local/kernel/clock.ts";
import type { Credentials, Session } from "../../../local/kernel/principal.ts";
import type { Role } from "../../../local/services/iam/role.ts";

/** Two accounts of a stage. */
export const OWN = "111111111111";
export const OTHER = "222222222222";

/** A cloud with two accounts, whose clock stands still, for providers that sign in to it. */
export class ConfigStage {
  readonly cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: Date.UTC(2026, 0, 2, 3, 4, 5) });
  readonly #sessions: Session[] = [];

  constructor() {
    for (const accountId of [OWN, OTHER]) this.cloud.accounts.ensure(accountId);
    const issue = this.cloud.accounts.issueRoleSession.bind(this.cloud.accounts);
    this.cloud.accounts.issueRoleSession = (role) => {
      const session = issue(role);
      this.#sessions.push(session);
      return session;
    };
  }

  /** The keys of an account's administrator. */
  keysOf(accountId: string): Credentials {
    return this.cloud.accounts.ensure(accountId).administrator.credentials;
  }

  /** A role with this in the one statement of its trust policy. @param trust empty: it trusts its own account. */
  role(name: string, accountId: string, trust: object): Role {
    return this.cloud.services.iam.store.addRole(
      { accountId: accountId, region: "us-east-1" },
      {
        name,
        path: "/",
        trustPolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: accountId }, ...trust }],
        },
        description: "",
        maxSessionDurationSeconds: 7_200,
        tags: {},
      },
    );
  }

  mayAssume(role: Role, resource: string): void {
    this.cloud.services.iam.store.putRolePolicy(role, "assume", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: resource }],
    });
  }

  /** Credentials of a session of a role, for a quarter of an hour. */
  sessionOf(roleArn: string): Credentials {
    const role = { roleArn, roleId: "AROATEST", sessionName: "test", durationSeconds: 900 };
    return this.cloud.accounts.issueRoleSession(role).credentials;
  }

  /** All sessions of roles that were given out, oldest first. */
  sessions(): readonly Session[] {
    return this.#sessions;
  }

  async close(): Promise<void> {
    await this.cloud.close();
  }
}
