import * as pulumi from "@pulumi/pulumi";
import { codeOf, OwnFunction } from "../bundled-function/own-code.ts";
import { StreamSource } from "../defaults/lambda.ts";
import { objectPrefixes } from "../defaults/s3.ts";
import type { PolicyStatement } from "../iam/policy.ts";
import type { StreamConsumerArgs } from "../stream-consumer/args.ts";
import type { ReplicatorArgs, TargetArgs } from "./args.ts";
import { replicatorEnvironment } from "./environment.ts";

/** The bucket of parked records and failed batches. */
export interface ParkedBucket {
  readonly bucketName: pulumi.Input<string>;
  readonly bucketArn: pulumi.Input<string>;
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
}

/** The args of a replicator's consumer. */
export function consumerArgs(args: ReplicatorArgs, parked: ParkedBucket): StreamConsumerArgs {
  return {
    source: StreamSource.Kinesis,
    streamArn: args.streamArn,
    streamKmsKeyArn: args.streamKmsKeyArn,
    streamRetentionSeconds: args.streamRetentionSeconds,
    // The one bucket has the parked records too, so this grant of its key is for both.
    onFailure: { bucketArn: parked.bucketArn, kmsKeyArn: parked.kmsKeyArn },
    reading: args.reading,
    alarms: args.alarms,
    function: {
      ...codeOf(OwnFunction.Replicator, args.entry),
      ...args.function,
      description: "Carries records of a stream into a table of another account.",
      roleName: args.roleName,
      rolePath: args.rolePath,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      removalPolicy: args.removalPolicy,
      environment: replicatorEnvironment(args, parked.bucketName),
      statements: statements(args.target, parked),
    },
  };
}

function statements(target: TargetArgs, parked: ParkedBucket): PolicyStatement[] {
  return [
    { sid: "AssumeWriter", actions: ["sts:AssumeRole"], resources: [target.roleArn] },
    {
      sid: "ParkRecords",
      actions: ["s3:PutObject"],
      // The key is made of the record's date, shard and sequence number.
      resources: [pulumi.interpolate`${parked.bucketArn}/${objectPrefixes.parked}*`],
    },
  ];
}
