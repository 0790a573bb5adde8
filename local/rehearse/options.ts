import { UserError } from "../kernel/errors.ts";
import { readCommandLine } from "../run/command-line.ts";

/** The engine that deploys and previews: the real pulumi CLI, or the local cloud's embedded one. */
export const RehearsalEngine = { Pulumi: "pulumi", Embedded: "embedded" } as const;
export type RehearsalEngine = (typeof RehearsalEngine)[keyof typeof RehearsalEngine];

/** The options of `npm run rehearse`. */
export interface RehearseOptions {
  /** The branch, tag or commit that is deployed. */
  readonly base: string;
  /** The branch, tag or commit that is previewed; default: the working tree. */
  readonly head?: string;
  /** Default: the CLI if it is installed, else the embedded engine. */
  readonly engine?: RehearsalEngine;
  /** File to append the Markdown summary to. */
  readonly summary?: string;
  readonly json: boolean;
  /** Everything stays up until Ctrl-C. */
  readonly keep: boolean;
  readonly help: boolean;
}

/** The text of `npm run rehearse -- --help`. */
export const rehearseHelp = `Rehearses a change in the local cloud: deploys both stacks from the base commit, then previews them from the working tree.

  npm run rehearse -- --base main

  --base REF      the branch, tag or commit of this clone that is deployed
  --head REF      the one that is previewed (default: the working tree, with uncommitted changes)
  --engine NAME   pulumi (the CLI on the PATH, 3.260 or later) or embedded (default: the CLI if there is one)
  --summary FILE  append a summary in Markdown to FILE
  --json          JSON lines on standard output, and nothing else
  --keep          keep everything up until Ctrl-C, for inspection
  --help          this text

Exit code: 0 when both previews succeeded, whatever they show; 1 when one failed.`;

/** Reads the command line. Throws UserError with every mistake. */
export function parseRehearseOptions(args: readonly string[]): RehearseOptions {
  const values = readCommandLine(args, optionTypes, rehearseHelp);
  const help = values.help ?? false;
  const mistakes: string[] = [];
  if (!values.base && !help) {
    mistakes.push("--base is missing: the commit to compare with, such as npm run rehearse -- --base main");
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
