import type { AwsError } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { MAX_EXPRESSION_BYTES } from "../limits.ts";

const TOKEN = /#[a-zA-Z0-9_]+|:[a-zA-Z0-9_]+|[a-zA-Z_][a-zA-Z0-9_]*|\d+|<=|>=|<>|\S/g;

/** The tokens of an expression. */
export class ExpressionTokens {
  readonly #parameter: string;
  readonly #expression: string;
  readonly #tokens: readonly { readonly text: string; readonly start: number }[];
  #at = 0;

  /** @param parameter its name in the call, such as `ProjectionExpression`. */
  constructor(parameter: string, expression: string) {
    this.#parameter = parameter;
    this.#expression = expression;
    const size = Buffer.byteLength(expression);
    if (size > MAX_EXPRESSION_BYTES) {
      throw this.invalid(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
    }
    this.#tokens = [...expression.matchAll(TOKEN)].map((match) => ({ text: match[0], start: match.index }));
    if (expression === "") throw this.invalid("The expression can not be empty;");
  }

  /** The current token, or one `offset` further on; undefined at the end. */
  peek(offset = 0): string | undefined {
    return this.#tokens[this.#at + offset]?.text;
  }

  /** Reads the current token; "" at the end. */
  next(): string {
    return this.#tokens[this.#at++]?.text ?? "";
  }

  /** Reads this token, in any case. @throws AwsError ValidationException for another one. */
  expect(token: string): void {
    if (this.peek()?.toUpperCase() !== token) throw this.syntaxError();
    this.#at++;
  }

  /** Reads a name or a `#` placeholder. @throws AwsError ValidationException for anything else. */
  name(): string {
    const token = this.peek() ?? "";
    if (!/^(#.|[a-zA-Z_])/.test(token)) throw this.syntaxError();
    return this.next();
  }

  /** A ValidationException that names the parameter. */
  invalid(message: string): AwsError {
    return validationError(`Invalid ${this.#parameter}: ${message}`);
  }

  /** A ValidationException about the current token, with the text around it. */
  syntaxError(): AwsError {
    const start = this.#tokens[this.#at - 1]?.start ?? 0;
    const last = this.#tokens[this.#at + 1];
    const near = this.#expression.slice(start, last ? last.start + last.text.length : undefined).trim();
    return this.invalid(`Syntax error; token: "${this.peek() ?? "<EOF>"}", near: "${near}"`);
  }
}
