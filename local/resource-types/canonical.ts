import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { assetsAsHashes } from "./assets.ts";
import { withoutDefaultsMark } from "./auto-name.ts";
import { parsePath } from "./diff.ts";
import { shapeOf } from "./input-schema.ts";
import type { Canonicalize, Properties, ResourceType } from "./resource-type.ts";
import { isRecord, mapValues, unwrapSecrets, withoutUndefined } from "./wire-values.ts";

/**
 * Inputs for comparing: secrets unwrapped, assets as hashes, defaults filled in, every value in the type's canonical
 * form.
 */
export function canonicalInputs(type: ResourceType, inputs: Properties): Properties {
  const plain = withoutDefaultsMark(unwrapSecrets(inputs).plain);
  const parsed = type.inputs.safeParse(plain);
  return canonicalValues(type, parsed.success ? (parsed.data as Properties) : parsedOneByOne(type, plain));
}

/**
 * Parses each input by itself and keeps those that fail as they are: an import has no write-only arguments, an old
 * state has assets without content, a preview has unknown values.
 */
export function parsedOneByOne(type: ResourceType, inputs: Properties): Properties {
  const parsed = Object.entries(shapeOf(type.inputs) ?? {}).map(([name, schema]) => {
    const result = (schema as z.ZodType).safeParse(inputs[name]);
    return [name, result.success ? result.data : inputs[name]];
  });
  return { ...inputs, ...Object.fromEntries(parsed) };
}

/** Like `canonicalInputs`, without filling in defaults. */
export function canonicalValues(type: ResourceType, values: Properties): Properties {
  const plain = withoutUndefined(assetsAsHashes(unwrapSecrets(values).plain));
  return Object.entries(type.canonical ?? {}).reduce(
    (current, [path, canonicalize]) => changeAt(current, parsePath(path), canonicalize) as Properties,
    plain as Properties,
  );
}

/**
 * The values read from the service, each in its known form when both mean the same: a policy's text, the order of a
 * set, a secret's mark, an archive's path.
 */
export function inKnownForm(type: ResourceType, found: Properties, known: Properties): Properties {
  const canonicalFound = canonicalValues(type, found);
  const canonicalKnown = canonicalValues(type, known);
  return mapValues(found, (value, key) =>
    known[key] !== undefined && isDeepStrictEqual(canonicalFound[key], canonicalKnown[key]) ? known[key] : value,
  );
}

/** A list whose order has no meaning. */
export const asSet: Canonicalize = (value) =>
  Array.isArray(value) ? [...value].sort((left, right) => compareText(sortKey(left), sortKey(right))) : value;

/** JSON as text or as an object. */
export const asJson: Canonicalize = (value) => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/**
 * An IAM policy, as text or as an object, in the form in which the real provider compares policies: a single element
 * equals a list of one, the order of lists and statements has no meaning, numbers and booleans in conditions equal
 * their text, an account id equals the ARN of its root.
 */
export const asPolicy: Canonicalize = (value) => {
  const document = asJson(value);
  if (!isRecord(document)) return document;
  const statements = document["Statement"];
  return { ...document, Statement: asSet(asList(statements).map(canonicalStatement)) };
};

function canonicalStatement(statement: unknown): unknown {
  if (!isRecord(statement)) return statement;
  return Object.fromEntries(
    Object.entries(statement).map(([key, value]) => {
      if (key === "Condition" && isRecord(value))
        return [key, mapValues(value, (test) => (isRecord(test) ? mapValues(test, setOfTexts) : test))];
      if (key === "Principal" || key === "NotPrincipal") return [key, canonicalPrincipal(value)];
      if (key === "Sid" || key === "Effect") return [key, value];
      return [key, setOfTexts(value)];
    }),
  );
}

/** `*` and `{ AWS: "*" }` differ; an account id and the ARN of its root are equal. */
function canonicalPrincipal(value: unknown): unknown {
  const asAccount = (name: unknown) =>
    typeof name === "string" ? (/^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? name) : name;
  return isRecord(value) ? mapValues(value, (names) => setOfTexts(asList(names).map(asAccount))) : value;
}

function setOfTexts(value: unknown): unknown {
  return asList(value)
    .map((element) => (typeof element === "boolean" || typeof element === "number" ? String(element) : element))
    .sort((left, right) => compareText(sortKey(left), sortKey(right)));
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function sortKey(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, sortedKeys);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => compareText(left, right)));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function changeAt(value: unknown, steps: readonly string[], change: Canonicalize): unknown {
  const [step, ...rest] = steps;
  if (value === undefined) return value;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((element, index) =>
      step === "*" || String(index) === step ? changeAt(element, rest, change) : element,
    );
  }
  if (!isRecord(value)) return value;
  if (step === "*") return mapValues(value, (element) => changeAt(element, rest, change));
  return Object.hasOwn(value, step) ? { ...value, [step]: changeAt(value[step], rest, change) } : value;
}
