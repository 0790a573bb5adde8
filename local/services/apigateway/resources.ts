import type { ProviderFunction, ResourceType } from "../../resource-types/resource-type.ts";
import { gatewayResponseType, modelType, requestValidatorType, resourceType, restApiType } from "./resources/api.ts";
import { apiKeyType, usagePlanKeyType, usagePlanType } from "./resources/client.ts";
import { integrationResponseType, integrationType, methodResponseType, methodType } from "./resources/method.ts";
import { accountType, deploymentType, methodSettingsType, stageType } from "./resources/stage.ts";

/** The Pulumi resource types of this service. */
export const resourceTypes: readonly ResourceType[] = [
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

/** The functions (invokes) of this service. */
export const providerFunctions: readonly ProviderFunction[] = [];
