import type { z } from "zod";
import type { CheckFailure } from "./provider.ts";
import type { ValuePath } from "./wire-values.ts";

type Issue = z.core.$ZodIssue;

/**
 * A schema's errors as check failures: one per mistake.
 * @param where such as `for aws:kinesis/stream:Stream`: for the message about an unknown argument.
 */
export function schemaFailures(
  error: z.ZodError,
  schema: z.ZodType,
  where: string,
  isRelevant: (path: ValuePath) => boolean = () => true,
): readonly CheckFailure[] {
  return error.issues
    .flatMap((issue) => issueFailures(issue, schema, where, []))
    .flatMap(({ path, reason }) => (isRelevant(path) ? [{ property: formatPath(path), reason }] : []));
}

/** A path as Pulumi writes it: `rules[0].name`, `tags["a.b"]`. */
export function formatPath(path: ValuePath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\w$-]+$/.test(step)) return `["${step.replaceAll('"', '\\"')}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

function issueFailures(
  issue: Issue,
  schema: z.ZodType,
  where: string,
  above: ValuePath,
): readonly { path: ValuePath; reason: string }[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
  if (issue.code === "unrecognized_keys") {
    const known = path.length === 0 ? knownKeys(schema) : undefined;
    return issue.keys.map((key) => ({
      path: [...path, key],
      reason: `The local cloud does not support this argument ${where}.${known ? ` It supports: ${known.join(", ")}.` : ""}`,
    }));
  }
  if (issue.code === "invalid_union") {
    const unknownKeys = issue.errors.find((branch) => branch.length > 0 && branch.every(isUnknownKeys));
    if (unknownKeys) return unknownKeys.flatMap((inner) => issueFailures(inner, schema, where, path));
    const messages = new Set(issue.errors.flatMap((branch) => branch.map((inner) => inner.message)));
    if (messages.size > 0) return [{ path, reason: [...messages].join(", or ") }];
  }
  return [{ path, reason: issue.message }];
}

function isUnknownKeys(issue: Issue): boolean {
  return issue.code === "unrecognized_keys";
}

function knownKeys(schema: z.ZodType): readonly string[] | undefined {
  const shape = (schema as { shape?: unknown }).shape;
  return typeof shape === "object" && shape !== null ? Object.keys(shape).sort() : undefined;
}
