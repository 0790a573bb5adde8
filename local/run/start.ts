import { resolve } from "node:path";
import { Cloud } from "../cloud.ts";
import type { StartProgram } from "../engine/program.ts";
import { type FaultSpec, readFaults } from "../faults/spec.ts";
import { FrontDoor } from "../front-door/front-door.ts";
import { announce } from "./announce.ts";
import type { RunOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { type RunContext, runEmpty, runSystem } from "./run.ts";

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
 * port) are reported first, before any child process or resource.
 * @returns the exit code. Throws UserError.
 */
export async function start(options: RunOptions, context: StartContext): Promise<number> {
  const faults = await announce(options, context.output, faultsOf);
  return runCloud(options, faults, context);
}

/** Reads faults, all of which some service must have. Throws UserError with every mistake. */
export function faultsOf(text: string): readonly FaultSpec[] {
  return readFaults(text, new Cloud().faultable);
}

/** `start` after the first line of output. */
export async function runCloud(
  options: RunOptions,
  faults: readonly FaultSpec[] | undefined,
  { run, ...context }: StartContext,
): Promise<number> {
  const cloud = new Cloud({
    clockMode: options.clockMode,
    dataDir: options.dataDir && resolve(options.dataDir),
    warn: (text) => context.output.line(text),
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
