import { base64Problem } from "./base64-problem.ts";
import { coralWords, type Dialect, type JsonKind, serializationError } from "./dialect.ts";
import { type ServiceModel, type Shape, shapeOf } from "./model.ts";

/** Maximum of the model's integers; larger JSON numbers are capped to it. */
const MAX_INTEGER = 2_147_483_647;

/**
 * Deeper than any valid input on AWS: DynamoDB's values have 32 levels of two names each. Our limit, not AWS's, because
 * the reader recurses.
 */
const MAX_DEPTH = 200;

/** Parameters with the model's types. */
export interface TypedInput {
  readonly params: unknown;
  /** Paths of members outside the model, such as `Records.1.Foo`. */
  readonly unknown: readonly string[];
}

/**
 * Gives parameters the model's types: null counts as absent, decimals become integers where the model has these.
 * @throws AwsError SerializationException, in the dialect's words, for the first mistyped value.
 */
export function readTypes(model: ServiceModel, shapeName: string, params: unknown, dialect: Dialect): TypedInput {
  const unknown: string[] = [];
  const reader = new TypeReader(model, dialect, unknown);
  return { params: reader.read(params ?? {}, shapeName, undefined, false), unknown };
}

class TypeReader {
  readonly #model: ServiceModel;
  readonly #dialect: Dialect;
  readonly #unknown: string[];

  constructor(model: ServiceModel, dialect: Dialect, unknown: string[]) {
    this.#model = model;
    this.#dialect = dialect;
    this.#unknown = unknown;
  }

  /** The typed value; the same object if nothing changes. */
  read(value: unknown, shapeName: string, path: Path, isElement: boolean): unknown {
    const shape = shapeOf(this.#model, shapeName);
    const found = kindOf(value);
    if (path && path.depth > MAX_DEPTH)
      throw serializationError(`The request is nested deeper than ${MAX_DEPTH} levels.`);
    switch (shape.type) {
      case "structure":
        if (found === "map") return this.#structure(value as object, shape, shapeName, path);
        break;
      case "map":
        if (found === "map") return this.#map(value as object, shape, path);
        break;
      case "list":
        if (found === "list") return this.#list(value as readonly unknown[], shape, path);
        break;
      case "string":
        if (found === "string") return value;
        break;
      case "boolean":
        if (found === "boolean") return value;
        break;
      case "blob": {
        const base64 = found === "string" ? base64Problem(value as string) : undefined;
        if (found === "string" && base64 === undefined) return value;
        return this.#wrong({ found, value, shape, shapeName, isElement, ...(base64 !== undefined && { base64 }) });
      }
      case "integer":
        if (found === "number") return Math.max(-MAX_INTEGER - 1, Math.min(Math.floor(value as number), MAX_INTEGER));
        break;
      case "long":
        if (found === "number") return Math.floor(value as number);
        break;
      default:
        if (found === "number") return value;
    }
    return this.#wrong({ found, value, shape, shapeName, isElement });
  }

  #structure(value: object, shape: Shape, shapeName: string, path: Path): unknown {
    const given = value as Readonly<Record<string, unknown>>;
    const isOpen = this.#dialect.openShapes?.includes(shapeName) ?? false;
    let changed: [string, unknown][] | undefined;
    const names = Object.keys(given);
    for (const [index, name] of names.entries()) {
      const one = given[name];
      const member = shape.members && Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
      if (!member && one !== undefined && !isOpen) this.#unknown.push(pathText(below(path, name)));
      const isAbsent = one === null || one === undefined || !member;
      const read = isAbsent ? undefined : this.read(one, member.shape, below(path, name), false);
      if (read !== one) changed ??= names.slice(0, index).map((earlier) => [earlier, given[earlier]]);
      if (!isAbsent) changed?.push([name, read]);
    }
    return changed ? Object.fromEntries(changed) : value;
  }

  #map(value: object, shape: Shape, path: Path): unknown {
    let isChanged = false;
    const entries = Object.entries(value).map(([key, given]: [string, unknown]): [string, unknown] => {
      const read = given === null ? null : this.read(given, shape.value!.shape, below(path, key), true);
      isChanged ||= read !== given;
      return [key, read];
    });
    return isChanged ? Object.fromEntries(entries) : value;
  }

  #list(value: readonly unknown[], shape: Shape, path: Path): unknown {
    let isChanged = false;
    const elements = value.map((given, index) => {
      const read = given === null ? null : this.read(given, shape.member!.shape, below(path, index + 1), true);
      isChanged ||= read !== given;
      return read;
    });
    return isChanged ? elements : value;
  }

  #wrong(mistake: Parameters<NonNullable<Dialect["wrongType"]>>[0]): unknown {
    const converted = this.#dialect.convert?.(mistake);
    if (converted !== undefined) return converted;
    const shown = mistake.shape.sensitive === true ? { ...mistake, value: "***" } : mistake;
    throw serializationError((this.#dialect.wrongType ?? coralWords)(shown));
  }
}

/** Position of a value, printed only on demand. */
type Path = { readonly of: Path; readonly name: string | number; readonly depth: number } | undefined;

const below = (path: Path, name: string | number): NonNullable<Path> => ({
  of: path,
  name,
  depth: (path?.depth ?? 0) + 1,
});

function pathText(path: NonNullable<Path>): string {
  return path.of ? `${pathText(path.of)}.${path.name}` : String(path.name);
}

function kindOf(value: unknown): JsonKind {
  if (Array.isArray(value)) return "list";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "map";
}
