import type { Constraint, Dialect, Violation } from "./dialect.ts";
import { type ServiceModel, type Shape, shapeOf } from "./model.ts";
import { Pattern } from "./pattern.ts";

/** AWS lists at most this many violations in one error. */
const MAX_VIOLATIONS = 10;

const COMPOSED: readonly Shape["type"][] = ["structure", "list", "map"];

const patterns = new Map<string, Pattern>();

/** The constraint violations of parameters that already have the model's types, in the model's order; ten at most. */
export function violationsOf(
  model: ServiceModel,
  shapeName: string,
  params: unknown,
  dialect: Dialect,
): readonly Violation[] {
  const found: Violation[] = [];
  new ConstraintChecker(model, dialect, found).check(params, shapeName, undefined);
  return found.slice(0, MAX_VIOLATIONS);
}

class ConstraintChecker {
  readonly #model: ServiceModel;
  readonly #dialect: Dialect;
  readonly #found: Violation[];

  constructor(model: ServiceModel, dialect: Dialect, found: Violation[]) {
    this.#model = model;
    this.#dialect = dialect;
    this.#found = found;
  }

  check(value: unknown, shapeName: string, path: Path): void {
    const shape = shapeOf(this.#model, shapeName);
    if (hasConstraints(shape)) {
      for (const [constraint, rule] of this.#broken(value, shape)) {
        this.#add(value, shapeName, path, constraint, rule);
      }
    }
    this.#inside(value, shape, shapeName, path);
  }

  /** Checks the parts of a value, but not its own constraints. */
  #inside(value: unknown, shape: Shape, shapeName: string, path: Path): void {
    if (this.#found.length >= MAX_VIOLATIONS) return;
    if (shape.type === "structure") this.#structure(value as Readonly<Record<string, unknown>>, shape, path);
    if (shape.type === "list") this.#list(value as readonly unknown[], shape, shapeName, path);
    if (shape.type === "map") this.#map(value as Readonly<Record<string, unknown>>, shape, shapeName, path);
  }

  #structure(value: Readonly<Record<string, unknown>>, shape: Shape, path: Path): void {
    const { members = {}, required } = shape;
    for (const name in members) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (given !== undefined) this.check(given, members[name]!.shape, { of: path, names: [name] });
      else if (required?.includes(name)) this.#missing(members[name]!.shape, { of: path, names: [name] });
    }
  }

  #list(value: readonly unknown[], shape: Shape, shapeName: string, path: Path): void {
    const element = shape.member!.shape;
    if (!value.every((one) => this.#isValid(one, element))) {
      this.#add(value, shapeName, path, "parts", `Member must satisfy constraint: [${this.#rulesOf(element, value)}]`);
    }
    if (!this.#isComposed(element)) return;
    for (const [index, one] of value.entries()) this.#part(one, element, { of: path, names: [index + 1, "member"] });
  }

  #map(value: Readonly<Record<string, unknown>>, shape: Shape, shapeName: string, path: Path): void {
    const { shape: keys } = shape.key!;
    const { shape: values } = shape.value!;
    const given = Object.values(value);
    if (!Object.keys(value).every((key) => this.#isValid(key, keys))) {
      this.#add(value, shapeName, path, "parts", `Map keys must satisfy constraint: [${this.#rulesOf(keys, [])}]`);
    }
    if (!given.every((one) => this.#isValid(one, values))) {
      this.#add(
        value,
        shapeName,
        path,
        "parts",
        `Map value must satisfy constraint: [${this.#rulesOf(values, given)}]`,
      );
    }
    if (!this.#isComposed(values)) return;
    for (const [key, one] of Object.entries(value)) this.#part(one, values, { of: path, names: [key, "member"] });
  }

  #isComposed(shapeName: string): boolean {
    return COMPOSED.includes(shapeOf(this.#model, shapeName).type);
  }

  /** An element of a list or a map: a violation of its own constraints is reported at the list or map. */
  #part(value: unknown, shapeName: string, path: Path): void {
    if (value !== null) this.#inside(value, shapeOf(this.#model, shapeName), shapeName, path);
  }

  #missing(shapeName: string, path: Path): void {
    this.#add(undefined, shapeName, path, "required", "Member must not be null");
  }

  #add(value: unknown, shapeName: string, path: Path, constraint: Constraint, rule: string): void {
    this.#found.push({
      path: namesOf(path),
      value,
      shape: shapeOf(this.#model, shapeName),
      shapeName,
      constraint,
      rule,
    });
  }

  #isValid(value: unknown, shapeName: string): boolean {
    if (!hasConstraints(shapeOf(this.#model, shapeName))) return value !== null;
    return value !== null && this.#broken(value, shapeOf(this.#model, shapeName)).length === 0;
  }

  /** The violated constraints of the shape itself: the pattern first, as in AWS's errors. */
  #broken(value: unknown, shape: Shape): (readonly [Constraint, string])[] {
    const broken: (readonly [Constraint, string])[] = [];
    const { pattern, min, max, unless } = shape;
    if (unless !== undefined && patternOf(unless).test(value as string)) return broken;
    if (pattern !== undefined && !patternOf(pattern).test(value as string))
      broken.push(["pattern", rules.pattern(pattern)]);
    if (shape.enum && !shape.enum.includes(value as string)) broken.push(["enum", this.#enumRule(shape)]);
    if (min === undefined && max === undefined) return broken;
    const isNumber = typeof value === "number";
    const constraint = isNumber ? "range" : "length";
    const size = isNumber ? value : lengthOf(value, shape);
    if (max !== undefined && size > max) broken.push([constraint, rules.max(shape, max)]);
    if (min !== undefined && size < min) broken.push([constraint, rules.min(shape, min)]);
    return broken;
  }

  /** All rules for the elements of a list or a map, in AWS's order. */
  #rulesOf(shapeName: string, values: readonly unknown[]): string {
    const shape = shapeOf(this.#model, shapeName);
    const { pattern, min, max } = shape;
    return [
      ...(max === undefined ? [] : [rules.max(shape, max)]),
      ...(min === undefined ? [] : [rules.min(shape, min)]),
      ...(pattern === undefined ? [] : [rules.pattern(pattern)]),
      ...(shape.enum ? [this.#enumRule(shape)] : []),
      ...(this.#dialect.isNullNamed || values.includes(null) ? ["Member must not be null"] : []),
    ].join(", ");
  }

  #enumRule({ enum: values = [] }: Shape): string {
    const list = this.#dialect.isEnumListed === false ? "" : `: [${values.join(", ")}]`;
    return `Member must satisfy enum value set${list}`;
  }
}

/** Position of a value, turned into names only for a violation. */
type Path = { readonly of: Path; readonly names: Violation["path"] } | undefined;

const namesOf = (path: Path): Violation["path"] => (path ? [...namesOf(path.of), ...path.names] : []);

const hasConstraints = (shape: Shape) =>
  shape.max !== undefined || shape.min !== undefined || shape.pattern !== undefined || shape.enum !== undefined;

const isMeasured = (shape: Shape) => !["integer", "long", "float", "double"].includes(shape.type);

/** AWS's messages for constraints with a single value. */
const rules = {
  pattern: (pattern: string) => `Member must satisfy regular expression pattern: ${pattern}`,
  max: (shape: Shape, max: number) =>
    `Member must have ${isMeasured(shape) ? "length" : "value"} less than or equal to ${numberText(max, shape)}`,
  min: (shape: Shape, min: number) =>
    `Member must have ${isMeasured(shape) ? "length" : "value"} greater than or equal to ${numberText(min, shape)}`,
};

/** A number as Java prints it. */
export function numberText(value: number, shape: Shape): string {
  const isDecimal = shape.type === "double" || shape.type === "float";
  return isDecimal && Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Length in characters of a string, bytes of a blob, entries of a list or a map. */
export function lengthOf(value: unknown, shape: Shape): number {
  if (typeof value === "string") {
    if (shape.type === "blob") return Buffer.byteLength(value, "base64");
    return /[\ud800-\udbff]/.test(value) ? [...value].length : value.length;
  }
  return Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

/** The compiled pattern of a shape; compiled once. */
export function patternOf(source: string): Pattern {
  const known = patterns.get(source);
  if (known) return known;
  const pattern = new Pattern(source);
  patterns.set(source, pattern);
  return pattern;
}
