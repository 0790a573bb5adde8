import { TemplateParseError } from "./ast.ts";
import { type MissingReferenceUse, missingReferenceUses } from "./missing-references.ts";

/** A warning about code that is allowed but probably a mistake: its place, and what to write instead. */
export interface TemplateWarning {
  /** Such as `requestTemplates["application/json"]`. */
  readonly property: string;
  readonly reason: string;
}

/**
 * Warns of templates that test the truth of a reference that may be missing. Syntax errors are reported at deployment,
 * not here.
 * @param name of the argument, such as `requestTemplates`.
 * @param templates by content type.
 */
export function missingReferenceWarnings(
  name: string,
  templates: Readonly<Record<string, string>>,
): readonly TemplateWarning[] {
  return Object.entries(templates).flatMap(([contentType, template]) =>
    usesOf(template)
      .filter(({ kind }) => kind === "truth")
      .map((use) => ({ property: `${name}[${JSON.stringify(contentType)}]`, reason: reasonOf(use) })),
  );
}

function usesOf(template: string): readonly MissingReferenceUse[] {
  try {
    return missingReferenceUses(template);
  } catch (error) {
    if (!(error instanceof TemplateParseError)) throw error;
    // API Gateway and the local cloud report the syntax error.
    return [];
  }
}

function reasonOf({ reference, line }: MissingReferenceUse): string {
  const inner = reference.replace(/^\$!?\{?/, "").replace(/\}$/, "");
  const copy = nameOfCopy(inner);
  const set = inner.includes('"')
    ? `#set($${copy} = $${inner}) and #set($${copy} = "$!${copy}")`
    : `#set($${copy} = "$!${inner}")`;
  return (
    `line ${line} tests the truth of $${inner}, which may be missing. On AWS a missing reference is an empty string, not null, and #if of it may be true. ` +
    `Write ${set} before it, then #if($${copy} != ""), or #if($${copy} == "true") of a boolean.`
  );
}

/** Suggests a variable: `$errorCode` for `record.ErrorCode`, `$x` for `x`, otherwise `$value`. */
function nameOfCopy(inner: string): string {
  const last = /(?:^|\.)([A-Za-z]\w*)$/.exec(inner)?.[1] ?? "value";
  return last.charAt(0).toLowerCase() + last.slice(1);
}
