import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import type { Place } from "../../../kernel/place.ts";
import type { Tags } from "../../../resource-types/default-tags.ts";
import { type ApiSettings, RestApi } from "../api.ts";
import { partsOf } from "../compile.ts";
import type { GatewayResponseDefinition, ResourceDefinition } from "../definition.ts";
import { badRequest, conflict, notFound } from "../errors.ts";
import { type GatewayResponseType, gatewayResponseTypes, MAPPING_SOURCE } from "../gateway-response.ts";
import { compileModel } from "../models.ts";
import { newId } from "../new-id.ts";
import { entryMistakes, type Mistake, refuse, thrown } from "./mistakes.ts";

// Creates and changes an API and its parts other than methods, for the resource types and the operations. Every
// function throws AWS's own errors, and then has changed nothing.

/** Creates an API with a root resource. */
export function createApi(place: Place, settings: ApiSettings, tags: Tags, now: number): RestApi {
  return new RestApi({ place, settings, tags, now });
}

/** Path of a resource, such as `/events/{id}`. */
export function pathOf(api: RestApi, resourceId: string): string {
  return `/${partsOf(api.definition, resourceId).join("/")}`;
}

/** Creates a resource; returns its id. */
export function createResource(api: RestApi, place: { parentId: string; pathPart: string }): string {
  checkPlace(api, undefined, place);
  const id = newId(6);
  api.definition.resources.set(id, { id, ...place });
  return id;
}

/** Renames or moves a resource, with its descendants. */
export function changeResource(api: RestApi, id: string, place: { parentId: string; pathPart: string }): void {
  const resource = api.resource(id);
  if (resource.parentId === undefined) throw badRequest("Root resource cannot update its pathPart.");
  checkPlace(api, resource, place);
  Object.assign(resource, place);
}

