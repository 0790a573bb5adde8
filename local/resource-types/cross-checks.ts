import type { z } from "zod";
import { isPlainRecord, UNKNOWN, type ValuePath } from "./wire-values.ts";

/** A conflict between arguments: the one to change, and why. */
export interface CrossMistake {
  readonly path: ValuePath;
  readonly reason: string;
}

/** The mistake of two arguments that are both given, of which one is allowed. */
export function conflict(
  values: Readonly<Record<string, unknown>>,
  one: string,
  other: string,
): readonly CrossMistake[] {
  if (values[one] === undefined || values[other] === undefined) return [];
  return [{ path: [one], reason: `conflicts with ${other}: give one of them` }];
}

/**
 * Adds a check of arguments against each other to a type's inputs. It runs even when single arguments are invalid, so
 * that all mistakes are reported at once; `check` gets the arguments that are valid and known.
 */
export function withCrossChecks<S extends z.ZodObject>(
  inputs: S,
  check: (sound: Partial<z.output<S>>) => readonly CrossMistake[],
): S {
  return inputs.superRefine(
    (values, context) => {
      if (!isPlainRecord(values)) return;
      const wrong = new Set(context.issues.map(({ path }) => path?.[0]));
      const sound = Object.entries(values).filter(([name, value]) => !wrong.has(name) && value !== UNKNOWN);
      for (const { path, reason } of check(Object.fromEntries(sound) as Partial<z.output<S>>)) {
        context.addIssue({ code: "custom", path: [...path], message: reason });
      }
    },
    { when: () => true },
  );
}
