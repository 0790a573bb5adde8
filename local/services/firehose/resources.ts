import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../../kernel/errors.ts";
import { define } from "../../resource-types/define.ts";
import type { Canonicalize, Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { isRecord } from "../../resource-types/wire-values.ts";
import { deliveryStreamArn } from "./arn.ts";
import { DeliveryStream, KeyType, type StreamEncryption } from "./delivery-stream.ts";
import { DESTINATION_ID } from "./describe.ts";
import { toDestination } from "./destination.ts";
import { type DeliveryStreamInputs, deliveryStreamInputs } from "./inputs.ts";
import type { FirehoseStore } from "./store.ts";
import { checkRole, setEncryption, setTags, updateDestination } from "./stream-settings.ts";

/** Version of a new delivery stream. */
const FIRST_VERSION = "1";

/** Disabled logging has no names. */
const withoutIdleNames: Canonicalize = (value) =>
  isRecord(value) && value["enabled"] === false ? { enabled: false } : value;

const deliveryStreamType = define<DeliveryStreamInputs, FirehoseStore>({
  token: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  inputs: deliveryStreamInputs,
  autoName: { property: "name", maxLength: 64 },
  replaceOn: ["name", "destination"],
  computed: [],
  optionalComputed: [
    "arn",
    "destinationId",
    "extendedS3Configuration.cloudwatchLoggingOptions",
    "serverSideEncryption",
    "versionId",
  ],
  recomputed: { versionId: ["extendedS3Configuration", "serverSideEncryption"] },
  canonical: { "extendedS3Configuration.cloudwatchLoggingOptions": withoutIdleNames },
  check({ name, arn, region }, context) {
    const own = deliveryStreamArn(name, { accountId: context.accountId, region: region ?? context.region });
    return arn === undefined || arn === own
      ? []
      : [{ property: "arn", reason: `${arn} is not the ARN that the delivery stream has: leave it out` }];
  },
  make(inputs, context) {
    const { store, accountId, region } = context;
    const { name, versionId = FIRST_VERSION } = inputs;
    if (versionId !== FIRST_VERSION) {
      throw new AwsError(
        "InvalidArgumentException",
        `versionId: a new delivery stream has the version ${FIRST_VERSION}, not ${versionId}: leave it out.`,
      );
    }
    const stream = new DeliveryStream(store.ports, {
      accountId,
      region,
      name,
      arn: deliveryStreamArn(name, context),
      destination: toDestination(inputs.extendedS3Configuration),
      encryption: encryptionOf(inputs),
    });
    checkRole(stream, stream.destination.roleArn);
    setTags(stream, inputs.tags ?? {});
    store.add(stream);
    return stream.arn;
  },
  find(id, _state, { store }) {
    const stream = store.find(id);
    return (
      stream && {
        arn: stream.arn,
        destination: "extended_s3",
        destinationId: DESTINATION_ID,
        extendedS3Configuration: stream.destination,
        name: stream.name,
        serverSideEncryption: shownEncryption(stream.encryption),
        tags: stream.tags,
        versionId: String(stream.version),
      }
    );
  },
  change(_id, inputs, context, olds) {
    const stream = context.store.require({ DeliveryStreamName: inputs.name }, context);
    const destination = toDestination(inputs.extendedS3Configuration, stream.destination);
    const encryption = inputs.serverSideEncryption ? encryptionOf(inputs) : stream.encryption;
    const isReconfigured =
      !isDeepStrictEqual(destination, olds["extendedS3Configuration"]) ||
      !isDeepStrictEqual(shownEncryption(encryption), olds["serverSideEncryption"]);
    // With the version of the state, as the real provider does: a change by somebody else is not overwritten.
    if (isReconfigured) {
      const currentVersionId = inputs.versionId ?? String(olds["versionId"]);
      updateDestination(stream, { currentVersionId, destinationId: DESTINATION_ID, destination });
    }
    if (!isDeepStrictEqual(encryption, stream.encryption)) setEncryption(stream, encryption);
    setTags(stream, inputs.tags ?? {});
  },
  remove(id, { store, accountId, principal }) {
    const undelivered = store.remove(id);
    if (!undelivered) return;
    store.ports.calls.internal({
      accountId,
      principal,
      call: "firehose:DeleteDeliveryStream",
      facts: { deliveryStream: id.split("/").at(-1) ?? id, ...undelivered },
    });
  },
});

function encryptionOf({ serverSideEncryption: wanted }: DeliveryStreamInputs): StreamEncryption | undefined {
  return wanted?.enabled ? { keyType: wanted.keyType, keyArn: wanted.keyArn } : undefined;
}

/** Encryption as the real provider shows it: with the default key type when it is disabled. */
function shownEncryption(encryption: StreamEncryption | undefined): Properties {
  return {
    enabled: encryption !== undefined,
    keyType: encryption?.keyType ?? KeyType.AwsOwned,
    ...(encryption?.keyArn === undefined ? {} : { keyArn: encryption.keyArn }),
  };
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, FirehoseStore>[] = [deliveryStreamType];