function checkPlace(
  api: RestApi,
  self: ResourceDefinition | undefined,
  { parentId, pathPart }: { parentId: string; pathPart: string },
): void {
  const parent = api.resource(parentId);
  if (self && ancestors(api, parent).includes(self)) throw badRequest("Resources cannot be cyclical.");
  if (/^\{.+\+\}$/.test(parent.pathPart)) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  }
  const siblings = [...api.definition.resources.values()].filter((one) => one.parentId === parentId && one !== self);
  if (siblings.some((one) => one.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const variable = siblings.find((one) => one.pathPart.startsWith("{"));
  if (variable && pathPart.startsWith("{")) {
    const reason = "of this resource already has a variable path part -- only one is allowed";
    throw badRequest(`A sibling (${variable.pathPart}) ${reason}`);
  }
  if (parent.parentId === undefined && ["ping", "sping"].includes(pathPart)) {
    throw badRequest(`/${pathPart} is reserved for API Gateway's own health checks`);
  }
}

/** A resource and its ancestors, up to the root. */
function ancestors(api: RestApi, resource: ResourceDefinition): readonly ResourceDefinition[] {
  return resource.parentId === undefined ? [resource] : [resource, ...ancestors(api, api.resource(resource.parentId))];
}

/** Deletes a resource, with its methods and its descendants. */
export function deleteResource(api: RestApi, id: string): void {
  const { resources, methods } = api.definition;
  const resource = api.resource(id);
  if (resource.parentId === undefined) throw badRequest("Root resource cannot be deleted.");
  const below = [...resources.values()].filter((one) => ancestors(api, one).includes(resource));
  for (const one of below) resources.delete(one.id);
  for (const [key, method] of methods) if (!resources.has(method.resourceId)) methods.delete(key);
}

/** A model's schema and description. */
export interface ModelSettings {
  readonly description: string | undefined;
  /** JSON schema of draft 4, as text; AWS takes no model without one. */
  readonly schema: string | undefined;
}

/** Mistakes in a model that do not depend on the API. */
export function modelMistakes(name: string, { schema }: Pick<ModelSettings, "schema">): readonly Mistake[] {
  const error = schema
    ? thrown(AwsError, () => compileModel(name, schema))
    : badRequest("Model schema must have at least 1 property or array items defined");
  return error ? [{ path: ["schema"], error }] : [];
}

/** Creates a model; returns its id. */
export function createModel(api: RestApi, model: { name: string; contentType: string } & ModelSettings): string {
  const { name, contentType, description, schema = "" } = model;
  if (api.definition.models.has(name)) throw conflict("Model name already exists for this REST API");
  refuse(modelMistakes(name, model));
  const id = newId(6);
  api.definition.models.set(name, { id, name, contentType, description, schema });
  return id;
}

/** Changes a model, for the next deployment. */
export function changeModel(api: RestApi, name: string, settings: ModelSettings): void {
  const model = api.model(name);
  refuse(modelMistakes(name, settings));
  Object.assign(model, { description: settings.description, schema: settings.schema });
}

/** Deletes a model, unless a method refers to it. */
export function deleteModel(api: RestApi, name: string): void {
  api.model(name);
  for (const method of api.definition.methods.values()) {
    const place = `${pathOf(api, method.resourceId)}/${method.httpMethod}`;
    const refusal = (where: string) =>
      conflict(`Cannot delete model '${name}', is referenced in method ${where}: ${place}`);
    if (Object.values(method.settings.requestModels).includes(name)) throw refusal("request");
    const isAnswer = [...method.responses.values()].some((one) => Object.values(one.responseModels).includes(name));
    if (isAnswer) throw refusal("response");
  }
  api.definition.models.delete(name);
}

/** A request validator's name, and the parts of a request that it checks. */
export interface ValidatorSettings {
  readonly name: string;
  readonly isBodyChecked: boolean;
  readonly areParametersChecked: boolean;
}

/** Creates a request validator; returns its id. */
export function createValidator(api: RestApi, settings: ValidatorSettings): string {
  const id = newId(6);
  api.definition.validators.set(id, { id, ...settings });
  return id;
}

/** Changes a request validator, for the next deployment. */
export function changeValidator(api: RestApi, id: string, settings: ValidatorSettings): void {
  if (settings.name === "") throw badRequest("Request Validator name cannot be blank");
  Object.assign(api.validator(id), settings);
}

/** Deletes a request validator, unless a method refers to it. */
export function deleteValidator(api: RestApi, id: string): void {
  api.validator(id);
  const user = [...api.definition.methods.values()].find((method) => method.settings.requestValidatorId === id);
  if (user) {
    const place = `${pathOf(api, user.resourceId)}/${user.httpMethod}`;
    throw conflict(`Cannot delete Request Validator '${id}', is referenced in method: ${place}`);
  }
  api.definition.validators.delete(id);
}

/** The templates of AWS's default gateway responses. */
const DEFAULT_TEMPLATES = { "application/json": '{"message":$context.error.messageString}' };

/** The gateway response of a type: the API's own, else AWS's default. */
export function gatewayResponseOf(
  api: RestApi,
  responseType: string,
): GatewayResponseDefinition & { readonly isDefault: boolean } {
  const put = api.definition.gatewayResponses.get(responseType);
  if (put) return { ...put, isDefault: false };
  if (!Object.hasOwn(gatewayResponseTypes, responseType)) throw notFound(`Invalid response type: ${responseType}`);
  const { status } = gatewayResponseTypes[responseType as GatewayResponseType];
  const statusCode = responseType.startsWith("DEFAULT_") ? undefined : String(status);
  return { statusCode, responseParameters: {}, responseTemplates: DEFAULT_TEMPLATES, isDefault: true };
}

/** Mistakes in a gateway response that do not depend on the API. */
export function gatewayResponseMistakes(settings: GatewayResponseDefinition): readonly Mistake[] {
  return [
    ...entryMistakes("responseParameters", settings.responseParameters, (target, source) => {
      if (!/^gatewayresponse\.header\.[\w-]+$/.test(target)) {
        return badRequest(`Invalid mapping expression specified: ${target}`);
      }
      return MAPPING_SOURCE.test(source) ? undefined : unknownSource(source);
    }),
    ...(Object.keys(settings.responseTemplates).length > 1
      ? [
          {
            path: ["responseTemplates"],
            error: new NotSupportedError("more than one template of a gateway response", "one, for application/json"),
          },
        ]
      : []),
  ];
}

/** The error for a mapping expression that the local cloud does not support. */
export function unknownSource(source: string): NotSupportedError {
  return new NotSupportedError(`the mapping expression ${source}`, "'static', method.request.*, context.*");
}

/** Sets a gateway response, for the next deployment. */
export function putGatewayResponse(api: RestApi, responseType: string, settings: GatewayResponseDefinition): void {
  gatewayResponseOf(api, responseType);
  refuse(gatewayResponseMistakes(settings));
  api.definition.gatewayResponses.set(responseType, settings);
}

/** Resets a gateway response to AWS's default. */
export function deleteGatewayResponse(api: RestApi, responseType: string): void {
  if (!api.definition.gatewayResponses.delete(responseType)) throw notFound("Gateway response type not defined on api");
}
