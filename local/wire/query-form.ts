import { AwsError } from "../kernel/errors.ts";
import { type Member, type ServiceModel, type Shape, shapeOf } from "./model.ts";

/** A value in a form: a string, or the values under longer names. */
type FormValue = string | { [name: string]: FormValue };

/**
 * Maximum names in a parameter's path; no input of a Query service is nested nearly as deeply. Our limit, not AWS's,
 * because the reader recurses.
 */
const MAX_PATH_NAMES = 64;

const NUMBERS: readonly Shape["type"][] = ["integer", "long", "float", "double"];

/**
 * A form's parameters as a tree, split at the dots of their names. Without `Action`, `Version` and a GET's signature.
 */
export function formTree(form: URLSearchParams): FormValue {
  const root: { [name: string]: FormValue } = Object.create(null);
  for (const [path, value] of form) {
    if (path === "Action" || path === "Version" || path.startsWith("X-Amz-")) continue;
    const names = path.split(".");
    if (names.length > MAX_PATH_NAMES) {
      throw malformed(
        `A parameter that begins with ${path.slice(0, 40)} has ${names.length} names; ${MAX_PATH_NAMES} are allowed.`,
      );
    }
    let node = root;
    for (const name of names.slice(0, -1)) {
      const next = node[name] ?? Object.create(null);
      if (typeof next !== "object") throw malformed(`${path} is given twice, in two forms.`);
      node[name] = next;
      node = next as { [name: string]: FormValue };
    }
    const last = names.at(-1)!;
    if (node[last] !== undefined) throw malformed(`${path} is given twice.`);
    node[last] = value;
  }
  return root;
}

/**
 * A form's tree as JSON parameters, with the types of a shape: `{ A: { member: { 1: "2" } } }` → `{ A: [2] }`. Members
 * outside the shape remain.
 */
export function readForm(model: ServiceModel, shapeName: string | undefined, tree: FormValue): unknown {
  return shapeName === undefined ? plain(tree) : new FormReader(model).read(tree, shapeName, "");
}

class FormReader {
  readonly #model: ServiceModel;

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  read(node: FormValue, shapeName: string, path: string, member?: Member): unknown {
    const shape = shapeOf(this.#model, shapeName);
    switch (shape.type) {
      case "structure":
        return this.#structure(node, shape, path);
      case "list":
        return this.#list(node, shape, path, member);
      case "map":
        return this.#map(node, shape, path, member);
      default:
        return typeof node === "string" ? scalar(node, shape, path) : plain(node);
    }
  }

  #structure(node: FormValue, shape: Shape, path: string): unknown {
    if (typeof node === "string") return node === "" ? {} : node;
    const members = new Map(
      Object.entries(shape.members ?? {}).map(([name, member]) => [
        member.locationName ?? name,
        [name, member] as const,
      ]),
    );
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        const known = members.get(key);
        if (!known) return [key, plain(value)];
        return [known[0], this.read(value, known[1].shape, `${path}${key}.`, known[1])];
      }),
    );
  }

  #list(node: FormValue, shape: Shape, path: string, member: Member | undefined): unknown {
    if (typeof node === "string") return node === "" ? [] : node;
    const isFlat = shape.flattened ?? member?.flattened ?? false;
    const elements = isFlat ? node : node[shape.member?.locationName ?? "member"];
    if (typeof elements !== "object" || (!isFlat && Object.keys(node).length > 1)) return plain(node);
    return inOrder(elements).map(([index, value]) => this.read(value, shape.member!.shape, `${path}${index}.`));
  }

  #map(node: FormValue, shape: Shape, path: string, member: Member | undefined): unknown {
    if (typeof node === "string") return node === "" ? {} : node;
    const isFlat = shape.flattened ?? member?.flattened ?? false;
    const entries = isFlat ? node : node["entry"];
    if (typeof entries !== "object" || (!isFlat && Object.keys(node).length > 1)) return plain(node);
    return Object.fromEntries(
      inOrder(entries).map(([index, entry]) => {
        const { [shape.key?.locationName ?? "key"]: key, [shape.value?.locationName ?? "value"]: value } =
          typeof entry === "string" ? {} : entry;
        if (typeof key !== "string") throw malformed(`${path}entry.${index} has no key.`);
        return [key, value === undefined ? null : this.read(value, shape.value!.shape, `${path}${key}.`)];
      }),
    );
  }
}

/** A string as the model's type. */
function scalar(text: string, shape: Shape, path: string): unknown {
  if (NUMBERS.includes(shape.type)) {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(number)) return number;
    throw malformed(`The value ${text} of ${path.slice(0, -1)} is not a number.`);
  }
  if (shape.type === "boolean") {
    if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
    throw malformed(`The value ${text} of ${path.slice(0, -1)} is neither true nor false.`);
  }
  if (shape.type === "timestamp") {
    const milliseconds = /^[\d.]+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
    if (Number.isFinite(milliseconds)) return milliseconds / 1000;
    throw malformed(`The value ${text} of ${path.slice(0, -1)} is not a time.`);
  }
  return text;
}

/** The elements in order of position: JavaScript sorts integer property names. */
const inOrder = (elements: { [name: string]: FormValue }) => Object.entries(elements);

/** A part of the tree without a shape, unchanged. */
function plain(node: FormValue): unknown {
  if (typeof node === "string") return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, plain(value)]));
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedInput", message);
}
