import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Cloud } from "./cloud.ts";
import { ExitCode, runCommand } from "./command-line.ts";
import { FrontDoor } from "./front-door/front-door.ts";
import { helpText, parseOptions } from "./options.ts";
import { createOutput } from "./report.ts";
import { runEmpty, runSystem } from "./run.ts";

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

await runCommand(main);
