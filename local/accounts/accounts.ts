import { randomBytes } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import type { Credentials, Principal, Principals, RoleSessionRequest, Session } from "../kernel/principal.ts";

/** An account of the local cloud, with its administrator's access keys. */
export interface Account {
  readonly accountId: string;
  readonly administrator: Session;
}

/** Milliseconds that an expired session is kept, and the number of sessions from which expired ones are swept. */
const KEEP_EXPIRED_MS = 3_600_000;
const SWEEP_AT = 10_000;

/** The accounts of the cloud, and every access key of a principal in them. */
export class Accounts implements Principals {
  readonly #clock: Clock;
  readonly #accounts = new Map<string, Account>();
  readonly #sessions = new Map<string, Session>();
  #sweepAt = SWEEP_AT;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The account with this id (twelve digits); created with an administrator user, in the given partition, on first use.
   */
  ensure(accountId: string, partition = "aws"): Account {
    const known = this.#accounts.get(accountId);
    if (known) return known;
    const principal: Principal = {
      kind: "user",
      accountId,
      arn: `arn:${partition}:iam::${accountId}:user/administrator`,
      userId: `AIDA${randomName(16)}`,
    };
    const credentials: Credentials = {
      accessKeyId: `AKIA${randomName(16)}`,
      secretAccessKey: randomBytes(30).toString("base64"),
    };
    const account: Account = { accountId, administrator: { principal, credentials } };
    this.#accounts.set(accountId, account);
    this.#sessions.set(credentials.accessKeyId, account.administrator);
    return account;
  }

  isAdministrator(arn: string): boolean {
    return this.list().some((account) => account.administrator.principal.arn === arn);
  }

  list(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  find(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  issueRoleSession(role: RoleSessionRequest): Session {
    const [, partition = "", , , accountId = "", resource = ""] = role.roleArn.split(":");
    const roleName = resource.split("/").at(-1) ?? "";
    const principal: Principal = {
      kind: "assumed-role",
      accountId,
      arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${role.sessionName}`,
      userId: `${role.roleId}:${role.sessionName}`,
      roleArn: role.roleArn,
      ...(role.sessionPolicy ? { sessionPolicy: role.sessionPolicy } : {}),
      ...(role.context ? { context: role.context } : {}),
    };
    const credentials: Credentials = {
      accessKeyId: `ASIA${randomName(16)}`,
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken: randomBytes(48).toString("base64"),
      expiresAt: this.#clock.now() + role.durationSeconds * 1000,
    };
    const session: Session = { principal, credentials };
    if (this.#sessions.size >= this.#sweepAt) this.#forgetExpired();
    this.#sessions.set(credentials.accessKeyId, session);
    return session;
  }

  /**
   * Ends every session of a principal now. @param principalArn `arn:aws:sts::<account>:assumed-role/<role>/<session>`.
   */
  expireSessions(principalArn: string): void {
    const expiresAt = this.#clock.now();
    for (const [accessKeyId, { principal, credentials }] of this.#sessions) {
      const isRunning = (credentials.expiresAt ?? 0) > expiresAt;
      if (principal.arn !== principalArn || !isRunning) continue;
      this.#sessions.set(accessKeyId, { principal, credentials: { ...credentials, expiresAt } });
    }
  }

  /** Drops sessions that expired an hour ago or earlier: from then on their keys are unknown. */
  #forgetExpired(): void {
    const before = this.#clock.now() - KEEP_EXPIRED_MS;
    for (const [accessKeyId, { credentials }] of this.#sessions) {
      if ((credentials.expiresAt ?? Number.POSITIVE_INFINITY) < before) this.#sessions.delete(accessKeyId);
    }
    this.#sweepAt = Math.max(SWEEP_AT, this.#sessions.size * 2);
  }
}

/** `length` random characters of AWS's alphabet for identifiers. */
function randomName(length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join("");
}
