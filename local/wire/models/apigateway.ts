// botocore 1.44.8, data/apigateway/2015-07-09/service-2.json.gz (PyPI, Apache-2.0), without its documentation. Made by scripts/update-service-models.ts: do not edit.

/** What each operation takes, by its name. */
export interface Inputs {
  readonly CreateUsagePlanKey: CreateUsagePlanKeyRequest;
  readonly DeleteApiKey: DeleteApiKeyRequest;
  readonly DeleteDeployment: DeleteDeploymentRequest;
  readonly DeleteGatewayResponse: DeleteGatewayResponseRequest;
  readonly DeleteIntegration: DeleteIntegrationRequest;
  readonly DeleteIntegrationResponse: DeleteIntegrationResponseRequest;
  readonly DeleteMethod: DeleteMethodRequest;
  readonly DeleteMethodResponse: DeleteMethodResponseRequest;
  readonly DeleteModel: DeleteModelRequest;
  readonly DeleteRequestValidator: DeleteRequestValidatorRequest;
  readonly DeleteResource: DeleteResourceRequest;
  readonly DeleteRestApi: DeleteRestApiRequest;
  readonly DeleteStage: DeleteStageRequest;
  readonly DeleteUsagePlan: DeleteUsagePlanRequest;
  readonly DeleteUsagePlanKey: DeleteUsagePlanKeyRequest;
  readonly GetAccount: GetAccountRequest;
  readonly GetApiKey: GetApiKeyRequest;
  readonly GetApiKeys: GetApiKeysRequest;
  readonly GetDeployment: GetDeploymentRequest;
  readonly GetDeployments: GetDeploymentsRequest;
  readonly GetGatewayResponse: GetGatewayResponseRequest;
  readonly GetGatewayResponses: GetGatewayResponsesRequest;
  readonly GetIntegration: GetIntegrationRequest;
  readonly GetIntegrationResponse: GetIntegrationResponseRequest;
  readonly GetMethod: GetMethodRequest;
  readonly GetMethodResponse: GetMethodResponseRequest;
  readonly GetModel: GetModelRequest;
  readonly GetModels: GetModelsRequest;
  readonly GetRequestValidator: GetRequestValidatorRequest;
  readonly GetRequestValidators: GetRequestValidatorsRequest;
  readonly GetResource: GetResourceRequest;
  readonly GetResources: GetResourcesRequest;
  readonly GetRestApi: GetRestApiRequest;
  readonly GetRestApis: GetRestApisRequest;
  readonly GetStage: GetStageRequest;
  readonly GetStages: GetStagesRequest;
  readonly GetTags: GetTagsRequest;
  readonly GetUsagePlan: GetUsagePlanRequest;
  readonly GetUsagePlanKey: GetUsagePlanKeyRequest;
  readonly GetUsagePlanKeys: GetUsagePlanKeysRequest;
  readonly GetUsagePlans: GetUsagePlansRequest;
  readonly TagResource: TagResourceRequest;
  readonly UntagResource: UntagResourceRequest;
  readonly UpdateAccount: UpdateAccountRequest;
  readonly UpdateApiKey: UpdateApiKeyRequest;
  readonly UpdateDeployment: UpdateDeploymentRequest;
  readonly UpdateGatewayResponse: UpdateGatewayResponseRequest;
  readonly UpdateIntegration: UpdateIntegrationRequest;
  readonly UpdateIntegrationResponse: UpdateIntegrationResponseRequest;
  readonly UpdateMethod: UpdateMethodRequest;
  readonly UpdateMethodResponse: UpdateMethodResponseRequest;
  readonly UpdateModel: UpdateModelRequest;
  readonly UpdateRequestValidator: UpdateRequestValidatorRequest;
  readonly UpdateResource: UpdateResourceRequest;
  readonly UpdateRestApi: UpdateRestApiRequest;
  readonly UpdateStage: UpdateStageRequest;
  readonly UpdateUsagePlan: UpdateUsagePlanRequest;
}

export type CreateUsagePlanKeyRequest = {
  readonly usagePlanId: string;
  readonly keyId: string;
  readonly keyType: string;
};

export type DeleteApiKeyRequest = {
  readonly apiKey: string;
};

export type DeleteDeploymentRequest = {
  readonly restApiId: string;
  readonly deploymentId: string;
};

export type DeleteGatewayResponseRequest = {
  readonly restApiId: string;
  readonly responseType: "DEFAULT_4XX" | "DEFAULT_5XX" | "RESOURCE_NOT_FOUND" | "UNAUTHORIZED" | "INVALID_API_KEY" | "ACCESS_DENIED" | "AUTHORIZER_FAILURE" | "AUTHORIZER_CONFIGURATION_ERROR" | "INVALID_SIGNATURE" | "EXPIRED_TOKEN" | "MISSING_AUTHENTICATION_TOKEN" | "INTEGRATION_FAILURE" | "INTEGRATION_TIMEOUT" | "API_CONFIGURATION_ERROR" | "UNSUPPORTED_MEDIA_TYPE" | "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" | "REQUEST_TOO_LARGE" | "THROTTLED" | "QUOTA_EXCEEDED" | "WAF_FILTERED";
};

export type DeleteIntegrationRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
};

export type DeleteIntegrationResponseRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
};

export type DeleteMethodRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
};

export type DeleteMethodResponseRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
};

export type DeleteModelRequest = {
  readonly restApiId: string;
  readonly modelName: string;
};

export type DeleteRequestValidatorRequest = {
  readonly restApiId: string;
  readonly requestValidatorId: string;
};

