/** One path part of an API. */
export interface ResourceDefinition {
  readonly id: string;
  /** undefined: the root. */
  parentId: string | undefined;
  /** Such as `events`, `{id}` or `{proxy+}`; "" for the root. */
  pathPart: string;
}

/** What an answer may carry, declared at the method. */
export interface MethodResponseDefinition {
  /** Names of models by content type. */
  readonly responseModels: Readonly<Record<string, string>>;
  /** `method.response.header.<name>`, and whether it must come. */
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
export interface IntegrationSettings {
  readonly type: "AWS" | "MOCK";
  /** Verb that the action is called with. */
  readonly integrationHttpMethod: string | undefined;
  readonly uri: string | undefined;
  /** ARN of the role that the action is called as. */
  readonly credentials: string | undefined;
  readonly passthroughBehavior: "NEVER" | "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES";
  readonly requestParameters: Readonly<Record<string, string>>;
  /** By content type. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  /** Says nothing as long as a stage has no cache, which none has here. */
  readonly cacheNamespace: string;
}

export interface IntegrationDefinition extends IntegrationSettings {
  /** By status code. */
  readonly responses: Map<string, IntegrationResponseDefinition>;
}

/** What a method asks of a request. */
export interface MethodSettings {
  readonly authorization: "NONE" | "AWS_IAM";
  readonly isApiKeyRequired: boolean;
  readonly operationName: string | undefined;
  /** Names of models by content type. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** `method.request.<place>.<name>`, and whether it must come. */
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
  /** By id. */
  readonly validators: Map<string, ValidatorDefinition>;
  /** By response type. */
  readonly gatewayResponses: Map<string, GatewayResponseDefinition>;
}

/** Key of a method in its API. */
export function methodKey(resourceId: string, httpMethod: string): string {
  return `${resourceId} ${httpMethod}`;
}
