import { UserError } from "../kernel/errors.ts";
import { readCommandLine } from "../run/command-line.ts";

/** What deploys and previews: the real pulumi CLI, or the engine of the local cloud. */
export const RehearsalEngine = { Pulumi: "pulumi", Embedded: "embedded" } as const;
export type RehearsalEngine = (typeof RehearsalEngine)[keyof typeof RehearsalEngine];

/** What the command line of `npm run rehearse` says. */
export interface RehearseOptions {
  /** What both stacks are brought up from: a branch, a tag or a commit. */
  readonly base: string;
  /** What is previewed; none: the working tree as it is. */
  readonly head?: string;
  /** None: the CLI where there is one, else the embedded engine. */
  readonly engine?: RehearsalEngine;
  /** A file that the Markdown summary is appended to. */
  readonly summary?: string;
  readonly json: boolean;
  /** Everything stays up until Ctrl-C. */
  readonly keep: boolean;
  readonly help: boolean;
}

/** The text of `npm run rehearse -- --help`. */
export const rehearseHelp = `Rehearses a change in the local cloud: brings both stacks up as they are in the base, then previews them as they are here.

  npm run rehearse -- --base main

  --base REF      what is deployed: a branch, a tag or a commit of this clone
  --head REF      what is previewed (default: the working tree as it is, with everything that is not committed)
  --engine NAME   pulumi (the CLI on the PATH, 3.260 or later) or embedded (default: the CLI if there is one)
  --summary FILE  append a summary in Markdown to FILE
  --json          JSON lines on standard output, nothing else there
  --keep          leave everything up until Ctrl-C, to look at
  --help          this text

Exit code: 0 when both previews were made, whatever they say; 1 when one could not be made.`;

/** Reads the command line. Throws UserError with every mistake. */
export function parseRehearseOptions(args: readonly string[]): RehearseOptions {
  const values = readCommandLine(args, optionTypes, rehearseHelp);
  const help = values.help ?? false;
  const mistakes: string[] = [];
  if (!values.base && !help) {
    mistakes.push("--base is missing: what the change is compared with, such as npm run rehearse -- --base main");
  }
  if (values.head === "") mistakes.push('--head is "": a branch, a tag or a commit; leave it out for the working tree');
  const engine = Object.values(RehearsalEngine).find((name) => name === values.engine);
  if (values.engine !== undefined && !engine) {
    mistakes.push(`--engine is "${values.engine}", allowed are ${Object.values(RehearsalEngine).join(" and ")}`);
  }
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
  return {
    base: values.base ?? "",
    head: values.head,
    engine,
    summary: values.summary,
    json: values.json ?? false,
    keep: values.keep ?? false,
    help,
  };
}

const optionTypes = {
  base: { type: "string" },
  head: { type: "string" },
  engine: { type: "string" },
  summary: { type: "string" },
  json: { type: "boolean" },
  keep: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
