import type { ResourceSample } from "../resource-sample.ts";
import { apiSamples } from "./apigateway-api.ts";
import { clientSamples } from "./apigateway-clients.ts";
import { methodSamples } from "./apigateway-methods.ts";
import { stageSamples } from "./apigateway-stages.ts";

/** The resource types of API Gateway. */
export const samples: readonly ResourceSample[] = [...apiSamples, ...methodSamples, ...stageSamples, ...clientSamples];
