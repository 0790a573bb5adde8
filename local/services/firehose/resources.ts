import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../../kernel/errors.ts";
import { ownTags, tagsAll } from "../../resource-types/default-tags.ts";
import { goneError } from "../../resource-types/define.ts";
import {
  type Canonicalize,
  defineResourceType,
  type Properties,
  type ResourceContext,
  type ResourceType,
} from "../../resource-types/resource-type.ts";
import { isRecord } from "../../resource-types/wire-values.ts";
import { deliveryStreamArn } from "./arn.ts";
import { checkRole, setEncryption, setTags, updateDestination } from "./change-stream.ts";
import { DeliveryStream, KeyType, type StreamEncryption } from "./delivery-stream.ts";
import { DESTINATION_ID } from "./describe.ts";
import { toDestination } from "./destination.ts";
import { type DeliveryStreamInputs, deliveryStreamInputs } from "./schema.ts";
import type { FirehoseStore } from "./store.ts";

/** Version of a new delivery stream. */
const FIRST_VERSION = "1";

/** Disabled logging has no names. */
const withoutIdleNames: Canonicalize = (value) =>
  isRecord(value) && value["enabled"] === false ? { enabled: false } : value;

const deliveryStreamType = defineResourceType<DeliveryStreamInputs, FirehoseStore>({
  token: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  inputs: deliveryStreamInputs,
  autoName: { property: "name", maxLength: 64 },
  replaceOn: ["name", "destination", "region"],
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
  create(inputs, context) {
    const { versionId = FIRST_VERSION } = inputs;
    if (versionId !== FIRST_VERSION) {
      throw new AwsError(
        "InvalidArgumentException",
        `versionId: a new delivery stream has the version ${FIRST_VERSION}, not ${versionId}: leave it out.`,
      );
    }
    const place = { accountId: context.accountId, region: inputs.region ?? context.region };
    const stream = new DeliveryStream(context.store.ports, {
      ...place,
      name: inputs.name,
      arn: deliveryStreamArn(inputs.name, place),
      destination: toDestination(inputs.extendedS3Configuration),
      encryption: encryptionOf(inputs),
    });
    checkRole(stream, stream.destination.roleArn);
    setTags(stream, tagsAll(inputs.tags, context));
    context.store.add(stream);
    return { id: stream.arn, outputs: outputsOf(stream, inputs, context) };
  },
  read(id, state, context) {
    const stream = context.store.find(id);
    return stream && outputsOf(stream, state, context);
  },
  update(id, inputs, olds, context) {
    const stream = requireStream(id, context);
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
    setTags(stream, tagsAll(inputs.tags, context));
    return outputsOf(stream, inputs, context);
  },
  delete(id, _state, context) {
    const { store, accountId } = context;
    const undelivered = store.remove(id);
    if (!undelivered) return;
    store.ports.calls.internal({
      accountId,
      principal: context.principal,
      call: "firehose:DeleteDeliveryStream",
      facts: { deliveryStream: id.split("/").at(-1) ?? id, ...undelivered },
    });
  },
});

function requireStream(id: string, context: ResourceContext<FirehoseStore>): DeliveryStream {
  const stream = context.store.find(id);
  if (stream) return stream;
  throw goneError(`The delivery stream ${id}`);
}

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

function outputsOf(stream: DeliveryStream, state: Properties, context: ResourceContext<FirehoseStore>): Properties {
  const tags = ownTags(stream.tags, context, state);
  return {
    arn: stream.arn,
    destination: "extended_s3",
    destinationId: DESTINATION_ID,
    extendedS3Configuration: stream.destination,
    name: stream.name,
    region: stream.region,
    serverSideEncryption: shownEncryption(stream.encryption),
    ...(tags ? { tags } : {}),
    tagsAll: stream.tags,
    versionId: String(stream.version),
  };
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, FirehoseStore>[] = [deliveryStreamType];
