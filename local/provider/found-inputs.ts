import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { elementOf, shapeOf } from "../resource-types/input-schema.ts";
import type { Properties, ResourceType } from "../resource-types/resource-type.ts";
import { isRecord } from "../resource-types/wire-values.ts";

/**
 * The inputs that correspond to the outputs read from a service. After a refresh or an import, engines compare the
 * program with them.
 *
 * Known inputs take the value read, and are removed when it is unset. Inputs that the program did not give are added,
 * such as a tag added by hand, unless the value is a default, empty, or filled in by the service. The same holds for
 * the parts of an object.
 * @param found outputs, as `ResourceType.read` gives them.
 * @param known the previous inputs; undefined in an import.
 */
export function foundInputs(type: ResourceType, found: Properties, known: Properties | undefined): Properties {
  const filledIn = new Set(["region", ...(known ? (type.optionalComputed ?? []) : [])]);
  return foundParts(shapeOf(type.inputs) ?? {}, found, known, (name) => filledIn.has(name), "");
}

/** @param path of the object, such as `rules[*]`; "" for the inputs themselves. */
function foundParts(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  found: Properties,
  known: Properties | undefined,
  isFilledIn: (path: string) => boolean,
  path: string,
): Properties {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const value = found[name];
      const at = path === "" ? name : `${path}.${name}`;
      if (value === undefined) return [];
      if (known?.[name] !== undefined) return [[name, foundValue(schema, value, known[name], isFilledIn, at)]];
      if (isFilledIn(at) || isEmpty(value) || isDeepStrictEqual(value, defaultOf(schema))) return [];
      return [[name, known ? value : withoutEmpty(schema, value)]];
    }),
  );
}

/** The value read for an input that the program gave; a map is taken as a whole. */
function foundValue(
  schema: z.core.$ZodType | undefined,
  value: unknown,
  known: unknown,
  isFilledIn: (path: string) => boolean,
  path: string,
): unknown {
  const shape = shapeOf(schema);
  if (shape && isRecord(value) && isRecord(known)) return foundParts(shape, value, known, isFilledIn, path);
  const element = elementOf(schema);
  if (element && Array.isArray(value) && Array.isArray(known)) {
    return value.map((part, index) =>
      index < known.length ? foundValue(element, part, known[index], isFilledIn, `${path}[*]`) : part,
    );
  }
  return value;
}

/** In an import: an object without its empty parts. */
function withoutEmpty(schema: z.core.$ZodType | undefined, value: unknown): unknown {
  const shape = shapeOf(schema);
  if (shape && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, part]) => Object.hasOwn(shape, name) && !isEmpty(part))
        .map(([name, part]) => [name, withoutEmpty(shape[name], part)]),
    );
  }
  const element = elementOf(schema);
  return element && Array.isArray(value) ? value.map((part) => withoutEmpty(element, part)) : value;
}

/** The schema's default; undefined for none. */
function defaultOf(schema: z.core.$ZodType): unknown {
  const parsed = (schema as z.ZodType).safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}
