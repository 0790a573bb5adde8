import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { elementOf, shapeOf } from "../resource-types/input-schema.ts";
import type { Properties, ResourceType } from "../resource-types/resource-type.ts";
import { isRecord } from "../resource-types/wire-values.ts";

/**
 * The inputs that would make a resource be as it was found: what an engine compares a program with after a refresh or an import.
 *
 * Known inputs take the value that was found, and go when nothing is set any more. What the program did not give comes in only when it says something: a
 * tag that somebody added does, what the service filled in, defaults and empty values do not. The same holds for the parts of an object.
 * @param found outputs, as `ResourceType.read` gives them.
 * @param known the inputs until now; undefined in an import.
 */
export function foundInputs(type: ResourceType, found: Properties, known: Properties | undefined): Properties {
  const filledIn = new Set(["region", ...(known ? (type.optionalComputed ?? []) : [])]);
  return foundParts(shapeOf(type.inputs) ?? {}, found, known, (name) => filledIn.has(name), "");
}

/** @param path where the object stands, such as `rules[*]`; "" for the inputs themselves. */
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

/** What was found of an input that the program gave; a map is taken whole. */
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

/** In an import, the parts of an object that say something. */
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

/** What the schema fills in for an input that is not given; undefined for nothing. */
function defaultOf(schema: z.core.$ZodType): unknown {
  const parsed = (schema as z.ZodType).safeParse(undefined);
  return parsed.success ? parsed.data : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}
