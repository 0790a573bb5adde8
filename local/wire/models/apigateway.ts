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

export interface CreateUsagePlanKeyRequest {
  readonly usagePlanId: string;
  readonly keyId: string;
  readonly keyType: string;
}

export interface DeleteApiKeyRequest {
  readonly apiKey: string;
}

export interface DeleteDeploymentRequest {
  readonly restApiId: string;
  readonly deploymentId: string;
}

export interface DeleteGatewayResponseRequest {
  readonly restApiId: string;
  readonly responseType: "DEFAULT_4XX" | "DEFAULT_5XX" | "RESOURCE_NOT_FOUND" | "UNAUTHORIZED" | "INVALID_API_KEY" | "ACCESS_DENIED" | "AUTHORIZER_FAILURE" | "AUTHORIZER_CONFIGURATION_ERROR" | "INVALID_SIGNATURE" | "EXPIRED_TOKEN" | "MISSING_AUTHENTICATION_TOKEN" | "INTEGRATION_FAILURE" | "INTEGRATION_TIMEOUT" | "API_CONFIGURATION_ERROR" | "UNSUPPORTED_MEDIA_TYPE" | "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" | "REQUEST_TOO_LARGE" | "THROTTLED" | "QUOTA_EXCEEDED" | "WAF_FILTERED";
}

export interface DeleteIntegrationRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
}

export interface DeleteIntegrationResponseRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
}

export interface DeleteMethodRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
}

export interface DeleteMethodResponseRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
}

export interface DeleteModelRequest {
  readonly restApiId: string;
  readonly modelName: string;
}

export interface DeleteRequestValidatorRequest {
  readonly restApiId: string;
  readonly requestValidatorId: string;
}

export interface DeleteResourceRequest {
  readonly restApiId: string;
  readonly resourceId: string;
}

export interface DeleteRestApiRequest {
  readonly restApiId: string;
}

export interface DeleteStageRequest {
  readonly restApiId: string;
  readonly stageName: string;
}

export interface DeleteUsagePlanKeyRequest {
  readonly usagePlanId: string;
  readonly keyId: string;
}

export interface DeleteUsagePlanRequest {
  readonly usagePlanId: string;
}

export interface GetAccountRequest {

}

export interface GetApiKeyRequest {
  readonly apiKey: string;
  readonly includeValue?: boolean;
}

export interface GetApiKeysRequest {
  readonly position?: string;
  readonly limit?: number;
  readonly nameQuery?: string;
  readonly customerId?: string;
  readonly includeValues?: boolean;
}

export interface GetDeploymentRequest {
  readonly restApiId: string;
  readonly deploymentId: string;
  readonly embed?: readonly string[];
}

export interface GetDeploymentsRequest {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
}

export interface GetGatewayResponseRequest {
  readonly restApiId: string;
  readonly responseType: "DEFAULT_4XX" | "DEFAULT_5XX" | "RESOURCE_NOT_FOUND" | "UNAUTHORIZED" | "INVALID_API_KEY" | "ACCESS_DENIED" | "AUTHORIZER_FAILURE" | "AUTHORIZER_CONFIGURATION_ERROR" | "INVALID_SIGNATURE" | "EXPIRED_TOKEN" | "MISSING_AUTHENTICATION_TOKEN" | "INTEGRATION_FAILURE" | "INTEGRATION_TIMEOUT" | "API_CONFIGURATION_ERROR" | "UNSUPPORTED_MEDIA_TYPE" | "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" | "REQUEST_TOO_LARGE" | "THROTTLED" | "QUOTA_EXCEEDED" | "WAF_FILTERED";
}

export interface GetGatewayResponsesRequest {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
}

export interface GetIntegrationRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
}

export interface GetIntegrationResponseRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
}

export interface GetMethodRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
}

export interface GetMethodResponseRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
}

export interface GetModelRequest {
  readonly restApiId: string;
  readonly modelName: string;
  readonly flatten?: boolean;
}

export interface GetModelsRequest {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
}

export interface GetRequestValidatorRequest {
  readonly restApiId: string;
  readonly requestValidatorId: string;
}

export interface GetRequestValidatorsRequest {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
}

export interface GetResourceRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly embed?: readonly string[];
}

export interface GetResourcesRequest {
  readonly restApiId: string;
  readonly position?: string;
  readonly limit?: number;
  readonly embed?: readonly string[];
}

export interface GetRestApiRequest {
  readonly restApiId: string;
}

export interface GetRestApisRequest {
  readonly position?: string;
  readonly limit?: number;
}

export interface GetStageRequest {
  readonly restApiId: string;
  readonly stageName: string;
}

export interface GetStagesRequest {
  readonly restApiId: string;
  readonly deploymentId?: string;
}

export interface GetTagsRequest {
  readonly resourceArn: string;
  readonly position?: string;
  readonly limit?: number;
}

export interface GetUsagePlanKeyRequest {
  readonly usagePlanId: string;
  readonly keyId: string;
}

export interface GetUsagePlanKeysRequest {
  readonly usagePlanId: string;
  readonly position?: string;
  readonly limit?: number;
  readonly nameQuery?: string;
}

export interface GetUsagePlanRequest {
  readonly usagePlanId: string;
}

export interface GetUsagePlansRequest {
  readonly position?: string;
  readonly keyId?: string;
  readonly limit?: number;
}

export interface PatchOperation {
  readonly op?: "add" | "remove" | "replace" | "move" | "copy" | "test";
  readonly path?: string;
  readonly value?: string;
  readonly from?: string;
}

export interface TagResourceRequest {
  readonly resourceArn: string;
  readonly tags: { readonly [key: string]: string };
}

export interface UntagResourceRequest {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

export interface UpdateAccountRequest {
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateApiKeyRequest {
  readonly apiKey: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateDeploymentRequest {
  readonly restApiId: string;
  readonly deploymentId: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateGatewayResponseRequest {
  readonly restApiId: string;
  readonly responseType: "DEFAULT_4XX" | "DEFAULT_5XX" | "RESOURCE_NOT_FOUND" | "UNAUTHORIZED" | "INVALID_API_KEY" | "ACCESS_DENIED" | "AUTHORIZER_FAILURE" | "AUTHORIZER_CONFIGURATION_ERROR" | "INVALID_SIGNATURE" | "EXPIRED_TOKEN" | "MISSING_AUTHENTICATION_TOKEN" | "INTEGRATION_FAILURE" | "INTEGRATION_TIMEOUT" | "API_CONFIGURATION_ERROR" | "UNSUPPORTED_MEDIA_TYPE" | "BAD_REQUEST_PARAMETERS" | "BAD_REQUEST_BODY" | "REQUEST_TOO_LARGE" | "THROTTLED" | "QUOTA_EXCEEDED" | "WAF_FILTERED";
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateIntegrationRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateIntegrationResponseRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateMethodRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateMethodResponseRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateModelRequest {
  readonly restApiId: string;
  readonly modelName: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateRequestValidatorRequest {
  readonly restApiId: string;
  readonly requestValidatorId: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateResourceRequest {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateRestApiRequest {
  readonly restApiId: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateStageRequest {
  readonly restApiId: string;
  readonly stageName: string;
  readonly patchOperations?: readonly PatchOperation[];
}

export interface UpdateUsagePlanRequest {
  readonly usagePlanId: string;
  readonly patchOperations?: readonly PatchOperation[];
}
