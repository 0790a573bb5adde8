import { AwsError } from "../../../kernel/errors.ts";
import { serviceKeyContext } from "../../../kernel/kms.ts";
import { type AuthorizationRequest, type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import { tagsByKey } from "../../../resource-types/tags.ts";
import type { ExtendedS3DestinationUpdate, Inputs, UpdateDestinationInput } from "../../../wire/models/firehose.ts";
import { type DeliveryStream, KeyType } from "../delivery-stream.ts";
import { asLogging, type Destination, destinationParts } from "../destination.ts";
import { checkKeyType } from "../inputs.ts";
import { TAGS_PER_LIST } from "../limits.ts";
import type { DeliveryStreamAddress, FirehoseStore } from "../store.ts";
import { setEncryption, setTags, updateDestination } from "../stream-settings.ts";

/** Destination, encryption and tags of a delivery stream, and its deletion. */
export function settingsOperations(store: FirehoseStore): Record<string, Operation> {
  const operation = <Name extends keyof Inputs>(
    name: Name,
    run: (stream: DeliveryStream, params: Inputs[Name] & DeliveryStreamAddress, call: Call) => object,
    alsoAsks: (params: Inputs[Name], call: Call) => readonly AuthorizationRequest[] = () => [],
  ): Operation<Inputs[Name] & DeliveryStreamAddress> => ({
    authorize: (params, call) => [store.authorize(`firehose:${name}`, params, call), ...alsoAsks(params, call)],
    run: (params, call) => {
      const stream = store.require(params, call);
      call.note({ deliveryStream: stream.name });
      return run(stream, params, call);
    },
  });
  return defineOperations<Inputs>({
    UpdateDestination: operation(
      "UpdateDestination",
      (stream, params) => {
        updateDestination(stream, {
          currentVersionId: params.CurrentDeliveryStreamVersionId,
          destinationId: params.DestinationId,
          destination: merged(stream.destination, updateOf(params)),
        });
        return {};
      },
      (params) => {
        const { RoleARN } = updateOf(params);
        return RoleARN === undefined ? [] : [{ action: "iam:PassRole", resource: RoleARN }];
      },
    ),

    DeleteDeliveryStream: operation("DeleteDeliveryStream", (stream, _params, call) => {
      call.note(store.remove(stream.arn) ?? {});
      return {};
    }),

    StartDeliveryStreamEncryption: operation(
      "StartDeliveryStreamEncryption",
      (stream, { DeliveryStreamEncryptionConfigurationInput: wanted }) => {
        if (wanted) checkKeyType(wanted.KeyType, wanted.KeyARN);
        setEncryption(stream, { keyType: wanted?.KeyType ?? KeyType.AwsOwned, keyArn: wanted?.KeyARN });
        return {};
      },
      // Firehose creates a grant as the caller and uses the key by it (API reference,
      // DeliveryStreamEncryptionConfigurationInput, KeyType).
      ({ DeliveryStreamEncryptionConfigurationInput: wanted }, { region }) =>
        wanted?.KeyARN === undefined
          ? []
          : [{ action: "kms:CreateGrant", resource: wanted.KeyARN, context: serviceKeyContext("firehose", region) }],
    ),
    StopDeliveryStreamEncryption: operation("StopDeliveryStreamEncryption", (stream) => {
      setEncryption(stream, undefined);
      return {};
    }),

    ListTagsForDeliveryStream: operation(
      "ListTagsForDeliveryStream",
      (stream, { ExclusiveStartTagKey: after, Limit = TAGS_PER_LIST }) => {
        const keys = Object.keys(stream.tags).sort();
        const rest = after === undefined ? keys : keys.filter((key) => key > after);
        return {
          Tags: rest.slice(0, Limit).map((Key) => ({ Key, Value: stream.tags[Key] })),
          HasMoreTags: rest.length > Limit,
        };
      },
    ),
    TagDeliveryStream: operation("TagDeliveryStream", (stream, { Tags }) => {
      setTags(stream, { ...stream.tags, ...tagsByKey(Tags.map(({ Key, Value = "" }) => ({ Key, Value }))) });
      return {};
    }),
    UntagDeliveryStream: operation("UntagDeliveryStream", (stream, { TagKeys }) => {
      setTags(stream, Object.fromEntries(Object.entries(stream.tags).filter(([key]) => !TagKeys.includes(key))));
      return {};
    }),
  });
}

/** The S3 destination of an update, the only kind that is supported. @throws AwsError InvalidArgumentException. */
function updateOf({ ExtendedS3DestinationUpdate: update }: UpdateDestinationInput): ExtendedS3DestinationUpdate {
  if (!update) throw invalid("ExtendedS3DestinationUpdate must be given");
  const { SizeInMBs, IntervalInSeconds } = update.BufferingHints ?? {};
  if ((SizeInMBs === undefined) !== (IntervalInSeconds === undefined)) {
    throw invalid("BufferingHints: SizeInMBs and IntervalInSeconds must be given together");
  }
  const mistakes = partMistakes(update);
  if (mistakes.length > 0) throw invalid(mistakes.join("; "));
  return update;
}

/** What AWS documents and the model does not have. */
function partMistakes({ FileExtension, CustomTimeZone }: ExtendedS3DestinationUpdate): readonly string[] {
  const { fileExtension, customTimeZone } = destinationParts;
  return [
    ...(fileExtension.optional().safeParse(FileExtension).error?.issues ?? []).map(
      ({ message }) => `FileExtension: ${message}`,
    ),
    ...(customTimeZone.optional().safeParse(CustomTimeZone).error?.issues ?? []).map(
      ({ message }) => `CustomTimeZone: ${message}`,
    ),
  ];
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidArgumentException", message);
}

/** The destination after an update; settings that the update leaves out stay. */
function merged(before: Destination, update: ExtendedS3DestinationUpdate): Destination {
  const logging = update.CloudWatchLoggingOptions;
  return {
    bucketArn: update.BucketARN ?? before.bucketArn,
    roleArn: update.RoleARN ?? before.roleArn,
    bufferingSize: update.BufferingHints?.SizeInMBs ?? before.bufferingSize,
    bufferingInterval: update.BufferingHints?.IntervalInSeconds ?? before.bufferingInterval,
    // Other formats are refused as unsupported.
    compressionFormat:
      (update.CompressionFormat as Destination["compressionFormat"] | undefined) ?? before.compressionFormat,
    prefix: update.Prefix ?? before.prefix,
    errorOutputPrefix: update.ErrorOutputPrefix ?? before.errorOutputPrefix,
    fileExtension: update.FileExtension ?? before.fileExtension,
    customTimeZone: update.CustomTimeZone ?? before.customTimeZone,
    s3BackupMode: before.s3BackupMode,
    cloudwatchLoggingOptions: logging
      ? asLogging({
          enabled: logging.Enabled ?? false,
          logGroupName: logging.LogGroupName,
          logStreamName: logging.LogStreamName,
        })
      : before.cloudwatchLoggingOptions,
  };
}
