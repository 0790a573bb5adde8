import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { boundary } from "../iam/boundary.ts";
import { streamKeyStatements } from "../iam/key-use.ts";
import { policyJson } from "../iam/policy.ts";
import { ServiceRole, serviceTrustJson } from "../iam/service-trust.ts";
import {
  GatewayAuthorization,
  type IngestGatewayArgs,
  type IngestGatewayNodes,
  type IngestGatewayOptions,
  PartitionKeySource,
} from "./args.ts";
import { checkArgs, partitionKeyOf } from "./check-args.ts";
import { type Children, child, deployedChild } from "./children.ts";
import { createGatewayResponses, createRoutes } from "./create-routes.ts";
import { createAccount, createApiKey, createLogGroup, createStage, secretValue } from "./create-stage.ts";
import { gatewayDefaults } from "./defaults.ts";
import { DEFAULT_RECORD_SIZE_KIB } from "./limits.ts";
import { eventRoutes, type Route } from "./routes.ts";
import type { PartitionKey } from "./templates/partition-key.ts";

/**
 * Takes events over HTTPS into a Kinesis stream, without a function in between, and answers truthfully: 2xx only for what is in the stream.
 * `POST <url>/events` takes one JSON object, `POST <url>/events/batch` 1 to 500 of them.
 */
export class IngestGateway extends pulumi.ComponentResource {
  /** Where requests go: the stage's URL, without a slash at the end. */
  public readonly url: pulumi.Output<string>;
  public readonly restApiId: pulumi.Output<string>;
  public readonly stageName: pulumi.Output<string>;
  /** For IAM policies: `<executionArn>/POST/events` is what `execute-api:Invoke` is allowed on. */
  public readonly executionArn: pulumi.Output<string>;
  /** With an API key only. */
  public readonly apiKeyId: pulumi.Output<string> | undefined;
  /** What clients send as `x-api-key`; a secret. With an API key only. */
  public readonly apiKeyValue: pulumi.Output<string> | undefined;
  public readonly nodes: IngestGatewayNodes;

  constructor(name: string, args: IngestGatewayArgs, opts: IngestGatewayOptions = {}) {
    const { transform = {}, ...componentOptions } = opts;
    super("tributary:ingest:IngestGateway", name, {}, componentOptions);
    checkArgs(this, name, args);

    const children: Children = {
      name,
      parent: this,
      transform,
      deployed: { args: {}, resources: [] },
    };
    const authorization = args.authorization ?? gatewayDefaults.authorization;
    const accessLog = args.accessLog ?? {};
    const partitionKey = partitionKeyOf(args);
    const routes = eventRoutes({
      streamName: args.stream.name,
      streamArn: args.stream.arn,
      recordSizeKiB: args.stream.maximumRecordSizeKiB ?? DEFAULT_RECORD_SIZE_KIB,
      partitionKey,
      isPublic: authorization === GatewayAuthorization.Public,
    });

    const restApi = createRestApi(children, args);
    const requestValidator = createRequestValidator(children, restApi);
    const { integrationRole, integrationPolicy } = createIntegrationRole(children, routes, args);
    const routeNodes = createRoutes(children, routes, {
      restApi,
      requestValidator,
      integrationRole,
      authorization,
      cors: args.cors,
      readHeaders: readHeaders(authorization, partitionKey),
    });
    const gatewayResponses = createGatewayResponses(children, restApi, args.cors);
    const logGroup = createLogGroup(children, accessLog);
    const accountNodes = createAccount(children, args);
    const stageNodes = createStage(children, {
      restApi,
      stageName: args.stageName ?? gatewayDefaults.stageName,
      logGroup,
      account: accountNodes.account,
      throttling: args.throttling,
    });
    const keyNodes =
      authorization === GatewayAuthorization.ApiKey
        ? createApiKey(children, restApi, stageNodes.stage, args.usagePlan ?? {})
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
      ...(logGroup ? { logGroup } : {}),
      ...accountNodes,
      ...keyNodes,
    };
    this.registerOutputs({ url: this.url, restApiId: this.restApiId, stageName: this.stageName });
  }
}

function createRestApi(children: Children, args: IngestGatewayArgs): aws.apigateway.RestApi {
  return new aws.apigateway.RestApi(
    ...child(children, children.transform.restApi, "api", {
      description: args.description ?? gatewayDefaults.description,
      endpointConfiguration: { types: gatewayDefaults.endpointType },
      apiKeySource: "HEADER",
    }),
  );
}

function createRequestValidator(children: Children, restApi: aws.apigateway.RestApi): aws.apigateway.RequestValidator {
  return deployedChild(
    children,
    aws.apigateway.RequestValidator,
    children.transform.requestValidator,
    "request-validator",
    { restApi: restApi.id, validateRequestBody: true, validateRequestParameters: false },
  );
}

/** The role that API Gateway writes with: what the routes call, on what they name, and nothing else. */
function createIntegrationRole(children: Children, routes: readonly Route[], args: IngestGatewayArgs) {
  const { transform } = children;
  const integrationRole = new aws.iam.Role(
    ...child(children, transform.integrationRole, "role", {
      description: `${children.name} writes events with it.`,
      assumeRolePolicy: serviceTrustJson(ServiceRole.Integration, children.parent),
      ...boundary(args.permissionsBoundaryArn),
    }),
  );
  const integrationPolicy = new aws.iam.RolePolicy(
    ...child(children, transform.integrationPolicy, "policy", {
      role: integrationRole.name,
      policy: policyJson([
        ...routes.map((route) => route.integration.permission),
        ...streamKeyStatements("write", args.stream.kmsKeyArn, args.stream.arn),
      ]),
    }),
  );
  // A route must not be live before its role may write.
  children.deployed.resources.push(integrationPolicy);
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
