import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ProviderFunction,
  type ResourceContext,
  type ResourceType,
} from "../../provider/resource-type.ts";
import { tagsAll } from "../../provider/tags.ts";
import { DeliveryStream } from "./delivery-stream.ts";
import { DESTINATION_ID } from "./describe.ts";
import { prefixFailures } from "./prefix.ts";
import { type DeliveryStreamInputs, deliveryStreamInputs } from "./schema.ts";
import { deliveryStreamArn } from "./service.ts";

const deliveryStreamType = defineResourceType<DeliveryStreamInputs>({
  token: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  inputs: deliveryStreamInputs,
  autoName: { property: "name", maxLength: 64 },
  replaceOn: ["name", "destination", "region"],
  check({ extendedS3Configuration }) {
    const failures = prefixFailures(extendedS3Configuration).map(({ property, reason }) => ({
      property: `extendedS3Configuration.${property}`,
      reason,
    }));
    const { enabled, logGroupName, logStreamName } = extendedS3Configuration.cloudwatchLoggingOptions;
    if (enabled && (!logGroupName || !logStreamName)) {
      failures.push({
        property: "extendedS3Configuration.cloudwatchLoggingOptions",
        reason: "logGroupName and logStreamName must be given when logging is enabled",
      });
    }
    return failures;
  },
  create(inputs, context) {
    const place = { accountId: context.accountId, region: inputs.region ?? context.region };
    const stream = new DeliveryStream(context.cloud, {
      ...place,
      name: inputs.name,
      arn: deliveryStreamArn(inputs.name, place),
      destination: inputs.extendedS3Configuration,
      isEncrypted: inputs.serverSideEncryption.enabled,
    });
    checkRole(stream);
    stream.tags = tagsAll(inputs.tags, context);
    context.cloud.services.firehose.add(stream);
    return { id: stream.arn, outputs: outputsOf(stream, inputs) };
  },
  read(id, state, context) {
    const stream = context.cloud.services.firehose.find(id);
    return stream && outputsOf(stream, state);
  },
  update(id, inputs, _olds, context) {
    const stream = requireStream(id, context);
    const before = stream.destination;
    if (JSON.stringify(before) !== JSON.stringify(inputs.extendedS3Configuration)) {
      stream.destination = inputs.extendedS3Configuration;
      try {
        checkRole(stream);
      } catch (error) {
        stream.destination = before;
        throw error;
      }
      stream.version++;
    }
    stream.isEncrypted = inputs.serverSideEncryption.enabled;
    stream.updatedAt = context.cloud.clock.now();
    stream.tags = tagsAll(inputs.tags, context);
    return outputsOf(stream, inputs);
  },
  delete(id, _state, context) {
    context.cloud.services.firehose.remove(id);
  },
});

/** Firehose tries the role when a delivery stream is made. */
function checkRole(stream: DeliveryStream): void {
  try {
    stream.assumeRole();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(
      "InvalidArgumentException",
      `Firehose is unable to assume role ${stream.destination.roleArn}. Please check the role provided.`,
    );
  }
}

function requireStream(id: string, context: ResourceContext): DeliveryStream {
  const stream = context.cloud.services.firehose.find(id);
  if (stream) return stream;
  throw new AwsError(
    "ResourceNotFoundException",
    `The delivery stream ${id} is not in the local cloud, which keeps nothing when it ends; run \`pulumi up --refresh\` to build it again.`,
  );
}

function outputsOf(stream: DeliveryStream, state: Properties): Properties {
  const { tags } = state;
  return {
    arn: stream.arn,
    destination: "extended_s3",
    destinationId: DESTINATION_ID,
    extendedS3Configuration: stream.destination,
    name: stream.name,
    region: stream.region,
    serverSideEncryption: { enabled: stream.isEncrypted, keyType: "AWS_OWNED_CMK" },
    ...(tags === undefined ? {} : { tags }),
    tagsAll: stream.tags,
    versionId: String(stream.version),
  };
}

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [deliveryStreamType];

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
