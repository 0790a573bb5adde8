import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import { conforms } from "./conforms.ts";
import { numberText, violationsOf } from "./constraints.ts";
import type { Dialect, Violation } from "./dialect.ts";
import { type Member, type ServiceModel, type Shape, shapeOf } from "./model.ts";
import { readTypes } from "./read-types.ts";
import type { Unsupported } from "./unsupported.ts";

/** A service's input rules: AWS's model, its dialect, and its unsupported members. */
export interface InputRules {
  /** Signing name, such as `kinesis`. */
  readonly service: string;
  readonly model: ServiceModel;
  readonly dialect?: Dialect;
  readonly unsupported?: Unsupported;
}

/**
 * Checks a request's parameters against AWS's model, before anything else. A member of the model that the local cloud
 * does not support is refused by name; so is a member outside the model, which AWS ignores, because the local cloud
 * ignores nothing silently.
 * @param params in JSON: blobs are base64, times are epoch seconds.
 * @returns the parameters with the model's types, without nulls.
 * @throws AwsError SerializationException, NotSupportedByLocalCloud, or one error with all constraint violations.
 */
export function checkInput(rules: InputRules, operation: string, params: unknown): unknown {
  const { service, model, dialect = {} } = rules;
  const shapeName = model.operations[operation]?.input;
  if (shapeName === undefined) return checkNone(rules, operation, params);
  if (conforms(model, shapeName, params)) {
    checkSupported(rules, operation, params, shapeName);
    return params;
  }
  const input = readTypes(model, shapeName, params, dialect);
  const [stranger] = input.unknown;
  if (stranger !== undefined) throw unknownMember(service, operation, stranger);
  checkSupported(rules, operation, input.params, shapeName);
  const violations = violationsOf(model, shapeName, input.params, dialect);
  if (violations.length === 0) return input.params;
  const ordered = dialect.bodyName ? bodyFirst(violations, shapeOf(model, shapeName)) : violations;
  throw dialect.refusal?.(ordered, operation) ?? validationError(rules, operation, ordered);
}

function checkSupported({ service, unsupported }: InputRules, operation: string, params: unknown, shapeName: string) {
  const missing = unsupported?.find(params, shapeName);
  if (missing !== undefined) throw new NotSupportedError(`${missing} of ${service}:${operation}`);
}

/** AWS's usual validation error: the number of violations, and the value, member and rule of each. */
export function validationError(rules: InputRules, operation: string, violations: readonly Violation[]): AwsError {
  const { model, dialect = {} } = rules;
  const input = shapeOf(model, model.operations[operation]?.input ?? "");
  const body = dialect.bodyName?.(operation);
  const texts = violations.map(({ path, value, shape, shapeName, rule }) => {
    const prefix = body !== undefined && isInBody(input, path) ? `${body}.` : "";
    const isShown = dialect.isValueShown !== false && shape.sensitive !== true;
    const given = value === undefined ? " null" : isShown ? ` '${valueText(model, value, shapeName)}'` : "";
    return `Value${given} at '${prefix}${pathText(path)}' failed to satisfy constraint: ${rule}`;
  });
  const count = `${texts.length} validation error${texts.length === 1 ? "" : "s"} detected`;
  return new AwsError(dialect.code ?? "ValidationException", `${count}: ${texts.join("; ")}`);
}

/** Path of a value in AWS's form: `records.1.member.partitionKey`. */
export function pathText(path: Violation["path"]): string {
  return path
    .map((part, index) => (index > 0 && path[index + 1] === "member" ? part : lowerFirst(String(part))))
    .join(".");
}

/** A value as Java prints it. */
export function valueText(model: ServiceModel, value: unknown, shapeName: string): string {
  if (value === undefined || value === null) return "null";
  const shape = shapeOf(model, shapeName);
  if (Array.isArray(value)) {
    return `[${value.map((one) => valueText(model, one, shape.member?.shape ?? "")).join(", ")}]`;
  }
  if (shape.type === "structure") {
    const members = Object.entries(shape.members ?? {}).map(
      ([name, member]) =>
        `${lowerFirst(name)}=${shapeOf(model, member.shape).sensitive ? "***" : valueText(model, (value as Readonly<Record<string, unknown>>)[name], member.shape)}`,
    );
    return `${shapeName}(${members.join(", ")})`;
  }
  if (shape.type === "map") {
    const entries = Object.entries(value).map(
      ([key, one]: [string, unknown]) => `${key}=${valueText(model, one, shape.value?.shape ?? "")}`,
    );
    return `{${entries.join(", ")}}`;
  }
  if (shape.type === "blob") {
    const bytes = Buffer.byteLength(String(value), "base64");
    return `java.nio.HeapByteBuffer[pos=0 lim=${bytes} cap=${bytes}]`;
  }
  return typeof value === "number" ? numberText(value, shape) : String(value);
}

/** Checks the parameters of an operation that has none in the model. */
function checkNone({ service }: InputRules, operation: string, params: unknown): unknown {
  const [stranger] = Object.keys(params ?? {});
  if (stranger !== undefined) throw unknownMember(service, operation, stranger);
  return {};
}

function unknownMember(service: string, operation: string, member: string): NotSupportedError {
  return new NotSupportedError(`the parameter ${member} of ${service}:${operation}, which AWS's model does not have`);
}

function isInBody(input: Shape, path: Violation["path"]): boolean {
  const member: Member | undefined = input.members?.[String(path[0])];
  return member !== undefined && member.location === undefined;
}

function bodyFirst(violations: readonly Violation[], input: Shape): readonly Violation[] {
  return [...violations].sort((a, b) => Number(isInBody(input, b.path)) - Number(isInBody(input, a.path)));
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
