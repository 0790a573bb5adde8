import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { LogSettings } from "../log-group.ts";
import type { Transform } from "../scope.ts";

/** The stream that the routes write to. */
export interface GatewayStreamArgs {
  /** Name of the Kinesis stream. */
  readonly name: pulumi.Input<string>;
  /** ARN of the same stream. Region and partition of the integration are taken from it. */
  readonly arn: pulumi.Input<string>;
  /**
   * ARN of the customer managed key that the stream is encrypted with.
   * @default none: Kinesis's own key needs no grant
   */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /**
   * The stream's record size limit in KiB (data and partition key); a 413 names it.
   * @default 1024
   */
  readonly maximumRecordSizeKiB?: pulumi.Input<number>;
}

/** How partition keys are made. */
export interface PartitionKeyArgs {
  /** `requestId`, `header` or `bodyPath`. @default "requestId" */
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
}

/**
 * The limits of one client, which is an API key. They are best effort: they meter clients, and do not protect the
 * service.
 */
export interface UsagePlanArgs {
  /** Requests per second. @default 1000 */
  readonly rateLimit?: pulumi.Input<number>;
  /** Requests at once. @default 2000 */
  readonly burstLimit?: pulumi.Input<number>;
  /** @default no quota */
  readonly quota?: UsageQuotaArgs;
}

/** Limits of each route of the stage, over all clients. */
export interface StageThrottlingArgs {
  /** Requests per second. */
  readonly rateLimit: pulumi.Input<number>;
  /** Requests at once. */
  readonly burstLimit: pulumi.Input<number>;
}

/**
 * Web pages that may send events and read the answers. With several origins, an answer names the request's own. API
 * Gateway cannot choose a header in the errors that it answers itself, so any page may read those: they hold a message
 * and a request id.
 */
export interface CorsArgs {
  /** Origins such as `https://app.example.com`, or `*` alone. */
  readonly allowOrigins: string[];
  /** Request headers that a page may set, besides those that the gateway reads itself. @default none */
  readonly allowHeaders?: string[];
  /** Seconds for which a browser may cache the answer to its preflight. @default 600 */
  readonly maxAgeSeconds?: number;
}

/**
 * The JSON access log of the stage: one line per request, with its ids, status and latency, without payloads and
 * headers.
 */
export interface AccessLogArgs extends LogSettings {
  /** Whether requests are logged. @default true */
  readonly enabled?: boolean;
}

/** Arguments of `IngestGateway`. */
export interface IngestGatewayArgs {
  /** The stream that events go to. */
  readonly stream: GatewayStreamArgs;
  /** `apiKey`, `iam` (requests are signed) or `public-anyone-may-send`. @default "apiKey" */
  readonly authorization?: string;
  /** @default the extended request id */
  readonly partitionKey?: PartitionKeyArgs;
  /** With an API key: the client's limits. @default 1,000 requests/s, bursts of 2,000, no quota */
  readonly usagePlan?: UsagePlanArgs;
  /** Limits of each route, over all clients. @default none besides the account's own */
  readonly throttling?: StageThrottlingArgs;
  /** @default no CORS: web pages cannot send */
  readonly cors?: CorsArgs;
  /** @default on, 30 days */
  readonly accessLog?: AccessLogArgs;
  /**
   * `manage`: the gateway makes the account's CloudWatch role and sets it; `existing`: the account has one already. Not
   * asked for when the access log is off. @default "manage"
   */
  readonly apiGatewayAccount?: string;
  /** The stage's name, the last part of the URL: letters, digits, `-` and `_`. @default "v1" */
  readonly stageName?: string;
  /** ARN of the permissions boundary of the gateway's roles. @default none */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * `retain`: the access log stays when the gateway goes, and the account's role if it is managed here; `destroy`: they
   * go too. @default "retain"
   */
  readonly removalPolicy?: string;
  /** Shown in the console. @default "Takes events over HTTPS into a Kinesis stream." */
  readonly description?: pulumi.Input<string>;
}

/** Options of `IngestGateway`. A function in `transform` is called once per child of its kind. */
export interface IngestGatewayOptions extends pulumi.ComponentResourceOptions {
  readonly transform?: {
    readonly restApi?: Transform<aws.apigateway.RestApiArgs>;
    readonly resource?: Transform<aws.apigateway.ResourceArgs>;
    readonly model?: Transform<aws.apigateway.ModelArgs>;
    readonly requestValidator?: Transform<aws.apigateway.RequestValidatorArgs>;
    readonly method?: Transform<aws.apigateway.MethodArgs>;
    readonly methodResponse?: Transform<aws.apigateway.MethodResponseArgs>;
    readonly integration?: Transform<aws.apigateway.IntegrationArgs>;
    readonly integrationResponse?: Transform<aws.apigateway.IntegrationResponseArgs>;
    readonly gatewayResponse?: Transform<aws.apigateway.ResponseArgs>;
    readonly integrationRole?: Transform<aws.iam.RoleArgs>;
    readonly integrationPolicy?: Transform<aws.iam.RolePolicyArgs>;
    readonly accountRole?: Transform<aws.iam.RoleArgs>;
    readonly accountPolicy?: Transform<aws.iam.RolePolicyArgs>;
    readonly account?: Transform<aws.apigateway.AccountArgs>;
    readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
    readonly deployment?: Transform<aws.apigateway.DeploymentArgs>;
    readonly stage?: Transform<aws.apigateway.StageArgs>;
    readonly methodSettings?: Transform<aws.apigateway.MethodSettingsArgs>;
    readonly apiKey?: Transform<aws.apigateway.ApiKeyArgs>;
    readonly usagePlan?: Transform<aws.apigateway.UsagePlanArgs>;
    readonly usagePlanKey?: Transform<aws.apigateway.UsagePlanKeyArgs>;
  };
}

/** The raw children. Optional ones are undefined where they are not wanted. */
export interface IngestGatewayNodes {
  readonly restApi: aws.apigateway.RestApi;
  readonly requestValidator: aws.apigateway.RequestValidator;
  /** By path, such as `/events/batch`. */
  readonly resources: Readonly<Record<string, aws.apigateway.Resource>>;
  /** By model name. */
  readonly models: Readonly<Record<string, aws.apigateway.Model>>;
  /** By verb and path, such as `POST /events`. */
  readonly methods: Readonly<Record<string, aws.apigateway.Method>>;
  /** By verb and path. */
  readonly integrations: Readonly<Record<string, aws.apigateway.Integration>>;
  /** By verb, path and status, such as `POST /events 200`. */
  readonly methodResponses: Readonly<Record<string, aws.apigateway.MethodResponse>>;
  /** By verb, path and status. */
  readonly integrationResponses: Readonly<Record<string, aws.apigateway.IntegrationResponse>>;
  /** By response type, such as `THROTTLED`. */
  readonly gatewayResponses: Readonly<Record<string, aws.apigateway.Response>>;
  readonly integrationRole: aws.iam.Role;
  readonly integrationPolicy: aws.iam.RolePolicy;
  readonly deployment: aws.apigateway.Deployment;
  readonly stage: aws.apigateway.Stage;
  readonly methodSettings?: aws.apigateway.MethodSettings;
  readonly logGroup?: aws.cloudwatch.LogGroup;
  readonly accountRole?: aws.iam.Role;
  readonly accountPolicy?: aws.iam.RolePolicy;
  readonly account?: aws.apigateway.Account;
  readonly apiKey?: aws.apigateway.ApiKey;
  readonly usagePlan?: aws.apigateway.UsagePlan;
  readonly usagePlanKey?: aws.apigateway.UsagePlanKey;
}
