import { DAY_MS } from "../../kernel/clock.ts";
import { tagList } from "../../resource-types/tags.ts";
import type { Filter } from "../../wire/models/secretsmanager.ts";
import type { Secret, SecretVersion } from "./secret.ts";

const seconds = (time: number | undefined) => (time === undefined ? undefined : time / 1000);
/** LastAccessedDate has days only. */
const day = (time: number | undefined) => seconds(time === undefined ? undefined : time - (time % DAY_MS));

/** A secret as DescribeSecret and ListSecrets have it; `undefined` is left out. */
export function describeSecret(secret: Secret) {
  const { rotation } = secret;
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description || undefined,
    KmsKeyId: secret.kmsKeyId,
    RotationEnabled: rotation?.isEnabled,
    RotationLambdaARN: rotation?.functionArn,
    RotationRules: rotation?.rules,
    LastRotatedDate: seconds(secret.rotatedAt),
    LastChangedDate: seconds(secret.changedAt),
    LastAccessedDate: day(secret.accessedAt),
    DeletedDate: seconds(secret.deletion?.at),
    NextRotationDate: seconds(rotation?.next?.at),
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

/** Whether a secret is what all filters ask for: each has a value that fits, or one with "!" that does not. */
export function isMatch(secret: Secret, filters: readonly Filter[] = []): boolean {
  return filters.every(({ Key: key = "all", Values = [] }) =>
    Values.some((value) => (value.startsWith("!") ? !fits(secret, key, value.slice(1)) : fits(secret, key, value))),
  );
}

/** Recorded on AWS (localstack, 2022): a description fits when each word of the value begins one of its words. */
function fits(secret: Secret, key: NonNullable<Filter["Key"]>, value: string): boolean {
  const { name, description = "", region, tags = {} } = secret;
  const texts = {
    name: [name],
    "tag-key": Object.keys(tags),
    "tag-value": Object.values(tags),
    "primary-region": [region],
    "owning-service": [],
    description: [description],
    all: [name, description, ...Object.entries(tags).flat()],
  }[key];
  if (key !== "description" && key !== "all") return texts.some((text) => text.startsWith(value));
  const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = texts.flatMap(wordsOf);
  return wordsOf(value).every((word) => words.some((one) => one.startsWith(word)));
}
