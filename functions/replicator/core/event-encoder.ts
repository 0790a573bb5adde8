import { NO_ESCAPE, readEscape, writeCharacter } from "./escapes.ts";
import { FieldList } from "./field-list.ts";
import { CONTAINER_BYTES, ELEMENT_BYTES, numberBytes, significantDigits } from "./item-size.ts";
import {
  BACKSLASH,
  CARRIAGE_RETURN,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  LINE_FEED,
  LOWER_F,
  LOWER_N,
  LOWER_T,
  LOWER_U,
  MINUS,
  NINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
  TAB,
  UPPER_L,
  UPPER_M,
  UPPER_N,
  UPPER_S,
  ZERO,
} from "./json-bytes.ts";
import { MAX_LEVELS } from "./nesting.ts";
import { endOfNumber, hasLargeExponent, NumberPolicy, toStoredNumber } from "./number-text.ts";
import { type Cause, Fault, UnstorableError } from "./reasons.ts";
import { syntaxError } from "./syntax-error.ts";

/** Longest text of a number that is surely within DynamoDB's limits, if it has no large exponent. */
const MAX_PLAIN_NUMBER = 38;

const NULL = Buffer.from('{"NULL":true}');
const TRUE = Buffer.from('{"BOOL":true}');
const FALSE = Buffer.from('{"BOOL":false}');

/**
 * Writes events as attribute values in DynamoDB's JSON, from bytes to bytes in one pass that checks the syntax and
 * counts the size. What it writes is what `JSON.stringify` makes of the same value, except for the order of fields. Of
 * equal names in an object the last field stays, as in `JSON.parse`.
 */
export class EventEncoder {
  /** Behind the value in the output. */
  end = 0;
  /** The value's size by DynamoDB's rules. */
  size = 0;

  readonly #numberPolicy: NumberPolicy;
  /** The fields of the open objects, by level. */
  readonly #fields: FieldList[] = [];
  #input: Buffer = NULL;
  #output: Buffer = NULL;
  #length = 0;
  #at = 0;
  /** Why the value that was scanned last cannot be stored. */
  #fault: Cause | undefined;

  constructor(numberPolicy: NumberPolicy) {
    this.#numberPolicy = numberPolicy;
  }

  /**
   * Writes one event.
   * @param input valid UTF-8, ended by a byte 0 at `length`
   * @param output has `maxEncodedBytes(length)` bytes from `to` on
   * @returns why it cannot be stored; undefined when it was written
   * @throws UnstorableError for a text that is not JSON, or has too many levels to be read
   */
  encode(input: Buffer, length: number, output: Buffer, to: number): Cause | undefined {
    this.#input = input;
    this.#length = length;
    this.#output = output;
    this.#at = 0;
    this.end = to;
    this.size = 0;
    this.#fault = undefined;
    this.#value(1);
    this.#skipSpace();
    if (this.#at < length) throw this.#unexpected("the end");
    return this.#fault;
  }

  #skipSpace(): number {
    const input = this.#input;
    let at = this.#at;
    let byte = input[at]!;
    while (byte === SPACE || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === TAB) byte = input[++at]!;
    this.#at = at;
    return byte;
  }

