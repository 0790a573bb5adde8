/** Who may send events. */
export const GatewayAuthorization = {
  /** Requests carry an API key in `x-api-key`. It identifies a client and meters it; where it matters who sends, use `Iam`. */
  ApiKey: "apiKey",
  /** Requests are signed (SigV4, service `execute-api`) by a principal that may `execute-api:Invoke` the route. */
  Iam: "iam",
  /** Anyone on the internet may send. Asked for in these words, so that nobody does it by accident.
   * A body of type `text/plain` counts as JSON then: it is what a page can send while it is left (`navigator.sendBeacon`). */
  Public: "public-anyone-may-send",
} as const;
export type GatewayAuthorization = (typeof GatewayAuthorization)[keyof typeof GatewayAuthorization];

/** Where a record's partition key comes from. */
export const PartitionKeySource = {
  /** The extended request id, which no client can choose; in a batch followed by `-` and the event's number. */
  RequestId: "requestId",
  /** A request header, the same for all events of a batch; 400 without it. */
  Header: "header",
  /** A path of each event (a string or a number); 400 without it. JSON Lines are not parsed at the gateway and use `RequestId`. */
  BodyPath: "bodyPath",
} as const;
export type PartitionKeySource = (typeof PartitionKeySource)[keyof typeof PartitionKeySource];

/** What the account's one CloudWatch role for API Gateway is to this gateway. An account and region have one for all their APIs. */
export const GatewayAccount = {
  /** Make the role and set it. Both stay when the gateway goes, because other APIs of the account use them; unless `accessLog.removalPolicy` is `destroy`. */
  Manage: "manage",
  /** It is there already. */
  Existing: "existing",
} as const;
export type GatewayAccount = (typeof GatewayAccount)[keyof typeof GatewayAccount];

/** The periods that a usage plan's quota can be counted by. */
export const QuotaPeriod = { Day: "DAY", Week: "WEEK", Month: "MONTH" } as const;
export type QuotaPeriod = (typeof QuotaPeriod)[keyof typeof QuotaPeriod];

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

/** Events that one PutRecords takes, and so one batch. */
export const MAX_BATCH_EVENTS = 500;
/** Characters of a partition key. */
export const MAX_PARTITION_KEY_CHARACTERS = 256;
/** Lines of a JSON Lines body, blank ones included: a `#foreach` ends after as many rounds. */
export const MAX_BATCH_LINES = 1_000;
/** Record size limit of a stream that nobody changed, in KiB. */
export const DEFAULT_RECORD_SIZE_KIB = 1_024;
