import type { Account } from "../accounts/accounts.ts";
import type { Cloud } from "../cloud.ts";
import type { SystemAccount } from "../system.ts";
import { shellLines } from "./pulumi-access.ts";

/** An account, as a client needs it. */
export interface AccountAccess {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly endpointUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where an account is reached, and with whose keys: its administrator's. */
export function accessOf(
  cloud: Cloud,
  { name, accountId, region }: Pick<SystemAccount, "name" | "accountId" | "region">,
): AccountAccess {
  const { accessKeyId, secretAccessKey } = (cloud.accounts.ensure(accountId) satisfies Account).administrator
    .credentials;
  return { name, accountId, region, endpointUrl: cloud.endpointUrl, accessKeyId, secretAccessKey };
}

/**
 * What is pasted into a shell to use an account with the AWS CLI or any SDK, a variable a line. A profile or a session of the shell would be used instead, so they go.
 * @param more variables that name what is in the account.
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
 * What is pasted into a shell to send an event, and how.
 * @param apiKey undefined when the gateway does not ask for one.
 */
export function sendLines(gatewayUrl: string, apiKey: string | undefined): string[] {
  return [
    ...shellLines({ GATEWAY_URL: gatewayUrl, ...(apiKey === undefined ? {} : { API_KEY: apiKey }) }),
    `curl -sS "$GATEWAY_URL/events"${apiKey === undefined ? "" : ' -H "x-api-key: $API_KEY"'} \\`,
    "  -H 'content-type: application/json' -d '{\"hello\":\"world\"}'",
  ];
}
