import type { Accounts } from "../accounts/accounts.ts";
import type { Calls } from "../kernel/calls.ts";
import type { Clock } from "../kernel/clock.ts";
import { AwsError, UserError } from "../kernel/errors.ts";
import type { Principal } from "../kernel/principal.ts";
import type { Roles } from "../kernel/roles.ts";
import type { AuthDialect } from "../kernel/service.ts";
import { AuthFailure, authError } from "../sigv4/auth-errors.ts";
import type { ProviderConfig, ProviderCredentials } from "./provider-config.ts";
import { type AssumedRole, accountOfRole } from "./provider-roles.ts";

/** The service that a provider signs in with, and the dialect of its errors. */
const SIGN_IN: { readonly service: string; readonly dialect: AuthDialect } = { service: "sts", dialect: "query" };

/** The parts of the local cloud that a provider uses. */
export interface ProviderCloud {
  readonly calls: Calls;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly roles: Roles;
}

/**
 * Determines the identity of a provider, and so its account: its credentials, else the administrator of its only
 * allowed account; then its roles in order, each assumed by an ordinary call of STS, with new credentials each time.
 * @throws UserError in the words of the Terraform provider and of AWS, never with a key in it.
 */
export async function signIn(config: ProviderConfig, cloud: ProviderCloud): Promise<Principal> {
  const [firstRole] = config.assumeRoles;
  const base = firstPrincipal(config, cloud, (error) =>
    firstRole
      ? cannotAssume(firstRole, error)
      : new UserError(
          `validating provider credentials: retrieving caller identity from STS: ${sdkError("GetCallerIdentity", error)}. ` +
            "The keys of the local cloud's accounts are new each time it starts, and it prints them then",
        ),
  );
  let principal = base;
  for (const role of config.assumeRoles) principal = await assume(role, principal, config, cloud);
  checkAccount(principal.accountId, config);
  return principal;
}

/**
 * The arguments behind a change of account or region, which replaces all resources of the provider; empty when both
 * stay the same.
 */
export function movingArguments(
  before: ProviderConfig,
  after: ProviderConfig,
  cloud: ProviderCloud,
): readonly string[] {
  const [from, to] = [accountOf(before, cloud), accountOf(after, cloud)];
  const isOtherAccount = from !== undefined && to !== undefined && from !== to;
  return [
    ...(isOtherAccount ? ["accessKey", "allowedAccountIds", "assumeRoles"] : []),
    ...(before.region === after.region ? [] : ["region"]),
  ];
}

/** The account of a configuration, determined without STS; undefined for an unknown access key. */
function accountOf(config: ProviderConfig, cloud: ProviderCloud): string | undefined {
  const lastRole = config.assumeRoles.at(-1);
  if (lastRole) return accountOfRole(lastRole.roleArn);
  const session = config.credentials && cloud.accounts.find(config.credentials.accessKey);
  if (session) return session.principal.accountId;
  return config.allowedAccountIds.length === 1 ? config.allowedAccountIds[0] : undefined;
}

function firstPrincipal(
  { credentials, allowedAccountIds, partition }: ProviderConfig,
  cloud: ProviderCloud,
  failure: (error: AwsError) => Error,
): Principal {
  if (!credentials) return cloud.accounts.ensure(allowedAccountIds[0] ?? "", partition).administrator.principal;
  try {
    return authenticated(credentials, cloud);
  } catch (error) {
    throw error instanceof AwsError ? failure(error) : error;
  }
}

/** Authenticates credentials like the front door. */
function authenticated({ accessKey, secretKey, token }: ProviderCredentials, cloud: ProviderCloud): Principal {
  const { dialect } = SIGN_IN;
  const session = cloud.accounts.find(accessKey);
  if (!session) throw authError(dialect, AuthFailure.UnknownKey);
  const { credentials, principal } = session;
  if (credentials.sessionToken !== token) throw authError(dialect, AuthFailure.BadToken);
  if (credentials.secretAccessKey !== secretKey) throw authError(dialect, AuthFailure.BadSignature);
  if (credentials.expiresAt !== undefined && cloud.clock.now() >= credentials.expiresAt) {
    throw authError(dialect, AuthFailure.Expired);
  }
  return principal;
}

async function assume(
  role: AssumedRole,
  principal: Principal,
  { region }: ProviderConfig,
  cloud: ProviderCloud,
): Promise<Principal> {
  const params = {
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName ?? `aws-go-sdk-${cloud.clock.now()}000000`,
    DurationSeconds: role.durationSeconds,
    ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
    ...(role.policy === undefined ? {} : { Policy: role.policy }),
  };
  try {
    const answer = await cloud.calls.call({
      service: SIGN_IN.service,
      operation: "AssumeRole",
      params,
      principal,
      region,
    });
    const { AccessKeyId } = (answer as { Credentials: { AccessKeyId: string } }).Credentials;
    const session = cloud.accounts.find(AccessKeyId);
    if (!session) throw new Error(`STS issued an access key that no account has, for ${role.roleArn}.`);
    return session.principal;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const isThere = cloud.roles.find(role.roleArn) !== undefined;
    throw cannotAssume(role, error, isThere ? "" : NO_SUCH_ROLE);
  }
}

const NO_SUCH_ROLE =
  "The local cloud has no such role: make it there (`aws iam create-role`), or leave assumeRoles out while you deploy to the local cloud.";

function cannotAssume(role: AssumedRole, error: AwsError, hint = ""): UserError {
  const reason = `IAM Role (${role.roleArn}) cannot be assumed. ${sdkError("AssumeRole", error)}`;
  return new UserError(`Cannot assume IAM Role: ${reason}${hint === "" ? "" : `. ${hint}`}`);
}

function checkAccount(accountId: string, { allowedAccountIds, forbiddenAccountIds }: ProviderConfig): void {
  const isAllowed = allowedAccountIds.length === 0 || allowedAccountIds.includes(accountId);
  if (isAllowed && !forbiddenAccountIds.includes(accountId)) return;
  const rule = isAllowed
    ? `forbiddenAccountIds names ${forbiddenAccountIds.join(", ")}`
    : `allowedAccountIds names ${allowedAccountIds.join(", ")}`;
  throw new UserError(`AWS account ID not allowed: ${accountId} (${rule}; credentials and roles lead to ${accountId})`);
}

/** An error of a service as the Go SDK prints it, without the request's id. */
function sdkError(operation: string, { code, message, status }: AwsError): string {
  const text = message.replace(/\.$/, "");
  return `operation error STS: ${operation}, https response error StatusCode: ${status}, api error ${code}: ${text}`;
}
