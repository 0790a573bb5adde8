import type { z } from "zod";
import { serviceKeyContext } from "../../kernel/kms.ts";
import { type AuthorizationRequest, type Call, defineOperation, type Operation } from "../../kernel/service.ts";
import { tagsByKey } from "../../resource-types/tags.ts";
import { arnOf } from "./arn.ts";
import { setEncryption, setTags, updateDestination } from "./change-stream.ts";
import { type DeliveryStream, KeyType } from "./delivery-stream.ts";
import { asLogging, type Destination } from "./destination.ts";
import { type Input, inputs } from "./schema.ts";
import type { FirehoseService } from "./service.ts";

/** What changes a delivery stream, its tags and its encryption, and takes it away. */
export function settingsOperations(firehose: FirehoseService): Record<string, Operation> {
  const operation = <P extends { DeliveryStreamName: string }>(
    name: string,
    input: z.ZodType<P>,
    run: (stream: DeliveryStream, params: P, call: Call) => object,
    alsoAsks: (params: P, call: Call) => readonly AuthorizationRequest[] = () => [],
  ) =>
    defineOperation({
      input,
      authorize: (params, call) => [
        { action: `firehose:${name}`, resource: arnOf(params, call) },
        ...alsoAsks(params, call),
      ],
      run: (params, call) => {
        const stream = firehose.require(params, call);
        call.note({ deliveryStream: stream.name });
        return run(stream, params, call);
      },
    });
  return {
    UpdateDestination: operation(
      "UpdateDestination",
      inputs.UpdateDestination,
      (stream, params) => {
        updateDestination(stream, {
          currentVersionId: params.CurrentDeliveryStreamVersionId,
          destinationId: params.DestinationId,
          destination: merged(stream.destination, params.ExtendedS3DestinationUpdate),
        });
        return {};
      },
      ({ ExtendedS3DestinationUpdate: { RoleARN } }) =>
        RoleARN === undefined ? [] : [{ action: "iam:PassRole", resource: RoleARN }],
    ),

    DeleteDeliveryStream: operation("DeleteDeliveryStream", inputs.DeleteDeliveryStream, (stream, _params, call) => {
      call.note(firehose.remove(stream.arn) ?? {});
      return {};
    }),

    StartDeliveryStreamEncryption: operation(
      "StartDeliveryStreamEncryption",
      inputs.StartDeliveryStreamEncryption,
      (stream, { DeliveryStreamEncryptionConfigurationInput: wanted }) => {
        setEncryption(stream, { keyType: wanted?.KeyType ?? KeyType.AwsOwned, keyArn: wanted?.KeyARN });
        return {};
      },
      // Firehose makes itself a grant as the caller, and works by it from then on (API reference, DeliveryStreamEncryptionConfigurationInput, KeyType).
      ({ DeliveryStreamEncryptionConfigurationInput: wanted }, { region }) =>
        wanted?.KeyARN === undefined
          ? []
          : [{ action: "kms:CreateGrant", resource: wanted.KeyARN, context: serviceKeyContext("firehose", region) }],
    ),
    StopDeliveryStreamEncryption: operation(
      "StopDeliveryStreamEncryption",
      inputs.StopDeliveryStreamEncryption,
      (stream) => {
        setEncryption(stream, undefined);
        return {};
      },
    ),

    ListTagsForDeliveryStream: operation(
      "ListTagsForDeliveryStream",
      inputs.ListTagsForDeliveryStream,
      (stream, { ExclusiveStartTagKey: after, Limit }) => {
        const keys = Object.keys(stream.tags).sort();
        const rest = after === undefined ? keys : keys.filter((key) => key > after);
        return {
          Tags: rest.slice(0, Limit).map((Key) => ({ Key, Value: stream.tags[Key] })),
          HasMoreTags: rest.length > Limit,
        };
      },
    ),
    TagDeliveryStream: operation("TagDeliveryStream", inputs.TagDeliveryStream, (stream, { Tags }) => {
      setTags(stream, { ...stream.tags, ...tagsByKey(Tags) });
      return {};
    }),
    UntagDeliveryStream: operation("UntagDeliveryStream", inputs.UntagDeliveryStream, (stream, { TagKeys }) => {
      setTags(stream, Object.fromEntries(Object.entries(stream.tags).filter(([key]) => !TagKeys.includes(key))));
      return {};
    }),
  };
}

/** The destination with what the update says; what it does not name stays. */
function merged(before: Destination, update: Input<"UpdateDestination">["ExtendedS3DestinationUpdate"]): Destination {
  const logging = update.CloudWatchLoggingOptions;
  return {
    bucketArn: update.BucketARN ?? before.bucketArn,
    roleArn: update.RoleARN ?? before.roleArn,
    bufferingSize: update.BufferingHints?.SizeInMBs ?? before.bufferingSize,
    bufferingInterval: update.BufferingHints?.IntervalInSeconds ?? before.bufferingInterval,
    compressionFormat: update.CompressionFormat ?? before.compressionFormat,
    prefix: update.Prefix ?? before.prefix,
    errorOutputPrefix: update.ErrorOutputPrefix ?? before.errorOutputPrefix,
    fileExtension: update.FileExtension ?? before.fileExtension,
    customTimeZone: update.CustomTimeZone ?? before.customTimeZone,
    s3BackupMode: update.S3BackupMode ?? before.s3BackupMode,
    cloudwatchLoggingOptions: logging
      ? asLogging({
          enabled: logging.Enabled,
          logGroupName: logging.LogGroupName,
          logStreamName: logging.LogStreamName,
        })
      : before.cloudwatchLoggingOptions,
  };
}
