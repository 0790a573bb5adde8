import type { z } from "zod";
import { exampleOf, metaOf } from "./keys.ts";

/** The namespace of this project's keys. */
export const NAMESPACE = "tributary";

/** One mistake in the configuration of a stack. */
export interface Mistake {
  /** With its namespace, such as `tributary:shardCount`. */
  readonly key: string;
  /** The value given; absent if there was none. Never the value of a secret. */
  readonly value?: string;
  /** The mistake, if the value does not show it. */
  readonly problem?: string;
  /** Allowed values. */
  readonly allowed?: string;
  /** Arguments of `pulumi config`, without the stack: `set key value` or `rm key`. */
  readonly command: string;
}

/** Every mistake of a stack, one line each. */
export function mistakesReport(stack: string, mistakes: readonly Mistake[]): string {
  const count = mistakes.length === 1 ? "one mistake" : `${mistakes.length} mistakes`;
  return [`The configuration of the stack "${stack}" has ${count}:`, ...mistakes.map((each) => line(stack, each))].join(
    "\n",
  );
}

function line(stack: string, { key, value, problem, allowed, command }: Mistake): string {
  const got = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
  const what = [problem === undefined ? got : value === undefined ? problem : `${got}: ${problem}`];
  if (allowed !== undefined) what.push(`allowed is ${allowed}`);
  return `- ${key} ${what.join("; ")}. Type: pulumi config ${command} --stack ${stack}`;
}

/** The command that sets a key, quoted for a shell if necessary. */
export function setCommand(key: string, value: string): string {
  const quoted = /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
  return `set ${key} ${quoted}`;
}

/** The values of a stack's keys, as text. */
export type Values = Readonly<Record<string, string>>;

/** Mistakes in single keys, in the order of the schema; unknown keys come last. */
export function keyMistakes(
  shape: Readonly<Record<string, z.ZodType>>,
  elsewhere: Readonly<Record<string, string>>,
  values: Values,
  isSecret: (key: string) => boolean,
): Mistake[] {
  const known = Object.entries(shape).flatMap(([name, schema]) => {
    const key = `${NAMESPACE}:${name}`;
    const parsed = schema.safeParse(values[name]);
    if (parsed.success) return [];
    const { allowed } = metaOf(schema);
    const value = values[name];
    const inner = parsed.error.issues.filter((issue) => issue.path.length > 0);
    return [
      {
        key,
        ...(value === undefined ? {} : { value: isSecret(key) ? "[secret]" : value }),
        ...(inner.length === 0
          ? {}
          : { problem: inner.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join(", ") }),
        allowed,
        command: setCommand(key, exampleOf(schema)),
      },
    ];
  });
  const unknown = Object.keys(values)
    .filter((name) => !(name in shape))
    .map((name) => unknownKey(name, Object.keys(shape), elsewhere[name]));
  return [...known, ...unknown];
}

function unknownKey(name: string, names: readonly string[], account: string | undefined): Mistake {
  const key = `${NAMESPACE}:${name}`;
  const command = `rm ${key}`;
  if (account !== undefined) return { key, problem: `belongs to the ${account} account's stack only`, command };
  const near = names
    .map((each) => ({ each, distance: editDistance(each.toLowerCase(), name.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= each.length / 3)
    .sort((a, b) => a.distance - b.distance)[0];
  const hint = near === undefined ? "docs/configuration.md lists the keys" : `did you mean ${NAMESPACE}:${near.each}?`;
  return { key, problem: `is not a key of this program (${hint})`, command };
}

/** Levenshtein distance of two words. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
