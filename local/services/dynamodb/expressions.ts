import { AwsError, NotSupportedError } from "../../errors.ts";
import type { WireItem } from "./attribute-value.ts";

/** `ExpressionAttributeNames`, with a memory of which were used. */
export interface Names {
  /** The attribute that `#x` or a plain name stands for; throws ValidationException for a placeholder that is not defined. */
  resolve(token: string): string;
  /** AWS refuses names that no expression uses. */
  assertAllUsed(): void;
}

/** Reads `ExpressionAttributeNames`. */
export function namesOf(given: Readonly<Record<string, string>> | undefined): Names {
  const unused = new Set(Object.keys(given ?? {}));
  return {
    resolve(token) {
      if (!token.startsWith("#")) return token;
      const name = given && Object.hasOwn(given, token) ? given[token] : undefined;
      unused.delete(token);
      if (name !== undefined) return name;
      throw new AwsError(
        "ValidationException",
        `Invalid expression: An expression attribute name used in the document path is not defined; attribute name: ${token}`,
      );
    },
    assertAllUsed() {
      if (unused.size === 0) return;
      throw new AwsError(
        "ValidationException",
        `Value provided in ExpressionAttributeNames unused in expressions: keys: {${[...unused].join(", ")}}`,
      );
    },
  };
}

/** Reads a ProjectionExpression of top-level attributes; nested paths are refused by name. Without an expression everything is kept. */
export function projectionOf(expression: string | undefined, names: Names): (item: WireItem) => WireItem {
  if (expression === undefined) return (item) => item;
  const wanted = new Set(
    expression.split(",").map((part) => {
      const token = part.trim();
      if (/^#[a-zA-Z0-9_]+$|^[a-zA-Z_][a-zA-Z0-9_]*$/.test(token)) return names.resolve(token);
      if (/[.[\]]/.test(token)) {
        throw new NotSupportedError(`a nested path in a ProjectionExpression (${token})`, "top-level attributes");
      }
      throw new AwsError("ValidationException", `Invalid ProjectionExpression: Syntax error; token: "${token}"`);
    }),
  );
  return (item) => Object.fromEntries(Object.entries(item).filter(([name]) => wanted.has(name)));
}
