import { Helper, parse } from "velocityjs";

/** One part of a reference after its name: `.name`, `.name(…)`, `[…]`. */
export type PathNode =
  | { readonly type: "property"; readonly id: string }
  | { readonly type: "method"; readonly id: string; readonly args?: readonly ExpressionNode[] | false }
  | { readonly type: "index"; readonly id: ExpressionNode };

/** Position of a node. */
interface Position {
  readonly pos?: { readonly first_line: number };
}

/** `$name.path`, `$!name`, `${name}`. */
export interface ReferenceNode extends Position {
  readonly type: "references";
  readonly id: string;
  readonly leader: string;
  readonly isWraped?: boolean;
  readonly path?: readonly PathNode[];
  readonly args?: unknown;
}

/** A parsed expression. */
export type ExpressionNode =
  | ReferenceNode
  | { readonly type: "string"; readonly value: string; readonly isEval?: boolean }
  | { readonly type: "integer" | "decimal"; readonly value: string | number }
  | { readonly type: "bool"; readonly value: "true" | "false" | "null" }
  | {
      readonly type: "array";
      readonly value: readonly (ExpressionNode | string | number)[];
      readonly isRange?: boolean;
    }
  | { readonly type: "map"; readonly value?: Readonly<Record<string, ExpressionNode>> }
  | { readonly type: "math"; readonly operator: string; readonly expression: readonly ExpressionNode[] };

/** The head of a `#foreach` block. */
export interface ForeachNode extends Position {
  readonly type: "foreach";
  readonly to: string;
  readonly from: ExpressionNode;
}

/** A parsed template: text, references, directives. A block is a list whose first element is its head. */
export type Node =
  | string
  | ReferenceNode
  | ({ readonly type: "set"; readonly equal: readonly [ReferenceNode, ExpressionNode] } & Position)
  | ({ readonly type: "if" | "elseif"; readonly condition: ExpressionNode } & Position)
  | ({ readonly type: "else" } & Position)
  | ForeachNode
  | ({ readonly type: "comment" | "break" } & Position)
  | ({ readonly type: "raw"; readonly value: string } & Position)
  | ({ readonly type: "macro_call" | "macro" | "define"; readonly id?: string } & Position)
  | readonly Node[];

/** The velocity library cannot parse the template; the message is the first line of the library's. */
export class TemplateParseError extends Error {
  override readonly name = "TemplateParseError";
}

/** Templates parsed last, by their text: a template is parsed when it is checked, and again by each deployment. */
const parsed = new Map<string, readonly Node[]>();
const MAX_PARSED = 64;
/** Characters of a template that is kept; the largest allowed are ten times as long. */
const MAX_KEPT_LENGTH = 30_000;

/**
 * Parses a template with the velocity library, which accepts slightly more than Velocity 1.7. Throws
 * TemplateParseError.
 */
export function parseNodes(template: string): readonly Node[] {
  const nodes = parsed.get(template) ?? parseAnew(template);
  if (template.length > MAX_KEPT_LENGTH) return nodes;
  parsed.delete(template);
  parsed.set(template, nodes);
  const [oldest] = parsed.keys();
  if (oldest !== undefined && parsed.size > MAX_PARSED) parsed.delete(oldest);
  return nodes;
}

function parseAnew(template: string): readonly Node[] {
  try {
    return parse(template, undefined, false) as unknown as readonly Node[];
  } catch (error) {
    const [firstLine] = (error as Error).message.split("\n");
    throw new TemplateParseError(firstLine, { cause: error });
  }
}

/** A reference as written, such as `$!record.ErrorCode`. */
export function referenceText(node: ReferenceNode): string {
  return Helper.getRefText(node as unknown as Parameters<typeof Helper.getRefText>[0]);
}
