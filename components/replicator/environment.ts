import * as pulumi from "@pulumi/pulumi";
import { METRICS_NAMESPACE } from "../defaults/lambda.ts";
import { HashKeyScope, HashKeySeparator, NumberPolicy, TableWriter } from "../defaults/replication.ts";
import { objectPrefixes } from "../defaults/s3.ts";
import type { ReplicatorArgs } from "./args.ts";

/** The args that a replicator's environment is made of. */
type EnvironmentArgs = Pick<
  ReplicatorArgs,
  "target" | "streamArn" | "hashKeyScope" | "hashKeySeparator" | "numberPolicy" | "tableWriter"
>;

/**
 * The environment variables of a replicator's function. Known values are plain, not outputs, so that the size can be
 * checked before anything is made.
 */
export function replicatorEnvironment(
  args: EnvironmentArgs,
  parkedBucketName: pulumi.Input<string>,
): Record<string, pulumi.Input<string>> {
  const { target } = args;
  const { indexedAttributes = [], ttl } = target;
  return {
    TARGET_ROLE_ARN: target.roleArn,
    TARGET_EXTERNAL_ID: target.externalId,
    TARGET_REGION: target.region,
    TARGET_TABLE_NAME: target.tableName,
    SOURCE_STREAM_ARN: args.streamArn,
    HASH_KEY_SCOPE: args.hashKeyScope ?? HashKeyScope.Shard,
    HASH_KEY_SEPARATOR: args.hashKeySeparator ?? HashKeySeparator.Underscore,
    PARKED_BUCKET: parkedBucketName,
    PARKED_PREFIX: objectPrefixes.parked,
    NUMBER_POLICY: args.numberPolicy ?? NumberPolicy.Park,
    TABLE_WRITER: args.tableWriter ?? TableWriter.Direct,
    INDEXED_ATTRIBUTES: Array.isArray(indexedAttributes)
      ? JSON.stringify(indexedAttributes)
      : pulumi.jsonStringify(indexedAttributes),
    METRICS_NAMESPACE,
    ...(ttl === undefined
      ? {}
      : { TTL_ATTRIBUTE: ttl.attribute, TTL_SECONDS: pulumi.output(ttl.seconds).apply(String) }),
  };
}
