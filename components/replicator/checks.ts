import * as pulumi from "@pulumi/pulumi";
import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { HashKeyScope, HashKeySeparator, NumberPolicy, TableWriter } from "../defaults/replication.ts";
import { MAX_RETENTION_DAYS } from "../defaults/s3.ts";
import { placeRules } from "../defaults/text-rules.ts";
import { retentionProblems, settingsProblems } from "../private-bucket/checks.ts";
import { problems as consumerProblems } from "../stream-consumer/checks.ts";
import type { ReplicatorArgs } from "./args.ts";
import { consumerArgs } from "./consumer-args.ts";

/** Placeholder for the bucket of parked records, which is not made yet. */
const UNMADE_BUCKET = { bucketName: "", bucketArn: pulumi.output("") };
const CONSUMER_NAMES = { streamArn: "streamArn", streamKmsKeyArn: "streamKmsKeyArn", function: "" };

/** Everything that is wrong with the args of a `Replicator`, those that it passes on to its consumer included. */
export function problems(args: ReplicatorArgs): Problem[] {
  return [
    oneOf("hashKeyScope", args.hashKeyScope, HashKeyScope),
    oneOf("hashKeySeparator", args.hashKeySeparator, HashKeySeparator),
    oneOf("numberPolicy", args.numberPolicy, NumberPolicy),
    oneOf("tableWriter", args.tableWriter, TableWriter),
    wholeNumber("parkedRetentionDays", args.parkedRetentionDays, 0, MAX_RETENTION_DAYS),
    ...settingsProblems(args.parked, "parked."),
    ...retentionProblems(args.parked, { parkedRetentionDays: args.parkedRetentionDays }, "parked."),
    matches("target.roleArn", args.target.roleArn, arnRules.role),
    matches("target.region", args.target.region, placeRules.region),
    // The bucket is made before the consumer, so the consumer's own check would come too late.
    ...consumerProblems(consumerArgs(args, UNMADE_BUCKET), CONSUMER_NAMES),
  ];
}
