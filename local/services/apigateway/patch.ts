import { z } from "zod";
import { NotSupportedError } from "../../kernel/errors.ts";
import { badRequest, notFound } from "./errors.ts";

/** Supported patch operations; AWS also defines `move`, `test` and `copy`, for none of the resources here. */
const operations = ["add", "remove", "replace"] as const;
type PatchKind = (typeof operations)[number];

/** One of the `patchOperations` of an update operation. */
export interface PatchOperation {
  readonly op?: string;
  readonly path?: string;
  readonly value?: string;
}

/** One path that may be patched. */
export interface PatchPath<S> {
  readonly ops: readonly PatchKind[];
  /**
   * The settings after one operation.
   * @param value undefined for a `remove`, or for a `replace` that removes a value. A `remove` from a list has one.
   * @param path as the operation has it.
   * @param names the values of the path's `{…}` parts, unescaped.
   */
  apply(settings: S, value: string | undefined, names: readonly string[], op: PatchKind, path: string): S;
}

/**
 * The patchable paths of one kind of resource: `/description`, `/variables/{name}`; `{name+}` stands for several parts.
 */
export type PatchPaths<S> = Readonly<Record<string, PatchPath<S>>>;

/**
 * The settings after all operations; a refused operation leaves all of them unchanged.
 * @param operation such as `UpdateStage`, for error messages.
 */
export function patched<S>(
  operation: string,
  paths: PatchPaths<S>,
  settings: S,
  patches: readonly PatchOperation[],
): S {
  return patches.reduce((current, { op: kind, path = "", value }) => {
    const op = operations.find((one) => one === kind);
    // Recorded on AWS, 2025.
    if (!op) throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
    const match = findPath(paths, path, op);
    if (!match) {
      throw new NotSupportedError(`the patch path ${path} of ${operation}`, Object.keys(paths).sort().join(", "));
    }
    if (!match.patch.ops.includes(op)) {
      throw badRequest(`Invalid patch path  '${path}' specified for op '${op}'. Please choose supported operations`);
    }
    return match.patch.apply(current, value, match.names, op, path);
  }, settings);
}

function findPath<S>(
  paths: PatchPaths<S>,
  path: string,
  op: PatchKind,
): { patch: PatchPath<S>; names: readonly string[] } | undefined {
  const matches = Object.entries(paths).flatMap(([pattern, patch]) => {
    const names = matcher(pattern).exec(path)?.slice(1).map(unescaped);
    return names ? [{ pattern, patch, names }] : [];
  });
  // A `{name+}` matches any path, so it is no fallback for an unsupported operation.
  return matches.find(({ patch }) => patch.ops.includes(op)) ?? matches.find(({ pattern }) => !pattern.includes("+}"));
}

function matcher(pattern: string): RegExp {
  const source = pattern
    .replace(/[.*]/g, "\\$&")
    .replace(/\{\w+\\?\+\}/g, "(.+)")
    .replace(/\{\w+\}/g, "([^/]+)");
  return new RegExp(`^${source}$`);
}

/** JSON pointers write `/` as `~1` and `~` as `~0`. */
function unescaped(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** A string setting: `replace` sets it, or removes it with an empty value. */
export function textPath<S, K extends keyof S>(name: K): PatchPath<S> {
  return { ops: ["replace"], apply: (settings, value) => ({ ...settings, [name]: value || undefined }) };
}

/** A string setting with an enumeration or a format. */
export function checkedPath<S, K extends keyof S, T>(
  name: K,
  read: z.ZodType<T>,
  kinds: readonly PatchKind[] = ["replace"],
): PatchPath<S> {
  return {
    ops: kinds,
    apply: (settings, value, _names, _op, path) => ({ ...settings, [name]: readValue(path, read, value) }),
  };
}

/**
 * Parses a patch's value. Throws BadRequestException: for none in the words that localstack recorded on AWS for the
 * parameters of a response, for others in our own.
 */
export function readValue<T>(name: string, read: z.ZodType<T>, value: string | undefined): T {
  const parsed = read.safeParse(value);
  if (parsed.success) return parsed.data;
  if (value === undefined) throw badRequest(`Invalid null or empty value in ${name}`);
  const [issue] = parsed.error.issues;
  const reason = issue?.code === "invalid_value" ? `must be one of ${issue.values.join(", ")}` : issue?.message;
  throw badRequest(`Invalid value for ${name}: ${value} (${reason})`);
}

/** Parses `true` or `false`. */
export const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** Parses a number. */
export const numeral = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, "must be a number")
  .transform(Number);

/** An entry of a map: `add` and `replace` set it, `remove` removes it. */
export function entryPath<S, K extends keyof S, T = string>(
  name: K,
  read: z.ZodType<T> = z.string() as unknown as z.ZodType<T>,
): PatchPath<S> {
  return entriesPath(name, read, "Invalid parameter name specified", ["remove"]);
}

/** An existing entry of a map. @param unknown the error for a missing entry. */
export function knownEntryPath<S, K extends keyof S, T = string>(
  name: K,
  unknown: string,
  read: z.ZodType<T> = z.string() as unknown as z.ZodType<T>,
): PatchPath<S> {
  return entriesPath(name, read, unknown, ["remove", "replace"]);
}

function entriesPath<S, K extends keyof S, T>(
  name: K,
  read: z.ZodType<T>,
  unknown: string,
  ofKnown: readonly PatchKind[],
): PatchPath<S> {
  return {
    ops: operations,
    apply(settings, value, [key = ""], op) {
      const entries = settings[name] as Readonly<Record<string, T>>;
      if (ofKnown.includes(op) && !Object.hasOwn(entries, key)) throw notFound(unknown);
      if (op !== "remove") return { ...settings, [name]: { ...entries, [key]: readValue(key, read, value) } };
      const { [key]: _had, ...rest } = entries;
      return { ...settings, [name]: rest };
    },
  };
}
