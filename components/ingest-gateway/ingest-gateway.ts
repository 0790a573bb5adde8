import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../checks.ts";
import {
  DEFAULT_RECORD_SIZE_KIB,
  GatewayAuthorization,
  gatewayDefaults,
  PartitionKeySource,
} from "../defaults/gateway.ts";
import { createRole } from "../iam/create-role.ts";
import { streamKeyStatements } from "../iam/key-use.ts";
import { ServiceRole, serviceTrustJson } from "../iam/service-trust.ts";
import { child } from "../scope.ts";
import type { IngestGatewayArgs, IngestGatewayNodes, IngestGatewayOptions } from "./args.ts";
import { problems } from "./checks.ts";

import { createGatewayResponses, createRoutes } from "./create-routes.ts";
import { createAccessLog, createAccount, createApiKey, createStage, secretValue } from "./create-stage.ts";
import { deployedChild, type GatewayScope } from "./gateway-scope.ts";
import { eventRoutes, type Route } from "./routes.ts";
import { type PartitionKey, partitionKeyOf } from "./templates/partition-key.ts";

/**
 * Takes events over HTTPS into a Kinesis stream, without a function in between, and answers 2xx only for events that
 * are in the stream.
 * `POST <url>/events` takes one JSON object, `POST <url>/events/batch` 1 to 500 of them.
 *
 * @example
 * ```ts
 * import { IngestGateway } from "../components/ingest-gateway/ingest-gateway.ts";
 * import { StreamPipeline } from "../components/stream-pipeline/stream-pipeline.ts";
 *
 * const pipeline = new StreamPipeline("orders");
 * const gateway = new IngestGateway("orders-gateway", {
 *   stream: { name: pipeline.streamName, arn: pipeline.streamArn },
 *   partitionKey: { source: "bodyPath", path: "customer.id" },
 *   usagePlan: { rateLimit: 200, burstLimit: 400 },
 * });
 * export const url = gateway.url;
 * ```
 */
export class IngestGateway extends pulumi.ComponentResource {
  /** Where requests go: the stage's URL, without a slash at the end. */
  public readonly url: pulumi.Output<string>;
  public readonly restApiId: pulumi.Output<string>;
  public readonly stageName: pulumi.Output<string>;
  /** For IAM policies: `execute-api:Invoke` is allowed on `<executionArn>/POST/events`. */
  public readonly executionArn: pulumi.Output<string>;
  /** With an API key only. */
  public readonly apiKeyId: pulumi.Output<string> | undefined;
  /** The API key, which clients send as `x-api-key`; a secret. With an API key only. */
  public readonly apiKeyValue: pulumi.Output<string> | undefined;
  public readonly nodes: IngestGatewayNodes;

  constructor(name: string, args: IngestGatewayArgs, opts: IngestGatewayOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:ingest:IngestGateway", name, {}, componentOptions);
    refuse(this, name, problems(args));

    const scope: GatewayScope = {
      name,
      component: this,
      transform,
      deployed: { args: {}, resources: [] },
    };
    const authorization = args.authorization ?? gatewayDefaults.authorization;
    const partitionKey = partitionKeyOf(args);
    const routes = eventRoutes({
      streamName: args.stream.name,
      streamArn: args.stream.arn,
      recordSizeKiB: args.stream.maximumRecordSizeKiB ?? DEFAULT_RECORD_SIZE_KIB,
      partitionKey,
      isPublic: authorization === GatewayAuthorization.Public,
    });

    const restApi = createRestApi(scope, args);
    const requestValidator = createRequestValidator(scope, restApi);
    const { integrationRole, integrationPolicy } = createIntegrationRole(scope, routes, args);
    const routeNodes = createRoutes(scope, routes, {
      restApi,
      requestValidator,
      integrationRole,
      authorization,
      cors: args.cors,
      readHeaders: readHeaders(authorization, partitionKey),
    });
    const gatewayResponses = createGatewayResponses(scope, restApi, args.cors);
    const logGroup = createAccessLog(scope, args);
    const accountNodes = createAccount(scope, args);
    const stageNodes = createStage(scope, {
      restApi,
      stageName: args.stageName ?? gatewayDefaults.stageName,
      logGroup,
      account: accountNodes.account,
      throttling: args.throttling,
    });
    const keyNodes =
      authorization === GatewayAuthorization.ApiKey
        ? createApiKey(scope, restApi, stageNodes.stage, args.usagePlan ?? {})
        : undefined;

    this.url = stageNodes.stage.invokeUrl.apply((url) => url.replace(/\/+$/, ""));
    this.restApiId = restApi.id;
    this.stageName = stageNodes.stage.stageName;
    this.executionArn = stageNodes.stage.executionArn;
    this.apiKeyId = keyNodes?.apiKey.id;
    this.apiKeyValue = keyNodes && secretValue(keyNodes.apiKey);
    this.nodes = {
      restApi,
      requestValidator,
      ...routeNodes,
      gatewayResponses,
      integrationRole,
      integrationPolicy,
      ...stageNodes,
      ...(logGroup?.node ? { logGroup: logGroup.node } : {}),
      ...accountNodes,
      ...keyNodes,
    };
    this.registerOutputs({ url: this.url, restApiId: this.restApiId, stageName: this.stageName });
  }
}

function createRestApi(scope: GatewayScope, args: IngestGatewayArgs): aws.apigateway.RestApi {
  return child(scope, scope.transform.restApi, "api", aws.apigateway.RestApi, {
    description: args.description ?? gatewayDefaults.description,
    endpointConfiguration: { types: gatewayDefaults.endpointType },
    apiKeySource: "HEADER",
  });
}

function createRequestValidator(scope: GatewayScope, restApi: aws.apigateway.RestApi): aws.apigateway.RequestValidator {
  return deployedChild(scope, scope.transform.requestValidator, "request-validator", aws.apigateway.RequestValidator, {
    restApi: restApi.id,
    validateRequestBody: true,
    validateRequestParameters: false,
  });
}

/**
 * Makes the role that API Gateway assumes to call the routes' services: it may call what the routes call, on the named
 * resource, and nothing else.
 */
function createIntegrationRole(scope: GatewayScope, routes: readonly Route[], args: IngestGatewayArgs) {
  const { transform } = scope;
  const { role: integrationRole, policy: integrationPolicy } = createRole(
    scope,
    { role: transform.integrationRole, policy: transform.integrationPolicy },
    {
      suffixes: { role: "role", policy: "policy" },
      trustPolicy: serviceTrustJson(ServiceRole.Integration, scope.component),
      statements: [
        ...routes.map((route) => route.integration.permission),
        ...streamKeyStatements("write", args.stream.kmsKeyArn, args.stream.arn),
      ],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      settings: { description: `${scope.name} writes events with it.` },
    },
  );
  // A route must not be live before its role may write.
  scope.deployed.resources.push(integrationPolicy);
  return { integrationRole, integrationPolicy };
}

function readHeaders(authorization: string, key: PartitionKey): readonly string[] {
  return [
    "Content-Type",
    ...(authorization === GatewayAuthorization.ApiKey ? ["X-Api-Key"] : []),
    ...(authorization === GatewayAuthorization.Iam
      ? ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"]
      : []),
    ...(key.source === PartitionKeySource.Header ? [key.header] : []),
  ];
}
