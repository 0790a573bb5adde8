import type { Cloud } from "../../cloud.ts";
import type { Principal, Session } from "../../kernel/principal.ts";
import { assumeFunctionRole } from "./service-sessions.ts";

const SESSION_SECONDS = 3_600;
const REFRESH_BEFORE_MS = 5 * 60_000;

/** A function's role as Lambda's own side holds it (to poll, to write to a destination): assumed when it is needed, again before it ends. */
export class RoleSession {
  readonly #cloud: Cloud;
  readonly #sessionName: string;
  readonly #source: () => { roleArn: string; functionArn: string };
  #session: { readonly session: Session; readonly roleArn: string } | undefined;

  constructor(cloud: Cloud, sessionName: string, source: () => { roleArn: string; functionArn: string }) {
    this.#cloud = cloud;
    this.#sessionName = sessionName;
    this.#source = source;
  }

  /** Throws AwsError when the role cannot be assumed. */
  principal(): Principal {
    const { roleArn, functionArn } = this.#source();
    const known = this.#session;
    const endsAt = known?.session.credentials.expiresAt ?? 0;
    if (known?.roleArn === roleArn && endsAt - this.#cloud.clock.now() > REFRESH_BEFORE_MS)
      return known.session.principal;
    const session = assumeFunctionRole(this.#cloud, {
      roleArn,
      sessionName: this.#sessionName,
      functionArn,
      durationSeconds: SESSION_SECONDS,
    });
    this.#session = { session, roleArn };
    return session.principal;
  }

  /** Assumes the role anew at the next use. */
  forget(): void {
    this.#session = undefined;
  }
}
