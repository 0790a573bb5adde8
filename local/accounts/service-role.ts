import { globalRegionOf } from "../../aws/partitions.ts";
import { AwsError } from "../kernel/errors.ts";
import { placeOf } from "../kernel/place.ts";
import type { Ports } from "../kernel/ports.ts";
import { type Principal, type ServicePrincipal, type Session, servicePrincipal } from "../kernel/principal.ts";
import type { AuthorizationRequest } from "../kernel/service.ts";

/** Longest session of a role that is assumed by a role (role chaining), in seconds; the cloud's services use it too. */
export const ROLE_SESSION_SECONDS = 3_600;

/** Sessions are renewed this long before they expire. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** The ports for a service's sessions. */
export type SessionPorts = Pick<Ports, "calls" | "clock" | "authorizer" | "roles" | "principals">;

/** A service's request for credentials of a role. */
export interface ServiceAssumption {
  readonly roleArn: string;
  readonly servicePrincipal: ServicePrincipal;
  readonly sessionName: string;
  /** Default 3,600. */
  readonly durationSeconds?: number;
  /** Account on whose behalf the service acts; default: the role's own. */
  readonly sourceAccount?: string;
  /** The session's context: see `Principal.context`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** IAM's request for assuming a role. @param context condition keys of the request. */
export function assumption(
  { roles }: Pick<Ports, "roles">,
  roleArn: string,
  context: Readonly<Record<string, string>>,
): AuthorizationRequest {
  const role = roles.find(roleArn);
  return {
    action: "sts:AssumeRole",
    resource: roleArn,
    context,
    isTrustPolicy: true,
    ...(role ? { resourcePolicy: role.trustPolicy } : {}),
  };
}

/**
 * Credentials of a role for a service, if the role's trust policy allows the service.
 * @throws AwsError AccessDenied, in STS's words; services translate it into their own.
 */
export function assumeForService(ports: SessionPorts, request: ServiceAssumption): Session {
  const { accountId } = placeOf(request.roleArn);
  const [, partition = ""] = request.roleArn.split(":");
  const authorization = assumption(ports, request.roleArn, {
    "sts:RoleSessionName": request.sessionName,
    ...(request.servicePrincipal.sendsSourceAccount && { "aws:SourceAccount": request.sourceAccount ?? accountId }),
  });
  const principal = servicePrincipal(request.servicePrincipal.name);
  const facts: Record<string, string | number | boolean> = {};
  const decision = ports.authorizer.evaluate(
    { principal, accountId, region: globalRegionOf(partition), note: (more) => Object.assign(facts, more) },
    authorization,
  );
  ports.calls.internal({
    accountId,
    principal,
    call: "sts:AssumeRole",
    asked: [authorization],
    decision: decision.isAllowed ? "allowed" : "denied",
    outcome: decision.isAllowed ? "ok" : "AccessDenied",
    facts,
  });
  if (!decision.isAllowed) throw new AwsError("AccessDenied", decision.message, 403);
  const role = ports.roles.find(request.roleArn);
  if (!role) throw new AwsError("AccessDenied", `The role ${request.roleArn} does not exist.`, 403);
  return ports.principals.issueRoleSession({
    roleArn: role.arn,
    roleId: role.roleId,
    sessionName: request.sessionName,
    durationSeconds: request.durationSeconds ?? ROLE_SESSION_SECONDS,
    ...(request.context && { context: request.context }),
  });
}

/**
 * Sessions of the roles that one part of a service acts as: assumed on first use and kept. They are assumed again
 * shortly before they expire, or when the role was deleted and made again: sessions of the old role have no
 * permissions.
 */
export class ServiceRoles {
  readonly #ports: SessionPorts;
  readonly #service: { readonly servicePrincipal: ServicePrincipal; readonly sessionName: string };
  readonly #sessions = new Map<string, Session>();

  constructor(
    ports: SessionPorts,
    service: { readonly servicePrincipal: ServicePrincipal; readonly sessionName: string },
  ) {
    this.#ports = ports;
    this.#service = service;
  }

  /**
   * The service's principal in this role.
   * @param sourceAccount the account on whose behalf it assumes the role.
   * @throws AwsError AccessDenied, in STS's words, when the role cannot be assumed.
   */
  principal(roleArn: string, sourceAccount: string): Principal {
    const key = keyOf(roleArn, sourceAccount);
    const known = this.#sessions.get(key);
    if (known && this.#isGood(known, roleArn)) return known.principal;
    const session = assumeForService(this.#ports, { ...this.#service, roleArn, sourceAccount });
    this.#sessions.set(key, session);
    return session.principal;
  }

  /** Drops the session, since the role may no longer trust the service: the next use assumes the role anew. */
  forget(roleArn: string, sourceAccount: string): void {
    this.#sessions.delete(keyOf(roleArn, sourceAccount));
  }

  #isGood({ principal, credentials }: Session, roleArn: string): boolean {
    const role = this.#ports.roles.find(roleArn);
    if (role && !principal.userId.startsWith(`${role.roleId}:`)) return false;
    return (credentials.expiresAt ?? 0) - this.#ports.clock.now() > RENEW_BEFORE_MS;
  }
}

function keyOf(roleArn: string, sourceAccount: string): string {
  return `${sourceAccount} ${roleArn}`;
}