  #value(level: number): void {
    const byte = this.#skipSpace();
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (level > MAX_LEVELS) throw new UnstorableError(Fault.TooDeep);
      if (byte === OPEN_OBJECT) this.#object(level);
      else this.#array(level);
      return;
    }
    if (byte === QUOTE) {
      this.#openValue(UPPER_S);
      this.#string();
      this.#output[this.end++] = CLOSE_OBJECT;
    } else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) this.#number();
    else if (byte === LOWER_N) this.#keyword("null", NULL);
    else if (byte === LOWER_T) this.#keyword("true", TRUE);
    else if (byte === LOWER_F) this.#keyword("false", FALSE);
    else throw this.#unexpected("a value");
    if (level > MAX_LEVELS) this.#fault = Fault.TooDeep;
  }

  #object(level: number): void {
    const output = this.#output;
    let fields = this.#fields[level];
    if (fields === undefined) this.#fields[level] = fields = new FieldList();
    fields.clear();
    this.#at++;
    this.#openValue(UPPER_M);
    output[this.end++] = OPEN_OBJECT;
    this.size += CONTAINER_BYTES;
    let byte = this.#skipSpace();
    let hasFault = false;
    if (byte === CLOSE_OBJECT) this.end++;
    while (byte !== CLOSE_OBJECT) {
      if (byte !== QUOTE) throw this.#unexpected("a name in quotes");
      const start = this.end;
      const size = this.size;
      this.#string();
      fields.add(output, start, this.end, size);
      const nameFault = this.end - start === 2 ? Fault.NoName : this.#fault;
      this.#fault = undefined;
      this.size += ELEMENT_BYTES;
      if (this.#skipSpace() !== COLON) throw this.#unexpected('":"');
      this.#at++;
      output[this.end++] = COLON;
      this.#value(level + 1);
      output[this.end++] = COMMA;
      const fault = nameFault ?? this.#fault;
      if (fault !== undefined) {
        hasFault = true;
        fields.addFault(fault);
        this.#fault = undefined;
      }
      byte = this.#skipSpace();
      if (byte === COMMA) {
        this.#at++;
        byte = this.#skipSpace();
        if (byte === CLOSE_OBJECT) throw this.#unexpected("a name in quotes");
      } else if (byte !== CLOSE_OBJECT) throw this.#unexpected('"," or "}"');
    }
    this.#at++;
    if (hasFault) this.#fault = fields.firstFault(output);
    if (fields.hasReplaced) {
      const kept = fields.removeReplaced(output, this.end, this.size);
      this.end = kept.end;
      this.size = kept.size;
    }
    // Over the last comma.
    output[this.end - 1] = CLOSE_OBJECT;
    output[this.end++] = CLOSE_OBJECT;
  }

  #array(level: number): void {
    const output = this.#output;
    this.#at++;
    this.#openValue(UPPER_L);
    output[this.end++] = OPEN_ARRAY;
    this.size += CONTAINER_BYTES;
    let firstFault: Cause | undefined;
    let byte = this.#skipSpace();
    if (byte === CLOSE_ARRAY) this.end++;
    while (byte !== CLOSE_ARRAY) {
      this.size += ELEMENT_BYTES;
      this.#value(level + 1);
      output[this.end++] = COMMA;
      firstFault ??= this.#fault;
      this.#fault = undefined;
      byte = this.#skipSpace();
      if (byte === COMMA) {
        this.#at++;
        if (this.#skipSpace() === CLOSE_ARRAY) throw this.#unexpected("a value");
      } else if (byte !== CLOSE_ARRAY) throw this.#unexpected('"," or "]"');
    }
    this.#at++;
    this.#fault = firstFault;
    output[this.end - 1] = CLOSE_ARRAY;
    output[this.end++] = CLOSE_OBJECT;
  }

  /** Copies a string, quotes included. */
  #string(): void {
    const input = this.#input;
    const output = this.#output;
    let at = this.#at + 1;
    let to = this.end;
    output[to++] = QUOTE;
    const start = to;
    for (;;) {
      const byte = input[at++]!;
      if (byte === QUOTE) break;
      if (byte >= SPACE && byte !== BACKSLASH) {
        output[to++] = byte;
      } else if (byte === BACKSLASH) {
        this.#at = at - 1;
        to = this.#escape(to);
        at = this.#at;
      } else {
        this.#at = at - 1;
        throw this.#unexpected("a character or the end of the string");
      }
    }
    this.size += to - start;
    output[to++] = QUOTE;
    this.#at = at;
    this.end = to;
  }

  /** Takes one escape, or the two of a surrogate pair. Leaves in `size` what the output has more than the text. */
  #escape(to: number): number {
    let code = readEscape(this.#input, this.#at);
    if (code === NO_ESCAPE) throw this.#unexpected("an escape such as \\n or \\u00e9");
    this.#at += this.#input[this.#at + 1] === LOWER_U ? 6 : 2;
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = code <= 0xdbff && this.#input[this.#at] === BACKSLASH ? readEscape(this.#input, this.#at) : NO_ESCAPE;
      if (low >= 0xdc00 && low <= 0xdfff) {
        this.#at += 6;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      } else {
        this.#fault = Fault.LoneSurrogate;
      }
    }
    const end = writeCharacter(this.#output, to, code);
    if (code < 0x80) this.size -= end - to - 1;
    return end;
  }

  #number(): void {
    const input = this.#input;
    const start = this.#at;
    const end = endOfNumber(input, start);
    this.#at = end < 0 ? ~end : end;
    if (end < 0) throw this.#unexpected("a digit");
    if (end - start > MAX_PLAIN_NUMBER || hasLargeExponent(input, start, end)) {
      this.#longNumber(input.toString("latin1", start, end));
      return;
    }
    const digits = significantDigits(input, start, end);
    this.size += numberBytes(digits);
    this.#openValue(UPPER_N);
    const output = this.#output;
    output[this.end++] = QUOTE;
    if (digits === 0) output[this.end++] = ZERO;
    else for (let from = start; from < end; from++) output[this.end++] = input[from]!;
    output[this.end++] = QUOTE;
    output[this.end++] = CLOSE_OBJECT;
  }

  /** A number with a large exponent, or with so many digits that it may be out of DynamoDB's limits. */
  #longNumber(text: string): void {
    const stored = toStoredNumber(text);
    if (stored === undefined && this.#numberPolicy === NumberPolicy.Park) this.#fault = Fault.NumberOutOfRange;
    this.#openValue(stored === undefined ? UPPER_S : UPPER_N);
    this.#output[this.end++] = QUOTE;
    const written = this.#output.write(stored ?? text, this.end, "latin1");
    this.size +=
      stored === undefined ? written : numberBytes(significantDigits(this.#output, this.end, this.end + written));
    this.end += written;
    this.#output[this.end++] = QUOTE;
    this.#output[this.end++] = CLOSE_OBJECT;
  }

  #keyword(text: string, value: Buffer): void {
    const input = this.#input;
    for (let i = 1; i < text.length; i++) {
      if (input[this.#at + i] !== text.charCodeAt(i)) throw this.#unexpected(text);
    }
    this.#at += text.length;
    for (let i = 0; i < value.length; i++) this.#output[this.end++] = value[i]!;
    this.size += 1;
  }

  /** Writes `{"<type>":`. */
  #openValue(type: number): void {
    const output = this.#output;
    const to = this.end;
    output[to] = OPEN_OBJECT;
    output[to + 1] = QUOTE;
    output[to + 2] = type;
    output[to + 3] = QUOTE;
    output[to + 4] = COLON;
    this.end = to + 5;
  }

  #unexpected(expected: string): UnstorableError {
    return syntaxError(this.#input, this.#length, { expected, at: this.#at });
  }
}
