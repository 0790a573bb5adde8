import { z } from "zod";
import { define } from "../../../resource-types/define.ts";
import type { Properties, ResourceContext } from "../../../resource-types/resource-type.ts";
import { tagMap } from "../../../resource-types/tags.ts";
import { withoutUndefined } from "../../../resource-types/wire-values.ts";
import {
  DEFAULT_RECORD_KIB,
  DEFAULT_RETENTION_HOURS,
  MAX_RECORD_KIB,
  MAX_RETENTION_HOURS,
  MAX_SHARDS,
  ON_DEMAND_SHARDS,
  SHARD_LEVEL_METRICS,
} from "../limits.ts";
import { scalableTo, updateShardCount } from "../reshard.ts";
import type { KinesisStore } from "../store.ts";
import { KinesisStream, StreamMode } from "../stream.ts";
import { streamArn } from "../stream-address.ts";
import {
  keyMistake,
  setMaxRecordSize,
  setMode,
  setMonitoring,
  setRetention,
  startEncryption,
  stopEncryption,
} from "../stream-settings.ts";

const streamInputs = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/, "must be 1 to 128 of a-z, A-Z, 0-9, _ . -"),
  arn: z.string().optional(),
  shardCount: z.number().int().min(1).max(MAX_SHARDS).optional(),
  streamModeDetails: z.strictObject({ streamMode: z.enum(["ON_DEMAND", "PROVISIONED"]) }).optional(),
  retentionPeriod: z.number().int().min(24).max(MAX_RETENTION_HOURS).default(DEFAULT_RETENTION_HOURS),
  encryptionType: z.enum(["NONE", "KMS"]).default("NONE"),
  kmsKeyId: z.string().min(1).max(2048).optional(),
  enforceConsumerDeletion: z.boolean().default(false),
  shardLevelMetrics: z.array(z.enum([...SHARD_LEVEL_METRICS, "ALL"])).optional(),
  maxRecordSizeInKib: z.number().int().min(DEFAULT_RECORD_KIB).max(MAX_RECORD_KIB).optional(),
  tags: tagMap.optional(),
});

type StreamInputs = z.infer<typeof streamInputs>;

/** `aws.kinesis.Stream`. */
export const streamType = define<StreamInputs, KinesisStore>({
  token: "aws:kinesis/stream:Stream",
  inputs: streamInputs,
  autoName: { property: "name", maxLength: 128 },
  replaceOn: ["name"],
  computed: [],
  optionalComputed: ["arn", "streamModeDetails", "maxRecordSizeInKib"],
  canonical: { shardLevelMetrics: metricSet },
  idOf: (importId, context) => (importId.startsWith("arn:") ? importId : streamArn(context, importId)),
  check: checkStream,
  make(inputs, context) {
    const mode = inputs.streamModeDetails?.streamMode ?? StreamMode.Provisioned;
    const stream = new KinesisStream({
      place: context,
      name: inputs.name,
      shardCount: mode === StreamMode.OnDemand ? ON_DEMAND_SHARDS : (inputs.shardCount ?? 1),
      now: context.store.ports.clock.now(),
      settings: { mode },
    });
    context.store.add(stream);
    applySettings(stream, inputs);
    return stream.arn;
  },
  unstored: { enforceConsumerDeletion: false },
  find(id, state, context) {
    const stream = context.store.find(id);
    return stream && outputsOf(stream, state);
  },
  change(id, inputs, context) {
    const stream = context.store.require(id);
    if (inputs.streamModeDetails) setMode(stream, inputs.streamModeDetails.streamMode);
    if (inputs.shardCount !== undefined && inputs.shardCount !== stream.openShards.length) {
      updateShardCount(context.store.ports, stream, inputs.shardCount);
    }
    applySettings(stream, inputs);
  },
  remove(id, { store }, state) {
    store.remove(store.require(id), { enforceConsumerDeletion: state["enforceConsumerDeletion"] === true });
  },
});

/**
 * Applies the settings that CreateStream does not take, after a create or an update. An input left to the service keeps
 * its value.
 */
