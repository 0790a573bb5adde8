import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { gatewayResponseType, modelType, requestValidatorType, resourceType, restApiType } from "./resources/api.ts";
import { apiKeyType, usagePlanKeyType, usagePlanType } from "./resources/client.ts";
import { integrationResponseType, integrationType, methodResponseType, methodType } from "./resources/method.ts";
import { accountType, deploymentType, methodSettingsType, stageType } from "./resources/stage.ts";
import type { ApiGatewayStore } from "./store.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType<Properties, ApiGatewayStore>[] = [
  restApiType,
  resourceType,
  modelType,
  requestValidatorType,
  gatewayResponseType,
  methodType,
  methodResponseType,
  integrationType,
  integrationResponseType,
  deploymentType,
  stageType,
  methodSettingsType,
  apiKeyType,
  usagePlanType,
  usagePlanKeyType,
  accountType,
];
