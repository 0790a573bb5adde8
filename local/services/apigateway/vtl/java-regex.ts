import { NotSupportedError } from "../../../kernel/errors.ts";

/** Constructs of Java's regular expressions that JavaScript lacks, or treats differently. */
const DIFFERENT: readonly (readonly [RegExp, string])[] = [
  [/[*+?}]\+/, "possessive quantifiers"],
  [/\(\?>/, "atomic groups"],
  [/\(\?[a-zA-Z-]+[:)]/, "inline flags"],
  [/\\[QEAZzGhHRXpP]/, "\\Q \\E \\A \\Z \\z \\G \\h \\H \\R \\X \\p \\P"],
  [/&&/, "&& in a character class"],
  [/\[[^\]\\]*\[/, "a class within a class"],
];

const MAX_CACHED_EXPRESSIONS = 500;
const cache = new Map<string, RegExp>();

/** A Java regular expression as a JavaScript one; constructs that differ are refused by name. */
export function javaRegex(expression: string): RegExp {
  const cached = cache.get(expression);
  if (cached) return cached;
  const withoutEscapes = expression.replace(/\\\\/g, "");
  for (const [pattern, name] of DIFFERENT) {
    if (pattern.test(withoutEscapes)) {
      throw new NotSupportedError(`${name} in the regular expression "${expression}" of a mapping template`);
    }
  }
  if (/(^|[^\\])\$/.test(withoutEscapes.replace(/\[[^\]]*\]/g, ""))) {
    throw new NotSupportedError(`the anchor $ in the regular expression "${expression}" of a mapping template`);
  }
  let regex: RegExp;
  try {
    regex = new RegExp(expression, "g");
  } catch {
    throw new NotSupportedError(`the regular expression "${expression}" of a mapping template`);
  }
  if (cache.size >= MAX_CACHED_EXPRESSIONS) cache.clear();
  cache.set(expression, regex);
  return regex;
}

/** `String.split(regex)`: drops empty strings at the end; a text without a match is one part. */
export function javaSplit(text: string, expression: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(javaRegex(expression))) {
    if (match[0] === "" && (match.index === 0 || match.index === text.length)) continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  if (from === 0 && parts.length === 0) return [text];
  parts.push(text.slice(from));
  while (parts.at(-1) === "") parts.pop();
  return parts;
}

/** `String.replaceAll`, or `replaceFirst`: in the replacement `$1` is a group and a backslash quotes what follows. */
export function javaReplace(text: string, expression: string, replacement: string, isFirstOnly: boolean): string {
  const regex = javaRegex(expression);
  const insert = (groups: readonly (string | undefined)[]) =>
    replacement.replace(/\\(.)|\$(\d)/gs, (_all, quoted: string | undefined, group: string | undefined) =>
      quoted !== undefined ? quoted : (groups[Number(group)] ?? ""),
    );
  let isDone = false;
  return text.replace(regex, (...found: unknown[]) => {
    if (isDone) return found[0] as string;
    isDone = isFirstOnly;
    return insert(found.slice(0, -2) as string[]);
  });
}

/** `String.matches`: the whole text. */
export function javaMatches(text: string, expression: string): boolean {
  return new RegExp(`^(?:${javaRegex(expression).source})$`).test(text);
}
