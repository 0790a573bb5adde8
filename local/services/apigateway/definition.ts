/** One path part of an API. */
export interface ResourceDefinition {
  readonly id: string;
  /** undefined: the root. */
  readonly parentId: string | undefined;
  /** Such as `events`, `{id}` or `{proxy+}`; "" for the root. */
  readonly pathPart: string;
}

/** What an answer may carry, declared at the method. */
export interface MethodResponseDefinition {
  readonly responseParameters: Readonly<Record<string, boolean>>;
}

/** How an integration's answer becomes the method's. */
export interface IntegrationResponseDefinition {
  readonly statusCode: string;
  /** undefined: the answer for whatever no pattern matches. */
  readonly selectionPattern: string | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** What is behind a method. */
export interface IntegrationDefinition {
  readonly type: "AWS" | "MOCK";
  readonly uri: string | undefined;
  readonly credentials: string | undefined;
  readonly passthroughBehavior: "NEVER" | "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES";
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly responses: Map<string, IntegrationResponseDefinition>;
}

/** One verb of one resource. */
export interface MethodDefinition {
  readonly resourceId: string;
  readonly httpMethod: string;
  authorization: "NONE" | "AWS_IAM";
  isApiKeyRequired: boolean;
  requestModels: Readonly<Record<string, string>>;
  requestParameters: Readonly<Record<string, boolean>>;
  requestValidatorId: string | undefined;
  readonly responses: Map<string, MethodResponseDefinition>;
  integration: IntegrationDefinition | undefined;
}

export interface ModelDefinition {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  schema: string;
}

export interface ValidatorDefinition {
  readonly isBodyChecked: boolean;
  readonly areParametersChecked: boolean;
}

/** One of the answers that API Gateway gives itself. */
export interface GatewayResponseDefinition {
  readonly statusCode: string | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** All that a deployment takes a picture of: plain data. */
export interface ApiDefinition {
  readonly resources: Map<string, ResourceDefinition>;
  /** By `methodKey`. */
  readonly methods: Map<string, MethodDefinition>;
  /** By name. */
  readonly models: Map<string, ModelDefinition>;
  readonly validators: Map<string, ValidatorDefinition>;
  /** By response type. */
  readonly gatewayResponses: Map<string, GatewayResponseDefinition>;
}

/** Key of a method in its API. */
export function methodKey(resourceId: string, httpMethod: string): string {
  return `${resourceId} ${httpMethod}`;
}
