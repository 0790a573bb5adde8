/** Bounds of the results that a pattern keeps: number of texts, and characters of each. */
const MAX_KNOWN = 100;
const MAX_KNOWN_LENGTH = 256;

/**
 * Java's regular expressions in AWS's models, matched in time linear in the text: all paths through the pattern are
 * followed at once, so no client's text can make it slow. Without back references and nested classes, which no model
 * has; look-behind sees one character.
 */
export class Pattern {
  readonly #states: State[] = [];
  readonly #start: number;
  /** Results of short texts: names and ARNs come again and again. */
  readonly #known = new Map<string, boolean>();

  /** @param source a pattern for the whole text. */
  constructor(source: string) {
    const accept = this.#add({ kind: "accept" });
    this.#start = new Compiler(javaScriptOf(source), this.#states).compile(accept);
  }

  /** Whether the whole text matches. */
  test(text: string): boolean {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const matches = run(this.#states, this.#start, [...text], 0, true);
    if (text.length > MAX_KNOWN_LENGTH) return matches;
    if (this.#known.size === MAX_KNOWN) this.#known.clear();
    this.#known.set(text, matches);
    return matches;
  }

  #add(state: State): number {
    return this.#states.push(state) - 1;
  }
}

/** One state; `next` and `other` are indexes of states. */
type State =
  | { readonly kind: "accept" }
  | { readonly kind: "character"; readonly matches: (character: string) => boolean; readonly next: number }
  | { readonly kind: "split"; next: number; readonly other: number }
  | { readonly kind: "edge"; readonly isStart: boolean; readonly next: number }
  | {
      readonly kind: "look";
      readonly start: number;
      readonly isBehind: boolean;
      readonly isNegative: boolean;
      readonly next: number;
    };

/** Whether the states accept the text from a position. @param isWhole at the end of the text only. */
function run(states: readonly State[], start: number, text: readonly string[], from: number, isWhole: boolean) {
  let current = closure(states, [start], text, from);
  for (let position = from; ; position++) {
    if (current.some((state) => states[state]!.kind === "accept") && (!isWhole || position === text.length))
      return true;
    if (position === text.length || current.length === 0) return false;
    const character = text[position]!;
    const reached: number[] = [];
    for (const number of current) {
      const state = states[number]!;
      if (state.kind === "character" && state.matches(character)) reached.push(state.next);
    }
    current = closure(states, reached, text, position + 1);
  }
}

/** The states that are reachable without a character. */
function closure(states: readonly State[], from: readonly number[], text: readonly string[], position: number) {
  const reached: number[] = [];
  const seen = new Set<number>();
  const open = [...from];
  while (open.length > 0) {
    const number = open.pop()!;
    if (seen.has(number)) continue;
    seen.add(number);
    const state = states[number]!;
    if (state.kind === "split") open.push(state.other, state.next);
    else if (state.kind === "edge") {
      if (position === (state.isStart ? 0 : text.length)) open.push(state.next);
    } else if (state.kind === "look") {
      const at = state.isBehind ? position - 1 : position;
      const part = state.isBehind ? text.slice(0, position) : text;
      const isThere = at >= 0 && run(states, state.start, part, at, state.isBehind);
      if (isThere !== state.isNegative) open.push(state.next);
    } else reached.push(number);
  }
  return reached;
}

/** Builds the states from the end of the pattern to its beginning, so that each part gets its successor. */
class Compiler {
  readonly #source: string;
  readonly #states: State[];
  #at = 0;

  constructor(source: string, states: State[]) {
    this.#source = source;
    this.#states = states;
  }

  compile(accept: number): number {
    const whole = this.#alternatives();
    if (this.#at < this.#source.length) throw new Error(`"${this.#source}" has a ")" too many`);
    return whole(accept);
  }

  #alternatives(): Part {
    const branches: Part[] = [this.#sequence()];
    while (this.#take("|")) branches.push(this.#sequence());
    return (next) =>
      branches
        .map((branch) => branch(next))
        .reduceRight((other, one) => this.#add({ kind: "split", next: one, other }));
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at]!)) {
      parts.push(this.#repeated(this.#atom()));
    }
    return (next) => parts.reduceRight((after, part) => part(after), next);
  }

  #atom(): Part {
    if (this.#take("^")) return (next) => this.#add({ kind: "edge", isStart: true, next });
    if (this.#take("$")) return (next) => this.#add({ kind: "edge", isStart: false, next });
    const group = /^\((\?:|\?<?[=!])?/.exec(this.#source.slice(this.#at));
    if (group) {
      this.#at += group[0].length;
      const inside = this.#alternatives();
      if (!this.#take(")")) throw new Error(`"${this.#source}" has a group without an end`);
      const look = group[1];
      if (look === undefined || look === "?:") return inside;
      return (next) =>
        this.#add({
          kind: "look",
          start: inside(this.#add({ kind: "accept" })),
          isBehind: look.includes("<"),
          isNegative: look.endsWith("!"),
          next,
        });
    }
    const matches = this.#characters();
    return (next) => this.#add({ kind: "character", matches, next });
  }

  #repeated(part: Part): Part {
    const quantifier = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at));
    if (!quantifier) return part;
    this.#at += quantifier[0].length;
    const [, sign, least = "", comma, most = ""] = quantifier;
    const min = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
    const max = sign === undefined ? (comma ? Number(most || Infinity) : min) : sign === "?" ? 1 : Infinity;
    return (next) => {
      let after = next;
      if (max === Infinity) {
        const loop = { kind: "split" as const, next: 0, other: next };
        after = this.#add(loop);
        loop.next = part(after);
      } else {
        for (let count = min; count < max; count++)
          after = this.#add({ kind: "split", next: part(after), other: next });
      }
      for (let count = 0; count < min; count++) after = part(after);
      return after;
    };
  }

  /** A class, an escape, ".", or a literal character. */
  #characters(): (character: string) => boolean {
    const text = /^(\[\^?(?:\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.|.)/su.exec(
      this.#source.slice(this.#at),
    )?.[0];
    if (text === undefined) throw new Error(`"${this.#source}" is not understood at ${this.#at}`);
    this.#at += text.length;
    const single = new RegExp(`^${text}$`, "u");
    const ascii = Array.from({ length: 128 }, (_, code) => single.test(String.fromCharCode(code)));
    return (character) => ascii[character.codePointAt(0)!] ?? single.test(character);
  }

  #take(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at += character.length;
    return true;
  }

  #add(state: State): number {
    return this.#states.push(state) - 1;
  }
}

/** Makes the states of a part of the pattern. @param next its successor. @returns its first state. */
type Part = (next: number) => number;

/** A Java pattern as a JavaScript one with the flag u. */
export function javaScriptOf(source: string): string {
  return source
    .replaceAll("\\p{Print}", "[\\x20-\\x7e]")
    .replace(/\\([^dDwWsSpPuxfnrtv^$\\.*+?()[\]{}|/-])/g, "$1")
    .replace(/(\\[wd])-(?!\])/g, "$1\\-")
    .replace(/\[[^\]]*\]|\\-/g, (part) => (part === "\\-" ? "-" : part));
}
