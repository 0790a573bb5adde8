import { NOT_KNOWN_YET, SECRET } from "./shown-values.ts";

/** Kinds of changes, in the pulumi CLI's words. The CLI has further ones. */
export const ChangeKind = { Create: "create", Update: "update", Replace: "replace", Delete: "delete" } as const;

/** The change of one value. */
export interface ValueChange {
  /** Such as `settings.size` or `rules[0].name`. */
  readonly path: string;
  /** As JSON, shortened when long; undefined for none. */
  readonly before?: string;
  readonly after?: string;
}

/** The previewed change of one resource. */
export interface PreviewedChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** A `ChangeKind`, or another operation of the CLI by its own name. */
  readonly kind: string;
  /** For an update or a replacement: the top-level properties that change. */
  readonly properties: readonly string[];
  /** The properties among them that force the replacement. */
  readonly replaces: readonly string[];
  /** The changed values within the properties, without secrets. */
  readonly values: readonly ValueChange[];
}

/** The preview of a stack. */
export interface StackPreview {
  /** Number of resources by `ChangeKind`, `same`, and other operations of the CLI. */
  readonly counts: Readonly<Record<string, number>>;
  readonly changes: readonly PreviewedChange[];
  /** The CLI's output, with its diff. */
  readonly text?: string;
}

type Values = Readonly<Record<string, unknown>>;

/** How many changed values are shown per property; policies can differ in many. */
const MAX_VALUES = 5;
const MAX_VALUE_LENGTH = 60;

/**
 * The changed values within these properties, also inside JSON texts.
 * @param before,after results of `shownValues`. A property without a visible difference has no entry.
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
