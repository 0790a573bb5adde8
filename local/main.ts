import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Cloud } from "./cloud.ts";
import { UserError } from "./errors.ts";
import { FrontDoor } from "./front-door/front-door.ts";
import { helpText, parseOptions } from "./options.ts";
import { createOutput } from "./report.ts";
import { runEmpty, runSystem } from "./run.ts";

/** Exit codes of `npm start`: everything closed; it could not run; the sums do not close. */
const ExitCode = { Closed: 0, CouldNotRun: 1, Open: 2 } as const;

const projectDir = resolve(fileURLToPath(import.meta.url), "../..");

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${helpText}\n`);
    return ExitCode.Closed;
  }
  const cloud = new Cloud({ clockMode: options.clockMode, dataDir: options.dataDir && resolve(options.dataDir) });
  const frontDoor = new FrontDoor(cloud);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  try {
    await frontDoor.listen(options.port);
    const context = {
      cloud,
      options,
      projectDir,
      stop: stop.signal,
      output: createOutput(options.json ? process.stderr : process.stdout),
    };
    const isClosed = options.isEmpty ? await runEmpty(context) : await runSystem(context);
    return isClosed ? ExitCode.Closed : ExitCode.Open;
  } finally {
    await frontDoor.close();
    await cloud.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const text =
    error instanceof UserError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = ExitCode.CouldNotRun;
}