function applySettings(stream: KinesisStream, inputs: StreamInputs): void {
  const { settings } = stream;
  setRetention(
    stream,
    inputs.retentionPeriod,
    inputs.retentionPeriod < settings.retentionHours ? "decrease" : "increase",
  );
  setMonitoring(stream, ["ALL"], false);
  setMonitoring(stream, inputs.shardLevelMetrics ?? [], true);
  const key = inputs.encryptionType === "KMS" ? inputs.kmsKeyId : undefined;
  if (key !== undefined) startEncryption(stream, key);
  else if (settings.kmsKeyId !== undefined) stopEncryption(stream, settings.kmsKeyId);
  if (inputs.maxRecordSizeInKib !== undefined) setMaxRecordSize(stream, inputs.maxRecordSizeInKib);
  settings.tags = inputs.tags ?? {};
}

/** @param state the inputs, or the outputs before, for what Kinesis does not store. */
function outputsOf(stream: KinesisStream, state: Properties): Properties {
  const { settings } = stream;
  const isEncrypted = settings.kmsKeyId !== undefined;
  const hasMetrics = settings.shardLevelMetrics.length > 0 || state["shardLevelMetrics"] !== undefined;
  return withoutUndefined({
    arn: stream.arn,
    name: stream.name,
    streamModeDetails: { streamMode: settings.mode },
    shardCount: settings.mode === StreamMode.Provisioned ? stream.openShards.length : undefined,
    retentionPeriod: settings.retentionHours,
    maxRecordSizeInKib: settings.maxRecordKib,
    encryptionType: isEncrypted ? "KMS" : "NONE",
    // Only the program knows the key of a stream without encryption.
    kmsKeyId: isEncrypted || state["encryptionType"] === "KMS" ? settings.kmsKeyId : state["kmsKeyId"],
    shardLevelMetrics: hasMetrics ? settings.shardLevelMetrics : undefined,
    tags: settings.tags,
  }) as Properties;
}

/** The mistakes that the schema does not find, one entry each. */
function checkStream(
  inputs: StreamInputs,
  context: ResourceContext<KinesisStore>,
  olds: Properties = {},
): { property: string; reason: string }[] {
  const failures: { property: string; reason: string }[] = [];
  const arn = streamArn(context, inputs.name);
  // The mode defaults to the current one.
  const current = context.store.find(arn);
  const mode = inputs.streamModeDetails?.streamMode ?? current?.settings.mode;
  const isOnDemand = mode === StreamMode.OnDemand;
  if (isOnDemand && inputs.shardCount !== undefined) {
    failures.push({ property: "shardCount", reason: "shardCount must not be set when streamMode is ON_DEMAND" });
  }
  if (!isOnDemand && inputs.shardCount === undefined) {
    failures.push({ property: "shardCount", reason: "shardCount must be at least 1 when streamMode is PROVISIONED" });
  }
  const open = olds["name"] === inputs.name ? (current?.openShards.length ?? Number(olds["shardCount"] ?? 0)) : 0;
  const scaling = isOnDemand || open === 0 ? undefined : scalingMistake(open, inputs.shardCount ?? open);
  if (scaling !== undefined) failures.push({ property: "shardCount", reason: scaling });
  if (inputs.arn !== undefined && inputs.arn !== arn) {
    failures.push({ property: "arn", reason: `the stream's ARN is ${arn}, not ${inputs.arn}; leave arn out` });
  }
  if (inputs.encryptionType === "KMS" && inputs.kmsKeyId === undefined) {
    failures.push({ property: "kmsKeyId", reason: "kmsKeyId must be set when encryptionType is KMS" });
  }
  const key = inputs.kmsKeyId === undefined ? undefined : keyMistake(inputs.kmsKeyId);
  if (key) {
    const reason = `the local cloud does not support ${key}; it supports alias/aws/kinesis, key ids and key ARNs`;
    failures.push({ property: "kmsKeyId", reason });
  }
  return failures;
}

/** Why UpdateShardCount refuses this target, and what to do; undefined when it accepts it. */
function scalingMistake(open: number, target: number): string | undefined {
  const { min, max } = scalableTo(open);
  if (target >= min && target <= max) return undefined;
  const next = target > max ? max : min;
  return (
    `the stream has ${open} shards, and UpdateShardCount at most doubles or halves them: allowed is ${min} to ${max} now. ` +
    `Deploy ${next} first, then go on from there`
  );
}

/** A set of metrics, in which `ALL` stands for every one. */
function metricSet(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.includes("ALL") ? [...SHARD_LEVEL_METRICS] : [...new Set(value)].sort();
}
