import type { ErrorObject, ValidateFunction } from "ajv";
import ajvDraft04 from "ajv-draft-04";
import { NotSupportedError } from "../../kernel/errors.ts";
import { badRequest } from "./errors.ts";

/** Validates a body's text: undefined when it is valid, else AWS's `validationErrorString`. */
export type CheckBody = (text: string) => string | undefined;

const AjvDraft04 = ajvDraft04.default;

/** AWS's message for a body that is not JSON. */
const NOT_PARSED = "[Unknown error parsing request body]";
const MAX_MESSAGES = 20;

/**
 * Compiles a model of draft 4. Throws BadRequestException for an invalid schema, NotSupportedError for references to
 * other models.
 */
export function compileModel(name: string, schemaText: string): CheckBody {
  let schema: unknown;
  try {
    schema = JSON.parse(schemaText);
  } catch {
    throw badRequest(
      "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]",
    );
  }
  const reference = /"\$ref"\s*:\s*"([^#"][^"]*)"/.exec(schemaText)?.[1];
  if (reference)
    throw new NotSupportedError(`the reference "${reference}" of model ${name}`, "references within a model (#/…)");
  let validate: ValidateFunction;
  try {
    validate = validatorOf(schemaText, schema as object);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw badRequest(
      `Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified. ${detail}]`,
    );
  }
  return (text) => {
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch {
      return NOT_PARSED;
    }
    try {
      if (validate(document)) return undefined;
      return `[${messages(validate.errors ?? []).join(", ")}]`;
    } catch (error) {
      // The body is nested deeper than the call stack, in a part that the validator compares or quotes.
      if (error instanceof RangeError) return NOT_PARSED;
      throw error;
    }
  };
}

/**
 * Cache of compiled validators, by the text of their schema: a model is compiled when it is checked, and again by each
 * deployment.
 */
const validators = new Map<string, ValidateFunction>();
const MAX_VALIDATORS = 64;

function validatorOf(text: string, schema: object): ValidateFunction {
  const options = { allErrors: true, strict: false, validateFormats: false, verbose: true };
  const validator = validators.get(text) ?? new AjvDraft04(options).compile(schema);
  validators.delete(text);
  validators.set(text, validator);
  const [oldest] = validators.keys();
  if (oldest !== undefined && validators.size > MAX_VALIDATORS) validators.delete(oldest);
  return validator;
}

/** AWS's messages without duplicates: its validator does not name the position in the body. */
function messages(errors: readonly ErrorObject[]): readonly string[] {
  const missing = new Map<string, string[]>();
  const unknown = new Map<string, string[]>();
  const found = new Set<string>();
  for (const error of errors) {
    if (error.keyword === "required") {
      push(missing, error.instancePath, String(error.params["missingProperty"]));
    } else if (error.keyword === "additionalProperties") {
      push(unknown, error.instancePath, String(error.params["additionalProperty"]));
    } else {
      found.add(sentence(error));
    }
  }
  for (const names of missing.values()) found.add(`object has missing required properties (${quoted(names)})`);
  for (const names of unknown.values()) {
    found.add(`object instance has properties which are not allowed by the schema: ${quoted(names)}`);
  }
  const all = [...found];
  return all.length > MAX_MESSAGES ? [...all.slice(0, MAX_MESSAGES), `${all.length - MAX_MESSAGES} more`] : all;
}

function push(names: Map<string, string[]>, place: string, name: string): void {
  names.set(place, [...(names.get(place) ?? []), name]);
}

function quoted(names: readonly string[]): string {
  return `[${[...names]
    .sort()
    .map((name) => JSON.stringify(name))
    .join(",")}]`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function sentence(error: ErrorObject): string {
  const { params, data } = error;
  const limit = String(params["limit"]);
  switch (error.keyword) {
    case "type": {
      const allowed = quoted([params["type"]].flat().map(String));
      return `instance type (${kindOf(data)}) does not match any allowed primitive type (allowed: ${allowed})`;
    }
    case "minItems":
      return `array is too short: must have at least ${limit} elements but instance has ${(data as unknown[]).length} elements`;
    case "maxItems":
      return `array is too long: must have at most ${limit} elements but instance has ${(data as unknown[]).length} elements`;
    case "minLength":
      return `string ${JSON.stringify(data)} is too short (length: ${[...String(data)].length}, required minimum: ${limit})`;
    case "maxLength":
      return `string ${JSON.stringify(data)} is too long (length: ${[...String(data)].length}, maximum allowed: ${limit})`;
    case "minProperties":
      return `object has too few properties (found ${Object.keys(data as object).length} but schema requires at least ${limit})`;
    case "pattern":
      return `ECMA 262 regex ${JSON.stringify(params["pattern"])} does not match input string ${JSON.stringify(data)}`;
    case "enum":
      return `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(params["allowedValues"])})`;
    default:
      return `${error.keyword}: ${error.message ?? "not allowed"}`;
  }
}
