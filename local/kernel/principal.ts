import type { PolicyDocument } from "./policy.ts";

/** Who makes a call. */
export interface Principal {
  readonly kind: "user" | "assumed-role" | "service" | "anonymous";
  /** "" for a service or an anonymous caller. */
  readonly accountId: string;
  /** `arn:aws:iam::<account>:user/<name>`, `arn:aws:sts::<account>:assumed-role/<role>/<session>`, or the service's name such as `lambda.amazonaws.com`. */
  readonly arn: string;
  readonly userId: string;
  /** Of an assumed role: the role's own ARN, with its path (what `aws:PrincipalArn` holds). */
  readonly roleArn?: string;
  /** Of the code of a function: its ARN, without a version (`lambda:SourceFunctionArn`). */
  readonly sourceFunctionArn?: string;
  /** Of an assumed role: the policy given to AssumeRole, which can only narrow. */
  readonly sessionPolicy?: PolicyDocument;
}

/** Access keys, and of a session the token and when it ends (cloud time, milliseconds since the epoch). */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiresAt?: number;
}

/** A principal together with the keys that stand for it. */
export interface Session {
  readonly principal: Principal;
  readonly credentials: Credentials;
}

/** What a session of a role is made from. */
export interface RoleSessionRequest {
  readonly roleArn: string;
  readonly roleId: string;
  readonly sessionName: string;
  /** How long it lasts, in cloud time. */
  readonly durationSeconds: number;
  readonly sessionPolicy?: PolicyDocument;
  /** Of credentials for the code of a function: the function's ARN. */
  readonly sourceFunctionArn?: string;
}

/** Everyone who can be a caller, and the keys that stand for them. */
export interface Principals {
  /** What an access key stands for; undefined for an unknown one. Expired sessions are still found, with their `expiresAt`. */
  find(accessKeyId: string): Session | undefined;
  /** Whether this is the ARN of an account's administrator. */
  isAdministrator(arn: string): boolean;
  /** Makes session credentials for a role. It checks nothing: the trust policy is its caller's work. */
  issueRoleSession(role: RoleSessionRequest): Session;
}
