import * as pulumi from "@pulumi/pulumi";
import { oneOf, type Problem, wholeNumber } from "../checks.ts";
import { RemovePolicy } from "../defaults/archive.ts";
import { deliveryDefaults } from "../defaults/firehose.ts";
import { MAX_RETENTION_DAYS } from "../defaults/s3.ts";
import type { DeliverySettings } from "../delivery-stream/args.ts";
import { settingsProblems as deliveryProblems } from "../delivery-stream/checks.ts";
import { settingsProblems as bucketSettingsProblems, retentionProblems } from "../private-bucket/checks.ts";
import { problems as consumerProblems } from "../stream-consumer/checks.ts";
import type { TableArchiveArgs } from "./args.ts";
import { consumerArgs } from "./consumer-args.ts";
import { mixedWith } from "./prefixes.ts";

/** Placeholders for the children that the consumer's args refer to, which are not made yet. */
const UNMADE = {
  bucket: { bucketName: pulumi.output(""), bucketArn: pulumi.output(""), kmsKeyArn: undefined },
  failedBatches: { bucketArn: pulumi.output(""), kmsKeyArn: undefined },
  delivery: { deliveryStreamName: pulumi.output(""), deliveryStreamArn: pulumi.output("") },
};
const CONSUMER_NAMES = { streamArn: "tableStreamArn", streamKmsKeyArn: "tableKmsKeyArn", function: "" };

/** Everything that is wrong with the args of a `TableArchive`, those that it passes on to its children included. */
export function problems(args: TableArchiveArgs): Problem[] {
  const { delivery = {} } = args;
  return [
    ...deliveryProblems(delivery, "delivery."),
    mixedProblem(delivery),
    oneOf("removePolicy", args.removePolicy, RemovePolicy),
    wholeNumber("retentionDays", args.retentionDays, 0, MAX_RETENTION_DAYS),
    wholeNumber("parkedRetentionDays", args.parkedRetentionDays, 0, MAX_RETENTION_DAYS),
    ...bucketProblems(args),
    // The buckets are made before the consumer, so the consumer's own check would come too late.
    ...consumerProblems(consumerArgs(args, UNMADE), CONSUMER_NAMES),
  ];
}

function bucketProblems({ bucket, failedBatches, retentionDays, parkedRetentionDays }: TableArchiveArgs): Problem[] {
  return [
    ...bucketSettingsProblems(bucket, "bucket."),
    ...bucketSettingsProblems(failedBatches, "failedBatches."),
    ...retentionProblems(bucket, { retentionDays, parkedRetentionDays }, "bucket."),
    ...retentionProblems(failedBatches, { parkedRetentionDays }, "failedBatches."),
  ];
}

function mixedProblem({
  prefix = deliveryDefaults.prefix,
  errorPrefix = deliveryDefaults.errorOutputPrefix,
}: DeliverySettings): Problem {
  const mixed = mixedWith(prefix, errorPrefix);
  return mixed === undefined
    ? undefined
    : `delivery.prefix is ${JSON.stringify(prefix)}; below "${mixed}" are ` +
        `parked lines and delivery errors, which have ` +
        "a retention of their own: write a prefix apart from it, such as " +
        `delivery.prefix: "${deliveryDefaults.prefix}"`;
}
