import { readFileSync } from "node:fs";

/**
 * A member of a structure, or the element, key or value of a list or a map: its shape, and where and under which name
 * it goes over the wire.
 */
export interface Member {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly flattened?: boolean;
}

/**
 * A type of AWS's model with its constraints. `min` and `max` count characters, bytes or entries, or are the value's
 * own.
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
  /** A Java regular expression, for the whole text. */
  readonly pattern?: string;
  /**
   * Of a correction: values that match this pattern as a whole are held to none of the others, such as an ARN where a
   * name is checked.
   */
  readonly unless?: string;
  readonly enum?: readonly string[];
  /** Its value is not repeated in errors. */
  readonly sensitive?: boolean;
  readonly flattened?: boolean;
  readonly locationName?: string;
  /** The member that is the body. */
  readonly payload?: string;
  readonly timestampFormat?: "iso8601" | "rfc822" | "unixTimestamp";
}

/** An operation as AWS's model has it. Without `http` it is POST to "/". */
export interface ModelOperation {
  readonly http?: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  /** Names of shapes; without one there are no parameters, or the answer is empty. */
  readonly input?: string;
  readonly output?: string;
}

/** What AWS's model says of one service, made by `scripts/update-service-models.ts`. */
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
  /** Status of each error, and the code that it has on the wire, by its name in the model. */
  readonly errors: Readonly<Record<string, { readonly code: string; readonly status: number }>>;
}

const read = new Map<string, ServiceModel>();

/**
 * The model of a service.
 * @param name of its file in `models/`, which is botocore's name of the service, such as `dynamodbstreams`.
 */
export function serviceModel(name: string): ServiceModel {
  const known = read.get(name);
  if (known) return known;
  const model = JSON.parse(readFileSync(new URL(`models/${name}.json`, import.meta.url), "utf8")) as ServiceModel;
  read.set(name, model);
  return model;
}

/** A shape that must be there. */
export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape) return shape;
  throw new Error(`${model.source} has no shape ${name}`);
}
