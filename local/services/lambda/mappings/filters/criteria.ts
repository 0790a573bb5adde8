import type { StreamEntry } from "../batch.ts";
import type { StreamSource } from "../stream-source.ts";
import { matches } from "./match.ts";
import { FilterPatternError, type ObjectPattern, parseJson, parsePattern } from "./pattern.ts";

/** Whether a record goes to the function. A record that does not is done: the checkpoint passes it. */
export type RecordFilter = (entry: StreamEntry) => boolean;

/** Default quota of filters per mapping; AWS raises it to 10 on request. */
export const MAX_FILTERS = 5;

/** A kind of stream, as filter patterns see its records. */
interface FilterableSource {
  /** Names that a pattern may have on its first level. */
  readonly keys: readonly string[];
  /** Whether data has numbers; numeric rules never match DynamoDB's numbers, which are strings. */
  readonly hasNumbers: boolean;
  /** The document to match; undefined when the record's data is not JSON, and the record is dropped. */
  document(entry: StreamEntry): unknown;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

const filterableSources: Readonly<Record<StreamSource["service"], FilterableSource>> = {
  kinesis: {
    keys: ["data"],
    hasNumbers: true,
    document({ json }) {
      const { kinesis } = JSON.parse(json) as { kinesis: { data: string } };
      const data = parseJson(textOf(Buffer.from(kinesis.data, "base64")));
      return data === undefined ? undefined : { data };
    },
  },
  "streams.dynamodb": {
    // The guide's page names `dynamodb` only; DynamoDB's own guide filters on the other two (streams tutorial, time to
    // live).
    keys: ["dynamodb", "eventName", "userIdentity"],
    hasNumbers: false,
    document: ({ json }) => parseJson(json),
  },
};

/** The mistake in a pattern for this source; undefined when there is none. */
export function patternProblem(pattern: string, service: StreamSource["service"]): string | undefined {
  try {
    parseFor(pattern, service);
    return undefined;
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
    return error.message;
  }
}

/** One filter of several patterns: a record passes if any pattern matches it, or if there is none. */
export function compileFilters(patterns: readonly string[], service: StreamSource["service"]): RecordFilter {
  if (patterns.length === 0) return () => true;
  const { document } = filterableSources[service];
  const parsed = patterns.map((pattern) => parseFor(pattern, service));
  return (entry) => {
    const record = document(entry);
    return record !== undefined && parsed.some((pattern) => matches(pattern, record));
  };
}

function parseFor(text: string, service: StreamSource["service"]): ObjectPattern {
  const { keys, hasNumbers } = filterableSources[service];
  const pattern = parsePattern(text);
  checkKeys(pattern, keys);
  if (!hasNumbers && hasNumericRule(pattern)) {
    throw new FilterPatternError(
      "has a numeric rule, but in a table's stream numbers are texts, which it never matches",
    );
  }
  return pattern;
}

function checkKeys(pattern: ObjectPattern, keys: readonly string[]): void {
  for (const [name, wanted] of pattern.fields) {
    if (!keys.includes(name))
      throw new FilterPatternError(`names ${name}; allowed on the first level: ${keys.join(", ")}`);
    const isData = name === "data" || name === "dynamodb";
    if (isData && Array.isArray(wanted)) {
      throw new FilterPatternError(
        `compares ${name} with plain values, but the pattern of a stream's data must be a JSON object`,
      );
    }
  }
  for (const one of pattern.alternatives.flat()) checkKeys(one, keys);
}

function hasNumericRule(pattern: ObjectPattern): boolean {
  const isNumeric = (wanted: ObjectPattern | readonly { readonly kind: string }[]): boolean =>
    "fields" in wanted ? hasNumericRule(wanted) : wanted.some(({ kind }) => kind === "numeric");
  return [...pattern.fields.values()].some(isNumeric) || pattern.alternatives.flat().some(hasNumericRule);
}

/** The bytes as UTF-8; "" (which is not JSON) when they are not valid UTF-8. */
function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return "";
  }
}
