import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import type { WireItem } from "../attribute-value.ts";
import { ExpressionTokens } from "./expression-tokens.ts";
import { type KeyCondition, keyConditionsOf } from "./key-condition.ts";
import { Placeholders } from "./placeholders.ts";

/** The parameters of a call that make its expressions. */
export interface ExpressionParams {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, WireItem>> | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
}

/** The parsed expressions of a call. */
export interface Expressions {
  readonly conditions: readonly KeyCondition[];
  project(item: WireItem): WireItem;
}

/**
 * Parses the expressions of a call, as AWS does before it looks for the table.
 * @throws AwsError ValidationException.
 */
export function expressionsOf(params: ExpressionParams): Expressions {
  const { KeyConditionExpression, ProjectionExpression } = params;
  const hasAny = (KeyConditionExpression ?? ProjectionExpression) !== undefined;
  if (params.ExpressionAttributeNames !== undefined && !hasAny) {
    throw new AwsError("ValidationException", "ExpressionAttributeNames can only be specified when using expressions");
  }
  const placeholders = new Placeholders(params.ExpressionAttributeNames, params.ExpressionAttributeValues);
  const conditions = KeyConditionExpression === undefined ? [] : keyConditionsOf(KeyConditionExpression, placeholders);
  const project = projectionOf(ProjectionExpression, placeholders);
  placeholders.assertAllUsed();
  return { conditions, project };
}

/**
 * Parses a ProjectionExpression of top-level attributes; without one, items are returned whole.
 * @throws NotSupportedError for nested paths.
 */
function projectionOf(expression: string | undefined, placeholders: Placeholders): (item: WireItem) => WireItem {
  if (expression === undefined) return (item) => item;
  const tokens = new ExpressionTokens("ProjectionExpression", expression);
  const names = [placeholders.name(tokens)];
  while (tokens.peek() !== undefined) {
    if (/^[.[]$/.test(tokens.peek() ?? "")) {
      throw new NotSupportedError(`a nested path in a ProjectionExpression (${expression})`, "top-level attributes");
    }
    tokens.expect(",");
    names.push(placeholders.name(tokens));
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw tokens.invalid(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${twice}], path two: [${twice}]`,
    );
  }
  const wanted = new Set(names);
  return (item) => Object.fromEntries(Object.entries(item).filter(([name]) => wanted.has(name)));
}
