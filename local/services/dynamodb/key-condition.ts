import { AwsError } from "../../errors.ts";
import { type AttributeValue, encodeItem, typeOf, type WireItem } from "./attribute-value.ts";
import type { Names } from "./expressions.ts";
import { type KeyAttribute, type KeySchema, sortable } from "./keys.ts";
import { compare, type Entry, type SortedEntries } from "./sorted-entries.ts";

const TOKEN = /\s*(#[a-zA-Z0-9_]+|:[a-zA-Z0-9_]+|[a-zA-Z_][a-zA-Z0-9_]*|<=|>=|<>|[=<>(),]|\S)/g;

/** One condition of a key, such as `#r BETWEEN :a AND :b`. */
interface Condition {
  readonly attribute: string;
  readonly operator: string;
  readonly values: readonly AttributeValue[];
}

/** The entries of one hash key whose range key lies within bounds. */
export interface KeyRange {
  /** In the order of the range key or against it, after `after` if it is given. */
  entries<E extends Entry>(from: SortedEntries<E>, isForward: boolean, after: Entry | undefined): Iterable<E>;
}

/** Reads a KeyConditionExpression; throws ValidationException in AWS's words. */
export function keyRange(
  expression: string,
  names: Names,
  values: Readonly<Record<string, WireItem>>,
  schema: KeySchema,
): KeyRange {
  const conditions = new Parser(expression, names, values).parse();
  const hash = conditions.filter(({ attribute }) => attribute === schema.hash.name);
  const range = conditions.filter(({ attribute }) => attribute === schema.range?.name);
  if (hash.length === 0) throw invalid(`Query condition missed key schema element: ${schema.hash.name}`);
  if (hash.length > 1 || range.length > 1) {
    throw invalid("KeyConditionExpressions must only contain one condition per key");
  }
  if (hash.length + range.length < conditions.length) {
    throw invalid(
      schema.range
        ? `Query condition missed key schema element: ${schema.range.name}`
        : "Query key condition not supported",
    );
  }
  const [hashCondition] = hash;
  if (hashCondition?.operator !== "=") throw invalid("Query key condition not supported");
  const [hashValue = ""] = textsOf(hashCondition, schema.hash);
  const bounds = schema.range && range[0] ? boundsOf(range[0], schema.range) : EVERYTHING;
  return {
    *entries(from, isForward, after) {
      if (after && after.hash !== hashValue) throw invalid("The provided starting key is outside query boundaries");
      const all = from.partition(hashValue);
      let start = firstIndex(all, (entry) => !bounds.isBelow(entry.range));
      let end = firstIndex(all, (entry) => bounds.isAbove(entry.range));
      if (after && isForward)
        start = Math.max(
          start,
          firstIndex(all, (entry) => compare(entry, after) > 0),
        );
      if (after && !isForward)
        end = Math.min(
          end,
          firstIndex(all, (entry) => compare(entry, after) >= 0),
        );
      for (let step = 0; step < end - start; step++) {
        yield all[isForward ? start + step : end - 1 - step] as (typeof all)[number];
      }
    },
  };
}

/** Which range keys lie below and above what is asked for. */
interface Bounds {
  isBelow(range: string): boolean;
  isAbove(range: string): boolean;
}

const EVERYTHING: Bounds = { isBelow: () => false, isAbove: () => false };

/** Index of the first entry that satisfies `test` (false … false true … true). */
function firstIndex<E>(entries: readonly E[], test: (entry: E) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(entries[middle] as E)) high = middle;
    else low = middle + 1;
  }
  return low;
}

class Parser {
  readonly #expression: string;
  readonly #tokens: string[];
  readonly #names: Names;
  readonly #values: Readonly<Record<string, WireItem>>;
  readonly #unused: Set<string>;
  #at = 0;

  constructor(expression: string, names: Names, values: Readonly<Record<string, WireItem>>) {
    this.#expression = expression;
    this.#tokens = [...expression.matchAll(TOKEN)].map((match) => match[1] as string);
    this.#names = names;
    this.#values = values;
    this.#unused = new Set(Object.keys(values));
  }

