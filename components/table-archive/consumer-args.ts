import * as pulumi from "@pulumi/pulumi";
import { codeOf, OwnFunction } from "../bundled-function/own-code.ts";
import { archiveReadingDefaults, RemovePolicy } from "../defaults/archive.ts";
import { METRICS_NAMESPACE, StreamSource } from "../defaults/lambda.ts";
import { objectPrefixes } from "../defaults/s3.ts";
import type { DeliveryStream } from "../delivery-stream/delivery-stream.ts";
import { bucketKeyStatements } from "../iam/key-use.ts";
import type { PrivateBucket } from "../private-bucket/private-bucket.ts";
import type { StreamConsumerArgs } from "../stream-consumer/args.ts";
import type { TableArchiveArgs } from "./args.ts";

/** The children of an archive that its consumer writes to. */
export interface ArchiveTargets {
  readonly bucket: Pick<PrivateBucket, "bucketName" | "bucketArn" | "kmsKeyArn">;
  readonly failedBatches: Pick<PrivateBucket, "bucketArn" | "kmsKeyArn">;
  readonly delivery: Pick<DeliveryStream, "deliveryStreamName" | "deliveryStreamArn">;
}

/** The args of an archive's consumer. */
export function consumerArgs(
  args: TableArchiveArgs,
  { bucket, failedBatches, delivery }: ArchiveTargets,
): StreamConsumerArgs {
  return {
    source: StreamSource.DynamoDb,
    streamArn: args.tableStreamArn,
    streamKmsKeyArn: args.tableKmsKeyArn,
    onFailure: { bucketArn: failedBatches.bucketArn, kmsKeyArn: failedBatches.kmsKeyArn },
    reading: { ...archiveReadingDefaults, ...args.reading },
    alarms: args.alarms,
    function: {
      ...codeOf(OwnFunction.Archiver, args.entry),
      ...args.function,
      description: "Turns the changes of a table into JSON lines for its archive.",
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      removalPolicy: args.removalPolicy,
      environment: {
        DELIVERY_STREAM_NAME: delivery.deliveryStreamName,
        ARCHIVE_BUCKET: bucket.bucketName,
        OVERSIZED_PREFIX: objectPrefixes.parked,
        REMOVE_POLICY: args.removePolicy ?? RemovePolicy.Skip,
        METRICS_NAMESPACE,
      },
      statements: [
        { sid: "DeliverLines", actions: ["firehose:PutRecordBatch"], resources: [delivery.deliveryStreamArn] },
        {
          sid: "ParkOversizedLines",
          actions: ["s3:PutObject"],
          // The key is made of the record's date and ids.
          resources: [pulumi.interpolate`${bucket.bucketArn}/${objectPrefixes.parked}*`],
        },
        ...bucketKeyStatements("function", "EncryptParkedLines", bucket.kmsKeyArn, bucket.bucketArn),
      ],
    },
  };
}
