import { TemplateParseError } from "./ast.ts";
import { type MissingReferenceUse, missingReferenceUses } from "./missing-references.ts";

/** Something that is allowed but hardly meant: where it stands, and what to write instead. */
export interface TemplateWarning {
  /** Such as `requestTemplates["application/json"]`. */
  readonly property: string;
  readonly reason: string;
}

/**
 * What to tell the author of templates that test the truth of a reference which may be missing. A template that cannot be read here is left to whoever deploys it.
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
    // API Gateway, or the local cloud, says so by itself.
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

/** `record.ErrorCode` is copied to `$errorCode`, `x` to `$x`, what ends otherwise to `$value`. */
function nameOfCopy(inner: string): string {
  const last = /(?:^|\.)([A-Za-z]\w*)$/.exec(inner)?.[1] ?? "value";
  return last.charAt(0).toLowerCase() + last.slice(1);
}
