import { NotSupportedError } from "../../kernel/errors.ts";

/**
 * Compiles a filter pattern of terms: `ERROR timeout` (all), `?ERROR ?WARN` (any), `-DEBUG` (none), `"a phrase"`.
 * @throws NotSupportedError for JSON, column and regular-expression patterns.
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text === "") return () => true;
  if (/^[{[]/.test(text) || text.includes("%")) {
    throw new NotSupportedError(
      `the filter pattern ${text}`,
      "terms: word, ?word, -word, and phrases in double quotes",
    );
  }
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, phrase, word]) => ({
    sign,
    text: phrase?.replace(/\\(.)/g, "$1") ?? word ?? "",
  }));
  const required = terms.filter(({ sign }) => sign === "");
  const optional = terms.filter(({ sign }) => sign === "?");
  const excluded = terms.filter(({ sign }) => sign === "-");
  return (message) =>
    required.every((term) => message.includes(term.text)) &&
    (optional.length === 0 || optional.some((term) => message.includes(term.text))) &&
    !excluded.some((term) => message.includes(term.text));
}
