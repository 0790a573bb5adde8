import { ServiceRoles, type SessionPorts } from "../../accounts/service-role.ts";
import { placeOf } from "../../kernel/place.ts";
import type { Principal } from "../../kernel/principal.ts";
import { LAMBDA_PRINCIPAL } from "./service-sessions.ts";

/** A function's role as Lambda's own side holds it: to poll, to write to a destination. */
export class RoleSession {
  readonly #roles: ServiceRoles;
  readonly #source: () => { roleArn: string; functionArn: string };

  constructor(ports: SessionPorts, sessionName: string, source: () => { roleArn: string; functionArn: string }) {
    this.#roles = new ServiceRoles(ports, { servicePrincipal: LAMBDA_PRINCIPAL, sessionName });
    this.#source = source;
  }

  /** Throws AwsError when the role cannot be assumed. */
  principal(): Principal {
    const { roleArn, functionArn } = this.#source();
    return this.#roles.principal(roleArn, placeOf(functionArn).accountId);
  }

  /** Assumes the role anew at the next use. */
  forget(): void {
    const { roleArn, functionArn } = this.#source();
    this.#roles.forget(roleArn, placeOf(functionArn).accountId);
  }
}
