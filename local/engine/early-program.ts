import type { ProgramCalls } from "./monitor.ts";
import type { Program, ProgramOptions, StartProgram } from "./program.ts";

interface Deployment {
  readonly calls: ProgramCalls;
  readonly onLine: ProgramOptions["onLine"];
}

/**
 * A program that is started before its deployment begins, so that it loads while another stack is deployed. Its calls
 * stay unanswered and its output unread until then.
 */
export class EarlyProgram {
  readonly #program: Promise<Program>;
  #begin: (deployment: Deployment) => void = () => undefined;

  constructor(start: StartProgram, options: Omit<ProgramOptions, "onLine">) {
    const deployment = new Promise<Deployment>((resolve) => {
      this.#begin = resolve;
    });
    const onLine: ProgramOptions["onLine"] = (source, line) =>
      void deployment.then((begun) => begun.onLine(source, line));
    this.#program = start(waitingFor(deployment), { ...options, onLine });
    // A program that cannot be started fails its deployment.
    this.#program.catch(() => undefined);
  }

  /** Begins the deployment. Throws UserError when the program could not be started. */
  readonly begin: StartProgram = (calls, { onLine }) => {
    this.#begin({ calls, onLine });
    return this.#program;
  };

  /** Ends the program of a deployment that never began. */
  async drop(): Promise<void> {
    const program = await this.#program.catch(() => undefined);
    program?.kill();
    await program?.ended;
    program?.close();
  }
}

function waitingFor(deployment: Promise<Deployment>): ProgramCalls {
  return {
    registerResource: async (registration) => (await deployment).calls.registerResource(registration),
    readResource: async (reading) => (await deployment).calls.readResource(reading),
    invoke: async (request) => (await deployment).calls.invoke(request),
    registerOutputs: async (urn, outputs) => (await deployment).calls.registerOutputs(urn, outputs),
    log: (message) => void deployment.then(({ calls }) => calls.log(message)),
  };
}
