import { z } from "zod";
import type { ResourceType } from "./resource-type.ts";

/** The names of a type's inputs. */
export function inputNames(type: ResourceType): readonly string[] {
  return Object.keys(shapeOf(type.inputs) ?? {});
}

/** The members of an object schema, unwrapped; undefined for any other schema, maps included. */
export function shapeOf(schema: z.core.$ZodType | undefined): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** The schema of a list's elements; undefined for any other schema. */
export function elementOf(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodArray ? inner.element : undefined;
}

/** The schema inside optional, default, nullable and transformation. */
export function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrapped(schema.def.innerType);
  }
  return schema instanceof z.ZodPipe ? unwrapped(schema.def.in) : schema;
}
