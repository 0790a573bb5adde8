import { AwsError, NotSupportedError } from "../../kernel/errors.ts";
import { isAwsManagedKey } from "../../kernel/kms.ts";
import { hasTagCharacters, MAX_TAGS, tagMistakes, tagsWith, tagsWithout } from "../../resource-types/tags.ts";
import { DEFAULT_RETENTION_HOURS, MAX_RETENTION_HOURS, SHARD_LEVEL_METRICS, type ShardLevelMetric } from "./limits.ts";
import type { KinesisStream, StreamMode } from "./stream.ts";

// The operations and the resource type both change a stream by these. AWS's limits on calls per day are not simulated.

const invalid = (message: string) => new AwsError("InvalidArgumentException", message);
const whichStream = ({ name, accountId }: KinesisStream) => `stream ${name} under account ${accountId}`;

/** IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod; both accept the current period. */
export function setRetention(stream: KinesisStream, hours: number, direction: "increase" | "decrease"): void {
  const { retentionHours: current } = stream.settings;
  const requested = `Requested retention period (${hours} hours)`;
  if (hours < DEFAULT_RETENTION_HOURS) {
    throw invalid(`Minimum allowed retention period is ${DEFAULT_RETENTION_HOURS} hours. ${requested} is too short.`);
  }
  if (hours > MAX_RETENTION_HOURS) {
    throw invalid(`Maximum allowed retention period is ${MAX_RETENTION_HOURS} hours. ${requested} is too long.`);
  }
  const [isWrong, comparison, other] =
    direction === "increase"
      ? [hours < current, "shorter", "DecreaseRetentionPeriod"]
      : [hours > current, "longer", "IncreaseRetentionPeriod"];
  if (isWrong) {
    throw invalid(
      `${requested} for stream ${stream.name} can not be ${comparison} than existing retention period (${current} hours). Use ${other} API.`,
    );
  }
  stream.settings.retentionHours = hours;
}

/** UpdateStreamMode; it keeps the shards. */
export function setMode(stream: KinesisStream, mode: StreamMode): void {
  stream.settings.mode = mode;
}

/** UpdateMaxRecordSize. @param kib within AWS's range. */
export function setMaxRecordSize(stream: KinesisStream, kib: number): void {
  stream.settings.maxRecordKib = kib;
}

/**
 * StartStreamEncryption, also to change the key.
 * @throws NotSupportedError for the alias of a customer managed key, which needs KMS.
 */
export function startEncryption(stream: KinesisStream, keyId: string): void {
  const mistake = keyMistake(keyId);
  if (mistake) throw new NotSupportedError(mistake, SUPPORTED_KEYS);
  stream.settings.kmsKeyId = keyId;
}

/** StopStreamEncryption. @throws AwsError InvalidArgumentException unless the stream is encrypted with this key. */
export function stopEncryption(stream: KinesisStream, keyId: string): void {
  const { kmsKeyId } = stream.settings;
  if (kmsKeyId === undefined) throw invalid(`The ${whichStream(stream)} is not encrypted.`);
  if (kmsKeyId !== keyId) {
    throw invalid(`The ${whichStream(stream)} is encrypted with the key ${kmsKeyId}, not with ${keyId}.`);
  }
  stream.settings.kmsKeyId = undefined;
}

const SUPPORTED_KEYS = "alias/aws/kinesis, key ids and key ARNs";

/** What the local cloud does not support about a key; undefined for a supported one. */
export function keyMistake(keyId: string): string | undefined {
  return keyId.includes("alias/") && !isAwsManagedKey(keyId)
    ? `the alias of a customer managed key (${keyId})`
    : undefined;
}

/** EnableEnhancedMonitoring and DisableEnhancedMonitoring: the metrics before and after. */
export function setMonitoring(
  stream: KinesisStream,
  metrics: readonly string[],
  isEnabled: boolean,
): { current: readonly string[]; desired: readonly string[] } {
  const current = stream.settings.shardLevelMetrics;
  const named = new Set<string>(metrics.includes("ALL") ? SHARD_LEVEL_METRICS : metrics);
  const wanted = (metric: ShardLevelMetric) => (named.has(metric) ? isEnabled : current.includes(metric));
  const desired = SHARD_LEVEL_METRICS.filter(wanted);
  stream.settings.shardLevelMetrics = desired;
  return { current, desired };
}

/** Tags with these added. @throws AwsError InvalidArgumentException. */
export function withTags(
  current: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
  where: string,
): Readonly<Record<string, string>> {
  const tags = tagsWith(current, added, () =>
    invalid(
      `Failed to add tags to ${where} because a given stream cannot have more than ${MAX_TAGS} tags associated with it.`,
    ),
  );
  checkTagCharacters(Object.entries(added).flat(), `add tags to ${where}`);
  const [mistake] = tagMistakes(added);
  if (mistake) throw invalid(`Failed to add tags to ${where} because ${mistake.message}`);
  return tags;
}

/** Tags without these keys. @throws AwsError InvalidArgumentException for characters that no key has. */
export function withoutTags(
  current: Readonly<Record<string, string>>,
  keys: readonly string[],
  where: string,
): Readonly<Record<string, string>> {
  checkTagCharacters(keys, `remove tags from ${where}`);
  return tagsWithout(current, keys);
}

/** AddTagsToStream. */
export function addTags(stream: KinesisStream, tags: Readonly<Record<string, string>>): void {
  stream.settings.tags = withTags(stream.settings.tags, tags, whichStream(stream));
}

/** RemoveTagsFromStream. */
export function removeTags(stream: KinesisStream, keys: readonly string[]): void {
  stream.settings.tags = withoutTags(stream.settings.tags, keys, whichStream(stream));
}

/** @throws AwsError InvalidArgumentException for characters that no tag has; "%" gets a message of its own. */
function checkTagCharacters(texts: readonly string[], action: string): void {
  if (texts.some((text) => !hasTagCharacters(text.replaceAll("%", "")))) {
    throw invalid(
      "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.",
    );
  }
  if (!texts.some((text) => text.includes("%"))) return;
  throw invalid(
    `Failed to ${action} because some tags contained illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.`,
  );
}
