import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "../cloud.ts";
import { UserError } from "../kernel/errors.ts";
import { pulumiEnvironment, serveProvider, shellLines } from "../run/pulumi-access.ts";
import { readCliPreview } from "./cli-preview.ts";
import { cliArguments, cliEnvironment, EVENT_LOG_ENVIRONMENT } from "./pulumi-cli.ts";
import type { Rehearser, RehearserOptions } from "./rehearser.ts";
import { type Ended, runProcess } from "./run-process.ts";
import { writeStackFile } from "./stack-files.ts";

export interface PulumiRehearserOptions extends RehearserOptions {
  /** Version of the CLI, for messages. */
  readonly version: string;
  /** Folder for the CLI's state, its home and the head's stack files. */
  readonly folder: string;
}

/** How many of the last lines of a failed CLI are shown. */
const FAILURE_LINES = 40;

/** Rehearses with the pulumi CLI, with its own backend, passphrase and home. */
export async function pulumiRehearser(cloud: Cloud, options: PulumiRehearserOptions): Promise<Rehearser> {
  const { baseDir, headDir, folder, signal, version } = options;
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  // Relative asset paths are relative to the program, so base and head each have their own provider.
  const base = await serveProvider(cloud, 0, baseDir);
  const head = await serveProvider(cloud, 0, headDir);
  const own = (port: number) => ({ ...pulumiEnvironment(port, join(folder, "backend")), PULUMI_HOME: home });
  const run = (args: readonly string[], at: "base" | "head", onLine?: (line: string) => void): Promise<Ended> =>
    runProcess("pulumi", args, {
      cwd: at === "base" ? baseDir : headDir,
      env: cliEnvironment(process.env, { ...own((at === "base" ? base : head).port), ...EVENT_LOG_ENVIRONMENT }),
      signal,
      onLine,
    });
  const configFile = (stack: string) => join(folder, `Pulumi.${stack}.yaml`);
  return {
    label: `pulumi ${version}`,
    accessLines: shellLines(own(head.port)),
    async up(stack, onProgress) {
      // The base's checkout is temporary, so its file may be changed in place; `stack init` does too.
      writeStackFile(baseDir, stack, join(baseDir, `Pulumi.${stack}.yaml`));
      orFail(await run(cliArguments.init(stack), "base"));
      const { stdout } = orFail(await run(cliArguments.up(stack), "base", (line) => tellResource(line, onProgress)));
      return Number(/^ *\+ (\d+) created$/m.exec(stdout)?.[1] ?? 0);
    },
    async preview(stack) {
      writeStackFile(headDir, stack, configFile(stack));
      const eventLog = join(folder, `events-${stack}.jsonl`);
      const { stdout } = orFail(await run(cliArguments.preview(stack, configFile(stack), eventLog), "head"));
      return { ...readCliPreview(readFileSync(eventLog, "utf8")), text: stdout.trim() };
    },
    async close() {
      await base.close();
      await head.close();
    },
  };
}

/** Reports the lines about resources in the CLI's output, such as " +  aws:sqs:Queue orders created (0.1s)". */
function tellResource(line: string, onProgress: (text: string) => void): void {
  const text = /^ *[+~-]+ +(\S+:\S+ .*\S)/.exec(line)?.[1];
  if (text !== undefined) onProgress(text);
}

function orFail(ended: Ended): Ended {
  if (ended.code === 0) return ended;
  const said = ended.stderr.trim() || ended.stdout.trim() || `the pulumi CLI ended with ${ended.code}`;
  throw new UserError(said.split("\n").slice(-FAILURE_LINES).join("\n"));
}
