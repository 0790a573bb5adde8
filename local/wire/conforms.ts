import { base64Problem } from "./base64-problem.ts";
import { lengthOf, patternOf } from "./constraints.ts";
import { type ServiceModel, type Shape, shapeOf } from "./model.ts";

/** Deeper values are left to the whole check. */
const MAX_DEPTH = 100;
const MAX_INTEGER = 2_147_483_647;

/** A shape with its parts, looked up once. */
interface Node {
  readonly shape: Shape;
  readonly hasOwnConstraints: boolean;
  readonly members: Map<string, Node>;
  readonly required: readonly string[];
  /** Of a map's keys. */
  key: Node | undefined;
  /** Of a list's or a map's elements. */
  element: Node | undefined;
}

const nodes = new WeakMap<ServiceModel, Map<string, Node>>();

/**
 * Whether a value has the types of a shape as it is, satisfies its constraints, and has no member outside of the model.
 * Much faster than the checks that find out what is wrong: those are needed only when this is false, which it may also
 * be for a value that they accept.
 */
export function conforms(model: ServiceModel, shapeName: string, value: unknown): boolean {
  return isFine(nodeOf(model, shapeName), value, 0);
}

function nodeOf(model: ServiceModel, shapeName: string): Node {
  const known = nodes.get(model) ?? new Map<string, Node>();
  nodes.set(model, known);
  return compile(model, shapeName, known);
}

function compile(model: ServiceModel, shapeName: string, known: Map<string, Node>): Node {
  const found = known.get(shapeName);
  if (found) return found;
  const shape = shapeOf(model, shapeName);
  const { pattern, min, max, enum: values, unless } = shape;
  const node: Node = {
    shape,
    hasOwnConstraints: [pattern, min, max, values, unless].some((one) => one !== undefined),
    members: new Map(),
    required: shape.required ?? [],
    key: undefined,
    element: undefined,
  };
  // Known before its parts are compiled: shapes can contain themselves.
  known.set(shapeName, node);
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    node.members.set(name, compile(model, member.shape, known));
  }
  if (shape.key) node.key = compile(model, shape.key.shape, known);
  const element = shape.member ?? shape.value;
  if (element) node.element = compile(model, element.shape, known);
  return node;
}

function isFine(node: Node, value: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH || value === null || value === undefined) return false;
  switch (node.shape.type) {
    case "structure":
      return isPlainObject(value) && isFineStructure(node, value, depth);
    case "map":
      return isPlainObject(value) && isFineMap(node, value, depth) && satisfies(node, value);
    case "list":
      return Array.isArray(value) && isFineList(node, value, depth) && satisfies(node, value);
    case "string":
      return typeof value === "string" && satisfies(node, value);
    case "blob":
      return typeof value === "string" && base64Problem(value) === undefined && satisfies(node, value);
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return Number.isInteger(value) && Math.abs(value as number) <= MAX_INTEGER && satisfies(node, value);
    case "long":
      return Number.isInteger(value) && satisfies(node, value);
    default:
      return typeof value === "number" && satisfies(node, value);
  }
}

type Values = Readonly<Record<string, unknown>>;

function isPlainObject(value: unknown): value is Values {
  return typeof value === "object" && !Array.isArray(value);
}

function isFineStructure({ members, required, hasOwnConstraints }: Node, value: Values, depth: number): boolean {
  for (const name in value) {
    const given = value[name];
    if (given === undefined) continue;
    const member = members.get(name);
    if (!member || !isFine(member, given, depth + 1)) return false;
  }
  for (const name of required) if (!Object.hasOwn(value, name) || value[name] === undefined) return false;
  return !hasOwnConstraints;
}

function isFineMap({ key, element }: Node, value: Values, depth: number): boolean {
  if (!key || !element) return false;
  for (const name in value) {
    if (!satisfies(key, name) || !isFine(element, value[name], depth + 1)) return false;
  }
  return true;
}

function isFineList({ element }: Node, value: readonly unknown[], depth: number): boolean {
  if (!element) return false;
  for (const one of value) if (!isFine(element, one, depth + 1)) return false;
  return true;
}

/** Whether a value satisfies the constraints of the shape itself. */
function satisfies({ hasOwnConstraints, shape }: Node, value: unknown): boolean {
  if (!hasOwnConstraints) return true;
  const { pattern, min, max, unless } = shape;
  if (unless !== undefined && patternOf(unless).test(value as string)) return true;
  if (pattern !== undefined && !patternOf(pattern).test(value as string)) return false;
  if (shape.enum && !shape.enum.includes(value as string)) return false;
  if (min === undefined && max === undefined) return true;
  const size = typeof value === "number" ? value : lengthOf(value, shape);
  return (max === undefined || size <= max) && (min === undefined || size >= min);
}
