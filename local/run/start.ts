import { resolve } from "node:path";
import type { StartProgram } from "../engine/program.ts";
import { checkOptions } from "./check-options.ts";
import type { RunOptions } from "./options.ts";
import type { Output } from "./output.ts";
import type { RunContext } from "./run.ts";

/** The environment of a command. */
export interface StartContext {
  readonly projectDir: string;
  readonly output: Output;
  /** Aborted when the run is to end; the reason is the signal's name. */
  readonly stop: AbortSignal;
  /** How the stacks' programs are started; default: each in a process of its own. */
  readonly startProgram?: StartProgram;
  /**
   * The work to do with the open cloud, for tests; default: `runSystem`, or `runEmpty` with `isEmpty`. Resolves with
   * the exit code.
   */
  readonly run?: (context: RunContext) => Promise<number>;
}

/**
 * Opens the local cloud, runs, and closes it. Mistakes in the options and problems of the machine (input, data folder,
 * port) are reported first, before any child process or resource. The cloud is loaded after the first line of output,
 * so that the user sees it at once.
 * @returns the exit code. Throws UserError.
 */
export async function start(options: RunOptions, { run, ...context }: StartContext): Promise<number> {
  const { output } = context;
  const faults = await checkOptions(options);
  output.line(
    options.isEmpty
      ? "Tributary: starting the local cloud, empty."
      : "Tributary: starting the local cloud, for both accounts.",
  );
  const { Cloud } = await import("../cloud.ts");
  const { FrontDoor } = await import("../front-door/front-door.ts");
  const { runEmpty, runSystem } = await import("./run.ts");
  const cloud = new Cloud({
    clockMode: options.clockMode,
    dataDir: options.dataDir && resolve(options.dataDir),
    warn: (text) => output.line(text),
  });
  const frontDoor = new FrontDoor(cloud);
  try {
    await frontDoor.listen(options.port);
    const work = run ?? (options.isEmpty ? runEmpty : runSystem);
    return await work({ cloud, options, faults, ...context });
  } finally {
    await frontDoor.close();
    await cloud.close();
  }
}
