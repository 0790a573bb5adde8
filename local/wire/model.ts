import { readFileSync } from "node:fs";

/**
 * A member of a structure, or the element, key or value of a list or a map: its shape, and its location and name on the
 * wire.
 */
export interface Member {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly flattened?: boolean;
}

/**
 * A type of AWS's model with its constraints. `min` and `max` limit a length in characters, bytes or entries, or a
 * number's value.
 */
export interface Shape {
  readonly type:
    | "structure"
    | "list"
    | "map"
    | "string"
    | "blob"
    | "boolean"
    | "integer"
    | "long"
    | "float"
    | "double"
    | "timestamp";
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly min?: number;
  readonly max?: number;
  /** A Java regular expression for the whole string. */
  readonly pattern?: string;
  /**
   * In corrections only: a value that matches this pattern as a whole skips the other constraints, such as an ARN in
   * place of a name.
   */
  readonly unless?: string;
  readonly enum?: readonly string[];
  /** Errors do not repeat the value. */
  readonly sensitive?: boolean;
  readonly flattened?: boolean;
  readonly locationName?: string;
  /** The member that is the whole body. */
  readonly payload?: string;
  readonly timestampFormat?: "iso8601" | "rfc822" | "unixTimestamp";
}

/** An operation of AWS's model. Without `http` it is POST to "/". */
export interface ModelOperation {
  readonly http?: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  /** Names of shapes; undefined: no parameters, or an empty response. */
  readonly input?: string;
  readonly output?: string;
}

/** AWS's model of one service, made by `scripts/update-service-models.ts`. */
export interface ServiceModel {
  /** Version and notice. */
  readonly source: string;
  readonly metadata: {
    readonly apiVersion: string;
    readonly protocols: readonly string[];
    readonly jsonVersion?: "1.0" | "1.1";
    readonly targetPrefix?: string;
    readonly xmlNamespace?: string | { readonly uri: string };
  };
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Status and wire code of each error, by its name in the model. */
  readonly errors: Readonly<Record<string, { readonly code: string; readonly status: number }>>;
}

const read = new Map<string, ServiceModel>();

/**
 * The model of a service.
 * @param name of its file in `models/`: botocore's name of the service, such as `dynamodbstreams`.
 */
export function serviceModel(name: string): ServiceModel {
  const known = read.get(name);
  if (known) return known;
  const model = JSON.parse(readFileSync(new URL(`models/${name}.json`, import.meta.url), "utf8")) as ServiceModel;
  read.set(name, model);
  return model;
}

/** The shape of this name. Throws an Error when the model has none. */
export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape) return shape;
  throw new Error(`${model.source} has no shape ${name}`);
}
