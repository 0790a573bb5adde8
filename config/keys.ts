import { z } from "zod";
import { iamRules, type TextRule } from "../components/defaults/text-rules.ts";

/** The part of a mistake's message that depends on the key: allowed values, and one to type. */
export interface KeyMeta extends Record<string, unknown> {
  readonly allowed: string;
  readonly example: string;
}

/** A text that matches a rule. Engines pass every value as text, so all keys start from one. */
export function text({ pattern, allowed, example }: TextRule) {
  return z
    .string()
    .refine((value) => pattern.test(value))
    .meta({ allowed, example } satisfies KeyMeta);
}

/** An AWS account id. */
export function accountId(example: string) {
  const { pattern, allowed } = iamRules.accountId;
  return text({ pattern, allowed: `${allowed} (in quotes, or YAML takes it for a number)`, example });
}

/** A text within a structured value. */
export function part({ pattern, allowed, example }: TextRule) {
  return z.string().refine((value) => pattern.test(value), `allowed is ${allowed}, such as ${JSON.stringify(example)}`);
}

/**
 * A whole number within inclusive bounds.
 *
 * @param choice `only` limits it to a list, `besides` adds a value with a meaning of its own
 */
export function whole(
  min: number,
  max: number,
  choice: {
    readonly only?: readonly number[];
    readonly besides?: { readonly value: number; readonly meaning: string };
  } = {},
) {
  const { only, besides } = choice;
  const range = only === undefined ? `a whole number from ${min} to ${max}` : `one of ${only.join(", ")}`;
  return z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number)
    .refine((value) => value === besides?.value || (value >= min && value <= max && only?.includes(value) !== false))
    .meta({
      allowed: besides === undefined ? range : `${range}, or ${besides.value} ${besides.meaning}`,
      example: String(only?.[Math.floor(only.length / 4)] ?? min),
    } satisfies KeyMeta);
}

/** `true` or `false`. */
export function flag() {
  return z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .meta({ allowed: "true or false", example: "true" } satisfies KeyMeta);
}

/** One of the values of an `as const` object. */
export function oneOf<const V extends Readonly<Record<string, string>>>(values: V) {
  const words = Object.values(values) as V[keyof V][];
  return z
    .enum(words as [V[keyof V], ...V[keyof V][]])
    .meta({ allowed: words.join(" or "), example: words[0] ?? "" } satisfies KeyMeta);
}

/** A structured value, which arrives as JSON. */
export function json<S extends z.ZodType>(schema: S, allowed: string, example: string) {
  return z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema)
    .meta({ allowed, example } satisfies KeyMeta);
}

/**
 * One text that matches a rule, or a JSON list of them; parsed to a list.
 *
 * @param alone a text that includes all others: only allowed as the single member of a list.
 */
export function oneOrMore({ pattern, example }: TextRule, allowed: string, alone: string) {
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === "string" && pattern.test(each)) &&
    (value.length === 1 || !value.includes(alone));
  return z
    .string()
    .transform((value, context): string[] => {
      const list = value.startsWith("[") ? parsed(value) : [value];
      if (isList(list)) return list;
      context.addIssue({ code: "custom", message: "breaks the rule" });
      return z.NEVER;
    })
    .meta({ allowed, example } satisfies KeyMeta);
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** The metadata of a key's schema, found below `default` and `optional`. */
export function metaOf(schema: z.ZodType): KeyMeta {
  const meta = schema.meta();
  if (meta !== undefined) return meta as KeyMeta;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return metaOf(schema.unwrap() as z.ZodType);
  throw new Error("a config key without a description of what is allowed");
}

/** A value to type for a key: its default if that is one word, else its example. */
export function exampleOf(schema: z.ZodType): string {
  const fallback = schema instanceof z.ZodDefault ? (schema.def.defaultValue as unknown) : undefined;
  return fallback === undefined || typeof fallback === "object" ? metaOf(schema).example : String(fallback);
}
