import { AwsError } from "../kernel/errors.ts";
import type { Shape } from "./model.ts";

/** One constraint of AWS's model that a request does not satisfy. */
export interface Violation {
  /** Names of members as in the model; positions in lists begin with 1. */
  readonly path: readonly (string | number)[];
  /** What was given; undefined for what is missing. */
  readonly value: unknown;
  readonly shape: Shape;
  /** Name of the shape. */
  readonly shapeName: string;
  readonly constraint: Constraint;
  /** Such as `Member must not be null`. */
  readonly rule: string;
}

/** What a value does not satisfy. `parts`: elements, keys or values of a list or a map. */
export type Constraint = "required" | "pattern" | "length" | "range" | "enum" | "parts";

/** What JSON has in place of another type. */
export type JsonKind = "boolean" | "number" | "string" | "list" | "map";

/** A value of another JSON type than the model has. */
export interface WrongType {
  readonly found: JsonKind;
  readonly value: unknown;
  readonly shape: Shape;
  readonly shapeName: string;
  /** Whether it is in a list or a map. */
  readonly isElement: boolean;
  /** What is wrong with base64. */
  readonly base64?: string;
}

/** What services do in their own way when they refuse a request. */
export interface Dialect {
  /** Error code of validation errors; default ValidationException. */
  readonly code?: string;
  /** Whether values are repeated in errors; default true. */
  readonly isValueShown?: boolean;
  /** Whether errors list the values of an enumeration; default true. */
  readonly isEnumListed?: boolean;
  /** Whether the rule for the parts of a list or a map ends with "Member must not be null"; default false. */
  readonly isNullNamed?: boolean;
  /**
   * What the path of a member begins with that is in a body with other members, such as `putIntegrationInput`; and
   * these come first.
   */
  bodyName?(operation: string): string;
  /** An error of the service's own for these violations; undefined for AWS's usual form. */
  refusal?(violations: readonly Violation[], operation: string): AwsError | undefined;
  /** Shapes whose unknown members are dropped, as AWS does, because the service itself refuses what is left. */
  readonly openShapes?: readonly string[];
  /** Words for a wrong type; default: those of Kinesis. */
  wrongType?(mistake: WrongType): string;
  /** A wrong type that is taken all the same, as what it becomes; undefined: refused. */
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

/** Classes of scalars outside java.lang. */
const SCALAR_CLASSES: Readonly<Partial<Record<Shape["type"], string>>> = {
  blob: "java.nio.ByteBuffer",
  timestamp: "java.util.Date",
};

const JAVA_CLASSES: Readonly<Record<string, string>> = {
  boolean: "java.lang.Boolean",
  number: "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
  string: "java.lang.String",
};

/** Words of Kinesis for a wrong type, as kinesalite's tests have them of AWS. */
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

/** Words of DynamoDB for a wrong type, as dynalite's tests have them of AWS. */
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

/** AWS's refusal of a value of another JSON type. */
export function serializationError(message: string): AwsError {
  return new AwsError("SerializationException", message);
}
