import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Cloud } from "../cloud.ts";
import { readFaults } from "../faults/spec.ts";
import { UserError } from "../kernel/errors.ts";
import { makeFolder } from "../kernel/make-folder.ts";
import { checkInput, readLines } from "../producer/input.ts";
import type { RunOptions } from "./options.ts";

/**
 * Checks the files and folders that the options name, before anything is created or started. Throws UserError with
 * every mistake.
 */
export async function checkOptions(options: RunOptions): Promise<void> {
  const mistakes = [
    await mistakeOf(() =>
      options.faults === undefined ? undefined : readFaults(options.faults, new Cloud().faultable),
    ),
    await mistakeOf(() => (options.input === undefined ? undefined : checkInputFile(options.input))),
    await mistakeOf(() => (options.dataDir === undefined ? undefined : checkDataDir(options.dataDir))),
  ].filter((mistake) => mistake !== undefined);
  if (mistakes.length > 0) throw new UserError(mistakes.join("\n"));
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

async function mistakeOf(check: () => unknown): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
