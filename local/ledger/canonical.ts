import { parse as parseLossless } from "lossless-json";

/**
 * One spelling for every JSON value: keys sorted, numbers by their value with all digits. Two documents are equal when their spellings are; what is not JSON is spelt as it is. Written for the proof
 * alone, apart from the conversions that it checks.
 */
export function canonicalJson(text: string): string {
  try {
    return spellDocument(text);
  } catch {
    return `not JSON: ${text}`;
  }
}

function spellDocument(text: string): string {
  // Numbers that a double holds exactly need no lossless parser.
  const isPlain = !/\d{16}|\d[.eE]/.test(text);
  if (isPlain) return spell(JSON.parse(text));
  return spell(
    parseLossless(text, undefined, {
      parseNumber: (number) => new NumberText(number),
      onDuplicateKey: ({ newValue }) => newValue,
    }),
  );
}

/** The same spelling of a DynamoDB attribute value on the wire. */
export function canonicalAttribute(value: Readonly<Record<string, unknown>>): string {
  if ("S" in value) return JSON.stringify(value["S"]);
  if ("N" in value) return spellNumber(String(value["N"]));
  if ("BOOL" in value) return String(value["BOOL"]);
  if ("NULL" in value) return "null";
  if ("L" in value) return `[${(value["L"] as Record<string, unknown>[]).map(canonicalAttribute).join(",")}]`;
  if ("M" in value) {
    const members = Object.entries(value["M"] as Record<string, Record<string, unknown>>);
    return spellMembers(members.map(([name, member]) => [name, canonicalAttribute(member)]));
  }
  return `no JSON value: ${JSON.stringify(value)}`;
}

class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

function spell(value: unknown): string {
  if (value instanceof NumberText) return spellNumber(value.text);
  if (typeof value === "number") return spellNumber(String(value));
  if (Array.isArray(value)) return `[${value.map(spell).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return spellMembers(Object.entries(value).map(([name, member]) => [name, spell(member)]));
  }
  return JSON.stringify(value);
}

function spellMembers(members: [string, string][]): string {
  const sorted = members.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return `{${sorted.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",")}}`;
}

/** `-12.50e3` → `-125e2`: all significant digits, and an exponent. */
function spellNumber(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return `no number: ${text}`;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (digits === "") return "0";
  const significant = digits.replace(/0+$/, "");
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
