import { type ForeachNode, type Node, type ReferenceNode, referenceText } from "../../../../mapping-templates/ast.ts";
import { NotSupportedError } from "../../../kernel/errors.ts";
import { parseTemplate } from "./ast.ts";
import { compileExpression, compileReference } from "./expression.ts";
import { isHostObject, isList, isTrue, type JavaValue, printJava } from "./java-values.ts";
import type { Render, Scope } from "./scope.ts";

/** Maximum rounds of a `#foreach`. */
export const MAX_FOREACH_ROUNDS = 1_000;
/** Maximum size of a template in bytes. */
export const MAX_TEMPLATE_BYTES = 300 * 1024;

type Step = (scope: Scope, out: string[]) => void;

/**
 * Compiles a mapping template with the semantics of Velocity 1.7. Macros, defines, evaluate and other constructs that
 * this engine treats differently are refused by name (NotSupportedError).
 */
export function compileTemplate(template: string): Render {
  const size = Buffer.byteLength(template);
  if (size > MAX_TEMPLATE_BYTES) {
    throw new NotSupportedError(
      `a mapping template of ${size} bytes`,
      `up to ${MAX_TEMPLATE_BYTES} bytes, as AWS does`,
    );
  }
  return renderer(parseTemplate(template));
}

/** Renders parsed nodes. */
export function renderer(nodes: readonly Node[]): Render {
  const steps = compileNodes(nodes);
  return (scope) => {
    const out: string[] = [];
    steps(scope, out);
    return out.join("");
  };
}

function compileNodes(nodes: readonly Node[]): Step {
  const steps = nodes.flatMap((node) => compileNode(node) ?? []);
  return (scope, out) => {
    for (const step of steps) {
      if (scope.isBreaking) return;
      step(scope, out);
    }
  };
}

function isBlock(node: Node): node is readonly Node[] {
  return Array.isArray(node);
}

function compileNode(node: Node): Step | undefined {
  if (typeof node === "string") {
    return (_scope, out) => {
      out.push(node);
    };
  }
  if (isBlock(node)) return compileBlock(node);
  switch (node.type) {
    case "references":
      return compilePrint(node);
    case "set":
      return compileSet(node.equal[0], node.equal[1]);
    case "comment":
      return undefined;
    case "raw":
      return (_scope, out) => {
        out.push(node.value);
      };
    case "break":
      return (scope) => {
        scope.isBreaking = true;
      };
    default: {
      const name = "id" in node && node.id ? node.id : node.type;
      throw new NotSupportedError(`#${name} in a mapping template`, "#set, #if, #elseif, #else, #foreach, #break");
    }
  }
}

function compilePrint(node: ReferenceNode): Step {
  const value = compileReference(node);
  const source = node.leader.includes("!") ? "" : referenceText(node);
  return (scope, out) => {
    const found = value(scope);
    if (isHostObject(found)) throw new NotSupportedError(`printing ${source} in a mapping template`);
    out.push(found === undefined || found === null ? source : printJava(found));
  };
}

function compileSet(target: ReferenceNode, expression: Parameters<typeof compileExpression>[0]): Step {
  const value = compileExpression(expression);
  const name = target.id;
  const path = (target.path ?? []).map((part) => {
    if (part.type !== "property")
      throw new NotSupportedError(`#set of $${name}[…] or $${name}.method() in a mapping template`);
    return part.id;
  });
  if (name === "context" ? path.length === 0 : ["input", "util", "stageVariables", "foreach"].includes(name)) {
    throw new NotSupportedError(`#set($${name} …) in a mapping template`);
  }
  return (scope) => {
    const result = value(scope);
    if (result === undefined || result === null) return;
    if (path.length > 0) scope.assign(name, path, result);
    else scope.write(name, result);
  };
}

function compileBlock(block: readonly Node[]): Step {
  const head = block[0];
  if (typeof head === "object" && !isBlock(head)) {
    if (head.type === "if") return compileIf(block);
    if (head.type === "foreach") return compileForeach(head, block.slice(1));
    const name = "id" in head && head.id ? `${head.type} ${head.id}` : head.type;
    throw new NotSupportedError(`#${name} in a mapping template`, "#set, #if, #elseif, #else, #foreach, #break");
  }
  return compileNodes(block);
}

function compileIf(block: readonly Node[]): Step {
  const branches: { condition: (scope: Scope) => boolean; nodes: Node[] }[] = [];
  for (const node of block) {
    if (typeof node === "object" && !isBlock(node)) {
      if (node.type === "if" || node.type === "elseif") {
        const condition = compileExpression(node.condition);
        branches.push({ condition: (scope) => isTrue(condition(scope)), nodes: [] });
        continue;
      }
      if (node.type === "else") {
        branches.push({ condition: () => true, nodes: [] });
        continue;
      }
    }
    branches.at(-1)?.nodes.push(node);
  }
  const compiled = branches.map(({ condition, nodes }) => ({ condition, body: compileNodes(nodes) }));
  return (scope, out) => {
    compiled.find(({ condition }) => condition(scope))?.body(scope, out);
  };
}

function compileForeach(head: ForeachNode, nodes: readonly Node[]): Step {
  const from = compileExpression(head.from);
  const body = compileNodes(nodes);
  return (scope, out) => {
    const found = from(scope);
    const items = isList(found) ? found : found instanceof Map ? [...found.values()] : [];
    const saved = ["foreach", "velocityCount", head.to].map((name) => [name, scope.read(name)] as const);
    const rounds = Math.min(items.length, MAX_FOREACH_ROUNDS);
    for (let index = 0; index < rounds && !scope.isBreaking; index++) {
      scope.write(head.to, items[index] ?? undefined);
      scope.write("velocityCount", index + 1);
      scope.write(
        "foreach",
        new Map<string, JavaValue>([
          ["index", index],
          ["count", index + 1],
          ["hasNext", index + 1 < items.length],
          ["first", index === 0],
          ["last", index + 1 === items.length],
        ]),
      );
      body(scope, out);
    }
    scope.isBreaking = false;
    for (const [name, value] of saved) scope.write(name, value);
  };
}
