import { type ParseArgsConfig, parseArgs } from "node:util";
import { UserError } from "./errors.ts";

/** Exit codes of our commands: every sum closed; it could not run; a sum does not close. */
export const ExitCode = { Closed: 0, CouldNotRun: 1, Open: 2 } as const;

/** The values of a command line. Throws UserError that names an option which does not exist, and shows the help. */
export function readCommandLine<const O extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: O,
  help: string,
) {
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals: false, options }).values;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(". To specify")[0] ?? "") : String(error);
    throw new UserError(`${message}\n\n${help}`);
  }
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
