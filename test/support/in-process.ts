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

/** What the SDK keeps of one program: its Automation API has one such store for each inline program. */
interface Store {
  readonly settings: { monitor: unknown; engine: unknown; readonly options: { dryRun: boolean } };
}
const require = createRequire(import.meta.url);
const { withLocalStorage, getStore } = require("@pulumi/pulumi/runtime/state") as {
  withLocalStorage<T>(work: () => T): T;
  getStore(): Store;
};
const { waitForRPCs } = require("@pulumi/pulumi/runtime/settings") as { waitForRPCs(): Promise<void> };

/** What the SDK's runner ends with after an error that it has reported. */
const REPORTED_EXIT_CODE = 32;

let running = 0;

/**
 * Runs programs in the test's own process, for engines whose tests are not about processes: a process of its own takes seconds of CPU for each program.
 * The SDK's state is the program's own, so several may run at once; the modules of a program are loaded once, so it must export a function.
 * What a program prints is not caught, and one that asks for nothing and never ends is never ended.
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
    // What is answered after the program was ended is not known, as in a preview: nothing more comes of it.
    const end = killed.then((): ProgramEnd => {
      settings.options.dryRun = true;
      return { code: null, signal: "SIGKILL" };
    });
    return Promise.race([run(options), end]).finally(() => running--);
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

function entryOf({ workingDirectory, entryPoint }: Project): string {
  const named = () => JSON.parse(readFileSync(join(workingDirectory, "package.json"), "utf8")) as { main: string };
  return join(workingDirectory, entryPoint === "." ? named().main : entryPoint);
}

/** As the SDK's runner does. */
async function report(error: unknown): Promise<void> {
  const { message, stack, hideStack, resource } = error as pulumi.ResourceError;
  if (pulumi.RunError.isInstance(error)) await pulumi.log.error(message);
  else if (pulumi.ResourceError.isInstance(error)) await pulumi.log.error(hideStack ? message : `${stack}`, resource);
  else await pulumi.log.error(`Running program failed with an unhandled exception:\n${stack}`);
}

type Callback = (error: Error | null, response?: unknown) => void;

/** A client of a service as the SDK has it, with no connection between them: the service runs outside of what belongs to the program. */
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
 * What a program is answered that was ended while it waits: the process that it is in goes on, and what the SDK has for all programs of a process (the order of their logs) must not
 * wait for it.
 */
function answerOfKilled(name: string, request: unknown): unknown {
  const make = { registerResource: "RegisterResourceResponse", readResource: "ReadResourceResponse" }[name];
  if (make === undefined) return new Promise(() => undefined);
  const response = new resourceMessages[make as "ReadResourceResponse"]();
  response.setUrn(`urn:pulumi:ended::ended::ended::${(request as { getName(): string }).getName()}`);
  return response;
}

/** The SDK sends the logs of a process one after the other: one that never ends would keep those of every later program. */
async function expectNoOpenLogs(): Promise<void> {
  const log = pulumi.log.debug("");
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
