/** How a gateway authorizes its clients. */
export const GatewayAuthorization = {
  /**
   * Requests carry an API key in `x-api-key`. A key identifies and meters a client; to authenticate senders, use `Iam`.
   */
  ApiKey: "apiKey",
  /** Requests are signed (SigV4, service `execute-api`) by a principal that may `execute-api:Invoke` the route. */
  Iam: "iam",
  /**
   * Anyone on the internet may send; the long name keeps this from happening by accident. A body of type `text/plain`
   * then counts as JSON, because a page that is being left can send no other type (`navigator.sendBeacon`).
   */
  Public: "public-anyone-may-send",
} as const;
export type GatewayAuthorization = (typeof GatewayAuthorization)[keyof typeof GatewayAuthorization];

/** Where a record's partition key comes from. */
export const PartitionKeySource = {
  /** The extended request id, which no client can choose; in a batch followed by `-` and the event's number. */
  RequestId: "requestId",
  /** A request header, the same for all events of a batch; 400 without it. */
  Header: "header",
  /**
   * A path of each event (a string or a number); 400 without it. The gateway does not parse JSON Lines, so they use
   * `RequestId`.
   */
  BodyPath: "bodyPath",
} as const;
export type PartitionKeySource = (typeof PartitionKeySource)[keyof typeof PartitionKeySource];

/** How the gateway gets API Gateway's CloudWatch role, of which an account and region have one for all their APIs. */
export const GatewayAccount = {
  /**
   * The gateway makes the role and sets it. Both stay when the gateway goes, because other APIs of the account use
   * them; unless `removalPolicy` is `destroy`.
   */
  Manage: "manage",
  /** The account has it already. */
  Existing: "existing",
} as const;
export type GatewayAccount = (typeof GatewayAccount)[keyof typeof GatewayAccount];

/** The periods of a usage plan's quota. */
export const QuotaPeriod = { Day: "DAY", Week: "WEEK", Month: "MONTH" } as const;
export type QuotaPeriod = (typeof QuotaPeriod)[keyof typeof QuotaPeriod];

/** Defaults of every gateway: clients need an API key, are metered, and their requests are logged. */
export const gatewayDefaults = {
  authorization: GatewayAuthorization.ApiKey,
  partitionKeySource: PartitionKeySource.RequestId,
  partitionKeyHeader: "X-Partition-Key",
  apiGatewayAccount: GatewayAccount.Manage,
  stageName: "v1",
  description: "Takes events over HTTPS into a Kinesis stream.",
  endpointType: "REGIONAL",
  /** AWS's own limit is 29 s; Kinesis answers in well under a second. */
  integrationTimeoutMs: 29_000,
} as const;

/** Limits of one client. */
export const usagePlanDefaults = { rateLimit: 1_000, burstLimit: 2_000 } as const;

/** Seconds after which a refused client should retry. */
export const retryAfterSeconds = { throttled: 1, quotaExceeded: 3_600 } as const;

/** Defaults of CORS. */
export const corsDefaults = { maxAgeSeconds: 600, exposedHeaders: ["Retry-After"] } as const;

/**
 * One line of the access log. It has no header, path or payload, so a client cannot break its JSON or make it long. A
 * client can choose the request id, and not the extended one.
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

/** Events in one batch, as many as PutRecords takes. */
export const MAX_BATCH_EVENTS = 500;
/** Characters of a partition key. */
export const MAX_PARTITION_KEY_CHARACTERS = 256;
/** Lines of a JSON Lines body, blank ones included: a `#foreach` loop ends after this many. */
export const MAX_BATCH_LINES = 1_000;
/** The record size limit of a stream by default, in KiB. */
export const DEFAULT_RECORD_SIZE_KIB = 1_024;
