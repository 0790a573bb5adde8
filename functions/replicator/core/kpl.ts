import { createHash } from "node:crypto";

const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const DIGEST_BYTES = 16;

/**
 * Whether the Kinesis Producer Library has aggregated this record: magic number, protobuf message, and the message's
 * MD5. With a wrong magic number or digest it is an ordinary record.
 * @see https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md
 */
export function isKplAggregated(data: Buffer): boolean {
  if (data.length < MAGIC.length + DIGEST_BYTES || !data.subarray(0, MAGIC.length).equals(MAGIC)) return false;
  const message = data.subarray(MAGIC.length, -DIGEST_BYTES);
  return createHash("md5").update(message).digest().equals(data.subarray(-DIGEST_BYTES));
}
