import type * as pulumi from "@pulumi/pulumi";
import { matches, oneOf, type Problem, refuse, wholeNumber } from "../checks.ts";
import { LOG_RETENTION_DAYS } from "../defaults/logs.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { GatewayAccount, GatewayAuthorization, type IngestGatewayArgs, PartitionKeySource } from "./args.ts";
import { gatewayDefaults } from "./defaults.ts";
import type { PartitionKey } from "./templates/partition-key.ts";

const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
const BODY_PATH = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
const STAGE_NAME = /^[A-Za-z0-9_-]{1,128}$/;
const ORIGIN = /^(\*|https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?)$/;
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
    oneOf("apiGatewayAccount", args.apiGatewayAccount, GatewayAccount),
    oneOf("partitionKey.source", partitionKey.source, PartitionKeySource),
    ...partitionKeyProblems(partitionKey),
    matches("stageName", args.stageName, STAGE_NAME, "1 to 128 of A-Z a-z 0-9 - _", gatewayDefaults.stageName),
    matches("cors.allowOrigin", cors?.allowOrigin, ORIGIN, "one origin, or *", "https://app.example.com"),
    ...(cors?.allowHeaders ?? []).map((header) =>
      matches("cors.allowHeaders", header, HEADER_NAME, "names of headers", "X-Request-Source"),
    ),
    wholeNumber("cors.maxAgeSeconds", cors?.maxAgeSeconds, 0, MAX_AGE_SECONDS),
    typeof accessLog.retentionDays === "number" && !LOG_RETENTION_DAYS.some((days) => days === accessLog.retentionDays)
      ? `accessLog.retentionDays is ${accessLog.retentionDays}; allowed is ${LOG_RETENTION_DAYS.join(", ")}: write accessLog.retentionDays: 30`
      : undefined,
    oneOf("accessLog.removalPolicy", accessLog.removalPolicy, RemovalPolicy),
  ]);
}

function partitionKeyProblems(key: NonNullable<IngestGatewayArgs["partitionKey"]>): readonly Problem[] {
  const { Header, BodyPath } = PartitionKeySource;
  return [
    key.header !== undefined && key.source !== Header
      ? `partitionKey.header is given; it belongs to a key from a header: write partitionKey.source: "${Header}"`
      : matches(
          "partitionKey.header",
          key.header,
          HEADER_NAME,
          "the name of a header",
          gatewayDefaults.partitionKeyHeader,
        ),
    key.path !== undefined && key.source !== BodyPath
      ? `partitionKey.path is given; it belongs to a key from the body: write partitionKey.source: "${BodyPath}"`
      : matches("partitionKey.path", key.path, BODY_PATH, "names joined by dots", "user.id"),
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
