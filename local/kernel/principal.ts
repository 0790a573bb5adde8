import type { PolicyDocument } from "./policy.ts";

/** The identity that makes a call. */
export interface Principal {
  readonly kind: "user" | "assumed-role" | "service" | "anonymous";
  /** "" for a service or an anonymous caller. */
  readonly accountId: string;
  /**
   * `arn:aws:iam::<account>:user/<name>`, `arn:aws:sts::<account>:assumed-role/<role>/<session>`, or the service's name
   * such as `lambda.amazonaws.com`.
   */
  readonly arn: string;
  readonly userId: string;
  /** For an assumed role: the role's ARN with its path, which is the value of `aws:PrincipalArn`. */
  readonly roleArn?: string;
  /** Condition keys, besides the global ones, of all requests by this principal, such as `lambda:SourceFunctionArn`. */
  readonly context?: Readonly<Record<string, string>>;
  /** For an assumed role: the session policy given to AssumeRole, which can only restrict. */
  readonly sessionPolicy?: PolicyDocument;
}

/** An access key; temporary credentials also have a token and an expiry (cloud time, milliseconds since the epoch). */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiresAt?: number;
}

/** A principal with its credentials. */
export interface Session {
  readonly principal: Principal;
  readonly credentials: Credentials;
}

/** An AWS service that assumes roles. */
export interface ServicePrincipal {
  /** Such as `lambda.amazonaws.com`. */
  readonly name: string;
  /**
   * Whether its AssumeRole has `aws:SourceAccount`: only where an AWS page shows that condition in the trust policy of
   * such a role, so that a role with a condition that AWS does not satisfy cannot be assumed here either.
   */
  readonly sendsSourceAccount: boolean;
}

/** A request for a role session. */
export interface RoleSessionRequest {
  readonly roleArn: string;
  readonly roleId: string;
  readonly sessionName: string;
  /** Duration of the session, in cloud time. */
  readonly durationSeconds: number;
  readonly sessionPolicy?: PolicyDocument;
  /** See `Principal.context`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** All principals that can make calls, by their access keys. */
export interface Principals {
  /**
   * The session of an access key; undefined for an unknown key. Expired sessions are found too, with their
   * `expiresAt`.
   */
  find(accessKeyId: string): Session | undefined;
  /** Whether this is the ARN of an account's administrator. */
  isAdministrator(arn: string): boolean;
  /** Issues session credentials for a role, without any check: the caller evaluates the trust policy. */
  issueRoleSession(role: RoleSessionRequest): Session;
}

/** A service of AWS as a caller. @param name such as `sns.amazonaws.com`. */
export function servicePrincipal(name: string): Principal {
  return { kind: "service", accountId: "", arn: name, userId: "" };
}