export type DeleteResourceRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
};

export type DeleteRestApiRequest = {
  readonly restApiId: string;
};

export type DeleteStageRequest = {
  readonly restApiId: string;
  readonly stageName: string;
};

export type DeleteUsagePlanKeyRequest = {
  readonly usagePlanId: string;
  readonly keyId: string;
};

export type DeleteUsagePlanRequest = {
  readonly usagePlanId: string;
};

export type GetAccountRequest = {

};

export type GetApiKeyRequest = {
  readonly apiKey: string;
  readonly includeValue?: boolean;
};

export type GetApiKeysRequest = {
  readonly position?: string;
  readonly limit?: number;
  readonly nameQuery?: string;
  readonly customerId?: string;
  readonly includeValues?: boolean;
};

export type GetDeploymentRequest = {
  readonly restApiId: string;
  readonly deploymentId: string;
  readonly embed?: readonly string[];
};

export type GetDeploymentsRequest = {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
};

export type GetGatewayResponseRequest = {
  readonly restApiId: string;
  readonly responseType: "DEFAULT_4XX" | "DEFAULT_5XX" | "RESOURCE_NOT_FOUND" | "UNAUTHORIZED" | "INVALID_API_KEY" | "ACCESS_DENIED" | "AUTHORIZER_FAILURE" | "AUTHORIZER_CONFIGURATION_ERROR" | "INVALID_SIGNATURE" | "EXPIRED_TOKEN" | "MISSING_AUTHENTICATION_TOKEN" | "INTEGRATION_FAILURE" | "INTEGRATION_TIMEOUT" | "API_CONFIGURATION_ERROR" | "UNSUPPORTED_MEDIA_TYPE" | "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" | "REQUEST_TOO_LARGE" | "THROTTLED" | "QUOTA_EXCEEDED" | "WAF_FILTERED";
};

export type GetGatewayResponsesRequest = {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
};

export type GetIntegrationRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
};

export type GetIntegrationResponseRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
};

export type GetMethodRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
};

export type GetMethodResponseRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
};

export type GetModelRequest = {
  readonly restApiId: string;
  readonly modelName: string;
  readonly flatten?: boolean;
};

export type GetModelsRequest = {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
};

export type GetRequestValidatorRequest = {
  readonly restApiId: string;
  readonly requestValidatorId: string;
};

export type GetRequestValidatorsRequest = {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
};

export type GetResourceRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly embed?: readonly string[];
};

export type GetResourcesRequest = {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
  readonly embed?: readonly string[];
};

export type GetRestApiRequest = {
  readonly restApiId: string;
};

export type GetRestApisRequest = {
  readonly position?: string;
  readonly limit?: number;
};

export type GetStageRequest = {
  readonly restApiId: string;
  readonly stageName: string;
};

export type GetStagesRequest = {
  readonly restApiId: string;
  readonly deploymentId?: string;
};

export type GetTagsRequest = {
  readonly resourceArn: string;
  readonly position?: string;
  readonly limit?: number;
};

export type GetUsagePlanKeyRequest = {
  readonly usagePlanId: string;
  readonly keyId: string;
};

export type GetUsagePlanKeysRequest = {
  readonly usagePlanId: string;
  readonly position?: string;
  readonly limit?: number;
  readonly nameQuery?: string;
};

export type GetUsagePlanRequest = {
  readonly usagePlanId: string;
};

export type GetUsagePlansRequest = {
  readonly position?: string;
  readonly keyId?: string;
  readonly limit?: number;
};

export type PatchOperation = {
  readonly op?: "add" | "remove" | "replace" | "move" | "copy" | "test";
  readonly path?: string;
  readonly value?: string;
  readonly from?: string;
};

export type TagResourceRequest = {
  readonly resourceArn: string;
  readonly tags: { readonly [key: string]: string };
};

export type UntagResourceRequest = {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
};

export type UpdateAccountRequest = {
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateApiKeyRequest = {
  readonly apiKey: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateDeploymentRequest = {
  readonly restApiId: string;
  readonly deploymentId: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateGatewayResponseRequest = {
  readonly restApiId: string;
  readonly responseType: "DEFAULT_4XX" | "DEFAULT_5XX" | "RESOURCE_NOT_FOUND" | "UNAUTHORIZED" | "INVALID_API_KEY" | "ACCESS_DENIED" | "AUTHORIZER_FAILURE" | "AUTHORIZER_CONFIGURATION_ERROR" | "INVALID_SIGNATURE" | "EXPIRED_TOKEN" | "MISSING_AUTHENTICATION_TOKEN" | "INTEGRATION_FAILURE" | "INTEGRATION_TIMEOUT" | "API_CONFIGURATION_ERROR" | "UNSUPPORTED_MEDIA_TYPE" | "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" | "REQUEST_TOO_LARGE" | "THROTTLED" | "QUOTA_EXCEEDED" | "WAF_FILTERED";
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateIntegrationRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateIntegrationResponseRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateMethodRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateMethodResponseRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateModelRequest = {
  readonly restApiId: string;
  readonly modelName: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateRequestValidatorRequest = {
  readonly restApiId: string;
  readonly requestValidatorId: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateResourceRequest = {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateRestApiRequest = {
  readonly restApiId: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateStageRequest = {
  readonly restApiId: string;
  readonly stageName: string;
  readonly patchOperations?: readonly PatchOperation[];
};

export type UpdateUsagePlanRequest = {
  readonly usagePlanId: string;
  readonly patchOperations?: readonly PatchOperation[];
};
