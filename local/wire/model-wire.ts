import type { Wire, WireProtocol } from "../kernel/service.ts";
import type { Dialect } from "./dialect.ts";
import { checkInput, type InputRules } from "./input.ts";
import { jsonProtocol } from "./json.ts";
import { type ServiceModel, type Shape, serviceModel, shapeOf } from "./model.ts";
import { queryProtocol } from "./query.ts";
import { type RestJsonOptions, restJsonProtocol } from "./rest-json.ts";
import { Unsupported } from "./unsupported.ts";

/** A service's protocol options besides AWS's model. */
export interface ModelWireOptions {
  /** Name of the model's file, if it differs from the signing name. */
  readonly model?: string;
  readonly dialect?: Dialect;
  /**
   * Features of AWS that the local cloud does not support: members as `Shape.Member` or `*.Member`, enumeration values
   * as `Shape=VALUE`.
   */
  readonly unsupported?: readonly string[];
  /** Known deviations of AWS from its own model: attributes of shapes that replace the model's. */
  readonly corrections?: Corrections;
  /** JSON: `__type` of an error code; default: the code itself. */
  errorType?(code: string): string;
  /** REST-JSON: members of an error's body besides its details; default: `message`. */
  errorBody?: RestJsonOptions["errorBody"];
  /** REST-JSON: appended to the list of operations in the error for an unknown path. */
  readonly hint?: string;
  /** REST-JSON: the service's paths; default: those of the model's operations. */
  readonly paths?: RegExp;
  /** A protocol of the service's own, instead of the model's. */
  readonly protocol?: WireProtocol;
}

/**
 * A service's wire from AWS's model: protocol and input checks. `defineOperations` makes the operations of such a
 * service.
 * @param service signing name, such as `secretsmanager`.
 */
export function modelWire(service: string, options: ModelWireOptions = {}): Wire {
  const model = corrected(serviceModel(options.model ?? service), options.corrections ?? {});
  const { dialect, unsupported = [] } = options;
  const rules: InputRules = {
    service,
    model,
    unsupported: new Unsupported(model, unsupported),
    ...(dialect && { dialect }),
  };
  return {
    ...distinctionsOf(model),
    ...(options.paths && { paths: options.paths }),
    protocol: options.protocol ?? protocolOf(service, model, options),
    readInput: (operation, params) => checkInput(rules, operation, params),
  };
}

/** The features that distinguish a service's requests from those of other services. */
function distinctionsOf({ metadata, operations }: ServiceModel): Omit<Wire, "protocol"> {
  const { protocols, targetPrefix, apiVersion } = metadata;
  const [protocol] = protocols;
  const targets = targetPrefix === undefined ? {} : { targets: [targetPrefix] };
  if (protocol === "query") return { ...targets, dialect: "query", queryVersion: apiVersion };
  if (protocol !== "rest-json") return { ...targets, dialect: "json" };
  const folders = Object.values(operations).map(({ http }) => http?.requestUri.split(/[/?]/)[1] ?? "");
  const names = [...new Set(folders)].filter((name) => /^[\w-]+$/.test(name));
  return { dialect: "rest-json", paths: new RegExp(`^/(${names.join("|")})(/|$)`) };
}

/** Attributes of shapes by name; a shape that is not in the model needs a type. */
export type Corrections = Readonly<Record<string, Partial<Shape>>>;

function corrected(model: ServiceModel, corrections: Corrections): ServiceModel {
  const shapes = Object.entries(corrections).map(([name, facts]) => {
    const shape = facts.type === undefined ? shapeOf(model, name) : undefined;
    return [name, { ...shape, ...facts, ...(shape?.members && { members: { ...shape.members, ...facts.members } }) }];
  });
  return { ...model, shapes: { ...model.shapes, ...Object.fromEntries(shapes) } };
}

function protocolOf(
  service: string,
  model: ServiceModel,
  { errorType, errorBody, hint }: ModelWireOptions,
): WireProtocol {
  const { protocols, jsonVersion, targetPrefix } = model.metadata;
  if (protocols[0] === "json" && jsonVersion !== undefined && targetPrefix !== undefined) {
    return jsonProtocol(jsonVersion, targetPrefix, errorType);
  }
  if (protocols[0] === "rest-json") {
    return restJsonProtocol(model, { service, ...(errorBody && { errorBody }), ...(hint !== undefined && { hint }) });
  }
  if (protocols[0] === "query") return queryProtocol(model);
  throw new Error(`${model.source}: no reader and writer for ${protocols.join(", ")}`);
}
