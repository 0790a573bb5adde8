import * as pulumi from "@pulumi/pulumi";
import { parseArn } from "../../aws/arn.ts";
import type { PolicyStatement } from "./policy.ts";

/**
 * Statements for a writer or a reader of a Kinesis stream that is encrypted with a customer managed key, limited to
 * this stream; none without a key. AWS's page "Permissions to use user-generated KMS keys" of Kinesis lists the two
 * actions, and the stream's ARN as the encryption context of every call.
 */
export function streamKeyStatements(
  use: "write" | "read",
  keyArn: pulumi.Input<string> | undefined,
  streamArn: pulumi.Input<string>,
): PolicyStatement[] {
  if (keyArn === undefined) return [];
  return [
    {
      sid: use === "write" ? "EncryptStream" : "DecryptStream",
      actions: [use === "write" ? "kms:GenerateDataKey" : "kms:Decrypt"],
      resources: [keyArn],
      conditions: { StringEquals: { "kms:EncryptionContext:aws:kinesis:arn": streamArn } },
    },
  ];
}

/**
 * Statements for a writer of a DynamoDB table, or a reader of its stream, that is encrypted with a customer managed
 * key, limited to this table; none without a key. AWS's page "DynamoDB encryption at rest usage notes" says that
 * DynamoDB decrypts the table's key as the principal that accesses the table, lists the minimum of actions, and has the
 * table's name as the encryption context of every call and `kms:ViaService` for calls to a table. It does not say which
 * of the actions a write needs, so a writer gets all cryptographic ones; only the principal that chooses the key makes
 * grants.
 */
export function tableKeyStatements(
  use: "write" | "read",
  keyArn: pulumi.Input<string> | undefined,
  /** Of the table, or of its stream. */
  tableArn: pulumi.Input<string>,
): PolicyStatement[] {
  if (keyArn === undefined) return [];
  const tableName = pulumi.output(tableArn).apply((arn) => parseArn(arn).resource.split("/")[1] ?? "");
  const ofTable = { StringEquals: { "kms:EncryptionContext:aws:dynamodb:tableName": tableName } };
  if (use === "read")
    return [{ sid: "DecryptTableStream", actions: ["kms:Decrypt"], resources: [keyArn], conditions: ofTable }];
  return [
    {
      sid: "UseTableKey",
      actions: [
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      resources: [keyArn],
      // The name ends with the region and the partition's domain.
      conditions: { ...ofTable, StringLike: { "kms:ViaService": "dynamodb.*" } },
    },
  ];
}

/**
 * Statements for a writer of a bucket that is encrypted with a customer managed key, limited to this bucket; none
 * without a key.
 *
 * A PutObject needs `kms:GenerateDataKey` (Lambda's page "Retain discarded batch records" asks for it alone). Firehose
 * may upload in parts, which S3 reads before it makes the object of them: its page "Controlling access with Amazon Data
 * Firehose" has both actions, `kms:ViaService` of S3 and the encryption context. The context is the bucket's ARN with
 * an S3 Bucket Key, as `PrivateBucket` has one, and the object's ARN without (S3 User Guide, "Configuring your bucket
 * to use an S3 Bucket Key"): both are allowed, so that a transform may switch the Bucket Key off.
 */
export function bucketKeyStatements(
  writer: "function" | "deliveryStream",
  sid: string,
  keyArn: pulumi.Input<string> | undefined,
  bucketArn: pulumi.Input<string>,
): PolicyStatement[] {
  if (keyArn === undefined) return [];
  return [
    {
      sid,
      actions: ["kms:GenerateDataKey", ...(writer === "deliveryStream" ? ["kms:Decrypt"] : [])],
      resources: [keyArn],
      conditions: {
        StringLike: {
          // The name ends with the region and the partition's domain.
          "kms:ViaService": "s3.*",
          "kms:EncryptionContext:aws:s3:arn": [bucketArn, pulumi.interpolate`${bucketArn}/*`],
        },
      },
    },
  ];
}
