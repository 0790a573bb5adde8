import type { ResourceSample } from "../resource-sample.ts";

const STREAM = "aws:kinesis/stream:Stream";
const OWN_KEY = "arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000000";
const OTHER_KEY = "0a1b2c3d-1111-4000-8000-000000000000";

const nameOf = (outputs: Readonly<Record<string, unknown>>) => outputs["name"] as string;

/** A call that names the stream, as the AWS CLI makes it. */
function byCall(
  operation: string,
  params: Readonly<Record<string, unknown>>,
): NonNullable<ResourceSample["drifts"]>[0]["by"] {
  return (stage, { outputs }) => stage.call("kinesis", operation, { StreamName: nameOf(outputs), ...params });
}

const readers = (account: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "read",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ["kinesis:GetRecords", "kinesis:DescribeStreamSummary"],
      Resource: "arn:aws:kinesis:us-east-1:111111111111:stream/orders",
    },
  ],
});

/** The resource types of Kinesis Data Streams. */
export const samples: readonly ResourceSample[] = [
  {
    token: STREAM,
    inputs: () => ({
      shardCount: 2,
      streamModeDetails: { streamMode: "PROVISIONED" },
      retentionPeriod: 48,
      shardLevelMetrics: ["OutgoingBytes", "IncomingBytes"],
      maxRecordSizeInKib: 2_048,
      enforceConsumerDeletion: true,
      tags: { team: "data" },
    }),
    same: [
      { encryptionType: "NONE" },
      { shardLevelMetrics: ["IncomingBytes", "OutgoingBytes"] },
      { streamModeDetails: undefined, maxRecordSizeInKib: undefined },
    ],
    updates: [
      { inputs: { shardCount: 3, tags: { team: "other" } }, diffs: ["shardCount", "tags"] },
      { inputs: { retentionPeriod: undefined }, diffs: ["retentionPeriod"] },
      { inputs: { retentionPeriod: 8_760 }, diffs: ["retentionPeriod"] },
      { inputs: { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }, diffs: ["encryptionType", "kmsKeyId"] },
      { inputs: { shardLevelMetrics: ["ALL"] }, diffs: ["shardLevelMetrics"] },
      { inputs: { shardLevelMetrics: undefined, tags: undefined }, diffs: ["shardLevelMetrics", "tags"] },
      { inputs: { maxRecordSizeInKib: 10_240 }, diffs: ["maxRecordSizeInKib"] },
      {
        inputs: { streamModeDetails: { streamMode: "ON_DEMAND" }, shardCount: undefined },
        diffs: ["shardCount", "streamModeDetails"],
      },
    ],
    replacements: [{ inputs: { name: "other" }, replaces: ["name"] }],
    drifts: [
      { by: byCall("AddTagsToStream", { Tags: { owner: "me" } }), inputs: { tags: { team: "data", owner: "me" } } },
      { by: byCall("RemoveTagsFromStream", { TagKeys: ["team"] }), inputs: { tags: {} } },
      {
        by: byCall("AddTagsToStream", { Tags: { project: "another" } }),
        inputs: { tags: { team: "data", project: "another" } },
      },
      {
        by: (stage, { id }) => stage.call("kinesis", "TagResource", { ResourceARN: id, Tags: { team: "web" } }),
        inputs: { tags: { team: "web" } },
      },
      {
        by: (stage, { id }) => stage.call("kinesis", "UntagResource", { ResourceARN: id, TagKeys: ["team"] }),
        inputs: { tags: {} },
      },
      { by: byCall("IncreaseStreamRetentionPeriod", { RetentionPeriodHours: 72 }), inputs: { retentionPeriod: 72 } },
      { by: byCall("DecreaseStreamRetentionPeriod", { RetentionPeriodHours: 24 }), inputs: { retentionPeriod: 24 } },
      {
        by: byCall("UpdateShardCount", { TargetShardCount: 4, ScalingType: "UNIFORM_SCALING" }),
        inputs: { shardCount: 4 },
      },
      {
        by: (stage, { id }) =>
          stage.call("kinesis", "UpdateStreamMode", {
            StreamARN: id,
            StreamModeDetails: { StreamMode: "ON_DEMAND" },
          }),
        inputs: { streamModeDetails: { streamMode: "ON_DEMAND" }, shardCount: undefined },
      },
      {
        by: byCall("StartStreamEncryption", { EncryptionType: "KMS", KeyId: OTHER_KEY }),
        inputs: { encryptionType: "KMS", kmsKeyId: OTHER_KEY },
      },
      {
        by: byCall("DisableEnhancedMonitoring", { ShardLevelMetrics: ["IncomingBytes"] }),
        inputs: { shardLevelMetrics: ["OutgoingBytes"] },
      },
      {
        by: (stage, { id }) =>
          stage.call("kinesis", "UpdateMaxRecordSize", { StreamARN: id, MaxRecordSizeInKiB: 1_024 }),
        inputs: { maxRecordSizeInKib: 1_024 },
      },
    ],
    importId: nameOf,
    unknownToImport: ["enforceConsumerDeletion"],
  },
  {
    token: STREAM,
    inputs: () => ({
      name: "on-demand",
      streamModeDetails: { streamMode: "ON_DEMAND" },
      encryptionType: "KMS",
      kmsKeyId: OWN_KEY,
    }),
    same: [{ streamModeDetails: undefined }, { retentionPeriod: 24, tags: {} }, { enforceConsumerDeletion: false }],
    updates: [
      {
        inputs: { streamModeDetails: { streamMode: "PROVISIONED" }, shardCount: 4 },
        diffs: ["shardCount", "streamModeDetails"],
      },
      { inputs: { kmsKeyId: OTHER_KEY }, diffs: ["kmsKeyId"] },
      { inputs: { encryptionType: undefined, kmsKeyId: undefined }, diffs: ["encryptionType", "kmsKeyId"] },
    ],
    replacements: [{ inputs: { name: "other", retentionPeriod: 48 }, replaces: ["name"] }],
    drifts: [
      {
        by: byCall("StopStreamEncryption", { EncryptionType: "KMS", KeyId: OWN_KEY }),
        inputs: { encryptionType: "NONE", kmsKeyId: undefined },
      },
      {
        by: byCall("StartStreamEncryption", { EncryptionType: "KMS", KeyId: OTHER_KEY }),
        inputs: { kmsKeyId: OTHER_KEY },
      },
      {
        by: byCall("EnableEnhancedMonitoring", { ShardLevelMetrics: ["IncomingRecords"] }),
        inputs: { shardLevelMetrics: ["IncomingRecords"] },
      },
    ],
    importId: nameOf,
  },
  {
    token: "aws:kinesis/resourcePolicy:ResourcePolicy",
    inputs: async (stage) => {
      const { id } = await stage.make(STREAM, { name: "orders", shardCount: 1 }, "stream");
      return { resourceArn: id, policy: JSON.stringify(readers("222222222222")) };
    },
    same: [{ policy: JSON.stringify(inOtherWords(readers("222222222222")), null, 2) }],
    updates: [{ inputs: { policy: JSON.stringify(readers("333333333333")) }, diffs: ["policy"] }],
    replacements: [
      {
        inputs: { resourceArn: "arn:aws:kinesis:us-east-1:111111111111:stream/other" },
        replaces: ["resourceArn"],
      },
    ],
    drifts: [
      {
        by: (stage, { id }) =>
          stage.call("kinesis", "PutResourcePolicy", {
            ResourceARN: id,
            Policy: JSON.stringify(readers("444444444444")),
          }),
        inputs: { policy: JSON.stringify(readers("444444444444")) },
      },
    ],
  },
];

/** The same policy: lists the other way round, a list of one as the one. */
function inOtherWords(policy: ReturnType<typeof readers>): object {
  const [statement] = policy.Statement;
  return { ...policy, Statement: { ...statement, Action: statement?.Action.toReversed() } };
}
