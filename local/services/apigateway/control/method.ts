import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import type { RestApi } from "../api.ts";
import {
  type IntegrationDefinition,
  type IntegrationResponseDefinition,
  type IntegrationSettings,
  type MethodResponseDefinition,
  type MethodSettings,
  methodKey,
} from "../definition.ts";
import { badRequest, conflict, found, notFound } from "../errors.ts";
import { contextNames } from "../exchange.ts";
import { MAPPING_SOURCE } from "../gateway-response.ts";
import { parseActionUri } from "../integration.ts";
import { compileTemplate } from "../vtl/template.ts";
import { unknownSource } from "./api.ts";
import { entryMistakes, type Mistake, refuse, thrown } from "./mistakes.ts";

// Creates and changes methods, their integrations and their responses, for the resource types and the operations. Every
// function throws AWS's own errors, and then has changed nothing.

/** Range of an integration's timeout, in milliseconds. */
export const TIMEOUT_MS = { min: 50, max: 29_000 } as const;

/** A method's address: its resource and its verb. */
export interface MethodPlace {
  readonly resourceId: string;
  readonly httpMethod: string;
}

/** Mistakes in a method that do not depend on the API. */
export function methodMistakes(settings: Pick<MethodSettings, "requestParameters">): readonly Mistake[] {
  const known = /^method\.request\.(header|querystring|path)\.[\w.$-]+$/;
  const unknown = entryMistakes("requestParameters", settings.requestParameters, (source) =>
    known.test(source) ? undefined : invalidParameter(source),
  );
  if (unknown.length > 0) return unknown;
  const names = Object.keys(settings.requestParameters).map((source) => source.split(".").slice(3).join("."));
  return new Set(names).size === names.length
    ? []
    : [
        {
          path: ["requestParameters"],
          error: badRequest("Parameter names must be unique across querystring, header and path"),
        },
      ];
}

