import { conditionsOf } from "../../kernel/authorization.ts";
import type { Secret } from "./secret.ts";

/** Parameters that are condition keys under their own name (Service Authorization Reference, AWS Secrets Manager). */
const PARAMETERS = [
  ...["BlockPublicPolicy", "Description", "ForceDeleteWithoutRecovery", "KmsKeyId", "Name", "RecoveryWindowInDays"],
  ...["RotationLambdaARN", "VersionId", "VersionStage"],
];
const OF_SECRETS = ["SecretId", "SecretPrimaryRegion", "ResourceTag/", "resource/AllowRotationLambdaArn"];

/** The condition keys that requests of Secrets Manager have here. */
export const conditionKeys: readonly string[] = [
  ...[...PARAMETERS, ...OF_SECRETS].map((key) => `secretsmanager:${key}`),
  ...["kms:EncryptionContext:SecretARN", "kms:EncryptionContext:SecretVersionId"],
];

/** The condition keys of a request: its parameters, and the attributes of the secret, where there is one. */
export function requestKeys(params: object, secret: Secret | undefined): Readonly<Record<string, string>> {
  const given = Object.entries(params).filter(([key]) => PARAMETERS.includes(key));
  const tags = Object.entries(secret?.tags ?? {}).map(([key, value]) => [`ResourceTag/${key}`, value]);
  const { arn: SecretId, region: SecretPrimaryRegion, rotation } = secret ?? {};
  const own = { SecretId, SecretPrimaryRegion, "resource/AllowRotationLambdaArn": rotation?.functionArn };
  return conditionsOf("secretsmanager", { ...Object.fromEntries([...given, ...tags]), ...own });
}
