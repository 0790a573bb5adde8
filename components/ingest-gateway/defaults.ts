import { GatewayAccount, GatewayAuthorization, PartitionKeySource } from "./args.ts";

/** Defaults of every gateway: a key is asked for, clients are metered, requests are logged. */
export const gatewayDefaults = {
  authorization: GatewayAuthorization.ApiKey,
  partitionKeySource: PartitionKeySource.RequestId,
  partitionKeyHeader: "X-Partition-Key",
  apiGatewayAccount: GatewayAccount.Manage,
  stageName: "v1",
  description: "Takes events over HTTPS into a Kinesis stream.",
  endpointType: "REGIONAL",
  /** Kinesis answers in well under a second; AWS's own limit is 29 s. */
  integrationTimeoutMs: 29_000,
} as const;

/** Limits of a client. */
export const usagePlanDefaults = { rateLimit: 1_000, burstLimit: 2_000 } as const;

/** Seconds that a refused client is asked to wait. */
export const retryAfterSeconds = { throttled: 1, quotaExceeded: 3_600 } as const;

/** What a browser is told. */
export const corsDefaults = { maxAgeSeconds: 600, exposedHeaders: ["Retry-After"] } as const;

/**
 * One line of the access log. Nothing in it is chosen by the client without limits: no header, no path, no payload, so a line stays valid JSON.
 * The request id can be set by a client, the extended one cannot.
 */
export const accessLogFields = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  requestTimeEpoch: "$context.requestTimeEpoch",
  sourceIp: "$context.identity.sourceIp",
  apiKeyId: "$context.identity.apiKeyId",
  caller: "$context.identity.caller",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  status: "$context.status",
  responseType: "$context.error.responseType",
  responseLength: "$context.responseLength",
  responseLatencyMs: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatencyMs: "$context.integration.latency",
} as const;
