import { UserError } from "../kernel/errors.ts";
import { isRecord } from "../resource-types/wire-values.ts";
import { type ConfigType, type Project, readStackConfig, stackNames } from "./project.ts";

/** A stack's configuration, as passed to the program and the providers: values as text, lists and objects as JSON. */
export interface StackConfig {
  /** By full key, such as `aws:region`. */
  readonly values: ReadonlyMap<string, string>;
  readonly secretKeys: readonly string[];
}

interface Value {
  readonly text: string;
  /** Whether the text is JSON. */
  readonly isObject: boolean;
}

/**
 * Merges a stack's configuration like the CLI (overrides, then the stack's file, then the project's defaults) and
 * checks it against the project's declarations. Throws UserError in the CLI's words.
 * @param overrides by key, with or without the project's name as prefix; lists and objects as JSON.
 */
export function loadConfig(
  project: Project,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): StackConfig {
  const fromFile = readStackConfig(project.directory, stack);
  if (!fromFile && Object.keys(overrides).length === 0) {
    const known = stackNames(project.directory);
    throw new UserError(
      `no stack named '${stack}' found; the project has ${known.map((name) => `'${name}'`).join(", ") || "none"}`,
    );
  }
  checkDeclarations(project);
  const values = new Map<string, Value>();
  const secretKeys: string[] = [];
  for (const [key, value] of Object.entries(overrides))
    values.set(fullKey(project, key), overrideValue(project, key, value));
  for (const [key, value] of Object.entries(fromFile ?? {})) {
    const name = fullKey(project, key);
    if (hasSecure(value)) {
      secretKeys.push(name);
      if (!values.has(name)) throw encrypted(stack, name);
    }
    if (!values.has(name)) values.set(name, asValue(value));
  }
  const missing: string[] = [];
  for (const [key, type] of declarations(project)) {
    const name = fullKey(project, key);
    const otherwise = type.value ?? type.default;
    if (values.has(name)) continue;
    if (otherwise !== undefined && otherwise !== null) values.set(name, asValue(otherwise));
    else if (name.startsWith(`${project.name}:`)) missing.push(key);
  }
  if (missing.length > 0) throw new UserError(missingMessage(stack, missing));
  checkTypes(project, stack, values, secretKeys);
  return { values: new Map([...values].map(([key, { text }]) => [key, text])), secretKeys };
}

/** The configuration of one package, such as everything under `aws:`, by key without the package's name. */
export function packageConfig(config: StackConfig, packageName: string): Readonly<Record<string, string>> {
  const prefix = `${packageName}:`;
  return Object.fromEntries(
    [...config.values].flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [])),
  );
}

function declarations(project: Project): readonly [string, ConfigType][] {
  return [...project.config].sort(([left], [right]) => (left < right ? -1 : 1));
}

function fullKey(project: Project, key: string): string {
  return key.includes(":") ? key.replace(":config:", ":") : `${project.name}:${key}`;
}

/** A scalar is text; anything else is JSON. */
function asValue(value: unknown): Value {
  if (value === null || value === undefined) return { text: "", isObject: false };
  if (typeof value !== "object") return { text: String(value), isObject: false };
  return { text: JSON.stringify(value), isObject: true };
}

function overrideValue(project: Project, key: string, text: string): Value {
  const type = [...project.config].find(([declared]) => fullKey(project, declared) === fullKey(project, key))?.[1].type;
  return { text, isObject: type === "array" || type === "object" };
}

function hasSecure(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSecure);
  if (!isRecord(value)) return false;
  return typeof value.secure === "string" || Object.values(value).some(hasSecure);
}

function encrypted(stack: string, key: string): UserError {
  return new UserError(
    `Stack '${stack}' has an encrypted value for configuration key '${key}', which the local cloud cannot read; ` +
      `give it a plain one: pulumi config set --plaintext ${key} <value> --stack ${stack}`,
  );
}

function checkDeclarations(project: Project): void {
  for (const [key, type] of project.config) {
    const isOwn = fullKey(project, key).startsWith(`${project.name}:`);
    if (type.default !== undefined && type.value !== undefined) {
      throw new UserError(`project config '${key}' cannot have both a 'default' and 'value' attribute`);
    }
    if (!isOwn && type.type) {
      throw new UserError(`Configuration key '${key}' is not namespaced by the project and should not define a type`);
    }
    if (!isOwn && type.default !== undefined) {
      throw new UserError(
        `Configuration key '${key}' is not namespaced by the project and should not define a default value. ` +
          "Did you mean to use the 'value' attribute instead of 'default'?",
      );
    }
    if (type.type === "array" && type.items === undefined) {
      throw new UserError(
        `The configuration key '${key}' declares an array but does not specify the underlying type via the 'items' attribute`,
      );
    }
    if (type.type && type.default !== undefined && !isOfType(type, type.default)) {
      throw new UserError(
        `The default value specified for configuration key '${key}' is not of the expected type '${typeName(type)}'`,
      );
    }
  }
}

function checkTypes(
  project: Project,
  stack: string,
  values: ReadonlyMap<string, Value>,
  secretKeys: readonly string[],
): void {
  const mistakes: string[] = [];
  for (const [key, type] of declarations(project)) {
    const name = fullKey(project, key);
    const value = values.get(name);
    if (!type.type || !value) continue;
    if (type.secret && !secretKeys.includes(name)) {
      mistakes.push(`Stack '${stack}' with configuration key '${key}' must be encrypted as it's secret`);
    } else if (!isOfType(type, value.isObject ? parseJson(value.text) : value.text)) {
      mistakes.push(`Stack '${stack}' with configuration key '${key}' must be of type '${typeName(type)}'`);
    }
  }
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
}

function isOfType(type: Pick<ConfigType, "type" | "items">, value: unknown): boolean {
  switch (type.type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return isRecord(value);
    case "array":
      return Array.isArray(value) && value.every((element) => isOfType(itemsOf(type), element));
    default:
      return true;
  }
}

function typeName(type: Pick<ConfigType, "type" | "items">): string {
  return type.type === "array" ? `array<${typeName(itemsOf(type))}>` : (type.type ?? "unknown");
}

function itemsOf(type: Pick<ConfigType, "items">): Pick<ConfigType, "type" | "items"> {
  return isRecord(type.items) ? (type.items as Pick<ConfigType, "type" | "items">) : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function missingMessage(stack: string, keys: readonly string[]): string {
  const quoted = keys.map((key) => `'${key}'`);
  const last = quoted.at(-1);
  const list = quoted.length === 1 ? last : `${quoted.slice(0, -1).join(", ")} and ${last}`;
  return `Stack '${stack}' is missing configuration ${quoted.length === 1 ? "value" : "values"} ${list}`;
}