  parse(): Condition[] {
    const conditions = this.#conditions();
    if (this.#at < this.#tokens.length) throw this.#syntaxError();
    if (this.#unused.size > 0) {
      throw invalid(
        `Value provided in ExpressionAttributeValues unused in expressions: keys: {${[...this.#unused].join(", ")}}`,
      );
    }
    return conditions;
  }

  #conditions(): Condition[] {
    const conditions = this.#term();
    while (this.#tokens[this.#at]?.toUpperCase() === "AND") {
      this.#at++;
      conditions.push(...this.#term());
    }
    return conditions;
  }

  #term(): Condition[] {
    if (this.#tokens[this.#at] === "(") {
      this.#at++;
      const conditions = this.#conditions();
      this.#expect(")");
      return conditions;
    }
    if (this.#tokens[this.#at] === "begins_with" && this.#tokens[this.#at + 1] === "(") {
      this.#at += 2;
      const attribute = this.#attribute();
      this.#expect(",");
      const value = this.#value();
      this.#expect(")");
      return [{ attribute, operator: "begins_with", values: [value] }];
    }
    const attribute = this.#attribute();
    const operator = (this.#tokens[this.#at++] ?? "").toUpperCase();
    if (operator === "BETWEEN") {
      const low = this.#value();
      this.#expect("AND");
      return [{ attribute, operator, values: [low, this.#value()] }];
    }
    if (!["=", "<", "<=", ">", ">="].includes(operator)) throw this.#syntaxError(this.#at - 1);
    return [{ attribute, operator, values: [this.#value()] }];
  }

  #attribute(): string {
    const token = this.#tokens[this.#at++] ?? "";
    if (!/^[#a-zA-Z_]/.test(token)) throw this.#syntaxError(this.#at - 1);
    return this.#names.resolve(token);
  }

  #value(): AttributeValue {
    const token = this.#tokens[this.#at++] ?? "";
    if (!token.startsWith(":")) throw this.#syntaxError(this.#at - 1);
    const value = Object.hasOwn(this.#values, token) ? this.#values[token] : undefined;
    if (!value) {
      throw invalid(
        `Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: ${token}`,
      );
    }
    this.#unused.delete(token);
    encodeItem({ value });
    return value;
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at]?.toUpperCase() !== token) throw this.#syntaxError();
    this.#at++;
  }

  #syntaxError(at = this.#at): AwsError {
    const token = this.#tokens[at] ?? "<EOF>";
    return invalid(`Invalid KeyConditionExpression: Syntax error; token: "${token}", in: "${this.#expression}"`);
  }
}

function boundsOf(condition: Condition, attribute: KeyAttribute): Bounds {
  const [first = "", second = ""] = textsOf(condition, attribute);
  const { operator } = condition;
  if (operator === "BETWEEN" && first > second) {
    throw invalid(
      "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound",
    );
  }
  if (operator === "begins_with" && attribute.type === "N") {
    throw invalid(
      "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
    );
  }
  const bounds: Readonly<Record<string, Bounds>> = {
    "=": { isBelow: (range) => range < first, isAbove: (range) => range > first },
    "<": { isBelow: () => false, isAbove: (range) => range >= first },
    "<=": { isBelow: () => false, isAbove: (range) => range > first },
    ">": { isBelow: (range) => range <= first, isAbove: () => false },
    ">=": { isBelow: (range) => range < first, isAbove: () => false },
    BETWEEN: { isBelow: (range) => range < first, isAbove: (range) => range > second },
    begins_with: {
      isBelow: (range) => range < first,
      isAbove: (range) => range > first && !range.startsWith(first),
    },
  };
  return bounds[operator] ?? EVERYTHING;
}

function textsOf(condition: Condition, attribute: KeyAttribute): string[] {
  return condition.values.map((value) => {
    if (typeOf(value) !== attribute.type) {
      throw invalid("One or more parameter values were invalid: Condition parameter type does not match schema type");
    }
    return sortable(value, attribute.type);
  });
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
