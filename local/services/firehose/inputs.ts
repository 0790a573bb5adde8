import { z } from "zod";
import { AwsError } from "../../kernel/errors.ts";
import { tagMap } from "../../resource-types/tags.ts";
import { KeyType } from "./delivery-stream.ts";
import { DESTINATION_ID } from "./describe.ts";
import { destinationInputs } from "./destination.ts";

const streamName = z.string().regex(/^[a-zA-Z0-9_.-]{1,64}$/, "must be 1 to 64 of a-z, A-Z, 0-9, _ . -");

const keyType = z.enum(KeyType, `must be ${Object.values(KeyType).join(" or ")}`);
/** Firehose takes no id and no alias of a key. */
const keyArn = z.string().regex(/^arn:[^:]+:kms:[^:]*:\d{12}:key\/.+$/, "must be the ARN of a KMS key");
const KEY_WITH_TYPE = `a key's ARN is needed with the key type ${KeyType.CustomerManaged}, and only with it`;
const hasKeyWithType = (type: string, key: string | undefined) =>
  (type === KeyType.CustomerManaged) === (key !== undefined);

/** @throws AwsError InvalidArgumentException for a key without the type that has one, and the other way round. */
export function checkKeyType(type: string, key: string | undefined): void {
  if (!hasKeyWithType(type, key)) throw new AwsError("InvalidArgumentException", KEY_WITH_TYPE);
}

/** Arguments of `aws.kinesis.FirehoseDeliveryStream`. */
export const deliveryStreamInputs = z.strictObject({
  name: streamName,
  arn: z.string().optional(),
  destination: z.literal("extended_s3", "the local cloud supports the destination extended_s3 only"),
  destinationId: z.literal(DESTINATION_ID, `is always ${DESTINATION_ID}: leave it out`).optional(),
  extendedS3Configuration: destinationInputs,
  serverSideEncryption: z
    .strictObject({
      enabled: z.boolean().default(false),
      keyType: keyType.default(KeyType.AwsOwned),
      keyArn: keyArn.optional(),
    })
    .refine(({ keyType: type, keyArn: key }) => hasKeyWithType(type, key), KEY_WITH_TYPE)
    .optional(),
  versionId: z
    .string()
    .regex(/^[0-9]+$/, "is a number that Firehose counts up: leave it out")
    .optional(),
  region: z.string().optional(),
  tags: tagMap.optional(),
});
export type DeliveryStreamInputs = z.infer<typeof deliveryStreamInputs>;
