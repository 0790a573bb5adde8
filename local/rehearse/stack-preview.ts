import { NOT_KNOWN_YET, SECRET } from "./shown-values.ts";

/** What would happen to a resource. The words are those of the pulumi CLI, which has a few more. */
export const ChangeKind = { Create: "create", Update: "update", Replace: "replace", Delete: "delete" } as const;

/** One value that would be another one. */
export interface ValueChange {
  /** Such as `settings.size` or `rules[0].name`. */
  readonly path: string;
  /** As JSON, cut where it is long; undefined where there is none. */
  readonly before?: string;
  readonly after?: string;
}

/** What would happen to one resource. */
export interface PreviewedChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** A `ChangeKind`, or another operation of the CLI by its own name. */
  readonly kind: string;
  /** Top-level properties that would change, of an update or a replacement. */
  readonly properties: readonly string[];
  /** Those of them that cannot be changed in place: why it is a replacement. */
  readonly replaces: readonly string[];
  /** What changes within the properties, without secrets. */
  readonly values: readonly ValueChange[];
}

/** What a preview of a stack says. */
export interface StackPreview {
  /** Number of resources by `ChangeKind`, `same`, and other operations of the CLI. */
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly PreviewedChange[];
  /** The CLI's own words, with its diff. */
  readonly text?: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Values that are told of one property; policies and the like can differ in a hundred places. */
const MAX_VALUES = 5;
const MAX_VALUE_LENGTH = 60;

/**
 * What changes within these properties, down to the single values; JSON texts are taken apart.
 * @param before,after as `shownValues` gives them. A property that differs in nothing that may be seen has no entry.
 */
export function valueChanges(properties: readonly string[], before: Values = {}, after: Values = {}): ValueChange[] {
  return properties.flatMap((name) => {
    const changes = differences(name, before[name], after[name]);
    if (changes.length <= MAX_VALUES) return changes;
    return [...changes.slice(0, MAX_VALUES), { path: `${name} and ${changes.length - MAX_VALUES} more values in it` }];
  });
}

function differences(path: string, before: unknown, after: unknown): ValueChange[] {
  const left = takenApart(before);
  const right = takenApart(after);
  if (Array.isArray(left) && Array.isArray(right)) {
    const indexes = [...Array(Math.max(left.length, right.length)).keys()];
    return indexes.flatMap((index) => differences(`${path}[${index}]`, left[index], right[index]));
  }
  if (isValues(left) && isValues(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.flatMap((key) => differences(memberPath(path, key), left[key], right[key]));
  }
  const change = { path, ...told("before", left), ...told("after", right) };
  return change.before === change.after ? [] : [change];
}

function told(key: "before" | "after", value: unknown): Partial<ValueChange> {
  const text = value === SECRET || value === NOT_KNOWN_YET ? value : JSON.stringify(value);
  if (text === undefined) return {};
  return { [key]: text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text };
}

function takenApart(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function memberPath(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
