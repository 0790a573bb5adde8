import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Who may send events. */
export const GatewayAuthorization = {
  /** Requests carry an API key in `x-api-key`. It identifies a client and meters it; where it matters who sends, use `Iam`. */
  ApiKey: "apiKey",
  /** Requests are signed (SigV4, service `execute-api`) by a principal that may `execute-api:Invoke` the route. */
  Iam: "iam",
  /** Anyone on the internet may send. Asked for in these words, so that nobody does it by accident. */
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
  /** Make the role and set it; both stay when the gateway is destroyed, because other APIs of the account use them. */
  Manage: "manage",
  /** It is there already. */
  Existing: "existing",
} as const;
export type GatewayAccount = (typeof GatewayAccount)[keyof typeof GatewayAccount];

/** What becomes of the access log when the gateway is destroyed. */
export const AccessLogRemoval = { Retain: "retain", Destroy: "destroy" } as const;
export type AccessLogRemoval = (typeof AccessLogRemoval)[keyof typeof AccessLogRemoval];

/** The stream that the routes write to. */
export interface GatewayStreamArgs {
  /** Name of the Kinesis stream. */
  readonly name: pulumi.Input<string>;
  /** ARN of the same stream. Region and partition of the integration are taken from it. */
  readonly arn: pulumi.Input<string>;
  /**
   * The stream's record size limit in KiB (data and partition key); a 413 names it.
   * @default 1024
   */
  readonly maximumRecordSizeKiB?: pulumi.Input<number>;
}

/** How partition keys are made. */
export interface PartitionKeyArgs {
  /** One of `PartitionKeySource`. @default "requestId" */
  readonly source?: string;
  /** With `header`: the header's name, in any case. @default "X-Partition-Key" */
  readonly header?: string;
  /** With `bodyPath`: names joined by dots, such as `user.id`; letters, digits and underscores. */
  readonly path?: string;
}

/** Requests per period, counted by usage plan and key. */
export interface UsageQuotaArgs {
  /** Requests per period. */
  readonly limit: pulumi.Input<number>;
  /** `DAY`, `WEEK` or `MONTH`. */
  readonly period: pulumi.Input<string>;
  /** Requests taken off the first period. @default 0 */
  readonly offset?: pulumi.Input<number>;
}

/** The limits of a client, which is an API key. They are best effort: they meter, they do not protect. */
export interface UsagePlanArgs {
  /** Requests per second. @default 1000 */
  readonly rateLimit?: pulumi.Input<number>;
  /** Requests at once. @default 2000 */
  readonly burstLimit?: pulumi.Input<number>;
  /** @default no quota */
  readonly quota?: UsageQuotaArgs;
}

/** Limits of the stage, over all clients. */
export interface StageThrottlingArgs {
  /** Requests per second. */
  readonly rateLimit: pulumi.Input<number>;
  /** Requests at once. */
  readonly burstLimit: pulumi.Input<number>;
}

/** Which web pages may send events and read the answers. One origin or all: API Gateway's own errors cannot choose among several. */
export interface CorsArgs {
  /** `https://app.example.com`, or `*`. */
  readonly allowOrigin: string;
  /** Request headers that a page may set, beside those that the gateway reads itself. @default none */
  readonly allowHeaders?: readonly string[];
  /** Seconds that a browser may remember the answer to its preflight. @default 600 */
  readonly maxAgeSeconds?: number;
}

/** The JSON access log of the stage: one line per request, with its ids, status and latency; no payloads, no headers. */
export interface AccessLogArgs {
  /** Whether requests are logged. @default true */
  readonly isEnabled?: boolean;
  /** Days that lines are kept: one of the values that CloudWatch Logs allows. @default 30 */
  readonly retentionDays?: pulumi.Input<number>;
  /** One of `AccessLogRemoval`. @default "retain" */
  readonly removal?: string;
}

/** Arguments of `IngestGateway`. */
export interface IngestGatewayArgs {
  /** The stream that events go to. */
  readonly stream: GatewayStreamArgs;
  /** One of `GatewayAuthorization`. @default "apiKey" */
  readonly authorization?: string;
  /** @default the extended request id */
  readonly partitionKey?: PartitionKeyArgs;
  /** With an API key: the client's limits. @default 1,000 requests/s, bursts of 2,000, no quota */
  readonly usagePlan?: UsagePlanArgs;
  /** Limits of the whole stage. @default none beside the account's own */
  readonly throttling?: StageThrottlingArgs;
  /** @default no CORS: web pages cannot send */
  readonly cors?: CorsArgs;
  /** @default on, 30 days, retained */
  readonly accessLog?: AccessLogArgs;
  /** One of `GatewayAccount`; not asked for when the access log is off. @default "manage" */
  readonly apiGatewayAccount?: string;
  /** The stage's name, the last part of the URL: letters, digits, `-` and `_`. @default "v1" */
  readonly stageName?: string;
  /** Shown in the console. @default "Takes events over HTTPS into a Kinesis stream." */
  readonly description?: pulumi.Input<string>;
  /** Tags of every resource that takes tags. */
  readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
}

/** Changes one child's arguments or options in place, before it is made. `name` is the child's logical name. */
export type GatewayTransform<A> = (args: A, options: pulumi.CustomResourceOptions, name: string) => void;

/** Options of `IngestGateway`: `transform` reaches what the arguments do not cover. A function is called once per child of its kind. */
export interface IngestGatewayOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: {
    readonly restApi?: GatewayTransform<aws.apigateway.RestApiArgs>;
    readonly resource?: GatewayTransform<aws.apigateway.ResourceArgs>;
    readonly model?: GatewayTransform<aws.apigateway.ModelArgs>;
    readonly requestValidator?: GatewayTransform<aws.apigateway.RequestValidatorArgs>;
    readonly method?: GatewayTransform<aws.apigateway.MethodArgs>;
    readonly methodResponse?: GatewayTransform<aws.apigateway.MethodResponseArgs>;
    readonly integration?: GatewayTransform<aws.apigateway.IntegrationArgs>;
    readonly integrationResponse?: GatewayTransform<aws.apigateway.IntegrationResponseArgs>;
    readonly gatewayResponse?: GatewayTransform<aws.apigateway.ResponseArgs>;
    readonly integrationRole?: GatewayTransform<aws.iam.RoleArgs>;
    readonly integrationPolicy?: GatewayTransform<aws.iam.RolePolicyArgs>;
    readonly accountRole?: GatewayTransform<aws.iam.RoleArgs>;
    readonly accountPolicy?: GatewayTransform<aws.iam.RolePolicyArgs>;
    readonly account?: GatewayTransform<aws.apigateway.AccountArgs>;
    readonly logGroup?: GatewayTransform<aws.cloudwatch.LogGroupArgs>;
    readonly deployment?: GatewayTransform<aws.apigateway.DeploymentArgs>;
    readonly stage?: GatewayTransform<aws.apigateway.StageArgs>;
    readonly methodSettings?: GatewayTransform<aws.apigateway.MethodSettingsArgs>;
    readonly apiKey?: GatewayTransform<aws.apigateway.ApiKeyArgs>;
    readonly usagePlan?: GatewayTransform<aws.apigateway.UsagePlanArgs>;
    readonly usagePlanKey?: GatewayTransform<aws.apigateway.UsagePlanKeyArgs>;
  };
}
