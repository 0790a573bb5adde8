import { type ParseArgsConfig, parseArgs } from "node:util";
import { UserError } from "../kernel/errors.ts";
import { endWithReader } from "./closed-output.ts";
import { endWithNpm } from "./end-with-npm.ts";

/**
 * Exit codes of all commands: every sum closes and something was proved; the command could not run; a sum does not
 * close, or nothing was proved.
 */
export const ExitCode = { Closed: 0, CouldNotRun: 1, Open: 2 } as const;

/**
 * The values of a command line. Throws UserError for an unknown option, with the help; and for options that npm
 * consumed because they were typed before `--`, with the corrected command.
 * @param environment where npm passes the options that it consumed.
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

/** Options that npm has too, and that a user may have set permanently: assumed to be meant for npm. */
const OPTIONS_OF_NPM: readonly string[] = ["json", "help"];

/**
 * `npm start --once` arrives as `npm_config_once=true`, without `--once`; an option's value arrives as a bare word.
 */
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
  // npm sets an unknown option to true and passes its value on as a bare word. With several options the values cannot
  // be assigned.
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
    `npm has consumed ${taken.map((name) => `--${name}`).join(" and ")}: the program's options come after "--". ` +
      `Type: ${[command, "--", ...rest, ...meant].join(" ")}`,
  );
}

/** Reads whole numbers from a command line and collects the mistakes. */
export class WholeNumbers {
  readonly mistakes: string[] = [];

  /** @returns undefined for a missing or an invalid option. */
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

/**
 * Runs a command and sets its exit code. A user's mistake is printed as its message; any other error is a bug and
 * printed with its stack. A command ends with whoever reads its output, and with the npm that started it.
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  endWithReader();
  endWithNpm();
  try {
    process.exitCode = await main();
  } catch (error) {
    const isMistake = error instanceof UserError;
    const text = error instanceof Error ? ((isMistake ? undefined : error.stack) ?? error.message) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = ExitCode.CouldNotRun;
  }
}
