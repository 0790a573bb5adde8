import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { corsDefaults, GatewayAuthorization, gatewayDefaults } from "../defaults/gateway.ts";
import type { CorsArgs } from "./args.ts";
import { allowOriginLines, answerCorsHeaders, gatewayAnswerCorsHeaders } from "./cors.ts";
import { gatewayAnswers } from "./gateway-answers.ts";
import { deployedChild, type GatewayScope } from "./gateway-scope.ts";
import type { Route } from "./routes.ts";
import { warnOfTemplates } from "./template-warnings.ts";
import { lines } from "./templates/lines.ts";

/** Inputs that all routes of a gateway share. */
export interface RouteContext {
  readonly restApi: aws.apigateway.RestApi;
  readonly requestValidator: aws.apigateway.RequestValidator;
  readonly integrationRole: aws.iam.Role;
  readonly authorization: string;
  readonly cors: CorsArgs | undefined;
  /** Request headers that the gateway reads, for CORS. */
  readonly readHeaders: readonly string[];
}

/** The raw children of all routes. */
export interface RouteNodes {
  readonly resources: Record<string, aws.apigateway.Resource>;
  readonly models: Record<string, aws.apigateway.Model>;
  readonly methods: Record<string, aws.apigateway.Method>;
  readonly integrations: Record<string, aws.apigateway.Integration>;
  readonly methodResponses: Record<string, aws.apigateway.MethodResponse>;
  readonly integrationResponses: Record<string, aws.apigateway.IntegrationResponse>;
}

/** Makes the resources, models, methods and integrations of all routes, and the preflights if pages may send. */
export function createRoutes(scope: GatewayScope, routes: readonly Route[], context: RouteContext): RouteNodes {
  const nodes: RouteNodes = {
    resources: {},
    models: {},
    methods: {},
    integrations: {},
    methodResponses: {},
    integrationResponses: {},
  };
  const preflights = new Set<string>();
  for (const route of routes) {
    const resourceId = createPath(scope, route.path, context, nodes);
    createMethod(scope, route, resourceId, context, nodes);
    const path = pathOf(route.path);
    if (context.cors && !preflights.has(path)) createPreflight(scope, route, resourceId, context, nodes);
    preflights.add(path);
  }
  return nodes;
}

function pathOf(parts: readonly string[]): string {
  return `/${parts.join("/")}`;
}

function createPath(
  scope: GatewayScope,
  parts: readonly string[],
  context: RouteContext,
  nodes: RouteNodes,
): pulumi.Output<string> {
  let parentId: pulumi.Output<string> = context.restApi.rootResourceId;
  for (const [index, pathPart] of parts.entries()) {
    const upTo = parts.slice(0, index + 1);
    const key = pathOf(upTo);
    nodes.resources[key] ??= deployedChild(
      scope,
      scope.transform.resource,
      `resource-${upTo.join("-")}`,
      aws.apigateway.Resource,
      { restApi: context.restApi.id, parentId, pathPart },
    );
    parentId = nodes.resources[key].id;
  }
  return parentId;
}

function createMethod(
  scope: GatewayScope,
  route: Route,
  resourceId: pulumi.Output<string>,
  context: RouteContext,
  nodes: RouteNodes,
): void {
  const { transform } = scope;
  const restApi = context.restApi.id;
  const requestModels: Record<string, pulumi.Output<string>> = {};
  for (const [contentType, model] of Object.entries(route.models)) {
    // One model for all types of content that it is for.
    nodes.models[model.name] ??= deployedChild(scope, transform.model, `model-${route.name}`, aws.apigateway.Model, {
      restApi,
      contentType,
      ...model,
    });
    requestModels[contentType] = nodes.models[model.name]!.name;
  }
  const key = `${route.httpMethod} ${pathOf(route.path)}`;
  const suffix = `${route.httpMethod.toLowerCase()}-${route.name}`;
  const method = deployedChild(scope, transform.method, `method-${suffix}`, aws.apigateway.Method, {
    restApi,
    resourceId,
    httpMethod: route.httpMethod,
    authorization: context.authorization === GatewayAuthorization.Iam ? "AWS_IAM" : "NONE",
    apiKeyRequired: context.authorization === GatewayAuthorization.ApiKey,
    requestModels,
    requestValidatorId: context.requestValidator.id,
  });
  const { integration } = route;
  const made = deployedChild(scope, transform.integration, `integration-${suffix}`, aws.apigateway.Integration, {
    restApi,
    resourceId,
    httpMethod: method.httpMethod,
    type: "AWS",
    integrationHttpMethod: "POST",
    uri: integration.uri,
    credentials: context.integrationRole.arn,
    passthroughBehavior: "NEVER",
    timeoutMilliseconds: gatewayDefaults.integrationTimeoutMs,
    requestParameters: { "integration.request.header.Content-Type": `'${integration.contentType}'` },
    requestTemplates: { ...integration.requestTemplates },
  });
  warnOfTemplates(made, `${scope.name}-integration-${suffix}`, "requestTemplates", made.requestTemplates);
  nodes.methods[key] = method;
  nodes.integrations[key] = made;
  const headers = answerCorsHeaders(context.cors);
  const allowOrigin = allowOriginLines(context.cors);
  for (const answer of route.answers) {
    createAnswer(
      scope,
      `${suffix}-${answer.statusCode}`,
      { key, nodes, restApi, resourceId, method, integration: made },
      headers,
      {
        statusCode: answer.statusCode,
        ...(answer.selectionPattern === undefined ? {} : { selectionPattern: answer.selectionPattern }),
        responseTemplates: {
          "application/json": pulumi.output(answer.template).apply((template) => lines(allowOrigin, template)),
        },
      },
    );
  }
}

