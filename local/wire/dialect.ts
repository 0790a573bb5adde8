import { AwsError } from "../kernel/errors.ts";
import type { Shape } from "./model.ts";

/** A violation of one constraint of AWS's model. */
export interface Violation {
  /** Member names of the model; list positions begin with 1. */
  readonly path: readonly (string | number)[];
  /** The violating value; undefined for a missing member. */
  readonly value: unknown;
  readonly shape: Shape;
  /** Name of the shape. */
  readonly shapeName: string;
  readonly constraint: Constraint;
  /** Such as `Member must not be null`. */
  readonly rule: string;
}

/** Kind of constraint. `parts`: elements, keys or values of a list or a map. */
export type Constraint = "required" | "pattern" | "length" | "range" | "enum" | "parts";

/** JSON type of a mistyped value. */
export type JsonKind = "boolean" | "number" | "string" | "list" | "map";

/** A value with another JSON type than the model's. */
export interface WrongType {
  readonly found: JsonKind;
  readonly value: unknown;
  readonly shape: Shape;
  readonly shapeName: string;
  /** Whether the value is in a list or a map. */
  readonly isElement: boolean;
  /** The mistake in a base64 string. */
  readonly base64?: string;
}

/** A service's deviations in its refusals of requests. */
export interface Dialect {
  /** Error code of validation errors; default ValidationException. */
  readonly code?: string;
  /** Whether errors repeat the value; default true. */
  readonly isValueShown?: boolean;
  /** Whether errors list the values of an enumeration; default true. */
  readonly isEnumListed?: boolean;
  /** Whether the rule for the elements of a list or a map ends with "Member must not be null"; default false. */
  readonly isNullNamed?: boolean;
  /** Path prefix of body members, such as `putIntegrationInput`; their violations come first. */
  bodyName?(operation: string): string;
  /** The service's own error for these violations; undefined for AWS's usual form. */
  refusal?(violations: readonly Violation[], operation: string): AwsError | undefined;
  /** Shapes whose unknown members are dropped, as on AWS, because the service itself refuses the remainder. */
  readonly openShapes?: readonly string[];
  /** The message for a mistyped value; default: Kinesis's. */
  wrongType?(mistake: WrongType): string;
  /** The conversion of an accepted mistyped value; undefined: refused. */
  convert?(mistake: WrongType): unknown;
}

const JAVA_TYPES: Readonly<Partial<Record<Shape["type"], string>>> = {
  boolean: "Boolean",
  integer: "Integer",
  long: "Long",
  float: "Float",
  double: "Double",
  string: "String",
  timestamp: "Date",
};

/** Java classes of scalars outside java.lang. */
const SCALAR_CLASSES: Readonly<Partial<Record<Shape["type"], string>>> = {
  blob: "java.nio.ByteBuffer",
  timestamp: "java.util.Date",
};

const JAVA_CLASSES: Readonly<Record<string, string>> = {
  boolean: "java.lang.Boolean",
  number: "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
  string: "java.lang.String",
};

/** Kinesis's messages for a mistyped value, from kinesalite's tests against AWS. */
export function coralWords({ found, value, shape, base64 }: WrongType): string {
  if (found === "list") return "Start of list found where not expected";
  if (found === "map") return "Start of structure or map found where not expected.";
  if (shape.type === "list") return "Expected list or null";
  if (shape.type === "map") return "Expected map or null";
  if (shape.type === "structure") return "Expected null";
  if (shape.type === "timestamp")
    return `class ${JAVA_CLASSES[found]} can not be converted to milliseconds since epoch`;
  if (base64 !== undefined) return `'${String(value)}' can not be converted to a Blob: ${base64}`;
  if (shape.type === "blob") return `class ${JAVA_CLASSES[found]} can not be converted to a Blob`;
  const given =
    shape.type === "boolean" && found === "string"
      ? `'${String(value).toUpperCase()}'`
      : `class ${JAVA_CLASSES[found]}`;
  return `${given} can not be converted to an ${JAVA_TYPES[shape.type]}`;
}

/** DynamoDB's messages for a mistyped value, from dynalite's tests against AWS. */
export function dynamoDbWords({ found, value, shape, shapeName, isElement, base64 }: WrongType): string {
  const isScalar = !["list", "map", "structure"].includes(shape.type);
  if (found === "map") return "Start of structure or map found where not expected";
  if (found === "list") {
    const type = SCALAR_CLASSES[shape.type] ?? `java.lang.${JAVA_TYPES[shape.type]}`;
    const name = isScalar ? `class ${type}` : "";
    const ours = `com.amazonaws.dynamodb.v20120810.${shapeName}`;
    const collection = shape.type === "map" ? `java.util.Map<java.lang.String, ${mapValue(shape)}>` : `class ${ours}`;
    return `Unrecognized collection type ${name || collection}`;
  }
  if (shape.type === "structure") return isElement ? "Unexpected value type in payload" : "Unexpected field type";
  if (!isScalar) return "Unexpected field type";
  if (base64 !== undefined) return base64;
  if (shape.type === "blob") return "only base-64-encoded strings are convertible to bytes";
  if (found === "string") {
    return shape.type === "boolean"
      ? "Unexpected token received from parser"
      : `STRING_VALUE cannot be converted to ${JAVA_TYPES[shape.type]}`;
  }
  const token = found === "boolean" ? (value ? "TRUE" : "FALSE") : Number.isInteger(value) ? "NUMBER" : "DECIMAL";
  return `${token}_VALUE cannot be converted to ${JAVA_TYPES[shape.type]}`;
}

function mapValue(shape: Shape): string {
  const value = shape.value?.shape ?? "";
  return value === "AttributeValue" || /^[A-Z]\w+(Value|Request|Attributes)$/.test(value)
    ? `com.amazonaws.dynamodb.v20120810.${value}`
    : "java.lang.String";
}

/** AWS's error for a mistyped value. */
export function serializationError(message: string): AwsError {
  return new AwsError("SerializationException", message);
}
