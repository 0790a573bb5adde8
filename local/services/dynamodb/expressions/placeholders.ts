import { AwsError } from "../../../kernel/errors.ts";
import { type AttributeValue, checkValues, type WireItem } from "../attribute-value.ts";
import { validationError } from "../errors.ts";
import type { ExpressionTokens } from "./expression-tokens.ts";
import { isReserved } from "./reserved-words.ts";

/**
 * `ExpressionAttributeNames` and `ExpressionAttributeValues`; they track their use, because AWS refuses unused ones.
 */
export class Placeholders {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Readonly<Record<string, WireItem>>;
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  /** @throws AwsError ValidationException for an invalid key or value. */
  constructor(
    names: Readonly<Record<string, string>> | undefined,
    values: Readonly<Record<string, WireItem>> | undefined,
  ) {
    checkKeys("ExpressionAttributeNames", names, "#");
    checkKeys("ExpressionAttributeValues", values, ":");
    for (const [key, value] of Object.entries(values ?? {})) checkValue(key, value);
    this.#names = names ?? {};
    this.#values = values ?? {};
    this.#unusedNames = new Set(Object.keys(this.#names));
    this.#unusedValues = new Set(Object.keys(this.#values));
  }

  /** Reads the name of an attribute, literal or by its placeholder. */
  name(tokens: ExpressionTokens): string {
    const token = tokens.name();
    if (!token.startsWith("#")) {
      if (!isReserved(token)) return token;
      throw tokens.invalid(`Attribute name is a reserved keyword; reserved keyword: ${token}`);
    }
    this.#unusedNames.delete(token);
    const name = Object.hasOwn(this.#names, token) ? this.#names[token] : undefined;
    if (name !== undefined) return name;
    throw tokens.invalid(
      `An expression attribute name used in the document path is not defined; attribute name: ${token}`,
    );
  }

  /** Reads the placeholder of a value. */
  value(tokens: ExpressionTokens): AttributeValue {
    if (!/^:./.test(tokens.peek() ?? "")) throw tokens.syntaxError();
    const token = tokens.next();
    this.#unusedValues.delete(token);
    const value = Object.hasOwn(this.#values, token) ? this.#values[token] : undefined;
    if (value !== undefined) return value;
    throw tokens.invalid(`An expression attribute value used in expression is not defined; attribute value: ${token}`);
  }

  /** @throws AwsError ValidationException for unused ones. */
  assertAllUsed(): void {
    for (const [parameter, unused] of [
      ["ExpressionAttributeNames", this.#unusedNames],
      ["ExpressionAttributeValues", this.#unusedValues],
    ] as const) {
      if (unused.size === 0) continue;
      throw validationError(`Value provided in ${parameter} unused in expressions: keys: {${[...unused].join(", ")}}`);
    }
  }
}

function checkKeys(parameter: string, given: Readonly<Record<string, unknown>> | undefined, prefix: string): void {
  if (given === undefined) return;
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationError(`${parameter} must not be empty`);
  const wrong = keys.find((key) => !key.startsWith(prefix) || !/^.[0-9a-zA-Z_]+$/.test(key));
  if (wrong !== undefined) throw validationError(`${parameter} contains invalid key: Syntax error; key: "${wrong}"`);
}

function checkValue(key: string, value: WireItem): void {
  try {
    checkValues({ value });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ValidationException") throw error;
    throw validationError(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
  }
}
