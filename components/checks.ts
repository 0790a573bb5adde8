import "./plain-inspect.mjs";
import * as pulumi from "@pulumi/pulumi";
import { LOG_RETENTION_DAYS } from "./defaults/logs.ts";
import type { TextRule } from "./defaults/text-rules.ts";

/** The mistake in one argument; undefined if there is none. */
export type Problem = string | undefined;

/**
 * Refuses a component's bad args: all problems at once, in one error without a stack.
 *
 * @throws pulumi.ResourceError when there is at least one problem
 */
export function refuse(resource: pulumi.Resource, name: string, problems: readonly Problem[]): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0)
    throw new pulumi.ResourceError(`"${name}" has args that cannot work:\n- ${found.join("\n- ")}`, resource, true);
}

/**
 * A whole number within bounds; a value that is missing, or not known before the deployment, is left to the default and
 * the provider.
 */
export function wholeNumber(
  arg: string,
  value: unknown,
  min: number,
  max: number,
  others: readonly number[] = [],
): Problem {
  if (typeof value !== "number" || others.includes(value)) return undefined;
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  const besides = others.length > 0 ? `, or ${others.join(", ")}` : "";
  return (
    `${arg} is ${value}; allowed is a whole number from ${min} to ${max}${besides}: ` +
    `write ${arg}: ${Math.min(Math.max(Math.round(value) || min, min), max)}`
  );
}

/** One of a fixed set of words. */
export function oneOf(arg: string, value: unknown, allowed: Readonly<Record<string, string | number>>): Problem {
  if (value === undefined || pulumi.Output.isInstance(value) || value instanceof Promise) return undefined;
  const values = Object.values(allowed);
  if (values.some((each) => each === value)) return undefined;
  return (
    `${arg} is ${JSON.stringify(value)}; allowed is ${values.map((each) => JSON.stringify(each)).join(" or ")}: ` +
    `write ${arg}: ${JSON.stringify(values[0])}`
  );
}

/** A text that keeps a rule; one that is not known before the deployment is left to the provider. */
export function matches(arg: string, value: unknown, { pattern, allowed, example, mistaken }: TextRule): Problem {
  if (typeof value !== "string" || pattern.test(value)) return undefined;
  const instead = mistaken?.(value);
  const what = instead === undefined ? JSON.stringify(value) : `${JSON.stringify(value)} (${instead})`;
  return `${arg} is ${what}; allowed is ${allowed}: write ${arg}: ${JSON.stringify(example)}`;
}

/** Days that CloudWatch can keep log events. */
export function logRetention(arg: string, value: unknown): Problem {
  if (typeof value !== "number" || LOG_RETENTION_DAYS.some((days) => days === value)) return undefined;
  return `${arg} is ${value}; allowed is ${LOG_RETENTION_DAYS.join(", ")}: write ${arg}: 30`;
}
