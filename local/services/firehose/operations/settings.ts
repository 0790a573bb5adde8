import { AwsError } from "../../../kernel/errors.ts";
import { serviceKeyContext } from "../../../kernel/kms.ts";
import type { AuthorizationRequest, Call, Operation } from "../../../kernel/service.ts";
import { operationsOn } from "../../../kernel/verbs.ts";
import { tagVerbs } from "../../../resource-types/tag-verbs.ts";
import { tagList } from "../../../resource-types/tags.ts";
import type {
  ExtendedS3DestinationUpdate,
  Inputs,
  StartDeliveryStreamEncryptionInput,
  UpdateDestinationInput,
} from "../../../wire/models/firehose.ts";
import { pageAfter } from "../../../wire/pages.ts";
import { type DeliveryStream, KeyType } from "../delivery-stream.ts";
import { asLogging, type Destination, destinationParts } from "../destination.ts";
import { checkKeyType } from "../inputs.ts";
import { TAGS_PER_LIST } from "../limits.ts";
import type { DeliveryStreamAddress, FirehoseStore } from "../store.ts";
import { setEncryption, setTags, tooManyTags, updateDestination } from "../stream-settings.ts";

/** Destination, encryption and tags of a delivery stream, and its deletion. */
export function settingsOperations(store: FirehoseStore): Record<string, Operation> {
  const tags = tagVerbs<DeliveryStream>({ of: (stream) => stream.tags, set: setTags, tooMany: tooManyTags });
  return operationsOn<Inputs, DeliveryStream, FurtherRequests>(
    {
      authorize: (action, params: DeliveryStreamAddress, call, { alsoAsks }) => [
        store.authorize(`firehose:${action}`, params, call),
        ...(alsoAsks?.(params, call) ?? []),
      ],
      noteAs: "deliveryStream",
      require: (params: DeliveryStreamAddress, call) => store.require(params, call),
      answer: (_stream, result) => result ?? {},
    },
    {
      UpdateDestination: {
        run(stream, params) {
          updateDestination(stream, {
            currentVersionId: params.CurrentDeliveryStreamVersionId,
            destinationId: params.DestinationId,
            destination: merged(stream.destination, updateOf(params)),
          });
        },
        alsoAsks(params) {
          const { RoleARN } = updateOf(params as UpdateDestinationInput);
          return RoleARN === undefined ? [] : [{ action: "iam:PassRole", resource: RoleARN }];
        },
      },
      DeleteDeliveryStream: { run: (stream, _params, call) => call.note(store.remove(stream.arn) ?? {}) },
      StartDeliveryStreamEncryption: {
        run(stream, { DeliveryStreamEncryptionConfigurationInput: wanted }) {
          if (wanted) checkKeyType(wanted.KeyType, wanted.KeyARN);
          setEncryption(stream, { keyType: wanted?.KeyType ?? KeyType.AwsOwned, keyArn: wanted?.KeyARN });
        },
        // Firehose creates a grant as the caller and uses the key by it (API reference,
        // DeliveryStreamEncryptionConfigurationInput, KeyType).
        alsoAsks(params, { region }) {
          const { DeliveryStreamEncryptionConfigurationInput: wanted } = params as StartDeliveryStreamEncryptionInput;
          const context = serviceKeyContext("firehose", region);
          return wanted?.KeyARN ? [{ action: "kms:CreateGrant", resource: wanted.KeyARN, context }] : [];
        },
      },
      StopDeliveryStreamEncryption: { run: (stream) => setEncryption(stream, undefined) },
      ListTagsForDeliveryStream: {
        run(stream, { ExclusiveStartTagKey: after, Limit: limit = TAGS_PER_LIST }) {
          const { page, next } = pageAfter(tagList(stream.tags), { limit, after }, ({ Key }) => Key);
          return { Tags: page, HasMoreTags: next !== undefined };
        },
      },
      TagDeliveryStream: { ...tags.add, isSilent: false },
      UntagDeliveryStream: { ...tags.remove, isSilent: false },
    },
  );
}

/** For an operation that needs more permissions than its own. */
interface FurtherRequests {
  alsoAsks?(params: object, call: Call): readonly AuthorizationRequest[];
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