function invalidParameter(name: string): AwsError {
  return badRequest(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${name}]`,
  );
}

function checkMethod(api: RestApi, settings: MethodSettings): void {
  refuse(methodMistakes(settings));
  checkModels(api, settings.requestModels);
  const { requestValidatorId } = settings;
  if (requestValidatorId !== undefined && !api.definition.validators.has(requestValidatorId)) {
    throw badRequest("Invalid Request Validator identifier specified");
  }
}

function checkModels(api: RestApi, models: Readonly<Record<string, string>>): void {
  for (const name of Object.values(models)) {
    if (!api.definition.models.has(name)) throw badRequest(`Invalid model identifier specified: ${name}`);
  }
}

/** Creates a method. */
export function putMethod(api: RestApi, { resourceId, httpMethod }: MethodPlace, settings: MethodSettings): void {
  api.resource(resourceId);
  const key = methodKey(resourceId, httpMethod);
  if (api.definition.methods.has(key)) throw conflict("Method already exists for this resource");
  checkMethod(api, settings);
  const empty = { responses: new Map(), integration: undefined };
  api.definition.methods.set(key, { resourceId, httpMethod, settings, ...empty });
}

/** Changes a method, for the next deployment. */
export function changeMethod(api: RestApi, place: MethodPlace, settings: MethodSettings): void {
  const method = api.method(place.resourceId, place.httpMethod);
  checkMethod(api, settings);
  method.settings = settings;
}

/** Deletes a method, with its integration. */
export function deleteMethod(api: RestApi, { resourceId, httpMethod }: MethodPlace): void {
  api.method(resourceId, httpMethod);
  api.definition.methods.delete(methodKey(resourceId, httpMethod));
}

/** Mistakes in a method response that do not depend on the API. */
export function methodResponseMistakes(
  settings: Pick<MethodResponseDefinition, "responseParameters">,
): readonly Mistake[] {
  return entryMistakes("responseParameters", settings.responseParameters, (target) =>
    /^method\.response\.header\.[\w-]+$/.test(target) ? undefined : invalidParameter(target),
  );
}

/** The method response of this status. Throws NotFoundException. */
export function methodResponseOf(api: RestApi, place: MethodPlace, statusCode: string): MethodResponseDefinition {
  const { responses } = api.method(place.resourceId, place.httpMethod);
  return found(responses.get(statusCode), "Invalid Response status code specified");
}

/** Creates a method response. */
export function putMethodResponse(
  api: RestApi,
  place: MethodPlace,
  statusCode: string,
  settings: MethodResponseDefinition,
): void {
  const { responses } = api.method(place.resourceId, place.httpMethod);
  if (responses.has(statusCode)) throw conflict("Response already exists for this resource");
  setMethodResponse(api, place, statusCode, settings);
}

/** Changes a method response, for the next deployment. */
export function changeMethodResponse(
  api: RestApi,
  place: MethodPlace,
  statusCode: string,
  settings: MethodResponseDefinition,
): void {
  methodResponseOf(api, place, statusCode);
  setMethodResponse(api, place, statusCode, settings);
}

function setMethodResponse(
  api: RestApi,
  place: MethodPlace,
  statusCode: string,
  settings: MethodResponseDefinition,
): void {
  refuse(methodResponseMistakes(settings));
  checkModels(api, settings.responseModels);
  api.method(place.resourceId, place.httpMethod).responses.set(statusCode, settings);
}

/** Deletes a method response. */
export function deleteMethodResponse(api: RestApi, place: MethodPlace, statusCode: string): void {
  methodResponseOf(api, place, statusCode);
  api.method(place.resourceId, place.httpMethod).responses.delete(statusCode);
}

const CONTENT_TYPE = "integration.request.header.Content-Type";

/** Mistakes in an integration that do not depend on the API. */
export function integrationMistakes(settings: IntegrationSettings): readonly Mistake[] {
  const { min, max } = TIMEOUT_MS;
  const timeout = settings.timeoutMilliseconds;
  return [
    ...(settings.type === "AWS" ? actionMistakes(settings) : []),
    ...(timeout >= min && timeout <= max
      ? []
      : [{ path: ["timeoutMilliseconds"], error: badRequest(`Timeout should be between ${min} ms and ${max} ms`) }]),
    ...entryMistakes("requestParameters", settings.requestParameters, (target, source) =>
      target === CONTENT_TYPE && MAPPING_SOURCE.test(source)
        ? undefined
        : new NotSupportedError(
            `the request parameter ${target}: ${source} of an integration`,
            `${CONTENT_TYPE} from 'static', method.request.*, context.*`,
          ),
    ),
    ...templateMistakes("requestTemplates", settings.requestTemplates, { mayOverride: false }),
  ];
}

function actionMistakes(settings: IntegrationSettings): readonly Mistake[] {
  const { integrationHttpMethod, uri, credentials = "" } = settings;
  const mistakes: Mistake[] = [];
  if (!integrationHttpMethod) {
    const error = badRequest("Enumeration value for HttpMethod must be non-empty");
    mistakes.push({ path: ["integrationHttpMethod"], error });
  }
  const wrongUri = thrown(NotSupportedError, () => parseActionUri(uri ?? ""));
  if (wrongUri) mistakes.push({ path: ["uri"], error: wrongUri });
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(credentials)) {
    const error = new NotSupportedError(`the credentials "${credentials}" of an integration`, "the ARN of a role");
    mistakes.push({ path: ["credentials"], error });
  }
  return mistakes;
}

/** A method's integration. Throws NotFoundException. */
export function integrationOf(api: RestApi, { resourceId, httpMethod }: MethodPlace): IntegrationDefinition {
  return found(api.method(resourceId, httpMethod).integration, "Invalid Integration identifier specified");
}

/** Sets a method's integration, for the next deployment; the integration responses of the previous one remain. */
export function putIntegration(api: RestApi, place: MethodPlace, settings: IntegrationSettings): void {
  const method = api.method(place.resourceId, place.httpMethod);
  refuse(integrationMistakes(settings));
  method.integration = { ...settings, responses: method.integration?.responses ?? new Map() };
}

/** Deletes a method's integration, with its responses. */
export function deleteIntegration(api: RestApi, place: MethodPlace): void {
  integrationOf(api, place);
  api.method(place.resourceId, place.httpMethod).integration = undefined;
}

/** Mistakes in an integration response that do not depend on the API. */
export function integrationResponseMistakes(
  settings: Pick<IntegrationResponseDefinition, "selectionPattern" | "responseParameters" | "responseTemplates">,
): readonly Mistake[] {
  const { selectionPattern = "", responseParameters, responseTemplates } = settings;
  const pattern = thrown(SyntaxError, () => new RegExp(selectionPattern));
  return [
    ...(pattern
      ? [{ path: ["selectionPattern"], error: badRequest(`Invalid selection pattern specified: ${selectionPattern}`) }]
      : []),
    ...entryMistakes("responseParameters", responseParameters, (_target, source) =>
      MAPPING_SOURCE.test(source) ? undefined : unknownSource(source),
    ),
    ...(Object.keys(responseTemplates).length > 1
      ? [
          {
            path: ["responseTemplates"],
            error: new NotSupportedError(
              "more than one template of an integration response",
              "one, for application/json",
            ),
          },
        ]
      : []),
    ...templateMistakes("responseTemplates", responseTemplates, { mayOverride: true }),
  ];
}

/** The integration response of this status. Throws NotFoundException. */
export function integrationResponseOf(
  api: RestApi,
  place: MethodPlace,
  statusCode: string,
): IntegrationResponseDefinition {
  return found(integrationOf(api, place).responses.get(statusCode), "Invalid Response status code specified");
}

/** Sets an integration response, for the next deployment. */
export function putIntegrationResponse(
  api: RestApi,
  place: MethodPlace,
  settings: IntegrationResponseDefinition,
): void {
  const { integration } = api.method(place.resourceId, place.httpMethod);
  if (!integration) throw notFound("No integration defined for method");
  // The method response may be added later; until then requests get a 500.
  const declared = api.method(place.resourceId, place.httpMethod).responses.get(settings.statusCode);
  refuse(
    entryMistakes("responseParameters", settings.responseParameters, (target) =>
      declared && Object.hasOwn(declared.responseParameters, target) ? undefined : invalidParameter(target),
    ),
  );
  refuse(integrationResponseMistakes(settings));
  const pattern = settings.selectionPattern ?? "";
  const same = [...integration.responses.values()].find(
    (one) => one.statusCode !== settings.statusCode && (one.selectionPattern ?? "") === pattern,
  );
  if (same) throw conflict(`Integration response with selection pattern ${pattern || "default"} already exists`);
  integration.responses.set(settings.statusCode, settings);
}

/** Deletes an integration response. */
export function deleteIntegrationResponse(api: RestApi, place: MethodPlace, statusCode: string): void {
  integrationResponseOf(api, place, statusCode);
  integrationOf(api, place).responses.delete(statusCode);
}

/**
 * Mistakes in mapping templates: constructs that the template engine does not support, and unknown `$context` names.
 */
function templateMistakes(
  name: string,
  templates: Readonly<Record<string, string>>,
  options: { mayOverride: boolean },
): readonly Mistake[] {
  return entryMistakes(name, templates, (_contentType, template) =>
    thrown(AwsError, () => {
      compileTemplate(template);
      for (const [, name = ""] of template.matchAll(/\$!?\{?context\.(\w+)/g)) {
        if (!contextNames.has(name)) {
          throw new NotSupportedError(`$context.${name} in a mapping template`, [...contextNames].sort().join(", "));
        }
        if (name === "responseOverride" && !options.mayOverride) {
          throw new NotSupportedError("$context.responseOverride in a request template", "response templates");
        }
      }
    }),
  );
}
