import { isUtf8 } from "node:buffer";
import { type JsonContainer, JsonTextError, readJsonTokens } from "../producer/json-tokens.ts";

/**
 * Canonical text of a JSON value: keys sorted, the last of duplicate keys, numbers by value with all digits, any
 * depth. Documents are equal when their canonical texts are; a text that is not JSON stays as it is. Written for the
 * ledger alone, independently of the conversions that it checks.
 */
export function canonicalJson(text: string): string {
  return spell(text, new Speller()) ?? `not JSON: ${text}`;
}

/** Canonical text of a record. @param data base64; bytes that are not UTF-8 stay as they are. */
export function canonicalRecord(data: string): string {
  const bytes = Buffer.from(data, "base64");
  return isUtf8(bytes) ? canonicalJson(bytes.toString("utf8")) : `not UTF-8: ${data}`;
}

/**
 * Canonical text of the event in a line of the archive, with the type marks of docs/data-formats.md decoded: a map
 * with the single field `$B`, `$SS`, `$NS` or `$BS` stands for a value without a JSON form; with more than one `$`, for
 * a map of the event whose field has one `$` less.
 */
export function canonicalArchivedEvent(line: string): string {
  const speller = new Speller({ marks: true, path: ["item", "event"] });
  if (spell(line, speller) === undefined) return `not JSON: ${line}`;
  return speller.picked ?? `no item.event: ${line}`;
}

/** Canonical text of a DynamoDB attribute value in wire format. */
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

function spell(text: string, speller: Speller): string | undefined {
  try {
    readJsonTokens(text, speller);
    return speller.spelling;
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return undefined;
  }
}

/** An open object or array. */
interface Open {
  readonly kind: JsonContainer;
  readonly members: Map<string, string>;
  name: string;
  elements: string;
}

const TYPE_MARK = /^\$+(?:B|SS|NS|BS)$/;

class Speller {
  spelling = "";
  /** Canonical text of the value at the path, if any. */
  picked: string | undefined;
  readonly #open: Open[] = [];
  readonly #marks: boolean;
  readonly #path: readonly string[];

  constructor({ marks = false, path = [] }: { marks?: boolean; path?: readonly string[] } = {}) {
    this.#marks = marks;
    this.#path = path;
  }

  open(kind: JsonContainer): void {
    this.#open.push({ kind, members: new Map(), name: "", elements: "" });
  }

  close(): void {
    const ended = this.#open.pop();
    if (ended === undefined) return;
    // Concatenated by +, so that a deep text is not copied at each level.
    this.#add(ended.kind === "[" ? `[${ended.elements}]` : this.#spellMap(ended.members));
  }

  name(literal: string): void {
    const around = this.#open.at(-1);
    if (around) around.name = JSON.parse(literal) as string;
  }

  scalar(literal: string): void {
    if (literal.startsWith('"')) this.#add(JSON.stringify(JSON.parse(literal)));
    else this.#add(/^[-\d]/.test(literal) ? spellNumber(literal) : literal);
  }

  #add(spelling: string): void {
    const around = this.#open.at(-1);
    if (around === undefined) this.spelling = spelling;
    else if (around.kind === "{") around.members.set(around.name, spelling);
    else around.elements += around.elements === "" ? spelling : `,${spelling}`;
    const isAtPath =
      this.#open.length === this.#path.length &&
      this.#path.every((name, level) => this.#open[level]?.kind === "{" && this.#open[level].name === name);
    if (isAtPath) this.picked = spelling;
  }

  #spellMap(members: ReadonlyMap<string, string>): string {
    const [first] = members;
    if (!this.#marks || members.size !== 1 || first === undefined || !TYPE_MARK.test(first[0])) {
      return spellMembers([...members]);
    }
    const [name, value] = first;
    return name.startsWith("$$") ? spellMembers([[name.slice(1), value]]) : `no JSON value: ${name} ${value}`;
  }
}

function spellMembers(members: [string, string][]): string {
  const sorted = members.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  let text = "";
  for (const [name, value] of sorted) text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${value}`;
  return `{${text}}`;
}

/** `-12.50e3` → `-125e2`: all significant digits and an exponent, of any length. */
function spellNumber(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return `no number: ${text}`;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (digits === "") return "0";
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  const significant = digits.slice(0, end);
  const shift = digits.length - significant.length - fraction.length;
  return `${sign}${significant}e${exponent.length < 15 ? Number(exponent) + shift : BigInt(exponent) + BigInt(shift)}`;
}
