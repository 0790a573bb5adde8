import { isUtf8 } from "node:buffer";
import { type JsonContainer, JsonTextError, readJsonTokens } from "../producer/json-tokens.ts";

const QUOTE = 0x22;
/** Below it are the first characters of numbers; above, those of `true`, `false` and `null`. */
const LETTER_A = 0x61;

/**
 * Canonical text of a JSON value: keys sorted, the last of duplicate keys, numbers by value with all digits, any
 * depth. Documents are equal when their canonical texts are; a text that is not JSON stays as it is. Written for the
 * ledger alone, independently of the conversions that it checks.
 * @param text decoded from UTF-8, so without lone surrogates that are not escaped.
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
    const members = value["M"] as Record<string, Record<string, unknown>>;
    return spellMembers(Object.keys(members), Object.values(members).map(canonicalAttribute));
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

/** An open object or array: the canonical texts of its values, and for an object the names in the same order. */
interface Open {
  readonly kind: JsonContainer;
  readonly names: string[];
  readonly values: string[];
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
    this.#open.push({ kind, names: [], values: [] });
  }

  close(): void {
    const ended = this.#open.pop();
    if (ended === undefined) return;
    this.#add(ended.kind === "[" ? spellList(ended.values) : this.#spellMap(ended));
  }

  name(literal: string): void {
    this.#open.at(-1)?.names.push(literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1));
  }

  scalar(literal: string): void {
    const first = literal.charCodeAt(0);
    if (first === QUOTE) this.#add(literal.includes("\\") ? JSON.stringify(JSON.parse(literal)) : literal);
    else this.#add(first < LETTER_A ? spellNumber(literal) : literal);
  }

  #add(spelling: string): void {
    const around = this.#open.at(-1);
    if (around === undefined) this.spelling = spelling;
    else around.values.push(spelling);
    if (this.#path.length > 0 && this.#open.length === this.#path.length && this.#isAtPath()) this.picked = spelling;
  }

  #isAtPath(): boolean {
    return this.#path.every(
      (name, level) => this.#open[level]?.kind === "{" && this.#open[level].names.at(-1) === name,
    );
  }

  #spellMap({ names, values }: Open): string {
    const [first] = names;
    const isOne = first !== undefined && names.every((name) => name === first);
    if (!this.#marks || !isOne || !TYPE_MARK.test(first)) return spellMembers(names, values);
    const value = values.at(-1) ?? "";
    return first.startsWith("$$") ? spellMembers([first.slice(1)], [value]) : `no JSON value: ${first} ${value}`;
  }
}

/** Concatenated by +, so that a deep text is not copied at each level. */
function spellList(values: readonly string[]): string {
  let text = "";
  for (const value of values) text += text === "" ? value : `,${value}`;
  return `[${text}]`;
}

/** The members by name; of equal names the last. */
function spellMembers(names: readonly string[], values: readonly string[]): string {
  const order = isAscending(names) ? undefined : lastOfEach(names);
  let text = "";
  for (let position = 0; position < (order ?? names).length; position++) {
    const index = order?.[position] ?? position;
    text += `${position === 0 ? "" : ","}${quotedName(names[index] ?? "")}:${values[index]}`;
  }
  return `{${text}}`;
}

function isAscending(names: readonly string[]): boolean {
  for (let index = 1; index < names.length; index++) if (names[index - 1]! >= names[index]!) return false;
  return true;
}

/** The positions of the last of each name, in the order of the names. */
function lastOfEach(names: readonly string[]): readonly number[] {
  const last = new Map<string, number>();
  for (let index = 0; index < names.length; index++) last.set(names[index]!, index);
  return [...last.keys()].sort().map((name) => last.get(name)!);
}

/** Names come again in every event. */
const quotedNames = new Map<string, string>();
const MAX_QUOTED_NAMES = 1000;

function quotedName(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  if (quotedNames.size === MAX_QUOTED_NAMES) quotedNames.clear();
  const quoted = JSON.stringify(name);
  quotedNames.set(name, quoted);
  return quoted;
}

/** An integer without zeros at its end. */
const PLAIN_NUMBER = /^-?[1-9](?:\d*[1-9])?$/;

/** `-12.50e3` → `-125e2`: all significant digits and an exponent, of any length. */
function spellNumber(text: string): string {
  if (PLAIN_NUMBER.test(text)) return `${text}e0`;
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
