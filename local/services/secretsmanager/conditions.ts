import type { AuthorizationRequest } from "../../kernel/service.ts";
import type { Secret, VersionRequest } from "./secret.ts";

/** Parameters that say what IAM is asked about. */
export interface Addressed extends VersionRequest {
  readonly SecretId?: string;
  readonly Name?: string;
  readonly KmsKeyId?: string;
  readonly ClientRequestToken?: string;
}

/** Parameters that are condition keys under their own name (Service Authorization Reference, AWS Secrets Manager). */
const PARAMETERS = [
  ...["BlockPublicPolicy", "Description", "ForceDeleteWithoutRecovery", "KmsKeyId", "Name", "RecoveryWindowInDays"],
  ...["RotateImmediately", "RotationLambdaARN", "VersionId", "VersionStage"],
];
const OF_SECRETS = ["SecretId", "SecretPrimaryRegion", "ResourceTag/", "resource/AllowRotationLambdaArn"];

/** The condition keys that requests of Secrets Manager have here. */
export const conditionKeys: readonly string[] = [
  ...[...PARAMETERS, ...OF_SECRETS].map((key) => `secretsmanager:${key}`),
  ...["kms:EncryptionContext:SecretARN", "kms:EncryptionContext:SecretVersionId"],
];

/** The condition keys of a request: what its parameters say, and what the secret has, where there is one. */
export function requestKeys(params: object, secret: Secret | undefined): AuthorizationRequest["context"] {
  const given = Object.entries(params).filter(([key]) => PARAMETERS.includes(key));
  const tags = Object.entries(secret?.tags ?? {}).map(([key, value]) => [`ResourceTag/${key}`, value]);
  const own = secret ? [["SecretId", secret.arn], ["SecretPrimaryRegion", secret.region], ...tags] : [];
  const rotated = secret?.rotation ? [["resource/AllowRotationLambdaArn", secret.rotation.functionArn]] : [];
  return Object.fromEntries(
    [...given, ...own, ...rotated].map(([key, value]) => [`secretsmanager:${key}`, `${value}`]),
  );
}
