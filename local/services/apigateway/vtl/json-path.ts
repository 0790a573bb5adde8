import { NotSupportedError } from "../../../kernel/errors.ts";
import { isList, type JavaValue } from "./java-values.ts";

type Step = string | number;

const STEP = /\.([A-Za-z_][\w-]*)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]/y;
const MAX_CACHED_PATHS = 10_000;
const cache = new Map<string, readonly Step[]>();

/**
 * Parses a JSON path to one value: `$`, `.name`, `['any name']`, `[0]`. Wildcards, filters, slices and `..` are refused
 * by name.
 */
export function parseJsonPath(path: string): readonly Step[] {
  const cached = cache.get(path);
  if (cached) return cached;
  const steps: Step[] = [];
  let at = path.startsWith("$") ? 1 : -1;
  while (at >= 0 && at < path.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(path);
    if (!match) {
      at = -1;
      break;
    }
    steps.push(match[4] !== undefined ? Number(match[4]) : (match[1] ?? match[2] ?? match[3] ?? ""));
    at = STEP.lastIndex;
  }
  if (at < 0) throw new NotSupportedError(`the JSON path "${path}"`, "$, .name, ['any name'], [0]");
  if (cache.size >= MAX_CACHED_PATHS) cache.clear();
  cache.set(path, steps);
  return steps;
}

/** The value at the path, or undefined. */
export function readJsonPath(document: JavaValue, path: string): JavaValue {
  let value = document;
  for (const step of parseJsonPath(path)) {
    if (typeof step === "number") value = isList(value) ? value[step] : undefined;
    else value = value instanceof Map ? value.get(step) : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}
