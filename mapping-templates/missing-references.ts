import { type ExpressionNode, type Node, parseNodes, type ReferenceNode, referenceText } from "./ast.ts";
import { eitherKind, type Kind, kindOfCall, kindOfOwnCall, kindOfOwnProperty } from "./kinds.ts";

/** A place in a template whose result depends on how a missing reference is evaluated. */
export interface MissingReferenceUse {
  /**
   * `truth`: tested by `#if`, `!`, `&&` or `||`; `method`: a method is called on it; `comparison`: compared by `==` or
   * `!=` with a value that may be empty; `print`: printed without `$!`.
   */
  readonly kind: "truth" | "method" | "comparison" | "print";
  /** As written, such as `$record.ErrorCode`. */
  readonly reference: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * The places, in order, that use a reference that may be missing, other than as a copy in a string
 * (`"$!record.ErrorCode"`). Throws TemplateParseError.
 */
export function missingReferenceUses(template: string): readonly MissingReferenceUse[] {
  const reader = new Reader();
  reader.nodes(parseNodes(template), new Map());
  return [...reader.uses.values()].sort((left, right) => left.line - right.line);
}

/** Kinds of the template's variables at one place; an absent variable may be missing. */
type Variables = Map<string, Kind>;

/**
 * Limit for the passes over a loop. They end sooner: the kind of a variable can only become less specific, at most
 * twice.
 */
const MAX_LOOP_ROUNDS = 50;

class Reader {
  readonly uses = new Map<string, MissingReferenceUse>();
  #line = 1;

  nodes(nodes: readonly Node[], variables: Variables): void {
    for (const node of nodes) this.#node(node, variables);
  }

  #node(node: Node, variables: Variables): void {
    if (typeof node === "string") return;
    if (isBlock(node)) {
      this.#block(node, variables);
      return;
    }
    this.#line = node.pos?.first_line ?? this.#line;
    if (node.type === "references") {
      const kind = this.#reference(node, variables);
      if (kind === "missing" && !node.leader.includes("!")) this.#note("print", node);
    } else if (node.type === "set") {
      const [target, expression] = node.equal;
      const kind = this.#expression(expression, variables);
      if (!target.path) variables.set(target.id, kind);
    }
  }

