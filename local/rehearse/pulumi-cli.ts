import { UserError } from "../kernel/errors.ts";
import { type Ended, runProcess } from "./run-process.ts";

/** The oldest supported CLI, as [major, minor]. */
const OLDEST_VERSION = [3, 260] as const;

/** Installation instructions of the CLI. */
export const CLI_INSTALLATION = "https://www.pulumi.com/docs/install/";

/** The pulumi CLI on the PATH. */
export interface FoundCli {
  /** Such as `3.260.0`. */
  readonly version: string;
}

/** Looks for a CLI. @returns the CLI, or why none can be used. */
export async function findPulumiCli(cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<FoundCli | string> {
  const needed = `${OLDEST_VERSION.join(".")} or later, from ${CLI_INSTALLATION}`;
  let ended: Ended;
  try {
    ended = await runProcess("pulumi", ["version"], { cwd, env: cliEnvironment(env, {}) });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `there is no pulumi CLI on the PATH (${needed})`;
  }
  const version = /^v?(\d+\.\d+\.\d+\S*)/m.exec(ended.stdout)?.[1];
  if (ended.code !== 0 || version === undefined) {
    return `the pulumi CLI on the PATH does not report its version: ${ended.stderr.trim() || ended.stdout.trim() || `exit code ${ended.code}`}`;
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isRecent = major > OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor >= OLDEST_VERSION[1]);
  return isRecent ? { version } : `the pulumi CLI on the PATH is ${version} (required: ${needed})`;
}

/**
 * The environment of an isolated CLI: without the user's variables for Pulumi and AWS, so it has no backend, account
 * or credentials but the given ones.
 */
export function cliEnvironment(outer: NodeJS.ProcessEnv, own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(outer).filter(([name]) => !/^(PULUMI|AWS)_/.test(name));
  return { ...Object.fromEntries(kept), PULUMI_SKIP_UPDATE_CHECK: "true", ...own };
}

const plain = ["--non-interactive", "--color", "never"] as const;

/** The arguments of each command. */
export const cliArguments = {
  init: (stack: string) => ["stack", "init", stack, "--no-select", ...plain],
  up: (stack: string) => [
    "up",
    "--stack",
    stack,
    "--yes",
    "--skip-preview",
    "--suppress-outputs",
    "--suppress-progress",
    ...plain,
  ],
  /**
   * @param configFile the head's stack file; the CLI writes to it.
   * @param eventLog file for `readCliPreview`. The flag exists only with `EVENT_LOG_ENVIRONMENT`, which the Automation
   * API sets too.
   */
  preview: (stack: string, configFile: string, eventLog: string) => [
    "preview",
    "--stack",
    stack,
    "--config-file",
    configFile,
    "--event-log",
    eventLog,
    "--diff",
    "--suppress-progress",
    ...plain,
  ],
} as const;

/** Enables the CLI's `--event-log`. */
export const EVENT_LOG_ENVIRONMENT = { PULUMI_DEBUG_COMMANDS: "true" } as const;
