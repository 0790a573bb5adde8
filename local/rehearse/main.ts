import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Cloud } from "../cloud.ts";
import { FrontDoor } from "../front-door/front-door.ts";
import { UserError } from "../kernel/errors.ts";
import { ExitCode, runCommand } from "../run/command-line.ts";
import { createOutput, type Output } from "../run/output.ts";
import { SOURCE_STACK, TARGET_STACK } from "../system.ts";
import { parseRehearseOptions, rehearseHelp } from "./options.ts";
import { type RehearsalPlace, rehearse } from "./rehearse.ts";
import { appendSummary, report } from "./report.ts";

const projectDir = resolve(fileURLToPath(import.meta.url), "../../..");

async function main(): Promise<number> {
  const options = parseRehearseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${rehearseHelp}\n`);
    return ExitCode.Closed;
  }
  // Reports an unwritable file now, not after minutes of work.
  if (options.summary !== undefined) appendSummary(options.summary, "");
  const output = createOutput(options.json ? process.stderr : process.stdout);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGPIPE"] as const) {
    process.once(signal, () => stop.abort(new UserError("stopped; everything temporary is removed")));
  }
  const cloud = new Cloud({ traceCapacity: 1000 });
  const frontDoor = new FrontDoor(cloud);
  try {
    await frontDoor.listen();
    const { base, head, engine } = options;
    const { isComplete } = await rehearse({
      cloud,
      projectDir,
      stacks: [TARGET_STACK, SOURCE_STACK],
      base,
      head,
      engine,
      output,
      stop: stop.signal,
      async beforeRemoval(rehearsal, place) {
        report(rehearsal, options, { output, json: process.stdout });
        if (options.keep) await untilStopped(output, place, stop.signal);
      },
    });
    return isComplete ? ExitCode.Closed : ExitCode.CouldNotRun;
  } finally {
    await frontDoor.close();
    await cloud.close();
  }
}

async function untilStopped(output: Output, place: RehearsalPlace, stop: AbortSignal): Promise<void> {
  output.line();
  output.line(`Everything stays up until Ctrl-C. The base is checked out in ${place.baseDir}.`);
  if (place.accessLines.length > 0) output.line(`To go on with the pulumi CLI in ${place.headDir}:`);
  for (const line of place.accessLines) output.line(`  ${line}`);
  if (!stop.aborted) await new Promise((done) => stop.addEventListener("abort", done, { once: true }));
}

await runCommand(main);
