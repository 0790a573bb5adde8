import type { ExpressionNode, PathNode, ReferenceNode } from "../../../../mapping-templates/ast.ts";
import { NotSupportedError } from "../../../kernel/errors.ts";
import { parseTemplate } from "./ast.ts";
import {
  type ArithmeticOperator,
  calculate,
  compare,
  isEqual,
  isHostObject,
  isList,
  isNothing,
  isTrue,
  JavaDouble,
  type JavaValue,
} from "./java-values.ts";
import { callMethod, methodNames } from "./methods.ts";
import type { Scope } from "./scope.ts";
import { renderer } from "./template.ts";

/** Evaluates an expression in a scope. */
export type Evaluate = (scope: Scope) => JavaValue;

/** Members of API Gateway's own objects; others are refused by name. */
const HOST_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  input: ["body", "json", "path", "params"],
  util: ["escapeJavaScript", "parseJson", "base64Encode", "base64Decode", "urlEncode", "urlDecode"],
};

const ARITHMETIC: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%"]);

/**
 * Compiles an expression; throws NotSupportedError for constructs that this engine reads differently than Velocity 1.7.
 */
export function compileExpression(node: ExpressionNode): Evaluate {
  switch (node.type) {
    case "references":
      return compileReference(node);
    case "string":
      return compileString(node.value, node.isEval === true);
    case "integer": {
      const value = Number(node.value);
      if (!Number.isSafeInteger(value)) throw new NotSupportedError(`the number ${node.value} in a mapping template`);
      return () => value;
    }
    case "decimal": {
      const value = new JavaDouble(Number(node.value));
      return () => value;
    }
    case "bool": {
      const value = { true: true, false: false, null: null }[node.value];
      return () => value;
    }
    case "array":
      return compileArray(node);
    case "map": {
      const entries = Object.entries(node.value ?? {}).map(([key, value]) => [key, compileExpression(value)] as const);
      return (scope) => new Map(entries.map(([key, value]) => [key, value(scope)]));
    }
    case "math":
      return compileOperator(node.operator, node.expression);
    default:
      throw new NotSupportedError(`an expression of kind "${(node as { type: string }).type}" in a mapping template`);
  }
}

function compileString(text: string, isEvaluated: boolean): Evaluate {
  if (!isEvaluated || !/[$#]/.test(text)) return () => text;
  const render = renderer(parseTemplate(text));
  return (scope) => render(scope);
}

function compileArray(node: ExpressionNode & { type: "array" }): Evaluate {
  const items = node.value.map((item) =>
    typeof item === "object" ? compileExpression(item) : compileExpression({ type: "integer", value: item }),
  );
  if (!node.isRange) return (scope) => items.map((item) => item(scope) ?? null);
  const [first, last] = items;
  return (scope) => {
    const from = first?.(scope);
    const to = last?.(scope);
    if (typeof from !== "number" || typeof to !== "number") return null;
    const step = from <= to ? 1 : -1;
    return Array.from({ length: Math.abs(to - from) + 1 }, (_item, index) => from + index * step);
  };
}

function operatorOf(node: ExpressionNode): string {
  return node.type === "math" ? node.operator : "";
}

function compileOperator(operator: string, operands: readonly ExpressionNode[]): Evaluate {
  const names = operands.map(operatorOf);
  if ((operator === "&&" && names.includes("||")) || (operator === "||" && names.includes("&&"))) {
    throw new NotSupportedError("&& beside || in a mapping template", "parentheses that say which comes first");
  }
  if (operator === "not" && names.some((name) => name !== "" && name !== "parenthesis" && name !== "not")) {
    throw new NotSupportedError("! before an operation in a mapping template", "parentheses");
  }
  const [left, right] = operands.map(compileExpression);
  if (!left) throw new NotSupportedError(`the operator ${operator} of a mapping template`);
  if (operator === "parenthesis") return left;
  if (operator === "not") return (scope) => !isTrue(left(scope));
  if (!right) throw new NotSupportedError(`the operator ${operator} of a mapping template`);
  if (operator === "&&") return (scope) => isTrue(left(scope)) && isTrue(right(scope));
  if (operator === "||") return (scope) => isTrue(left(scope)) || isTrue(right(scope));
  if (operator === "==") return (scope) => isEqual(left(scope), right(scope));
  if (operator === "!=") return (scope) => !isEqual(left(scope), right(scope));
  if (ARITHMETIC.has(operator)) {
    return (scope) => calculate(operator as ArithmeticOperator, left(scope), right(scope));
  }
  const holds = {
    "<": (order: number) => order < 0,
    ">": (order: number) => order > 0,
    "<=": (order: number) => order <= 0,
    ">=": (order: number) => order >= 0,
  }[operator];
  if (!holds) throw new NotSupportedError(`the operator ${operator} of a mapping template`);
  return (scope) => {
    const order = compare(left(scope), right(scope));
    return order !== undefined && holds(order);
  };
}

/** Compiles a reference to its value; for a missing value, or a JSON null, to the scope's `missing`. */
export function compileReference(node: ReferenceNode): Evaluate {
  if (node.args !== undefined) throw new NotSupportedError(`$${node.id}(…) in a mapping template`);
  checkHostMember(node);
  const steps = (node.path ?? []).map((part, index) => compileStep(part, index === 0 && node.id in HOST_MEMBERS));
  const name = node.id;
  return (scope) => {
    let value = scope.read(name);
    for (const step of steps) {
      if (isNothing(value)) return scope.missing;
      value = step(value, scope);
    }
    return value ?? scope.missing;
  };
}

function checkHostMember(node: ReferenceNode): void {
  const members = Object.hasOwn(HOST_MEMBERS, node.id) ? HOST_MEMBERS[node.id] : undefined;
  const first = node.path?.[0];
  if (!members || !first) return;
  if (first.type === "index" || !members.includes(first.id)) {
    const name = first.type === "index" ? "[…]" : `.${first.id}`;
    throw new NotSupportedError(`$${node.id}${name} in a mapping template`, members.join(", "));
  }
}

function compileStep(part: PathNode, isOfHost: boolean): (value: JavaValue, scope: Scope) => JavaValue {
  if (part.type === "property") {
    const name = part.id;
    return (value) => property(value, name);
  }
  if (part.type === "index") {
    const index = compileExpression(part.id);
    return (value, scope) => {
      const key = index(scope);
      if (isList(value)) return typeof key === "number" ? value[key] : undefined;
      return value instanceof Map && typeof key === "string" ? value.get(key) : undefined;
    };
  }
  const name = part.id;
  if (!isOfHost && !methodNames.has(name)) {
    throw new NotSupportedError(`the method ${name}() in a mapping template`, [...methodNames].sort().join(", "));
  }
  const args = (part.args || []).map(compileExpression);
  return (value, scope) =>
    callMethod(
      value,
      name,
      args.map((arg) => arg(scope)),
    );
}

function property(value: JavaValue, name: string): JavaValue {
  if (value instanceof Map) return value.get(name);
  if (isHostObject(value)) return value.property(name);
  if (name === "empty" && (typeof value === "string" || isList(value))) return value.length === 0;
  return undefined;
}
