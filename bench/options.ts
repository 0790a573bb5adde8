import { UserError } from "../local/kernel/errors.ts";
import { readCommandLine, WholeNumbers } from "../local/run/command-line.ts";

/** The options of `npm run bench`. */
export interface BenchOptions {
  /** Names of the sections to run; default: all. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** Also the runs of many minutes. */
  readonly long: boolean;
  /** The commit that the whole system is measured beside. */
  readonly base: string;
  /** Also write the results into the README and docs/benchmarks.md. */
  readonly docs: boolean;
  readonly json: boolean;
  /** Exit code 1 for a missed mark. */
  readonly strict: boolean;
  readonly help: boolean;
}

/** Rounds of interleaved runs, unless `--rounds` says otherwise. */
export const DEFAULT_ROUNDS = 4;
const MAX_ROUNDS = 1_000;

/** The commit before the work on speed: the whole system is measured beside it. */
export const DEFAULT_BASE = "f67e38e";

/** The text of `npm run bench -- --help`. */
export function benchHelp(sections: readonly string[]): string {
  return `Measures the functions beside what a user would take instead, and the whole system beside an older commit.

  npm run bench -- --only replicator

  --only SECTION  one section: ${sections.join(", ")}; may be given several times (default: all)
  --rounds N      rounds of interleaved runs; figures are medians over them (default: ${DEFAULT_ROUNDS})
  --long          also the runs of many minutes
  --base COMMIT   the commit that the whole system is measured beside (default: ${DEFAULT_BASE})
  --strict        exit with 1 when a mark is missed
  --docs          also write the tables into README.md and docs/benchmarks.md
  --json          the results as JSON on standard output, and nothing else there
  --help          this text

Results are written to bench/results/latest.json: each section with its machine, date, commit and command.
Progress is on standard error. Exit code: 0 when everything was measured, also with missed marks; 1 when something could
not be measured, or with --strict when a mark is missed.`;
}

/** Reads the command line. @param sections names of all sections @throws UserError with every mistake */
export function parseBenchOptions(args: readonly string[], sections: readonly string[]): BenchOptions {
  const values = readCommandLine(args, optionTypes, benchHelp(sections));
  const numbers = new WholeNumbers();
  const rounds = numbers.read("rounds", values.rounds, { min: 1, max: MAX_ROUNDS, example: DEFAULT_ROUNDS });
  const only = values.only ?? [];
  const unknown = only.filter((name) => !sections.includes(name));
  const mistakes = [
    ...numbers.mistakes,
    ...unknown.map((name) => `--only is "${name}", allowed are ${sections.join(", ")}`),
    ...(values.base === "" ? [`--base is "": a branch, a tag or a commit, such as --base ${DEFAULT_BASE}`] : []),
  ];
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
  return {
    only,
    rounds: rounds ?? DEFAULT_ROUNDS,
    long: values.long ?? false,
    base: values.base ?? DEFAULT_BASE,
    docs: values.docs ?? false,
    json: values.json ?? false,
    strict: values.strict ?? false,
    help: values.help ?? false,
  };
}

const optionTypes = {
  only: { type: "string", multiple: true },
  rounds: { type: "string" },
  long: { type: "boolean" },
  base: { type: "string" },
  docs: { type: "boolean" },
  json: { type: "boolean" },
  strict: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
