import type * as pulumi from "@pulumi/pulumi";
import { logRetention, matches, oneOf, type Problem, refuse, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import { GatewayAccount, GatewayAuthorization, gatewayDefaults, PartitionKeySource } from "../defaults/gateway.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { gatewayRules } from "../defaults/text-rules.ts";
import type { IngestGatewayArgs } from "./args.ts";
import { originProblems } from "./cors.ts";
import type { PartitionKey } from "./templates/partition-key.ts";

/** Seconds that a browser remembers a preflight at most. */
const MAX_AGE_SECONDS = 86_400;

/** Refuses arguments that cannot work, all at once; throws pulumi.ResourceError. */
export function checkArgs(resource: pulumi.Resource, name: string, args: IngestGatewayArgs): void {
  const { partitionKey = {}, cors, accessLog = {} } = args;
  const isPublic = args.authorization === "none" || args.authorization === "public";
  refuse(resource, name, [
    isPublic
      ? `authorization is "${args.authorization}"; if anyone on the internet shall send events, write authorization: "${GatewayAuthorization.Public}"`
      : oneOf("authorization", args.authorization, GatewayAuthorization),
    args.usagePlan && (args.authorization ?? gatewayDefaults.authorization) !== GatewayAuthorization.ApiKey
      ? `usagePlan is given; it counts by API key: write authorization: "${GatewayAuthorization.ApiKey}", or throttling instead of it`
      : undefined,
    matches("stream.arn", args.stream.arn, arnRules.kinesisStream),
    matches("stream.kmsKeyArn", args.stream.kmsKeyArn, arnRules.kmsKey),
    oneOf("apiGatewayAccount", args.apiGatewayAccount, GatewayAccount),
    oneOf("partitionKey.source", partitionKey.source, PartitionKeySource),
    ...partitionKeyProblems(partitionKey),
    matches("stageName", args.stageName, gatewayRules.stageName),
    ...originProblems(cors),
    ...(cors?.allowHeaders ?? []).map((header) => matches("cors.allowHeaders", header, gatewayRules.headerName)),
    wholeNumber("cors.maxAgeSeconds", cors?.maxAgeSeconds, 0, MAX_AGE_SECONDS),
    matches("permissionsBoundaryArn", args.permissionsBoundaryArn, arnRules.policy),
    logRetention("accessLog.retentionDays", accessLog.retentionDays),
    oneOf("accessLog.removalPolicy", accessLog.removalPolicy, RemovalPolicy),
  ]);
}

function partitionKeyProblems(key: NonNullable<IngestGatewayArgs["partitionKey"]>): readonly Problem[] {
  const { Header, BodyPath } = PartitionKeySource;
  return [
    key.header !== undefined && key.source !== Header
      ? `partitionKey.header is given; it belongs to a key from a header: write partitionKey.source: "${Header}"`
      : matches("partitionKey.header", key.header, gatewayRules.headerName),
    key.path !== undefined && key.source !== BodyPath
      ? `partitionKey.path is given; it belongs to a key from the body: write partitionKey.source: "${BodyPath}"`
      : matches("partitionKey.path", key.path, gatewayRules.bodyPath),
    key.source === BodyPath && key.path === undefined
      ? `partitionKey.path is missing; a key from the body needs it: write partitionKey.path: "user.id"`
      : undefined,
  ];
}

/** How partition keys are made, decided. Arguments must have been checked. */
export function partitionKeyOf(args: IngestGatewayArgs): PartitionKey {
  const { source = gatewayDefaults.partitionKeySource, header, path } = args.partitionKey ?? {};
  if (source === PartitionKeySource.Header) return { source, header: header ?? gatewayDefaults.partitionKeyHeader };
  if (source === PartitionKeySource.BodyPath) return { source, path: path ?? "" };
  return { source: PartitionKeySource.RequestId };
}
