import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import type { ProviderStage } from "../../../support/provider-stage.ts";
import { STAGE_ACCOUNT } from "../../../support/service-stage.ts";
import type { ResourceSample } from "../resource-sample.ts";

const TOKEN = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const ROLE = `arn:aws:iam::${STAGE_ACCOUNT}:role/delivery`;
const OTHER_ROLE = `arn:aws:iam::${STAGE_ACCOUNT}:role/other`;
const target = { bucketArn: "arn:aws:s3:::archive", roleArn: ROLE };

/** Inputs of a delivery stream; its roles are made first. */
const delivering = (inputs: Properties) => async (stage: ProviderStage) => {
  for (const name of ["delivery", "other"]) {
    const Principal = { Service: "firehose.amazonaws.com" };
    const assumeRolePolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
    });
    await stage.make("aws:iam/role:Role", { name, assumeRolePolicy }, name);
  }
  return { destination: "extended_s3", ...inputs };
};

const call = (operation: string, params: Properties) => (stage: ProviderStage) =>
  stage.call("firehose", operation, { DeliveryStreamName: "archive", ...params });

const update = (ExtendedS3DestinationUpdate: Properties) =>
  call("UpdateDestination", {
    CurrentDeliveryStreamVersionId: "1",
    DestinationId: "destinationId-000000000001",
    ExtendedS3DestinationUpdate,
  });

const rich = {
  ...target,
  prefix: "events/",
  errorOutputPrefix: "failed/",
  bufferingSize: 1,
  bufferingInterval: 60,
  compressionFormat: "GZIP",
  fileExtension: ".json.gz",
  customTimeZone: "Europe/Oslo",
  cloudwatchLoggingOptions: { enabled: true, logGroupName: "/firehose", logStreamName: "s3" },
};
const { cloudwatchLoggingOptions: logging, ...unlogged } = rich;

/** Checked inputs as they stand in the state. */
const found = (more: Properties) => ({ ...rich, s3BackupMode: "Disabled", ...more });

const KEY = `arn:aws:kms:us-east-1:${STAGE_ACCOUNT}:key/delivery`;
const ownKey = { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: KEY };

/** The resource types of Firehose. */
export const samples: readonly ResourceSample[] = [
  {
    token: TOKEN,
    inputs: delivering({
      name: "archive",
      extendedS3Configuration: rich,
      serverSideEncryption: { enabled: true },
      tags: { team: "data" },
    }),
    same: [
      { serverSideEncryption: undefined },
      { serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" } },
      { extendedS3Configuration: unlogged },
      { extendedS3Configuration: { ...rich, s3BackupMode: "Disabled" } },
      { versionId: "1", destinationId: "destinationId-000000000001" },
    ],
    updates: [
      {
        inputs: { extendedS3Configuration: { ...unlogged, bufferingSize: 2, roleArn: OTHER_ROLE }, tags: {} },
        diffs: ["extendedS3Configuration", "tags"],
      },
      {
        inputs: { extendedS3Configuration: { ...rich, cloudwatchLoggingOptions: { enabled: false } } },
        diffs: ["extendedS3Configuration"],
      },
      { inputs: { serverSideEncryption: { enabled: false } }, diffs: ["serverSideEncryption"] },
      { inputs: { serverSideEncryption: ownKey }, diffs: ["serverSideEncryption"] },
    ],
    replacements: [{ inputs: { name: "other" }, replaces: ["name"] }],
    drifts: [
      {
        by: update({ BufferingHints: { SizeInMBs: 3, IntervalInSeconds: 0 }, Prefix: "by-hand/" }),
        inputs: { extendedS3Configuration: found({ bufferingSize: 3, bufferingInterval: 0, prefix: "by-hand/" }) },
      },
      {
        by: update({ CloudWatchLoggingOptions: { Enabled: false } }),
        inputs: { extendedS3Configuration: found({ cloudwatchLoggingOptions: { enabled: false } }) },
      },
      {
        by: call("StopDeliveryStreamEncryption", {}),
        inputs: { serverSideEncryption: { enabled: false, keyType: "AWS_OWNED_CMK" } },
      },
      {
        by: call("StartDeliveryStreamEncryption", {
          DeliveryStreamEncryptionConfigurationInput: { KeyType: ownKey.keyType, KeyARN: KEY },
        }),
        inputs: { serverSideEncryption: ownKey },
      },
      { by: call("TagDeliveryStream", { Tags: [{ Key: "team", Value: "x" }] }), inputs: { tags: { team: "x" } } },
      { by: call("UntagDeliveryStream", { TagKeys: ["team"] }), inputs: { tags: {} } },
    ],
  },
  {
    token: TOKEN,
    inputs: delivering({ extendedS3Configuration: target }),
    same: [
      {
        extendedS3Configuration: {
          ...target,
          bufferingSize: 5,
          bufferingInterval: 300,
          compressionFormat: "UNCOMPRESSED",
          customTimeZone: "UTC",
          prefix: "",
          cloudwatchLoggingOptions: { enabled: false, logGroupName: "/unused" },
        },
        serverSideEncryption: { enabled: false },
      },
    ],
    updates: [
      {
        inputs: { extendedS3Configuration: { ...target, prefix: "later/", cloudwatchLoggingOptions: logging } },
        diffs: ["extendedS3Configuration"],
      },
      {
        inputs: { serverSideEncryption: { enabled: true }, tags: { a: "1" } },
        diffs: ["serverSideEncryption", "tags"],
      },
    ],
  },
];
