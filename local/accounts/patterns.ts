/** Whether a value matches a compiled pattern. */
export type Matcher = (value: string) => boolean;

/** Parts of an ARN before the resource; a wildcard in one of them does not cross into the next. */
const ARN_HEAD_PARTS = 5;

const hasWildcard = (pattern: string) => /[*?]/.test(pattern);

/**
 * A pattern of IAM: `*` is any run of characters, `?` is one. Takes at most pattern length × value length steps, for
 * any input.
 */
export function globMatcher(pattern: string): Matcher {
  if (pattern === "*") return () => true;
  if (!hasWildcard(pattern)) return (value) => value === pattern;
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (value) => value.length === first.length && standsAt(first, value, 0);
  const between = rest.filter((run) => run !== "");
  return (value) => {
    const end = value.length - last.length;
    if (end < first.length || !standsAt(first, value, 0) || !standsAt(last, value, end)) return false;
    // The leftmost match is always the best one: it leaves the longest rest.
    let from = first.length;
    for (const run of between) {
      const at = find(run, value, from, end);
      if (at < 0) return false;
      from = at + run.length;
    }
    return true;
  };
}

/**
 * A pattern for an ARN: in each of the first five parts `*` and `?` stay within the part; in the last one they match
 * any text.
 */
export function arnMatcher(pattern: string): Matcher {
  if (pattern === "*") return () => true;
  if (!hasWildcard(pattern)) return (value) => value === pattern;
  const matchers = arnParts(pattern).map(globMatcher);
  return (value) => {
    const parts = arnParts(value);
    return parts.length === matchers.length && matchers.every((matches, index) => matches(parts[index]!));
  };
}

/** One matcher for many patterns: true when any of them matches. Exact patterns cost one look-up. */
export function anyMatcher(patterns: readonly string[], compile: (pattern: string) => Matcher): Matcher {
  if (patterns.includes("*")) return () => true;
  const exact = new Set(patterns.filter((pattern) => !hasWildcard(pattern)));
  const wild = patterns.filter(hasWildcard).map(compile);
  return (value) => exact.has(value) || wild.some((matches) => matches(value));
}

/** The first five parts of an ARN, and the rest as one part. */
function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length > ARN_HEAD_PARTS
    ? [...parts.slice(0, ARN_HEAD_PARTS), parts.slice(ARN_HEAD_PARTS).join(":")]
    : parts;
}

/** The first position of a run of characters and `?` between `from` and `end`; -1 if there is none. */
function find(run: string, value: string, from: number, end: number): number {
  if (!run.includes("?")) {
    const at = value.indexOf(run, from);
    return at + run.length > end ? -1 : at;
  }
  for (let at = from; at + run.length <= end; at++) if (standsAt(run, value, at)) return at;
  return -1;
}

function standsAt(run: string, value: string, at: number): boolean {
  if (!run.includes("?")) return value.startsWith(run, at);
  for (let index = 0; index < run.length; index++) {
    if (run[index] !== "?" && run[index] !== value[at + index]) return false;
  }
  return true;
}
