import { isLosslessNumber, parse } from "lossless-json";

/** One rule for a field; a field has a list of them, and one match is enough. */
export type FilterRule =
  | { readonly kind: "equals"; readonly value: string }
  | { readonly kind: "prefix" | "suffix" | "equals-ignore-case"; readonly text: string }
  | { readonly kind: "anything-but"; readonly values: ReadonlySet<string> }
  | { readonly kind: "numeric"; readonly comparisons: readonly NumberComparison[] }
  | { readonly kind: "exists"; readonly isWanted: boolean };

/** One half of a numeric rule. */
export interface NumberComparison {
  readonly operator: "=" | "<" | "<=" | ">" | ">=";
  readonly bound: number;
}

/** A pattern for an object: all its fields must match, and one of each list of alternatives (`$or`). */
export interface ObjectPattern {
  readonly fields: ReadonlyMap<string, ObjectPattern | readonly FilterRule[]>;
  readonly alternatives: readonly (readonly ObjectPattern[])[];
}

/** Maximum length of a filter's text (API reference, Filter). */
export const MAX_PATTERN_LENGTH = 4096;

/** The text is not a filter pattern that the local cloud supports. */
export class FilterPatternError extends Error {}

const operators = ["anything-but", "equals-ignore-case", "exists", "numeric", "prefix", "suffix"] as const;
const OPERATOR_NAMES = operators.join(", ");

/**
 * Reads a filter pattern (developer guide, "Filter rule syntax"). Numbers keep their spelling: 300 and 300.0 are two
 * values.
 * @throws FilterPatternError that names the mistake or the unsupported part.
 */
export function parsePattern(text: string): ObjectPattern {
  if (text.length > MAX_PATTERN_LENGTH) {
    throw new FilterPatternError(`has ${text.length} characters; allowed are ${MAX_PATTERN_LENGTH}`);
  }
  const value = parseJson(text);
  if (value === undefined) throw new FilterPatternError("is not JSON");
  if (!isObject(value)) throw new FilterPatternError('must be a JSON object, such as { "data": { … } }');
  return objectPattern(value, "");
}

/** Parses JSON with the spelling of its numbers; undefined for invalid JSON. Of duplicate keys the last one counts. */
export function parseJson(text: string): unknown {
  try {
    return parse(text, undefined, { onDuplicateKey: ({ newValue }) => newValue });
  } catch {
    return undefined;
  }
}

/** The spelling that two leaf values are compared by, type included; undefined for objects and lists. */
export function spell(value: unknown): string | undefined {
  if (isLosslessNumber(value)) return `number ${value.value}`;
  if (typeof value === "string") return `string ${value}`;
  if (value === null || typeof value === "boolean") return String(value);
  return undefined;
}

/** Whether a parsed value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

function objectPattern(value: Readonly<Record<string, unknown>>, path: string): ObjectPattern {
  const entries = Object.entries(value);
  if (entries.length === 0) throw new FilterPatternError(`${nameOf(path)} is empty: name at least one field`);
  const fields = new Map<string, ObjectPattern | readonly FilterRule[]>();
  const alternatives: (readonly ObjectPattern[])[] = [];
  for (const [name, part] of entries) {
    const inner = path === "" ? name : `${path}.${name}`;
    if (name === "$or") alternatives.push(orPatterns(part, inner));
    else if (isObject(part)) fields.set(name, objectPattern(part, inner));
    else fields.set(name, rules(part, inner));
  }
  return { fields, alternatives };
}

function orPatterns(value: unknown, path: string): readonly ObjectPattern[] {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) {
    throw new FilterPatternError(`${path} must be a list of two objects or more`);
  }
  return value.map((part, index) => objectPattern(part, `${path}[${index}]`));
}

function rules(value: unknown, path: string): readonly FilterRule[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new FilterPatternError(`${path} must be a list of rules, such as ["a", { "prefix": "b" }], or an object`);
  }
  return value.map((rule) => ruleOf(rule, path));
}

function ruleOf(value: unknown, path: string): FilterRule {
  const plain = spell(value);
  if (plain !== undefined) return { kind: "equals", value: plain };
  if (!isObject(value)) throw new FilterPatternError(`${path} has a list inside its list of rules`);
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) {
    throw new FilterPatternError(
      `${path} has a rule of ${Object.keys(value).length} operators; a rule is one of: ${OPERATOR_NAMES}`,
    );
  }
  const [operator, operand] = entry;
  const wrong = (allowed: string) => new FilterPatternError(`${path}: ${operator} takes ${allowed}`);
  switch (operator) {
    case "prefix":
    case "suffix":
    case "equals-ignore-case":
      if (typeof operand !== "string") throw wrong("a text");
      return { kind: operator, text: operator === "equals-ignore-case" ? operand.toLowerCase() : operand };
    case "exists":
      if (typeof operand !== "boolean") throw wrong("true or false");
      return { kind: operator, isWanted: operand };
    case "anything-but":
      return { kind: operator, values: exceptions(operand, wrong) };
    case "numeric":
      return { kind: operator, comparisons: comparisons(operand, wrong) };
    default:
      throw new FilterPatternError(
        `${path}: the operator ${operator} is not one that AWS lists for Lambda's filters; it lists: ${OPERATOR_NAMES}`,
      );
  }
}

type Wrong = (allowed: string) => FilterPatternError;

/** The operand of anything-but: all strings, or all numbers. */
function exceptions(operand: unknown, wrong: Wrong): ReadonlySet<string> {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const isOfOneType = list.every((item) => typeof item === "string") || list.every(isLosslessNumber);
  if (list.length === 0 || !isOfOneType) throw wrong("a text, a number, a list of texts or a list of numbers");
  return new Set(list.map((item) => spell(item) ?? ""));
}

/** `["=", 5]`, one bound, or a lower and an upper one. */
function comparisons(operand: unknown, wrong: Wrong): readonly NumberComparison[] {
  const allowed = wrong('a comparison such as ["=", 5], [">", 0] or [">", 0, "<=", 5]');
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw allowed;
  const found: NumberComparison[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const [operator, bound] = [operand[index] as unknown, operand[index + 1] as unknown];
    if (!isComparison(operator) || !isLosslessNumber(bound)) throw allowed;
    found.push({ operator, bound: Number(bound.value) });
  }
  const [first, second] = found;
  if (second) {
    const isRange = first?.operator.startsWith(">") && second.operator.startsWith("<") && first.bound < second.bound;
    if (!isRange) throw allowed;
  }
  return found;
}

function isComparison(value: unknown): value is NumberComparison["operator"] {
  return typeof value === "string" && ["=", "<", "<=", ">", ">="].includes(value);
}

function nameOf(path: string): string {
  return path === "" ? "the pattern" : path;
}
