import { DAY_MS } from "../../kernel/clock.ts";
import { tagList } from "../../resource-types/tags.ts";
import type { Secret, SecretVersion } from "./secret.ts";

const seconds = (time: number | undefined) => (time === undefined ? undefined : time / 1000);
/** LastAccessedDate has days only. */
const day = (time: number | undefined) => seconds(time === undefined ? undefined : time - (time % DAY_MS));

/** A secret as DescribeSecret and ListSecrets have it; `undefined` is left out. */
export function describeSecret(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description || undefined,
    KmsKeyId: secret.kmsKeyId,
    RotationEnabled: secret.rotation && true,
    RotationLambdaARN: secret.rotation?.functionArn,
    LastRotatedDate: seconds(secret.rotatedAt),
    LastChangedDate: seconds(secret.changedAt),
    LastAccessedDate: day(secret.accessedAt),
    DeletedDate: seconds(secret.deletion?.at),
    Tags: secret.tags && tagList(secret.tags),
    CreatedDate: seconds(secret.createdAt),
  };
}

/** A version as ListSecretVersionIds has it. */
export function describeVersion(version: SecretVersion, { kmsKeyId = "DefaultEncryptionKey" }: Secret) {
  return {
    VersionId: version.id,
    VersionStages: version.labels.size > 0 ? labelsOf(version) : undefined,
    LastAccessedDate: day(version.accessedAt),
    CreatedDate: seconds(version.createdAt),
    KmsKeyIds: [kmsKeyId],
  };
}

/** The staging labels of a version, sorted. */
export function labelsOf({ labels }: SecretVersion): readonly string[] {
  return [...labels].sort();
}

/** Version → staging labels, of those that have some; undefined when none has. */
export function labelsByVersion({ versions }: Secret): Readonly<Record<string, readonly string[]>> | undefined {
  const labelled = [...versions.values()].filter(({ labels }) => labels.size > 0);
  return labelled.length > 0 ? Object.fromEntries(labelled.map((one) => [one.id, labelsOf(one)])) : undefined;
}
