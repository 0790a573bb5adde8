import { matches, oneOf, type Problem, wholeNumber } from "../checks.ts";
import { arnRules } from "../defaults/arns.ts";
import {
  GatewayAccount,
  GatewayAuthorization,
  gatewayDefaults,
  PartitionKeySource,
  QuotaPeriod,
} from "../defaults/gateway.ts";
import { RemovalPolicy } from "../defaults/removal.ts";
import { gatewayRules } from "../defaults/text-rules.ts";
import { logProblems } from "../log-group.ts";
import type { IngestGatewayArgs } from "./args.ts";
import { originProblems } from "./cors.ts";

/** The longest time for which browsers cache a preflight, in seconds. */
const MAX_AGE_SECONDS = 86_400;

/** Everything that is wrong with the args of an `IngestGateway`. */
export function problems(args: IngestGatewayArgs): Problem[] {
  const { partitionKey = {}, cors, usagePlan } = args;
  const isPublic = args.authorization === "none" || args.authorization === "public";
  return [
    isPublic
      ? `authorization is "${args.authorization}"; if anyone on the internet shall send events, ` +
        `write authorization: "${GatewayAuthorization.Public}"`
      : oneOf("authorization", args.authorization, GatewayAuthorization),
    usagePlan && (args.authorization ?? gatewayDefaults.authorization) !== GatewayAuthorization.ApiKey
      ? `usagePlan is given; it counts by API key: ` +
        `write authorization: "${GatewayAuthorization.ApiKey}", or throttling instead of it`
      : undefined,
    oneOf("usagePlan.quota.period", usagePlan?.quota?.period, QuotaPeriod),
    matches("stream.arn", args.stream.arn, arnRules.kinesisStream),
    matches("stream.kmsKeyArn", args.stream.kmsKeyArn, arnRules.kmsKey),
    oneOf("apiGatewayAccount", args.apiGatewayAccount, GatewayAccount),
    oneOf("partitionKey.source", partitionKey.source, PartitionKeySource),
    ...partitionKeyProblems(partitionKey),
    matches("stageName", args.stageName, gatewayRules.stageName),
    ...originProblems(cors),
    ...(cors?.allowHeaders ?? []).map((header, index) =>
      matches(`cors.allowHeaders[${index}]`, header, gatewayRules.headerName),
    ),
    wholeNumber("cors.maxAgeSeconds", cors?.maxAgeSeconds, 0, MAX_AGE_SECONDS),
    matches("permissionsBoundaryArn", args.permissionsBoundaryArn, arnRules.policy),
    ...logProblems("accessLog", args.accessLog),
    oneOf("removalPolicy", args.removalPolicy, RemovalPolicy),
  ];
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
