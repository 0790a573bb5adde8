import { UserError } from "../kernel/errors.ts";
import { readCommandLine, WholeNumbers } from "../run/command-line.ts";

/** The options of `npm run prove`. */
export interface ProveOptions {
  /** Events per seed. */
  readonly events: number;
  readonly seeds: number;
  /** The first seed; the others are consecutive. */
  readonly firstSeed: number;
  /** A file of JSON lines instead of generated events. */
  readonly input?: string;
  /** Faults instead of each seed's own mix. */
  readonly faults?: string;
  readonly json: boolean;
  readonly isSelfTest: boolean;
  /** Folder for the trace of a failing seed. */
  readonly traceDir: string;
  readonly help: boolean;
}

/** The text of `npm run prove -- --help`. */
export const proveHelp = `Proves that nothing is lost: sends events through both accounts under faults, and compares their content with the events sent.

  npm run prove -- [options]

  --events N      events per seed (default 1000)
  --seeds K       how many seeds, each with another mix of faults (default 5)
  --seed S        the first seed (default 1); with --seeds 1, the one
  --input FILE    JSON lines, plain or .gz, instead of generated events
  --faults SPEC   these faults for every seed, instead of the seed's own mix
  --self-test     break the system on purpose, in one way after the other: each must be detected
  --trace-dir DIR where the trace of a failing seed is written (default .tributary)
  --json          JSON lines on standard output
  --help          this text

Exit code: 0 when every sum closes, 2 when one does not, 1 when it could not run.`;

/** Reads the command line. Throws UserError with every mistake. */
export function parseProveOptions(args: readonly string[]): ProveOptions {
  const values = readCommandLine(args, optionTypes, proveHelp);
  const numbers = new WholeNumbers();
  const { mistakes } = numbers;
  const whole = (name: string, text: string | undefined, standard: number, max: number) =>
    numbers.read(name, text, { min: 1, max, example: standard }) ?? standard;
  const options: ProveOptions = {
    events: whole("events", values.events, 1000, 1_000_000),
    seeds: whole("seeds", values.seeds, 5, 100_000),
    firstSeed: whole("seed", values.seed, 1, 4_294_967_295),
    input: values.input,
    faults: values.faults,
    json: values.json ?? false,
    isSelfTest: values["self-test"] ?? false,
    traceDir: values["trace-dir"] ?? ".tributary",
    help: values.help ?? false,
  };
  if (options.isSelfTest && (values.seeds !== undefined || values.faults !== undefined || values.input !== undefined)) {
    mistakes.push("--self-test chooses its faults and events itself: leave --seeds, --faults and --input out");
  }
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
  return options;
}

const optionTypes = {
  events: { type: "string" },
  seeds: { type: "string" },
  seed: { type: "string" },
  input: { type: "string" },
  faults: { type: "string" },
  "self-test": { type: "boolean" },
  "trace-dir": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
