import type { Account } from "../accounts/accounts.ts";
import type { Cloud } from "../cloud.ts";
import type { SystemAccount } from "../system.ts";
import { shellLines } from "./pulumi-access.ts";

/** Endpoint and credentials of an account. */
export interface AccountAccess {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly endpointUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Endpoint of an account, with its administrator's credentials. */
export function accessOf(
  cloud: Cloud,
  { name, accountId, region }: Pick<SystemAccount, "name" | "accountId" | "region">,
): AccountAccess {
  const { accessKeyId, secretAccessKey } = (cloud.accounts.ensure(accountId) satisfies Account).administrator
    .credentials;
  return { name, accountId, region, endpointUrl: cloud.endpointUrl, accessKeyId, secretAccessKey };
}

/**
 * Shell lines for using an account with the AWS CLI or any SDK, one variable each. A profile or session token in the
 * shell would take precedence, so both are unset.
 * @param more further variables, such as names of resources in the account.
 */
export function accessLines(account: AccountAccess, more: Readonly<Record<string, string>> = {}): string[] {
  return [
    "unset AWS_PROFILE AWS_SESSION_TOKEN",
    ...shellLines({
      AWS_ENDPOINT_URL: account.endpointUrl,
      AWS_REGION: account.region,
      AWS_DEFAULT_REGION: account.region,
      AWS_ACCESS_KEY_ID: account.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
      ...more,
    }),
  ];
}

/**
 * Shell lines that send an event.
 * @param apiKey undefined when the gateway requires none.
 */
export function sendLines(gatewayUrl: string, apiKey: string | undefined): string[] {
  return [
    ...shellLines({ GATEWAY_URL: gatewayUrl, ...(apiKey === undefined ? {} : { API_KEY: apiKey }) }),
    `curl -sS "$GATEWAY_URL/events"${apiKey === undefined ? "" : ' -H "x-api-key: $API_KEY"'} \\`,
    "  -H 'content-type: application/json' -d '{\"hello\":\"world\"}'",
  ];
}
