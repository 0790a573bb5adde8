import { resolve } from "node:path";
import { checkOptions } from "./check-options.ts";
import type { RunOptions } from "./options.ts";
import type { Output } from "./report.ts";
import type { RunContext } from "./run.ts";

/** What a command has around it. */
export interface Surroundings {
  readonly projectDir: string;
  readonly output: Output;
  /** Aborted, with the signal's name as the reason, when the run is asked to end. */
  readonly stop: AbortSignal;
  /** What is done with the open cloud, for tests; default: `runSystem`, or `runEmpty` with `isEmpty`. Resolves with the exit code. */
  readonly run?: (context: RunContext) => Promise<number>;
}

/**
 * Opens the local cloud, runs, and closes it. What can be wrong with the options or the machine (input, data folder, port) is told first, before any child process
 * or resource. The cloud is loaded only then: the first line is for the eye, at once.
 * @returns the exit code. Throws UserError.
 */
export async function start(options: RunOptions, { projectDir, output, stop, run }: Surroundings): Promise<number> {
  await checkOptions(options);
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
    return await work({ cloud, options, projectDir, output, stop });
  } finally {
    await frontDoor.close();
    await cloud.close();
  }
}
