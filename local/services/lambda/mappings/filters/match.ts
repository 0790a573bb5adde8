import { isLosslessNumber } from "lossless-json";
import { type FilterRule, isObject, type NumberComparison, type ObjectPattern, spell } from "./pattern.ts";

/**
 * Whether a document (parsed by `parseJson`) satisfies a pattern by EventBridge's rules: field by field down to leaf
 * values. In a list, one matching element is enough; in a list of objects, one object must match everything.
 */
export function matches(pattern: ObjectPattern, value: unknown): boolean {
  if (Array.isArray(value) && value.length > 0) return value.some((element) => matches(pattern, element));
  const member = (name: string): unknown => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  for (const [name, wanted] of pattern.fields) {
    const isMatch = isRules(wanted) ? matchesRules(wanted, member(name)) : matches(wanted, member(name));
    if (!isMatch) return false;
  }
  return pattern.alternatives.every((alternatives) => alternatives.some((one) => matches(one, value)));
}

function isRules(wanted: ObjectPattern | readonly FilterRule[]): wanted is readonly FilterRule[] {
  return Array.isArray(wanted);
}

function matchesRules(rules: readonly FilterRule[], value: unknown): boolean {
  const leaves = leavesOf(value);
  return rules.some((rule) =>
    rule.kind === "exists" ? rule.isWanted === leaves.length > 0 : leaves.some((leaf) => matchesLeaf(rule, leaf)),
  );
}

/** The leaf values of a field. An object is none: "exists" sees leaf nodes only. */
function leavesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return value === undefined || isObject(value) ? [] : [value];
}

function matchesLeaf(rule: Exclude<FilterRule, { kind: "exists" }>, leaf: unknown): boolean {
  switch (rule.kind) {
    case "equals":
      return spell(leaf) === rule.value;
    case "anything-but":
      return !rule.values.has(spell(leaf) ?? "");
    case "prefix":
      return typeof leaf === "string" && leaf.startsWith(rule.text);
    case "suffix":
      return typeof leaf === "string" && leaf.endsWith(rule.text);
    case "equals-ignore-case":
      return typeof leaf === "string" && leaf.toLowerCase() === rule.text;
    case "numeric": {
      if (!isLosslessNumber(leaf)) return false;
      const number = Number(leaf.value);
      return rule.comparisons.every((comparison) => holds(number, comparison));
    }
  }
}

function holds(number: number, { operator, bound }: NumberComparison): boolean {
  switch (operator) {
    case "=":
      return number === bound;
    case "<":
      return number < bound;
    case "<=":
      return number <= bound;
    case ">":
      return number > bound;
    case ">=":
      return number >= bound;
  }
}
