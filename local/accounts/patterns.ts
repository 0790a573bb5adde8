/** Says whether a value is matched by a compiled pattern. */
export type Matcher = (value: string) => boolean;

const hasWildcard = (pattern: string) => /[*?]/.test(pattern);

function source(pattern: string, any: string, one: string): string {
  return pattern
    .replace(/\*+/g, "*")
    .replace(/[\\^$.+()|[\]{}]/g, "\\$&")
    .replace(/[*?]/g, (wildcard) => (wildcard === "*" ? any : one));
}

/** A pattern of IAM: `*` is any run of characters, `?` is one. */
export function globMatcher(pattern: string): Matcher {
  if (pattern === "*") return () => true;
  if (!hasWildcard(pattern)) return (value) => value === pattern;
  const expression = new RegExp(`^${source(pattern, ".*", ".")}$`, "s");
  return (value) => expression.test(value);
}

/** A pattern over an ARN: `*` and `?` stay within each of the first five parts; in the last they match everything. */
export function arnMatcher(pattern: string): Matcher {
  if (pattern === "*") return () => true;
  if (!hasWildcard(pattern)) return (value) => value === pattern;
  const parts = pattern.split(":");
  const head = parts.slice(0, 5).map((part) => source(part, "[^:]*", "[^:]"));
  const tail = parts.length > 5 ? [source(parts.slice(5).join(":"), ".*", ".")] : [];
  const expression = new RegExp(`^${[...head, ...tail].join(":")}$`, "s");
  return (value) => expression.test(value);
}

/** One matcher for many: true when any of them matches. Exact patterns cost one look-up. */
export function anyMatcher(patterns: readonly string[], compile: (pattern: string) => Matcher): Matcher {
  if (patterns.includes("*")) return () => true;
  const exact = new Set(patterns.filter((pattern) => !hasWildcard(pattern)));
  const wild = patterns.filter(hasWildcard).map(compile);
  return (value) => exact.has(value) || wild.some((matches) => matches(value));
}
