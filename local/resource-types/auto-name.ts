import { createHash, randomBytes } from "node:crypto";
import type { CheckFailure, CheckRequest, DiffRequest } from "./provider.ts";
import type { AutoName, Properties, ResourceType } from "./resource-type.ts";
import { unwrapSecrets } from "./wire-values.ts";

const SUFFIX_LENGTH = 7;

/**
 * Adds an automatic name to the inputs when the type has one and the program gives none; or says why that is not
 * possible.
 */
export function withName(
  { autoName }: ResourceType,
  { urn, olds, randomSeed, autonaming }: CheckRequest,
  news: Properties,
): { named: Properties; isNamedHere: boolean; failures: readonly CheckFailure[] } {
  const isGiven =
    !autoName || news[autoName.property] !== undefined || news[`${autoName.property}Prefix`] !== undefined;
  if (isGiven) return { named: news, isNamedHere: false, failures: [] };
  const { property } = autoName;
  const known = olds ? unwrapSecrets(olds).plain : undefined;
  const wanted = known?.[property] === undefined && !autoName.isExact ? autonaming : undefined;
  if (wanted?.mode === "disable") {
    const reason = `has no value, and automatic names are disabled in the project's configuration (pulumi:autonaming): give ${property}`;
    return { named: news, isNamedHere: false, failures: [{ property, reason }] };
  }
  const problem = known?.[property] === undefined && !wanted ? autoNameProblem(autoName, logicalName(urn)) : undefined;
  if (problem !== undefined) {
    return { named: news, isNamedHere: false, failures: [{ property, reason: problem }] };
  }
  const name = wanted?.mode === "enforce" ? wanted.proposedName : fittingName(autoName, wanted?.proposedName);
  const named = { ...news, [property]: name ?? autoNameFor(autoName, logicalName(urn), known, randomSeed) };
  return { named, isNamedHere: true, failures: [] };
}

/**
 * Whether the program gives the name and keeps it: then the resource must be deleted before its replacement is
 * created.
 */
export function keepsGivenName({ autoName }: ResourceType, request: DiffRequest): boolean {
  if (!autoName || autoName.isExact) return false;
  const before = unwrapSecrets(request.oldInputs).plain[autoName.property];
  const { plain: news } = unwrapSecrets(request.news);
  const after = news[autoName.property];
  return typeof after === "string" && before === after && !hasAutoName(autoName, news);
}

/**
 * The automatic physical name of a resource: its current one, else the logical name for `isExact` types, else `<logical
 * name>-<7 hex digits>`.
 * @param randomSeed source of the digits; default: random.
 */
function autoNameFor(
  autoName: AutoName,
  logicalName: string,
  olds: Properties | undefined,
  randomSeed: Uint8Array | undefined,
): string {
  const current = olds?.[autoName.property];
  if (typeof current === "string" && current !== "") return current;
  if (autoName.isExact) return logicalName;
  const seed = randomSeed?.length ? randomSeed : randomBytes(32);
  const suffix = createHash("sha256").update(seed).update(logicalName).digest("hex").slice(0, SUFFIX_LENGTH);
  return `${stemOf(autoName, logicalName)}-${suffix}`;
}

/** Why this logical name gives no valid name, in the real provider's words, and the remedy; undefined when it does. */
function autoNameProblem(autoName: AutoName, logicalName: string): string | undefined {
  if (autoName.isExact) return undefined;
  const prefix = `${stemOf(autoName, logicalName)}-`;
  if (prefix.length + SUFFIX_LENGTH <= autoName.maxLength) return undefined;
  return (
    `name '${prefix}' plus ${SUFFIX_LENGTH} random chars is longer than maximum length ${autoName.maxLength}: ` +
    `give the resource a logical name of at most ${autoName.maxLength - SUFFIX_LENGTH - 1} characters, or the argument ${autoName.property}`
  );
}

/** The name that the engine proposes, shortened to fit; undefined for none. */
function fittingName(autoName: AutoName, proposedName: string | undefined): string | undefined {
  if (!proposedName) return undefined;
  return (autoName.shape?.(proposedName) ?? proposedName).slice(0, autoName.maxLength);
}

/** Inputs in a state list under this key those that were filled in, as the real provider does. */
const DEFAULTS_KEY = "__defaults";

/** Marks the name as automatic. */
export function withDefaultsMark(autoName: AutoName, inputs: Properties): Properties {
  return { ...inputs, [DEFAULTS_KEY]: [autoName.property] };
}

/** Inputs without the mark, as resource types take them. */
export function withoutDefaultsMark(inputs: Properties): Properties {
  const { [DEFAULTS_KEY]: _mark, ...rest } = inputs;
  return rest;
}

/** Whether the name in these inputs is automatic. */
export function hasAutoName(autoName: AutoName, inputs: Properties): boolean {
  const mark = inputs[DEFAULTS_KEY];
  return Array.isArray(mark) && mark.includes(autoName.property);
}

function stemOf(autoName: AutoName, logicalName: string): string {
  return autoName.shape?.(logicalName) ?? logicalName;
}

function logicalName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
