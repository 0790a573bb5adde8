import { type Node, parseNodes, TemplateParseError } from "../../../../mapping-templates/ast.ts";
import { NotSupportedError } from "../../../kernel/errors.ts";

/**
 * Parses a template with the velocity library. Refuses by name constructs that the library reads differently than
 * Velocity 1.7: a backslash before `$` or `#`, white space before a `#set` in the middle of a line.
 */
export function parseTemplate(template: string): readonly Node[] {
  if (/\\[$#]/.test(template)) {
    throw new NotSupportedError("a backslash before $ or # in a mapping template", "[[ ]] blocks, or a #set string");
  }
  const braces = /#\{(?!else\}|end\})\w+\}/.exec(template);
  if (braces) throw new NotSupportedError(`${braces[0]} in a mapping template`, braces[0].replace(/[{}]/g, ""));
  let nodes: readonly Node[];
  try {
    nodes = parseNodes(template);
  } catch (error) {
    if (!(error instanceof TemplateParseError)) throw error;
    throw new NotSupportedError(`this mapping template, which its velocity engine cannot parse: ${error.message}`);
  }
  return tidy(nodes, true);
}

function isDirective(node: Node | undefined): boolean {
  return node !== undefined && typeof node !== "string" && (Array.isArray(node) || !isInline(node));
}

function isInline(node: Node): boolean {
  return typeof node === "object" && "type" in node && (node.type === "references" || node.type === "raw");
}

/**
 * Removes the white space that Velocity removes: the rest of a directive's line if it is blank. The indentation of a
 * `#set` remains, as on AWS.
 */
function tidy(nodes: readonly Node[], isLineStart: boolean): readonly Node[] {
  const tidied: Node[] = [];
  let startsLine = isLineStart;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    if (typeof node !== "string") {
      tidied.push(Array.isArray(node) ? tidy(node, startsLine) : node);
      startsLine = false;
      continue;
    }
    let text = node;
    while (typeof nodes[index + 1] === "string") text += nodes[++index] as string;
    if (isDirective(tidied.at(-1))) {
      const rest = text.replace(/^[ \t]*\r?\n/, "");
      startsLine = startsLine || rest.length !== text.length;
      text = rest;
    }
    const next = nodes[index + 1];
    const blanks = /[ \t]+$/.exec(text);
    if (blanks && isSet(next)) {
      const before = text.slice(0, blanks.index);
      if (before === "" ? !startsLine : !before.endsWith("\n")) {
        throw new NotSupportedError("white space before a #set in the middle of a line of a mapping template");
      }
    }
    startsLine = text === "" ? startsLine : text.endsWith("\n");
    if (text !== "") tidied.push(text);
  }
  return tidied;
}

function isSet(node: Node | undefined): boolean {
  return typeof node === "object" && "type" in node && node.type === "set";
}
