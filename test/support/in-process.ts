import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { programServices, type ServiceCalls } from "../../local/engine/monitor.ts";
import type { ProgramEnd, ProgramOptions, StartProgram } from "../../local/engine/program.ts";
import type { Project } from "../../local/engine/project.ts";
import { resourceMessages } from "../../local/kernel/pulumi-protocol.ts";
import { reportedErrors } from "./reported-errors.ts";
import { unwatchedPromises } from "./unwatched-promises.ts";

/** The SDK's state of one program: the Automation API has one such store per inline program. */
interface Store {
  readonly settings: { monitor: unknown; engine: unknown; readonly options: { dryRun: boolean } };
}
const require = createRequire(import.meta.url);
const { withLocalStorage, getStore } = require("@pulumi/pulumi/runtime/state") as {
  withLocalStorage<T>(work: () => T): T;
  getStore(): Store;
};
const { waitForRPCs } = require("@pulumi/pulumi/runtime/settings") as { waitForRPCs(): Promise<void> };

/** Exit code of the SDK's runner after a reported error. */
const REPORTED_EXIT_CODE = 32;

let running = 0;

unwatchedPromises();

/**
 * Runs programs in the test's process, for tests that are not about processes: a child process takes seconds of CPU
 * per program. Each program has its own SDK state, so several can run at the same time. Modules are loaded once, so a
 * program must export a function. Output is not captured, and a hanging program is not killed.
 */
export const startInProcess: StartProgram = async (calls, options) => {
  const services = programServices(calls);
  const { promise: killed, resolve: kill } = signal();
  const ended = withLocalStorage(async (): Promise<ProgramEnd> => {
    const { settings } = getStore();
    const { project, stack, isPreview, config } = options;
    pulumi.runtime.resetOptions(project.name, stack, -1, "", "", isPreview, "organization");
    pulumi.runtime.setAllConfig(Object.fromEntries(config.values), [...config.secretKeys]);
    settings.monitor = client(services.resourceMonitor, killed);
    settings.engine = client(services.engine, killed);
    if (running === 0) await expectNoOpenLogs();
    running++;
    // After the program has ended, answers are unknown values, as in a preview: nothing else happens.
    const endByKill = killed.then((): ProgramEnd => {
      settings.options.dryRun = true;
      return { code: null, signal: "SIGKILL" };
    });
    return Promise.race([run(options), endByKill]).finally(() => {
      running--;
    });
  });
  return { pid: undefined, ended, kill, close: () => undefined };
};

async function run({ project }: ProgramOptions): Promise<ProgramEnd> {
  try {
    // As mocha loads the tests: by `import`, everything that they share with the program would be loaded twice.
    const program = (require(entryOf(project)) as { default: () => Promise<Record<string, unknown>> }).default;
    await pulumi.runtime.runInPulumiStack(program);
    await waitForRPCs();
    return { code: 0, signal: null };
  } catch (error) {
    reportedErrors.add(error as Error);
    await report(error);
    return { code: REPORTED_EXIT_CODE, signal: null };
  }
}

/** The file with the program: where the entry is `program.mjs`, which loads it another way, the one in package.json. */
function entryOf({ workingDirectory, entryPoint }: Project): string {
  const named = () => JSON.parse(readFileSync(join(workingDirectory, "package.json"), "utf8")) as { main: string };
  return join(workingDirectory, [".", "program.mjs"].includes(entryPoint) ? named().main : entryPoint);
}

/** Like the SDK's runner. */
async function report(error: unknown): Promise<void> {
  const { message, stack, hideStack, resource } = error as pulumi.ResourceError;
  if (pulumi.RunError.isInstance(error)) await pulumi.log.error(message);
  else if (pulumi.ResourceError.isInstance(error)) await pulumi.log.error(hideStack ? message : `${stack}`, resource);
  else await pulumi.log.error(`Running program failed with an unhandled exception:\n${stack}`);
}

type Callback = (error: Error | null, response?: unknown) => void;

/**
 * A client of a service for the SDK, without a connection: the service runs outside of the program's async context.
 */
function client(calls: ServiceCalls, killed: Promise<void>): Readonly<Record<string, unknown>> {
  const outside = AsyncLocalStorage.snapshot();
  const entries = Object.entries(calls).map(([name, call]) => {
    const answer = async (request: unknown) => outside(call as (request: unknown) => Promise<unknown>, request);
    const ask = (request: unknown, callback: Callback) => {
      Promise.race([answer(request), killed.then(() => answerOfKilled(name, request))]).then(
        (response) => callback(null, response),
        (error: Error) => callback(Object.assign(new Error(error.message), { code: 2, details: error.message })),
      );
    };
    return [name, ask];
  });
  return Object.fromEntries(entries);
}

/**
 * The answer to a program that was ended while it waits. Its process continues, and the SDK's state shared by all
 * programs (the order of logs) must not wait for it.
 */
function answerOfKilled(name: string, request: unknown): unknown {
  const make = { registerResource: "RegisterResourceResponse", readResource: "ReadResourceResponse" }[name];
  if (make === undefined) return new Promise(() => undefined);
  const response = new resourceMessages[make as "ReadResourceResponse"]();
  response.setUrn(`urn:pulumi:ended::ended::ended::${(request as { getName(): string }).getName()}`);
  return response;
}

/** The SDK sends the logs of a process sequentially: an unfinished one would block those of every later program. */
async function expectNoOpenLogs(): Promise<void> {
  const { settings } = getStore();
  const { engine } = settings;
  settings.engine = { log: (_: unknown, done: () => void) => done() };
  const log = pulumi.log.info("");
  settings.engine = engine;
  const isOpen = await Promise.race([log.then(() => false), new Promise((resolve) => setImmediate(resolve, true))]);
  if (isOpen) throw new Error("a log message of an earlier program in this process was never sent");
}

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