  #block(block: readonly Node[], variables: Variables): void {
    const [head, ...body] = block;
    if (typeof head !== "object" || isBlock(head)) {
      this.nodes(block, variables);
      return;
    }
    this.#line = head.pos?.first_line ?? this.#line;
    if (head.type === "if") this.#if(block, variables);
    else if (head.type === "foreach") {
      const list = this.#expression(head.from, variables);
      this.#loop(head.to, typeof list === "object" ? list.listOf : "missing", body, variables);
    } else {
      this.nodes(body, variables);
    }
  }

  #if(block: readonly Node[], variables: Variables): void {
    const ends: Variables[] = [];
    let branch: Variables = variables;
    let hasElse = false;
    for (const node of block) {
      const type = typeof node === "object" && !isBlock(node) ? node.type : undefined;
      if (type === "if" || type === "elseif" || type === "else") {
        branch = new Map(variables);
        ends.push(branch);
        hasElse ||= type === "else";
      }
      if (typeof node === "object" && !isBlock(node) && (node.type === "if" || node.type === "elseif")) {
        this.#line = node.pos?.first_line ?? this.#line;
        this.#truth(node.condition, variables);
      } else {
        this.#node(node, branch);
      }
    }
    if (!hasElse) ends.push(new Map(variables));
    become(variables, ends.reduce(merged));
  }

  #loop(name: string, element: Kind, body: readonly Node[], variables: Variables): void {
    const outside = variables.get(name);
    for (let round = 0; round < MAX_LOOP_ROUNDS; round++) {
      const before = new Map(variables);
      const inside = new Map(variables).set(name, element);
      this.nodes(body, inside);
      become(variables, merged(before, inside));
      restore(variables, name, outside);
      if (isSame(before, variables)) return;
    }
  }

  /** Records references whose truth is tested. */
  #truth(node: ExpressionNode, variables: Variables): void {
    const kind = this.#expression(node, variables);
    const tested = unwrapped(node);
    if (kind === "missing" && tested.type === "references") this.#note("truth", tested);
  }

  #expression(node: ExpressionNode, variables: Variables): Kind {
    switch (node.type) {
      case "references":
        return this.#reference(node, variables);
      case "string":
        if (node.isEval && /[$#]/.test(node.value)) this.#inside(node.value, variables);
        return "string";
      case "integer":
      case "decimal":
        return "number";
      case "bool":
        return node.value === "null" ? "missing" : "boolean";
      case "array": {
        const kinds = node.value.map(
          (item): Kind => (typeof item === "object" ? this.#expression(item, variables) : "number"),
        );
        if (node.isRange) return kinds.every((kind) => kind === "number") ? { listOf: "number" } : "missing";
        return { listOf: kinds.length === 0 ? "missing" : kinds.reduce(eitherKind) };
      }
      case "map":
        for (const value of Object.values(node.value ?? {})) this.#expression(value, variables);
        return "map";
      default:
        return this.#operation(node.operator, node.expression, variables);
    }
  }

  /** A string in double quotes is itself a template. */
  #inside(text: string, variables: Variables): void {
    const line = this.#line;
    for (const node of parseNodes(text)) {
      this.#node(node, variables);
      this.#line = line;
    }
  }

  #operation(operator: string, operands: readonly ExpressionNode[], variables: Variables): Kind {
    const [left, right] = operands;
    if (!left) return "missing";
    if (operator === "parenthesis") return this.#expression(left, variables);
    if (operator === "not" || operator === "&&" || operator === "||") {
      for (const operand of operands) this.#truth(operand, variables);
      return "boolean";
    }
    const leftKind = this.#expression(left, variables);
    const rightKind = right ? this.#expression(right, variables) : "missing";
    if (operator === "==" || operator === "!=") {
      if (right) this.#compared(left, leftKind, right);
      if (right) this.#compared(right, rightKind, left);
      return "boolean";
    }
    if (/^[<>]=?$/.test(operator)) return "boolean";
    if (leftKind === "missing" || rightKind === "missing") return "missing";
    if (operator === "+" && (leftKind === "string" || rightKind === "string")) return "string";
    if (operator === "/" || operator === "%") return "missing";
    return leftKind === "number" && rightKind === "number" ? "number" : "missing";
  }

  /**
   * However it is evaluated, a missing value equals $null and differs from a non-empty text: only a comparison with ""
   * is ambiguous.
   */
  #compared(node: ExpressionNode, kind: Kind, other: ExpressionNode): void {
    const compared = unwrapped(node);
    if (kind !== "missing" || compared.type !== "references" || isNull(compared) || isNull(unwrapped(other))) return;
    if (other.type === "integer" || other.type === "decimal" || other.type === "bool") return;
    if (other.type === "string" && other.value !== "" && !(other.isEval && /[$#]/.test(other.value))) return;
    this.#note("comparison", compared);
  }

  #reference(node: ReferenceNode, variables: Variables): Kind {
    const [first, ...rest] = node.path ?? [];
    let kind: Kind = node.id === "stageVariables" ? "map" : (variables.get(node.id) ?? "missing");
    if (node.id === "velocityCount") kind = "number";
    const steps = first ? [first, ...rest] : [];
    for (const [index, step] of steps.entries()) {
      if (step.type === "index") {
        this.#expression(step.id, variables);
        kind = "missing";
      } else if (step.type === "property") {
        const own = index === 0 ? kindOfOwnProperty(node.id, step.id) : undefined;
        // The three parameter maps always exist.
        const isOfParams = index === 1 && node.id === "input" && kind === "map";
        kind = own ?? (isOfParams && /^(header|path|querystring)$/.test(step.id) ? "map" : "missing");
      } else {
        const args = (step.args || []).map((arg) => this.#expression(arg, variables));
        const own = index === 0 ? kindOfOwnCall(node.id, step.id, args) : undefined;
        if (own === undefined && kind === "missing") this.#note("method", node);
        kind = own ?? kindOfCall(kind, step.id);
      }
    }
    return kind;
  }

  #note(kind: MissingReferenceUse["kind"], node: ReferenceNode): void {
    const use = { kind, reference: referenceText(node), line: this.#line };
    this.uses.set(`${kind} ${use.reference} ${use.line}`, use);
  }
}

function isBlock(node: Node): node is readonly Node[] {
  return Array.isArray(node);
}

function isNull(node: ExpressionNode): boolean {
  return node.type === "references" && node.id === "null" && !node.path;
}

function unwrapped(node: ExpressionNode): ExpressionNode {
  const [inner] = node.type === "math" && node.operator === "parenthesis" ? node.expression : [];
  return inner ? unwrapped(inner) : node;
}

function merged(left: Variables, right: Variables): Variables {
  const both: Variables = new Map();
  for (const [name, kind] of left) both.set(name, eitherKind(kind, right.get(name) ?? "missing"));
  return both;
}

function become(variables: Variables, others: Variables): void {
  variables.clear();
  for (const [name, kind] of others) variables.set(name, kind);
}

function restore(variables: Variables, name: string, kind: Kind | undefined): void {
  if (kind === undefined) variables.delete(name);
  else variables.set(name, kind);
}

function isSame(left: Variables, right: Variables): boolean {
  return JSON.stringify([...left]) === JSON.stringify([...right]);
}
