import { createHash, randomBytes } from "node:crypto";
import type { AutoName, Properties } from "./resource-type.ts";

const SUFFIX_LENGTH = 7;

/**
 * The physical name of a resource that the program does not name: the one it has, else `<logical name>-<7 hex digits>`.
 * @param randomSeed what the digits are made from; none: random ones.
 */
export function autoNameFor(
  autoName: AutoName,
  logicalName: string,
  olds: Properties | undefined,
  randomSeed: Uint8Array | undefined,
): string {
  const current = olds?.[autoName.property];
  if (typeof current === "string" && current !== "") return current;
  const seed = randomSeed?.length ? randomSeed : randomBytes(32);
  const suffix = createHash("sha256").update(seed).update(logicalName).digest("hex").slice(0, SUFFIX_LENGTH);
  return `${stemOf(autoName, logicalName)}-${suffix}`;
}

/** Why no name can be made of this logical name, in the real provider's words, and what to do; undefined when one can. */
export function autoNameProblem(autoName: AutoName, logicalName: string): string | undefined {
  const prefix = `${stemOf(autoName, logicalName)}-`;
  if (prefix.length + SUFFIX_LENGTH <= autoName.maxLength) return undefined;
  return (
    `name '${prefix}' plus ${SUFFIX_LENGTH} random chars is longer than maximum length ${autoName.maxLength}: ` +
    `give the resource a logical name of at most ${autoName.maxLength - SUFFIX_LENGTH - 1} characters, or the argument ${autoName.property}`
  );
}

/** A name that an engine proposes, made to fit; undefined for none. */
export function fittingName(autoName: AutoName, proposedName: string | undefined): string | undefined {
  if (!proposedName) return undefined;
  return (autoName.shape?.(proposedName) ?? proposedName).slice(0, autoName.maxLength);
}

/** Under this key the inputs in a state say which of them the program did not give, as the real provider does it. */
export const DEFAULTS_KEY = "__defaults";

/** Marks a name as one that was made here. */
export function withDefaultsMark(autoName: AutoName, inputs: Properties): Properties {
  return { ...inputs, [DEFAULTS_KEY]: [autoName.property] };
}

/** Inputs as a service takes them. */
export function withoutDefaultsMark(inputs: Properties): Properties {
  const { [DEFAULTS_KEY]: _mark, ...rest } = inputs;
  return rest;
}

/** Whether the name in these inputs was made here. */
export function hasAutoName(autoName: AutoName, inputs: Properties): boolean {
  const mark = inputs[DEFAULTS_KEY];
  return Array.isArray(mark) && mark.includes(autoName.property);
}

function stemOf(autoName: AutoName, logicalName: string): string {
  return autoName.shape?.(logicalName) ?? logicalName;
}
