import { z } from "zod";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import { parsePolicy } from "../resource-policy.ts";
import { isAwsManagedKey } from "./kms.ts";
import {
  DEFAULT_RECORD_KIB,
  DEFAULT_RETENTION_HOURS,
  MAX_RECORD_KIB,
  MAX_RETENTION_HOURS,
  MAX_SHARDS,
  ON_DEMAND_SHARDS,
} from "./limits.ts";
import { updateShardCount } from "./reshard.ts";
import { KinesisStream, StreamMode, type StreamSettings } from "./stream.ts";

const streamInputs = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/, "must be 1 to 128 of a-z, A-Z, 0-9, _ . -"),
  arn: z.string().optional(),
  shardCount: z.number().int().min(1).max(MAX_SHARDS).optional(),
  streamModeDetails: z.strictObject({ streamMode: z.enum(["ON_DEMAND", "PROVISIONED"]) }).optional(),
  retentionPeriod: z.number().int().min(24).max(MAX_RETENTION_HOURS).default(DEFAULT_RETENTION_HOURS),
  encryptionType: z.enum(["NONE", "KMS"]).default("NONE"),
  kmsKeyId: z.string().optional(),
  enforceConsumerDeletion: z.boolean().default(false),
  shardLevelMetrics: z.array(z.string()).optional(),
  maxRecordSizeInKib: z.number().int().min(DEFAULT_RECORD_KIB).max(MAX_RECORD_KIB).default(DEFAULT_RECORD_KIB),
  tags: z.record(z.string(), z.string()).optional(),
});

type StreamInputs = z.infer<typeof streamInputs>;

function modeOf(inputs: StreamInputs): StreamMode {
  return inputs.streamModeDetails?.streamMode ?? StreamMode.Provisioned;
}

function tagsOf(inputs: StreamInputs, context: ResourceContext): Readonly<Record<string, string>> {
  return { ...context.defaultTags, ...inputs.tags };
}

function settingsOf(inputs: StreamInputs, context: ResourceContext): StreamSettings {
  return {
    mode: modeOf(inputs),
    retentionHours: inputs.retentionPeriod,
    maxRecordKib: inputs.maxRecordSizeInKib,
    kmsKeyId: inputs.encryptionType === "KMS" ? inputs.kmsKeyId : undefined,
    shardLevelMetrics: inputs.shardLevelMetrics ?? [],
    tags: tagsOf(inputs, context),
  };
}

function outputsOf(stream: KinesisStream, inputs: Properties): Properties {
  const { settings } = stream;
  const isProvisioned = settings.mode === StreamMode.Provisioned;
  return {
    ...inputs,
    arn: stream.arn,
    name: stream.name,
    region: stream.region,
    streamModeDetails: { streamMode: settings.mode },
    ...(isProvisioned ? { shardCount: stream.openShards.length } : {}),
    retentionPeriod: settings.retentionHours,
    maxRecordSizeInKib: settings.maxRecordKib,
    encryptionType: settings.kmsKeyId === undefined ? "NONE" : "KMS",
    tagsAll: settings.tags,
  };
}

function streamOf(id: string, context: ResourceContext): KinesisStream {
  const stream = context.cloud.services.kinesis.find(id);
  if (stream) return stream;
  throw new AwsError(
    "ResourceNotFoundException",
    `The stream ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
  );
}

const streamType = defineResourceType<StreamInputs>({
  token: "aws:kinesis/stream:Stream",
  inputs: streamInputs,
  autoName: { property: "name", maxLength: 128 },
  replaceOn: ["name"],
  check(inputs) {
    const failures: { property: string; reason: string }[] = [];
    const isOnDemand = modeOf(inputs) === StreamMode.OnDemand;
    if (isOnDemand && inputs.shardCount !== undefined) {
      failures.push({ property: "shardCount", reason: "shardCount must not be set when streamMode is ON_DEMAND" });
    }
    if (!isOnDemand && inputs.shardCount === undefined) {
      failures.push({ property: "shardCount", reason: "shardCount must be at least 1 when streamMode is PROVISIONED" });
    }
    if (inputs.encryptionType === "KMS" && inputs.kmsKeyId === undefined) {
      failures.push({ property: "kmsKeyId", reason: "kmsKeyId must be set when encryptionType is KMS" });
    }
    if (inputs.kmsKeyId?.includes("alias/") && !isAwsManagedKey(inputs.kmsKeyId)) {
      const reason = `the local cloud does not support an alias of a key of your own (${inputs.kmsKeyId}); it supports alias/aws/kinesis, key ids and key ARNs`;
      failures.push({ property: "kmsKeyId", reason });
    }
    return failures;
  },
  create(inputs, context) {
    const settings = settingsOf(inputs, context);
    const stream = new KinesisStream({
      accountId: context.accountId,
      region: context.region,
      partition: context.partition,
      name: inputs.name,
      shardCount: settings.mode === StreamMode.OnDemand ? ON_DEMAND_SHARDS : (inputs.shardCount ?? 1),
      now: context.cloud.clock.now(),
      settings,
    });
    context.cloud.services.kinesis.add(stream);
    return { id: stream.arn, outputs: outputsOf(stream, inputs) };
  },
  read(id, state, context) {
    const stream = context.cloud.services.kinesis.find(id);
    return stream && outputsOf(stream, state);
  },
  update(id, inputs, _olds, context) {
    const stream = streamOf(id, context);
    const settings = settingsOf(inputs, context);
    if (inputs.shardCount !== undefined && inputs.shardCount !== stream.openShards.length) {
      updateShardCount(context.cloud, stream, inputs.shardCount);
    }
    Object.assign(stream.settings, settings);
    return outputsOf(stream, inputs);
  },
  delete(id, _state, context) {
    context.cloud.services.kinesis.remove(id);
  },
});

const policyInputs = z.strictObject({ resourceArn: z.string(), policy: z.string() });

const resourcePolicyType = defineResourceType<z.infer<typeof policyInputs>>({
  token: "aws:kinesis/resourcePolicy:ResourcePolicy",
  inputs: policyInputs,
  replaceOn: ["resourceArn"],
  create(inputs, context) {
    streamOf(inputs.resourceArn, context).resourcePolicy = parsePolicy(inputs.policy);
    return { id: inputs.resourceArn, outputs: inputs };
  },
  read: (id, state, context) => (context.cloud.services.kinesis.find(id)?.resourcePolicy ? state : undefined),
  update(id, inputs, _olds, context) {
    streamOf(id, context).resourcePolicy = parsePolicy(inputs.policy);
    return inputs;
  },
  delete(id, _state, context) {
    const stream = context.cloud.services.kinesis.find(id);
    if (stream) stream.resourcePolicy = undefined;
  },
});

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [streamType, resourcePolicyType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
