import { javaMatches, javaReplace, javaSplit } from "./java-regex.ts";
import { isEqual, isHostObject, isList, JavaEntry, type JavaMap, type JavaValue, printJava } from "./java-values.ts";

type Arguments = readonly JavaValue[];
type Method<T> = (self: T, args: Arguments) => JavaValue;

const text = (value: JavaValue): string => printJava(value);

/**
 * Java's `trim`: removes every character up to the space. A loop, because a pattern would restart at every space of a
 * body of megabytes.
 */
function trimmed(self: string): string {
  let [from, to] = [0, self.length];
  while (from < to && self.charCodeAt(from) <= 0x20) from++;
  while (to > from && self.charCodeAt(to - 1) <= 0x20) to--;
  return self.slice(from, to);
}

/** Velocity turns an exception of a method into null; an index outside the string throws one. */
function substring(self: string, args: Arguments): JavaValue {
  const from = Number(args[0]);
  const to = args.length > 1 ? Number(args[1]) : self.length;
  return from >= 0 && to >= from && to <= self.length ? self.slice(from, to) : null;
}

const stringMethods: Readonly<Record<string, Method<string>>> = {
  length: (self) => self.length,
  isEmpty: (self) => self === "",
  trim: trimmed,
  toLowerCase: (self) => self.toLowerCase(),
  toUpperCase: (self) => self.toUpperCase(),
  toString: (self: string) => self,
  contains: (self, [part]) => self.includes(text(part)),
  startsWith: (self, [part]) => self.startsWith(text(part)),
  endsWith: (self, [part]) => self.endsWith(text(part)),
  equals: (self, [other]) => self === other,
  equalsIgnoreCase: (self, [other]) => typeof other === "string" && self.toLowerCase() === other.toLowerCase(),
  indexOf: (self, [part, from]) => self.indexOf(text(part), from === undefined ? 0 : Number(from)),
  lastIndexOf: (self, [part]) => self.lastIndexOf(text(part)),
  concat: (self, [part]) => self + text(part),
  substring,
  split: (self, [expression]) => javaSplit(self, text(expression)),
  matches: (self, [expression]) => javaMatches(self, text(expression)),
  replace: (self, [from, to]) => self.replaceAll(text(from), () => text(to)),
  replaceAll: (self, [expression, replacement]) => javaReplace(self, text(expression), text(replacement), false),
  replaceFirst: (self, [expression, replacement]) => javaReplace(self, text(expression), text(replacement), true),
};

const listMethods: Readonly<Record<string, Method<readonly JavaValue[]>>> = {
  size: (self) => self.length,
  isEmpty: (self) => self.length === 0,
  get: (self, [index]) => self[Number(index)],
  contains: (self, [item]) => self.some((entry) => isEqual(entry, item)),
  indexOf: (self, [item]) => self.findIndex((entry) => isEqual(entry, item)),
  toString: (self: readonly JavaValue[]) => printJava(self),
};

const mapMethods: Readonly<Record<string, Method<JavaMap>>> = {
  get: (self, [key]) => self.get(text(key)),
  containsKey: (self, [key]) => self.has(text(key)),
  keySet: (self) => [...self.keys()],
  values: (self) => [...self.values()],
  entrySet: (self) => [...self].map(([key, value]) => new JavaEntry(key, value)),
  size: (self) => self.size,
  isEmpty: (self) => self.size === 0,
  toString: (self: JavaMap) => printJava(self),
};

const anyMethods: Readonly<Record<string, Method<JavaValue>>> = {
  toString: (self: JavaValue) => printJava(self),
  equals: (self, [other]) => isEqual(self, other),
};

/** Methods of map entries: `$entry.getKey()`. */
const entryGetters: Readonly<Record<string, string>> = { getKey: "key", getValue: "value" };

/** Every supported method name; a template that calls another is refused on deployment. */
export const methodNames: ReadonlySet<string> = new Set([
  ...Object.keys(stringMethods),
  ...Object.keys(listMethods),
  ...Object.keys(mapMethods),
  ...Object.keys(anyMethods),
  ...Object.keys(entryGetters),
]);

function own<T>(methods: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** `$value.name(…)`: null when the value has no such method, as in Velocity. */
export function callMethod(value: JavaValue, name: string, args: Arguments): JavaValue {
  if (value === undefined || value === null) return undefined;
  if (isHostObject(value)) return value.call(name, args);
  if (typeof value === "string") return own(stringMethods, name)?.(value, args);
  if (isList(value)) return own(listMethods, name)?.(value, args);
  if (value instanceof Map) {
    const key = value instanceof JavaEntry ? own(entryGetters, name) : undefined;
    if (key !== undefined) return value.get(key);
    return own(mapMethods, name)?.(value, args);
  }
  return own(anyMethods, name)?.(value, args);
}
