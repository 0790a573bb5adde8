import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { FaultSpec } from "../faults/spec.ts";
import { UserError } from "../kernel/errors.ts";
import { makeFolder } from "../kernel/make-folder.ts";
import { checkInput, readLines } from "../producer/input.ts";
import type { RunOptions } from "./options.ts";
import type { Output } from "./output.ts";

/**
 * Checks the faults, files and folders that the options name, before anything is created or started, and prints the
 * first line. It needs little of the project, so that the line is there at once. Throws UserError with every mistake.
 * @param readFaults reads `--faults`.
 * @returns the faults; undefined when none are asked for.
 */
export async function announce(
  options: RunOptions,
  output: Output,
  readFaults: (text: string) => readonly FaultSpec[] | Promise<readonly FaultSpec[]>,
): Promise<readonly FaultSpec[] | undefined> {
  const { faults, input, dataDir } = options;
  const mistakes: string[] = [];
  const check = <T>(value: string | undefined, read: (value: string) => T) => readOption(value, read, mistakes);
  const specs = await check(faults, readFaults);
  await check(input, checkInputFile);
  await check(dataDir, checkDataDir);
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
  output.line(`Tributary: starting the local cloud, ${options.isEmpty ? "empty" : "for both accounts"}.`);
  return specs;
}

/** A pipe can be read only once, so it is not checked. */
async function checkInputFile(file: string): Promise<void> {
  checkInput(file);
  if (file === "-") return;
  if (!statSync(file).isFile()) return;
  const lines = readLines(file);
  const { done } = await lines.next();
  await lines.return(undefined);
  if (done) {
    throw new UserError(`--input: "${file}" is empty. Give a file with at least one event, one JSON text per line.`);
  }
}

function checkDataDir(dir: string): void {
  const folder = resolve(dir);
  const isMade = existsSync(folder);
  const probe = join(folder, `.tributary-${process.pid}`);
  try {
    makeFolder(folder);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const what = isMade ? "written to" : "made";
    throw new UserError(
      `--data-dir ${dir} cannot be ${what}: ${(error as Error).message}. Give a folder that you may write to, such as .tributary/data`,
    );
  }
}

/** What an option's text means; a UserError is added to the mistakes. */
async function readOption<T>(
  text: string | undefined,
  read: (text: string) => T,
  mistakes: string[],
): Promise<Awaited<T> | undefined> {
  try {
    return text === undefined ? undefined : await read(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    mistakes.push(error.message);
    return undefined;
  }
}
