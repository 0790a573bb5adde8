import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { SESSION_SECONDS, type SessionCredentials } from "../../shared/assumed-role.ts";
import { REQUEST_LIMITS } from "../../shared/client-settings.ts";

interface RoleOptions {
  readonly roleArn: string;
  readonly externalId: string;
  readonly sessionName: string;
}

/** STS, with a client of its own. */
export interface Sts {
  /** Assumes the target's writer role. */
  assumeRole(options: RoleOptions): Promise<SessionCredentials>;
}

/** Opens STS, with a client of its own, which uses the function's own credentials. */
export function openSts(): Sts {
  const client = new STSClient({ logger: undefined, requestHandler: REQUEST_LIMITS });
  return { assumeRole: (options) => assumeRole(client, options) };
}

async function assumeRole(client: STSClient, options: RoleOptions): Promise<SessionCredentials> {
  const { Credentials: credentials } = await client.send(
    new AssumeRoleCommand({
      RoleArn: options.roleArn,
      ExternalId: options.externalId,
      RoleSessionName: options.sessionName,
      DurationSeconds: SESSION_SECONDS,
    }),
  );
  if (!credentials?.AccessKeyId || !credentials.SecretAccessKey || !credentials.SessionToken) {
    throw new Error(`STS answered AssumeRole of ${options.roleArn} without credentials`);
  }
  return {
    accessKeyId: credentials.AccessKeyId,
    secretAccessKey: credentials.SecretAccessKey,
    sessionToken: credentials.SessionToken,
  };
}
