import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { announce } from "./announce.ts";
import { ExitCode, runCommand } from "./command-line.ts";
import { helpText, parseOptions } from "./options.ts";
import { createOutput } from "./output.ts";
import { onStopSignal } from "./stop.ts";

const projectDir = resolve(fileURLToPath(import.meta.url), "../../..");

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${helpText}\n`);
    return ExitCode.Closed;
  }
  const stop = onStopSignal();
  const output = createOutput(options.json ? process.stderr : process.stdout);
  // Most of the project: loaded after the first line of output.
  const cloud = () => import("./start.ts");
  const faults = await announce(options, output, async (text) => (await cloud()).faultsOf(text));
  const exitCode = await (await cloud()).runCloud(options, faults, { projectDir, output, stop });
  // Open standard input, or a request in progress, would keep the process alive.
  if (stop.aborted) process.exit(exitCode);
  return exitCode;
}

await runCommand(main);
