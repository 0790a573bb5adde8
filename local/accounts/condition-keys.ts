/** Condition keys that this cloud fills for every request, in lower case. */
const globalKeys = [
  "aws:CurrentTime",
  "aws:EpochTime",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalServiceName",
  "aws:PrincipalType",
  "aws:RequestedRegion",
  "aws:ResourceAccount",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIp",
  "aws:SourceOwner",
  "aws:ViaAWSService",
  "aws:userid",
  "aws:username",
];

/** Condition keys that a service of this cloud fills for some of its requests. */
const serviceKeys = [
  "cloudwatch:namespace",
  "kms:EncryptionContext:aws:dynamodb:subscriberId",
  "kms:EncryptionContext:aws:dynamodb:tableName",
  "kms:EncryptionContext:aws:kinesis:arn",
  "kms:EncryptionContext:aws:s3:arn",
  "kms:ViaService",
  "lambda:SourceFunctionArn",
  "s3:ResourceAccount",
  "s3:delimiter",
  "s3:max-keys",
  "s3:prefix",
  "sts:ExternalId",
  "sts:RoleSessionName",
];

const known = new Set([...globalKeys, ...serviceKeys].map((key) => key.toLowerCase()));

/** Every condition key that a policy may use here, as AWS writes it. */
export const conditionKeys: readonly string[] = [...globalKeys, ...serviceKeys];

/** Whether a policy may use this condition key; keys have no case. */
export function isKnownConditionKey(key: string): boolean {
  return known.has(key.toLowerCase());
}
