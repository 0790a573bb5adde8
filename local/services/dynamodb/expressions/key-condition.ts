import type { AwsError } from "../../../kernel/errors.ts";
import { type AttributeValue, typeOf } from "../attribute-value.ts";
import { validationError } from "../errors.ts";
import { sortable } from "../keys.ts";
import { ExpressionTokens } from "./expression-tokens.ts";
import type { Placeholders } from "./placeholders.ts";

/** A condition on a key attribute, such as `#r BETWEEN :a AND :b`. */
export interface KeyCondition {
  readonly attribute: string;
  readonly operator: string;
  readonly values: readonly AttributeValue[];
}

/** Operators with their operands exchanged. */
const EXCHANGED: Readonly<Record<string, string>> = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
/** Functions that only other expressions have. */
const OTHER_FUNCTIONS = new Set(["attribute_exists", "attribute_not_exists", "attribute_type", "contains"]);
const MAX_CONDITIONS = 2;

/** Parses a KeyConditionExpression. @throws AwsError ValidationException. */
export function keyConditionsOf(expression: string, placeholders: Placeholders): readonly KeyCondition[] {
  const conditions = new Parser(expression, placeholders).parse();
  const attributes = new Set(conditions.map(({ attribute }) => attribute));
  if (attributes.size < conditions.length) {
    throw validationError("KeyConditionExpressions must only contain one condition per key");
  }
  if (conditions.length > MAX_CONDITIONS) throw validationError("Conditions can be of length 1 or 2 only");
  return conditions;
}

/** One side of a comparison. */
type Operand = { readonly attribute: string } | { readonly value: AttributeValue };

class Parser {
  readonly #tokens: ExpressionTokens;
  readonly #placeholders: Placeholders;

  constructor(expression: string, placeholders: Placeholders) {
    this.#tokens = new ExpressionTokens("KeyConditionExpression", expression);
    this.#placeholders = placeholders;
  }

  parse(): KeyCondition[] {
    const conditions = this.#conditions();
    if (this.#tokens.peek() !== undefined) throw this.#tokens.syntaxError();
    return conditions;
  }

  #conditions(): KeyCondition[] {
    const conditions = this.#term();
    for (;;) {
      const word = this.#tokens.peek()?.toUpperCase();
      if (word === "OR") throw operatorError(word);
      if (word !== "AND") return conditions;
      this.#tokens.next();
      conditions.push(...this.#term());
    }
  }

  #term(): KeyCondition[] {
    const token = this.#tokens.peek() ?? "";
    if (token === "(") {
      this.#tokens.next();
      const conditions = this.#conditions();
      this.#tokens.expect(")");
      return conditions;
    }
    if (token.toUpperCase() === "NOT") throw operatorError("NOT");
    if (/^[a-zA-Z_]/.test(token) && this.#tokens.peek(1) === "(") return [this.#function(token)];
    return [this.#comparison()];
  }

  #function(name: string): KeyCondition {
    if (name === "size") throw validationError("KeyConditionExpressions cannot contain nested operations");
    if (OTHER_FUNCTIONS.has(name)) throw operatorError(name);
    if (name !== "begins_with") throw this.#tokens.invalid(`Invalid function name; function: ${name}`);
    this.#tokens.next();
    this.#tokens.expect("(");
    const first = this.#operand();
    this.#tokens.expect(",");
    const second = this.#operand();
    this.#tokens.expect(")");
    if (!("attribute" in first)) throw firstOperandError(name);
    if ("attribute" in second) throw manyNamesError();
    const type = typeOf(second.value);
    if (type !== "S" && type !== "B") {
      throw this.#tokens.invalid(
        `Incorrect operand type for operator or function; operator or function: begins_with, operand type: ${type}`,
      );
    }
    return { attribute: first.attribute, operator: name, values: [second.value] };
  }

  #comparison(): KeyCondition {
    const left = this.#operand();
    const operator = (this.#tokens.peek() ?? "").toUpperCase();
    if (operator === "<>" || operator === "IN") throw operatorError(operator);
    if (operator === "BETWEEN") return this.#between(left);
    const exchanged = EXCHANGED[operator];
    if (exchanged === undefined) throw this.#tokens.syntaxError();
    this.#tokens.next();
    const right = this.#operand();
    if ("attribute" in left && "attribute" in right) throw manyNamesError();
    if ("attribute" in left && "value" in right) {
      return { attribute: left.attribute, operator, values: [right.value] };
    }
    if ("attribute" in right && "value" in left) {
      return { attribute: right.attribute, operator: exchanged, values: [left.value] };
    }
    throw validationError("Invalid condition in KeyConditionExpression: No key attribute specified");
  }

  #between(left: Operand): KeyCondition {
    this.#tokens.next();
    const low = this.#operand();
    this.#tokens.expect("AND");
    const high = this.#operand();
    if (!("attribute" in left)) throw firstOperandError("BETWEEN");
    if ("attribute" in low || "attribute" in high) throw manyNamesError();
    this.#checkBounds(low.value, high.value);
    return { attribute: left.attribute, operator: "BETWEEN", values: [low.value, high.value] };
  }

  #checkBounds(low: AttributeValue, high: AttributeValue): void {
    const [type, otherType] = [typeOf(low), typeOf(high)];
    const shown = `lower bound operand: AttributeValue: ${shownValue(low)}, upper bound operand: AttributeValue: ${shownValue(high)}`;
    const refuse = (rule: string) => this.#tokens.invalid(`The BETWEEN operator requires ${rule}; ${shown}`);
    if (type !== otherType) throw refuse("same data type for lower and upper bounds");
    if (type !== "S" && type !== "N" && type !== "B") {
      throw this.#tokens.invalid(
        `Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: ${type}`,
      );
    }
    if (sortable(low, type) > sortable(high, type)) {
      throw refuse("upper bound to be greater than or equal to lower bound");
    }
  }

  #operand(): Operand {
    if (this.#tokens.peek()?.startsWith(":")) return { value: this.#placeholders.value(this.#tokens) };
    if (this.#tokens.peek() === "size" && this.#tokens.peek(1) === "(") {
      throw validationError("KeyConditionExpressions cannot contain nested operations");
    }
    const attribute = this.#placeholders.name(this.#tokens);
    if (/^[.[]$/.test(this.#tokens.peek() ?? "")) {
      throw validationError("KeyConditionExpressions cannot have conditions on nested attributes");
    }
    return { attribute };
  }
}

/** A value in AWS's error messages, such as `{S:text}`. */
function shownValue(value: AttributeValue): string {
  const type = typeOf(value);
  return `{${type}:${value[type]}}`;
}

function operatorError(operator: string): AwsError {
  return validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function firstOperandError(operator: string): AwsError {
  return validationError(
    `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
  );
}

function manyNamesError(): AwsError {
  return validationError("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
}
