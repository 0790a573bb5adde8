import type { z } from "zod";
import { isPlainRecord, UNKNOWN, type ValuePath } from "./wire-values.ts";

/** What arguments are to each other that they cannot be: the one to change, and why. */
export interface CrossMistake {
  readonly path: ValuePath;
  readonly reason: string;
}

/**
 * A type's inputs, checked against each other too. The check runs although arguments are wrong by themselves, so that a program hears of all its
 * mistakes at once; it gets those that are right by themselves and known already.
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
