/** A user pool's token that passed all checks. */
export interface VerifiedToken {
  readonly status: "valid";
  /** Claim `token_use`: of an ID token, or of an access token. */
  readonly use: "id" | "access";
  /** All claims as they are in the token. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** The claim `scope` of an access token, split at its spaces; none for an ID token. */
  readonly scopes: readonly string[];
}

/** Why a token is refused. */
export interface RefusedToken {
  /** `expired`: all other checks passed. `invalid`: no token of this pool, or there is no such pool. */
  readonly status: "expired" | "invalid";
  /** For traces: never the token itself. */
  readonly reason: string;
}

/** Tokens that user pools issue. */
export interface Tokens {
  /**
   * Checks signature, issuer, `token_use` and, in cloud time, expiry. Whether the token was revoked is not checked, as
   * with any check of a JWT alone; the caller decides which use, client and scopes it takes.
   * @param userPoolArn such as `arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_Abc123def`.
   * @param token the compact JWT, without `Bearer`.
   */
  verify(userPoolArn: string, token: string): Promise<VerifiedToken | RefusedToken>;
}