interface AnswerOwner {
  /** Verb and path. */
  readonly key: string;
  readonly nodes: RouteNodes;
  readonly restApi: pulumi.Output<string>;
  readonly resourceId: pulumi.Output<string>;
  readonly method: aws.apigateway.Method;
  readonly integration: aws.apigateway.Integration;
}

function createAnswer(
  scope: GatewayScope,
  suffix: string,
  owner: AnswerOwner,
  headers: Readonly<Record<string, string>>,
  answer: Pick<aws.apigateway.IntegrationResponseArgs, "statusCode" | "selectionPattern" | "responseTemplates">,
): void {
  const { restApi, resourceId, method, integration } = owner;
  const names = Object.keys(headers);
  const methodResponse = deployedChild(
    scope,
    scope.transform.methodResponse,
    `method-response-${suffix}`,
    aws.apigateway.MethodResponse,
    {
      restApi,
      resourceId,
      httpMethod: method.httpMethod,
      statusCode: answer.statusCode,
      responseParameters: Object.fromEntries(names.map((name) => [`method.response.header.${name}`, true])),
    },
  );
  const integrationResponse = deployedChild(
    scope,
    scope.transform.integrationResponse,
    `integration-response-${suffix}`,
    aws.apigateway.IntegrationResponse,
    {
      ...answer,
      restApi,
      resourceId,
      // From the integration and the method response: both must be there first.
      httpMethod: integration.httpMethod,
      statusCode: methodResponse.statusCode,
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
      ),
    },
  );
  const name = `${scope.name}-integration-response-${suffix}`;
  warnOfTemplates(integrationResponse, name, "responseTemplates", integrationResponse.responseTemplates);
  const key = `${owner.key} ${answer.statusCode}`;
  owner.nodes.methodResponses[key] = methodResponse;
  owner.nodes.integrationResponses[key] = integrationResponse;
}

function createPreflight(
  scope: GatewayScope,
  route: Route,
  resourceId: pulumi.Output<string>,
  context: RouteContext,
  nodes: RouteNodes,
): void {
  const { transform } = scope;
  const restApi = context.restApi.id;
  const cors = context.cors as CorsArgs;
  const key = `OPTIONS ${pathOf(route.path)}`;
  const suffix = `options-${route.name}`;
  const method = deployedChild(scope, transform.method, `method-${suffix}`, aws.apigateway.Method, {
    restApi,
    resourceId,
    httpMethod: "OPTIONS",
    authorization: "NONE",
    apiKeyRequired: false,
  });
  const integration = deployedChild(scope, transform.integration, `integration-${suffix}`, aws.apigateway.Integration, {
    restApi,
    resourceId,
    httpMethod: method.httpMethod,
    type: "MOCK",
    passthroughBehavior: "NEVER",
    requestTemplates: { "application/json": '{"statusCode":204}' },
  });
  warnOfTemplates(integration, `${scope.name}-integration-${suffix}`, "requestTemplates", integration.requestTemplates);
  nodes.methods[key] = method;
  nodes.integrations[key] = integration;
  const headers = {
    ...answerCorsHeaders(cors),
    "Access-Control-Allow-Methods": `OPTIONS,${route.httpMethod}`,
    "Access-Control-Allow-Headers": [...context.readHeaders, ...(cors.allowHeaders ?? [])].join(","),
    "Access-Control-Max-Age": String(cors.maxAgeSeconds ?? corsDefaults.maxAgeSeconds),
  };
  const allowOrigin = allowOriginLines(cors);
  createAnswer(scope, `${suffix}-204`, { key, nodes, restApi, resourceId, method, integration }, headers, {
    statusCode: "204",
    ...(allowOrigin.length > 0 ? { responseTemplates: { "application/json": lines(allowOrigin) } } : {}),
  });
}

/** Makes the gateway responses, which API Gateway answers itself, with CORS headers too. */
export function createGatewayResponses(
  scope: GatewayScope,
  restApi: aws.apigateway.RestApi,
  cors: CorsArgs | undefined,
): Record<string, aws.apigateway.Response> {
  const responses: Record<string, aws.apigateway.Response> = {};
  for (const answer of gatewayAnswers) {
    const headers = { ...gatewayAnswerCorsHeaders(cors), ...answer.headers };
    responses[answer.responseType] = deployedChild(
      scope,
      scope.transform.gatewayResponse,
      `gateway-response-${answer.responseType.toLowerCase().replaceAll("_", "-")}`,
      aws.apigateway.Response,
      {
        restApiId: restApi.id,
        responseType: answer.responseType,
        ...(answer.statusCode === undefined ? {} : { statusCode: answer.statusCode }),
        responseTemplates: { "application/json": answer.template },
        responseParameters: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
        ),
      },
    );
  }
  return responses;
}
