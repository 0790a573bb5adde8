import { type ParseArgsConfig, parseArgs } from "node:util";
import { UserError } from "../kernel/errors.ts";

/** Exit codes of our commands: every sum closed, and something was proved; it could not run; a sum does not close, or nothing was proved. */
export const ExitCode = { Closed: 0, CouldNotRun: 1, Open: 2 } as const;

/**
 * The values of a command line. Throws UserError that names an option which does not exist, and shows the help; or that says what to type when npm has taken options
 * for its own, which it does with all that stand before `--`.
 * @param environment npm tells its own options in it.
 */
export function readCommandLine<const O extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: O,
  help: string,
  environment: NodeJS.ProcessEnv = process.env,
) {
  refuseTakenByNpm(args, options, environment);
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals: false, options }).values;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(". To specify")[0] ?? "") : String(error);
    throw new UserError(`${message}\n\n${help}`);
  }
}

/** Options that npm has itself, and that a user may have set for good: they are taken as meant for npm. */
const OPTIONS_OF_NPM: readonly string[] = ["json", "help"];

/** `npm start --once` reaches this program as `npm_config_once=true`, without `--once`; what was meant as an option's value, as a bare word. */
function refuseTakenByNpm(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig["options"]>,
  environment: NodeJS.ProcessEnv,
): void {
  const { npm_lifecycle_event: script } = environment;
  if (script === undefined) return;
  const given = (name: string) => environment[`npm_config_${name.replaceAll("-", "_")}`];
  const taken = Object.keys(options).filter((name) => !OPTIONS_OF_NPM.includes(name) && given(name));
  if (taken.length === 0) return;
  // npm takes no value for an option that it does not know: it is true, and the value goes on alone. Of several, nobody knows which is whose.
  const isBare = (name: string) => given(name) === "true" && options[name]?.type === "string";
  const bareWords = args.filter((word) => !word.startsWith("-"));
  const hasOneValue = bareWords.length === 1 && taken.filter(isBare).length === 1;
  const meant = taken.map((name) => {
    if (options[name]?.type === "boolean") return `--${name}`;
    return `--${name} ${isBare(name) ? (hasOneValue ? bareWords[0] : "…") : given(name)}`;
  });
  const rest = args.filter((word) => !bareWords.includes(word));
  const command = script === "start" ? "npm start" : `npm run ${script}`;
  throw new UserError(
    `npm has taken ${taken.map((name) => `--${name}`).join(" and ")} for itself: what is meant for the program stands after "--". ` +
      `Type: ${[command, "--", ...rest, ...meant].join(" ")}`,
  );
}

/** Reads whole numbers of a command line and keeps what is wrong with them. */
export class WholeNumbers {
  readonly mistakes: string[] = [];

  /** @returns undefined for an option that is not given, or that is wrong. */
  read(
    name: string,
    text: string | undefined,
    range: { min: number; max: number; example: number },
  ): number | undefined {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= range.min && value <= range.max) return value;
    this.mistakes.push(
      `--${name} is "${text}", allowed is a whole number from ${range.min} to ${range.max}, such as --${name} ${range.example}`,
    );
    return undefined;
  }
}

/** Runs a command to its exit code. A user's mistake is printed as its message; anything else is a bug and keeps its stack. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const isMistake = error instanceof UserError;
    const text = error instanceof Error ? ((isMistake ? undefined : error.stack) ?? error.message) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = ExitCode.CouldNotRun;
  }
}
