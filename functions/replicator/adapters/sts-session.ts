import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import { SESSION_SECONDS, type SessionCredentials } from "../../shared/assumed-role.ts";

/** Assumes the target's writer role. */
export async function assumeRole(
  client: STSClient,
  options: { readonly roleArn: string; readonly externalId: string; readonly sessionName: string },
): Promise<SessionCredentials> {
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
