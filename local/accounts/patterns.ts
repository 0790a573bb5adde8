/** Says whether a value is matched by a compiled pattern. */
export type Matcher = (value: string) => boolean;

/** Parts of an ARN before the resource: what stands in one of them cannot reach into the next. */
const ARN_HEAD_PARTS = 5;

const hasWildcard = (pattern: string) => /[*?]/.test(pattern);

/** A pattern of IAM: `*` is any run of characters, `?` is one. Takes at most as many steps as the pattern's length times the value's, whatever the two are. */
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
    // The leftmost place is always the best one: it leaves the most to what follows.
    let from = first.length;
    for (const run of between) {
      const at = find(run, value, from, end);
      if (at < 0) return false;
      from = at + run.length;
    }
    return true;
  };
}

/** A pattern over an ARN: `*` and `?` stay within each of the first five parts; in the last they match everything. */
export function arnMatcher(pattern: string): Matcher {
  if (pattern === "*") return () => true;
  if (!hasWildcard(pattern)) return (value) => value === pattern;
  const matchers = arnParts(pattern).map(globMatcher);
  return (value) => {
    const parts = arnParts(value);
    return parts.length === matchers.length && matchers.every((matches, index) => matches(parts[index]!));
  };
}

/** One matcher for many: true when any of them matches. Exact patterns cost one look-up. */
export function anyMatcher(patterns: readonly string[], compile: (pattern: string) => Matcher): Matcher {
  if (patterns.includes("*")) return () => true;
  const exact = new Set(patterns.filter((pattern) => !hasWildcard(pattern)));
  const wild = patterns.filter(hasWildcard).map(compile);
  return (value) => exact.has(value) || wild.some((matches) => matches(value));
}

/** The first five parts, and what follows them as one. */
function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length > ARN_HEAD_PARTS
    ? [...parts.slice(0, ARN_HEAD_PARTS), parts.slice(ARN_HEAD_PARTS).join(":")]
    : parts;
}

/** Where a run of characters and `?` stands first between `from` and `end`; -1 when nowhere. */
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
