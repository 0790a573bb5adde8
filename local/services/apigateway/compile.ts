import type { ApiDefinition, IntegrationResponseDefinition, MethodDefinition } from "./definition.ts";
import { badRequest } from "./errors.ts";

import { type CheckBody, compileModel } from "./models.ts";
import type { Render } from "./vtl/scope.ts";
import { compileTemplate } from "./vtl/template.ts";

/** A compiled integration response. */
export interface CompiledAnswer {
  readonly definition: IntegrationResponseDefinition;
  /** undefined: the default response, for a status that matches no pattern. */
  readonly pattern: RegExp | undefined;
  readonly contentType: string;
  /** undefined: the integration's body is passed through. */
  readonly template: Render | undefined;
}

/** A compiled method. */
export interface CompiledMethod {
  readonly definition: MethodDefinition;
  readonly resourceId: string;
  /** Such as `/events/{id}`. */
  readonly resourcePath: string;
  /** By content type. */
  readonly models: ReadonlyMap<string, CheckBody>;
  readonly isBodyChecked: boolean;
  readonly areParametersChecked: boolean;
  /** By content type. */
  readonly requestTemplates: ReadonlyMap<string, Render>;
  readonly answers: readonly CompiledAnswer[];
}

/** Path parts of a resource, and its methods by verb. */
export interface CompiledResource {
  readonly parts: readonly string[];
  readonly methods: ReadonlyMap<string, CompiledMethod>;
}

/** The compiled snapshot of a deployment: later edits do not change it. */
export interface CompiledApi {
  readonly resources: readonly CompiledResource[];
  readonly gatewayResponses: ApiDefinition["gatewayResponses"];
}

/** Compiles an API for a deployment. Throws BadRequestException, in AWS's words, for an API that cannot be deployed. */
export function compileApi(edited: ApiDefinition): CompiledApi {
  const definition = structuredClone(edited);
  if (definition.methods.size === 0) throw badRequest("The REST API doesn't contain any methods");
  const checks = new Map(
    [...definition.models.values()].map((model) => [model.name, compileModel(model.name, model.schema)]),
  );
  const resources = [...definition.resources.values()].map((resource): CompiledResource => {
    const parts = partsOf(definition, resource.id);
    const methods = new Map<string, CompiledMethod>();
    for (const method of definition.methods.values()) {
      if (method.resourceId !== resource.id) continue;
      methods.set(method.httpMethod, compileMethod(definition, method, parts, checks));
    }
    return { parts, methods };
  });
  return { resources, gatewayResponses: definition.gatewayResponses };
}

/** Path parts from the root to a resource. */
export function partsOf(definition: ApiDefinition, resourceId: string): readonly string[] {
  const resource = definition.resources.get(resourceId);
  if (!resource || resource.parentId === undefined) return [];
  return [...partsOf(definition, resource.parentId), resource.pathPart];
}

function compileMethod(
  definition: ApiDefinition,
  method: MethodDefinition,
  parts: readonly string[],
  checks: ReadonlyMap<string, CheckBody>,
): CompiledMethod {
  const { integration } = method;
  if (!integration) throw badRequest("No integration defined for method");
  const validator = method.settings.requestValidatorId
    ? definition.validators.get(method.settings.requestValidatorId)
    : undefined;
  const models = new Map<string, CheckBody>();
  for (const [contentType, name] of Object.entries(method.settings.requestModels)) {
    const check = checks.get(name);
    if (check) models.set(contentType, check);
  }
  return {
    definition: method,
    resourceId: method.resourceId,
    resourcePath: `/${parts.join("/")}`,
    models,
    isBodyChecked: validator?.isBodyChecked ?? false,
    areParametersChecked: validator?.areParametersChecked ?? false,
    requestTemplates: new Map(
      Object.entries(integration.requestTemplates).map(([type, template]) => [type, compileTemplate(template)]),
    ),
    answers: [...integration.responses.values()].map(compileAnswer),
  };
}

function compileAnswer(definition: IntegrationResponseDefinition): CompiledAnswer {
  const [entry] = Object.entries(definition.responseTemplates);
  const pattern = definition.selectionPattern;
  return {
    definition,
    pattern: pattern === undefined || pattern === "" ? undefined : new RegExp(`^(?:${pattern})$`, "s"),
    contentType: entry?.[0] ?? "application/json",
    template: entry ? compileTemplate(entry[1]) : undefined,
  };
}

/** The method for a path and a verb, with the values of the path parameters. */
export interface RouteMatch {
  readonly method: CompiledMethod;
  readonly pathParameters: ReadonlyMap<string, string>;
}

/**
 * The most specific resource that matches and has the method, or ANY: literal parts before `{name}` before `{proxy+}`.
 */
export function findRoute(api: CompiledApi, path: readonly string[], httpMethod: string): RouteMatch | undefined {
  let best: ({ rank: string } & RouteMatch) | undefined;
  for (const { parts, methods } of api.resources) {
    const method = methods.get(httpMethod) ?? methods.get("ANY");
    const match = method && matchParts(parts, path);
    if (match && (!best || match.rank > best.rank)) {
      best = { rank: match.rank, method, pathParameters: match.parameters };
    }
  }
  return best;
}

function matchParts(
  parts: readonly string[],
  path: readonly string[],
): { rank: string; parameters: ReadonlyMap<string, string> } | undefined {
  const parameters = new Map<string, string>();
  let rank = "";
  for (const [index, part] of parts.entries()) {
    const given = path[index];
    if (given === undefined) return undefined;
    const parameter = /^\{(.+?)(\+)?\}$/.exec(part);
    if (!parameter) {
      if (part !== given) return undefined;
      rank += "2";
      continue;
    }
    const name = parameter[1] ?? "";
    if (parameter[2]) {
      parameters.set(name, path.slice(index).join("/"));
      return { rank: `${rank}0`, parameters };
    }
    parameters.set(name, given);
    rank += "1";
  }
  return parts.length === path.length ? { rank, parameters } : undefined;
}
