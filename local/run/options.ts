import { ClockMode } from "../kernel/clock.ts";
import { UserError } from "../kernel/errors.ts";
import { readCommandLine, WholeNumbers } from "./command-line.ts";

/** The options of `npm start` and `npm run local`. */
export interface RunOptions {
  /** The cloud alone, nothing deployed. */
  readonly isEmpty: boolean;
  /** A file of JSON lines, `-` for standard input; default: the built-in sample. */
  readonly input?: string;
  /** Exit when everything arrived. */
  readonly once: boolean;
  /** Events that the gateway refuses are an expected outcome. */
  readonly isRefusedAllowed: boolean;
  /** JSON lines on stdout, and nothing else. */
  readonly json: boolean;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDir?: string;
  /** Events per second of cloud time; default: half of the stream's capacity. */
  readonly rate?: number;
  readonly clockMode: ClockMode;
  /** Events of the built-in sample. */
  readonly events: number;
  /** Seed of the built-in sample, and of the faults. */
  readonly seed: number;
  /** Faults in the grammar of `FAULT_GRAMMAR`, or `@FILE`. */
  readonly faults?: string;
  /** For `npm run local`: port of the Pulumi provider, 0 for any free one. */
  readonly providerPort: number;
  /** For `npm run local`: file to write the pulumi CLI's environment to. */
  readonly envFile?: string;
  /** For `npm run local`: folder of a file backend for the pulumi CLI, with its own passphrase. */
  readonly backend?: string;
  readonly help: boolean;
}

/** The text of `npm start -- --help`. */
export const helpText = `Tributary on this machine: both accounts, real events in, every one accounted for.

  npm start -- [options]      deploys both stacks into the local cloud, sends events through them, stays up until Ctrl-C
  npm run local -- [options]  the local cloud alone, empty: for the pulumi CLI, the AWS CLI and any SDK (docs/pulumi-cli.md)

  --input FILE    JSON lines, plain or .gz, "-" for standard input (default: a built-in sample of web-analytics events)
  --events N      how many events of the built-in sample (default 1000)
  --seed N        seed of the built-in sample and of the faults (default 1)
  --faults SPEC   what goes wrong, such as "kinesis:PutRecords partial 10%; lambda:Invoke crash-in 5%", or @FILE (docs/faults.md)
  --once          exit when everything arrived: 0 when the sums close and something was proved, 2 when not (events were refused, or none was sent),
                  1 when it could not run, 130 or 143 when it was stopped, 141 when nobody reads its output
  --allow-refused refused events are expected: exit code 0 in spite of them
  --json          JSON lines on standard output, nothing else there
  --rate N        events per second; over the stream's capacity it is throttled and retries
  --port N        port of the front door on 127.0.0.1 (default: any free one)
  --data-dir DIR  also write the buckets' objects to this folder, as files
  --clock MODE    jump (default: waits for buffers are skipped) or real (300 seconds take 300 seconds)
  --help          this text

npm run local takes --port, --data-dir, --clock and --json of these, and:
  --provider-port N  port of the Pulumi provider on 127.0.0.1 (default: any free one)
  --env-file FILE    write what the pulumi CLI needs to FILE as shell lines, once everything is ready; removed at the end
  --backend DIR      a Pulumi backend of its own in DIR, with a passphrase in DIR/passphrase`;

/** Reads the command line. Throws UserError with every mistake. */
export function parseOptions(args: readonly string[]): RunOptions {
  const values = readCommandLine(args, optionTypes, helpText);
  const numbers = new WholeNumbers();
  const { mistakes } = numbers;
  const options: RunOptions = {
    isEmpty: values.empty ?? false,
    input: values.input,
    once: values.once ?? false,
    isRefusedAllowed: values["allow-refused"] ?? false,
    json: values.json ?? false,
    port: numbers.read("port", values.port, { min: 0, max: 65_535, example: 4600 }) ?? 0,
    dataDir: values["data-dir"],
    rate: numbers.read("rate", values.rate, { min: 1, max: 1_000_000, example: 1000 }),
    clockMode: values.clock === "real" ? ClockMode.Real : ClockMode.Jump,
    events: numbers.read("events", values.events, { min: 1, max: 10_000_000, example: 1000 }) ?? 1000,
    seed: numbers.read("seed", values.seed, { min: 0, max: 4_294_967_295, example: 7 }) ?? 1,
    faults: values.faults,
    providerPort: numbers.read("provider-port", values["provider-port"], { min: 0, max: 65_535, example: 4700 }) ?? 0,
    envFile: values["env-file"],
    backend: values.backend,
    help: values.help ?? false,
  };
  if (values.clock !== undefined && values.clock !== "jump" && values.clock !== "real") {
    mistakes.push(`--clock is "${values.clock}", allowed are jump and real`);
  }
  if (options.input !== undefined && values.events !== undefined) {
    mistakes.push("--events belongs to the built-in sample: leave it out with --input");
  }
  if (options.input !== undefined && values.seed !== undefined && options.faults === undefined) {
    mistakes.push("--seed belongs to the built-in sample and to --faults: leave it out with --input alone");
  }
  if (
    options.isEmpty &&
    (options.input !== undefined || options.once || options.isRefusedAllowed || options.faults !== undefined)
  ) {
    mistakes.push("npm run local is the cloud alone: for --input, --faults, --once and --allow-refused use npm start");
  }
  const ofEmpty = ["provider-port", "env-file", "backend"] as const;
  for (const name of ofEmpty.filter((name) => !options.isEmpty && values[name] !== undefined)) {
    mistakes.push(`--${name} belongs to npm run local: npm run local -- --${name} ${values[name]}`);
  }
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
  return options;
}

const optionTypes = {
  empty: { type: "boolean" },
  input: { type: "string" },
  once: { type: "boolean" },
  "allow-refused": { type: "boolean" },
  json: { type: "boolean" },
  port: { type: "string" },
  "data-dir": { type: "string" },
  rate: { type: "string" },
  clock: { type: "string" },
  "provider-port": { type: "string" },
  "env-file": { type: "string" },
  backend: { type: "string" },
  events: { type: "string" },
  seed: { type: "string" },
  faults: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;
