import { fileURLToPath } from "node:url";
import type { BundledFunctionArgs } from "./args.ts";

/** This project's own functions, by their folder in `functions/`. */
export const OwnFunction = { Replicator: "replicator", Archiver: "archiver" } as const;
export type OwnFunction = (typeof OwnFunction)[keyof typeof OwnFunction];

/** The entry of one of the project's own functions; a user's entry instead, which is bundled as the user says. */
export function codeOf(
  own: OwnFunction,
  entry: string | undefined,
): Pick<BundledFunctionArgs, "entry" | "splitting" | "keepNames"> {
  if (entry !== undefined) return { entry };
  const path = fileURLToPath(new URL(`../../functions/${own}/handler.ts`, import.meta.url));
  // Loaded when they are needed: the AWS SDK's clients, nine tenths of the code.
  // No name of a function or class is read: errors say their own.
  return { entry: path, splitting: true, keepNames: false };
}
