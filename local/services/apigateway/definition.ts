/** One path part of an API. */
export interface ResourceDefinition {
  readonly id: string;
  /** undefined: the root. */
  parentId: string | undefined;
  /** Such as `events`, `{id}` or `{proxy+}`; "" for the root. */
  pathPart: string;
}

/** A method response: the models and headers that it declares. */
export interface MethodResponseDefinition {
  /** Names of models by content type. */
  readonly responseModels: Readonly<Record<string, string>>;
  /** `method.response.header.<name>`, and whether it is required. */
  readonly responseParameters: Readonly<Record<string, boolean>>;
}

/** An integration response: the mapping from the integration's response to the method's. */
export interface IntegrationResponseDefinition {
  readonly statusCode: string;
  /** undefined: the default response, for a status that matches no pattern. */
  readonly selectionPattern: string | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** An integration: the backend of a method. */
export interface IntegrationSettings {
  readonly type: "AWS" | "MOCK";
  /** HTTP verb of the call to the action. */
  readonly integrationHttpMethod: string | undefined;
  readonly uri: string | undefined;
  /** ARN of the role for the call to the action. */
  readonly credentials: string | undefined;
  readonly passthroughBehavior: "NEVER" | "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES";
  readonly requestParameters: Readonly<Record<string, string>>;
  /** By content type. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  /** Has no effect without a stage's cache, which the local cloud does not support. */
  readonly cacheNamespace: string;
}

export interface IntegrationDefinition extends IntegrationSettings {
  /** By status code. */
  readonly responses: Map<string, IntegrationResponseDefinition>;
}

/** A method's requirements for a request. */
export interface MethodSettings {
  readonly authorization: "NONE" | "AWS_IAM";
  readonly isApiKeyRequired: boolean;
  readonly operationName: string | undefined;
  /** Names of models by content type. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** `method.request.<place>.<name>`, and whether it is required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  readonly requestValidatorId: string | undefined;
}

/** One verb of one resource. */
export interface MethodDefinition {
  readonly resourceId: string;
  readonly httpMethod: string;
  settings: MethodSettings;
  /** By status code. */
  readonly responses: Map<string, MethodResponseDefinition>;
  integration: IntegrationDefinition | undefined;
}

export interface ModelDefinition {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  description: string | undefined;
  /** JSON schema of draft 4, as text. */
  schema: string;
}

export interface ValidatorDefinition {
  readonly id: string;
  name: string;
  isBodyChecked: boolean;
  areParametersChecked: boolean;
}

/** A gateway response: API Gateway's own response to a refused request. */
export interface GatewayResponseDefinition {
  readonly statusCode: string | undefined;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

/** The deployable definition of an API: plain data. */
export interface ApiDefinition {
  readonly resources: Map<string, ResourceDefinition>;
  /** By `methodKey`. */
  readonly methods: Map<string, MethodDefinition>;
  /** By name. */
  readonly models: Map<string, ModelDefinition>;
  /** By id. */
  readonly validators: Map<string, ValidatorDefinition>;
  /** By response type. */
  readonly gatewayResponses: Map<string, GatewayResponseDefinition>;
}

/** Key of a method in its API. */
export function methodKey(resourceId: string, httpMethod: string): string {
  return `${resourceId} ${httpMethod}`;
}
