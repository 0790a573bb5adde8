import { TemplateParseError } from "./ast.ts";
import { type MissingReferenceUse, missingReferenceUses } from "./missing-references.ts";

/** A warning about code that is allowed but probably a mistake: its place, and what to write instead. */
export interface TemplateWarning {
  /** Such as `requestTemplates["application/json"]`. */
  readonly property: string;
  readonly reason: string;
}

/** Parent type and name of the integrations and integration responses that the gateway component makes. */
const MADE_BY_GATEWAY =
  /tributary:ingest:IngestGateway\$aws:apigateway\/integration(?:Response)?:\w+::[^:]+-integration-/;

/**
 * Whether this resource belongs to the gateway component, which warns of its templates itself. The warning of another,
 * such as the local cloud's provider, would be the same a second time: only the engine knows what a program has said.
 */
export function isWarnedOfByGateway(urn: string): boolean {
  return MADE_BY_GATEWAY.test(urn);
}

/**
 * Warns of templates that test the truth of a reference that may be missing. Syntax errors are reported at deployment,
 * not here.
 * @param name of the argument, such as `requestTemplates`.
 * @param templates by content type.
 * @param isSecret whether the reasons must not quote the templates.
 */
export function missingReferenceWarnings(
  name: string,
  templates: Readonly<Record<string, string>>,
  isSecret = false,
): readonly TemplateWarning[] {
  return Object.entries(templates).flatMap(([contentType, template]) =>
    usesOf(template)
      .filter(({ kind }) => kind === "truth")
      .map((use) => ({ property: `${name}[${JSON.stringify(contentType)}]`, reason: reasonOf(use, isSecret) })),
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

const WHY = "On AWS a missing reference is an empty string, not null, and #if of it may be true.";

function reasonOf({ reference, line }: MissingReferenceUse, isSecret: boolean): string {
  if (isSecret) {
    return (
      `line ${line} tests the truth of a reference (not quoted: the template is secret) that may be missing. ` +
      `${WHY} Write #set($value = "$!…") with the reference before it, then #if($value != ""), or #if($value == "true") of a boolean.`
    );
  }
  const inner = reference.replace(/^\$!?\{?/, "").replace(/\}$/, "");
  const copy = nameOfCopy(inner);
  const set = inner.includes('"')
    ? `#set($${copy} = $${inner}) and #set($${copy} = "$!${copy}")`
    : `#set($${copy} = "$!${inner}")`;
  return (
    `line ${line} tests the truth of $${inner}, which may be missing. ${WHY} ` +
    `Write ${set} before it, then #if($${copy} != ""), or #if($${copy} == "true") of a boolean.`
  );
}

/** Suggests a variable: `$errorCode` for `record.ErrorCode`, `$x` for `x`, otherwise `$value`. */
function nameOfCopy(inner: string): string {
  const last = /(?:^|\.)([A-Za-z]\w*)$/.exec(inner)?.[1] ?? "value";
  return last.charAt(0).toLowerCase() + last.slice(1);
}
