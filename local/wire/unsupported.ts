import { type ServiceModel, shapeOf } from "./model.ts";

/** The members and enumeration values of a service's model that the local cloud does not support. */
export class Unsupported {
  readonly #model: ServiceModel;
  readonly #entries: ReadonlySet<string>;
  /** Whether a shape contains an unsupported member or value, at any depth. */
  readonly #concerned = new Map<string, boolean>();

  /**
   * @param entries members as `Shape.Member`, or `*.Member` for all shapes, and enumeration values as `Shape=VALUE`.
   * @throws Error for an entry outside the model.
   */
  constructor(model: ServiceModel, entries: readonly string[]) {
    this.#model = model;
    this.#entries = new Set(entries);
    for (const entry of entries) {
      if (!isKnown(model, entry)) throw new Error(`${model.source} has no ${entry}, which is said not to be supported`);
    }
  }

  /**
   * The first unsupported parameter, described.
   * @param path of the value, followed by a full stop.
   */
  find(value: unknown, shapeName: string, path = ""): string | undefined {
    if (value === null || value === undefined || !this.#isConcerned(shapeName, new Set())) return undefined;
    const shape = shapeOf(this.#model, shapeName);
    if (shape.type === "structure") {
      const given = value as Readonly<Record<string, unknown>>;
      for (const [name, member] of Object.entries(shape.members ?? {})) {
        if (!Object.hasOwn(given, name) || given[name] === undefined) continue;
        if (this.#has(shapeName, name)) return `the parameter ${path}${name}`;
        const found = this.find(given[name], member.shape, `${path}${name}.`);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (shape.enum) {
      const isThere = this.#entries.has(`${shapeName}=${String(value)}`);
      return isThere ? `the value ${String(value)} for the parameter ${path.slice(0, -1)}` : undefined;
    }
    const part = (shape.member ?? shape.value)?.shape ?? "";
    const parts = Array.isArray(value)
      ? value.map((one: unknown, index) => [index + 1, one] as const)
      : Object.entries(value as Readonly<Record<string, unknown>>);
    for (const [name, one] of parts) {
      const found = this.find(one, part, `${path}${name}.`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #has(shapeName: string, member: string): boolean {
    return this.#entries.has(`${shapeName}.${member}`) || this.#entries.has(`*.${member}`);
  }

  #isConcerned(shapeName: string, above: ReadonlySet<string>): boolean {
    const known = this.#concerned.get(shapeName);
    if (known !== undefined) return known;
    if (above.has(shapeName)) return false;
    const { members = {}, member, key, value, enum: values = [] } = shapeOf(this.#model, shapeName);
    const parts = [...Object.values(members), ...[member, key, value].filter((part) => part !== undefined)];
    const isConcerned =
      values.some((one) => this.#entries.has(`${shapeName}=${one}`)) ||
      Object.keys(members).some((name) => this.#has(shapeName, name)) ||
      parts.some((part) => this.#isConcerned(part.shape, new Set([...above, shapeName])));
    // A recursive shape is certain only at its outermost occurrence.
    if (isConcerned || above.size === 0) this.#concerned.set(shapeName, isConcerned);
    return isConcerned;
  }
}

function isKnown({ shapes }: ServiceModel, entry: string): boolean {
  const [shapeName = "", ...value] = entry.split("=");
  if (value.length > 0) return shapes[shapeName]?.enum?.includes(value.join("=")) ?? false;
  const [name = "", member = ""] = entry.split(".");
  const owners = name === "*" ? Object.values(shapes) : [shapes[name]];
  return owners.some((shape) => shape?.members?.[member] !== undefined);
}
