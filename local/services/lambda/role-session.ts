import { ServiceRoles, type SessionPorts } from "../../accounts/service-role.ts";
import { placeOf } from "../../kernel/place.ts";
import type { Principal } from "../../kernel/principal.ts";
import { LAMBDA_PRINCIPAL } from "./execution-role.ts";

/** A function's role as assumed by Lambda itself: to poll streams and to write to destinations. */
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

  /** Drops the session: the next use assumes the role anew. */
  forget(): void {
    const { roleArn, functionArn } = this.#source();
    this.#roles.forget(roleArn, placeOf(functionArn).accountId);
  }
}
