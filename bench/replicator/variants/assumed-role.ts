import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

/** Credentials of the writer role, assumed once per container. */
export async function assumeWriterRole() {
  const sts = new STSClient({});
  const { Credentials: credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: process.env["TARGET_ROLE_ARN"],
      ExternalId: process.env["TARGET_EXTERNAL_ID"],
      RoleSessionName: "replicator",
    }),
  );
  return {
    accessKeyId: credentials?.AccessKeyId ?? "",
    secretAccessKey: credentials?.SecretAccessKey ?? "",
    sessionToken: credentials?.SessionToken ?? "",
  };
}

/** The table's name. */
export const tableName = process.env["TARGET_TABLE_NAME"] ?? "";
