import { randomBytes } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { Session } from "../../kernel/principal.ts";
import type { EnvironmentSetup, FunctionErrorBody, InvokeMessage, WorkerMessage } from "./runtime/messages.ts";

/** One log event of an invocation. */
export interface LogEvent {
  /** Cloud time, milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** The outcome of one invocation in an execution environment. */
export interface EnvironmentOutcome {
  /** JSON text of the response, or of the error. */
  readonly payload: string;
  readonly error?: FunctionErrorBody;
  /** How the invocation ended without a result from the handler. */
  readonly ending?: "timeout" | "exit";
  readonly heapBytes: number;
  readonly durationMs: number;
}

export interface EnvironmentOptions {
  readonly runtimeFile: string;
  readonly setup: EnvironmentSetup;
  readonly variables: Readonly<Record<string, string>>;
  readonly session: Session;
}

/** Time limit for loading a module. */
const INIT_TIMEOUT_MS = 10_000;

/** The SDK does not fit into a smaller V8 heap. */
const MINIMUM_HEAP_MB = 96;

/** A quarter of V8's default: several environments run at once, and each would fill it before it collects anything. */
const YOUNG_HEAP_MB = 12;

/** Name of a log stream, one per execution environment: `2026/11/21/[$LATEST]<32 hex digits>`. */
export function newLogStreamName(now: number): string {
  const date = new Date(now).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${date}/[$LATEST]${randomBytes(16).toString("hex")}`;
}

/**
 * One execution environment: a worker thread with the function's module loaded. It runs one invocation at a time and is
 * never used again after a timeout or an exit.
 */
export class ExecutionEnvironment {
  readonly setup: EnvironmentSetup;
  readonly session: Session;
  /** Log lines that no invocation has collected yet. */
  #logs: LogEvent[] = [];
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #onMessage: (message: WorkerMessage) => void = () => undefined;
  #onEnd: (reason: string) => void = () => undefined;
  #isUsable = true;
  #initDurationMs: number | undefined;

  private constructor(options: EnvironmentOptions) {
    this.setup = options.setup;
    this.session = options.session;
    this.#worker = new Worker(options.runtimeFile, {
      workerData: options.setup,
      env: { ...options.variables },
      execArgv: [],
      stdout: true,
      stderr: true,
      trackUnmanagedFds: true,
      resourceLimits: {
        maxOldGenerationSizeMb: Math.max(MINIMUM_HEAP_MB, options.setup.memorySizeMb),
        maxYoungGenerationSizeMb: YOUNG_HEAP_MB,
      },
      name: options.setup.functionName,
    });
    let failure: Error | undefined;
    this.#worker.on("message", (message: WorkerMessage) => {
      if (message.type === "log") this.#logs.push({ timestamp: message.time, message: message.message });
      else this.#onMessage(message);
    });
    this.#worker.on("error", (error: Error) => {
      failure = error;
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.on("exit", (code) => {
        this.#isUsable = false;
        resolve();
        const isOutOfMemory = (failure as NodeJS.ErrnoException | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY";
        if (isOutOfMemory) this.#onEnd("Runtime exited with error: signal: killed");
        else if (code === 0) this.#onEnd("Runtime exited without providing a reason");
        else this.#onEnd(`Runtime exited with error: exit status ${code}`);
      });
    });
  }

  /** Starts a worker and loads the module: an environment, or the initialization error. */
  static async start(
    options: EnvironmentOptions,
  ): Promise<{ environment: ExecutionEnvironment; initError?: FunctionErrorBody }> {
    const environment = new ExecutionEnvironment(options);
    const startedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const initError = await new Promise<FunctionErrorBody | undefined>((resolve) => {
      environment.#onMessage = (message) => {
        if (message.type === "ready") resolve(undefined);
        else if (message.type === "init-error" || message.type === "fatal") resolve(message.error);
      };
      environment.#onEnd = (reason) => resolve({ errorType: "Runtime.ExitError", errorMessage: `Error: ${reason}` });
      timer = setTimeout(() => {
        const errorMessage = `Error: The function's module did not load within ${INIT_TIMEOUT_MS / 1000} seconds`;
        resolve({ errorType: "Sandbox.Timedout", errorMessage });
      }, INIT_TIMEOUT_MS);
    });
    clearTimeout(timer);
    environment.#initDurationMs = performance.now() - startedAt;
    if (initError) await environment.terminate();
    else environment.#worker.unref();
    return { environment, ...(initError ? { initError } : {}) };
  }

  /** Whether this environment can take another invocation. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** Milliseconds of the initialization, once: the first invocation reports it. Undefined afterwards. */
  takeInitDurationMs(): number | undefined {
    const duration = this.#initDurationMs;
    this.#initDurationMs = undefined;
    return duration;
  }

  takeLogs(): readonly LogEvent[] {
    const logs = this.#logs;
    this.#logs = [];
    return logs;
  }

  /** Runs one invocation until its response, its error, its timeout or the worker's exit. Never rejects. */
  async invoke(message: InvokeMessage): Promise<EnvironmentOutcome> {
    const startedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    this.#worker.ref();
    const end = await new Promise<Omit<EnvironmentOutcome, "durationMs">>((resolve) => {
      const fail = (error: FunctionErrorBody, ending?: "timeout" | "exit", heapBytes = 0): void =>
        resolve({ payload: JSON.stringify(error), error, ending, heapBytes });
      this.#onMessage = (answer) => {
        if (answer.type === "result") resolve({ payload: answer.payload, heapBytes: answer.heapBytes });
        else if (answer.type === "error") fail(answer.error, undefined, answer.heapBytes);
        else if (answer.type === "fatal") fail(answer.error, "exit");
      };
      this.#onEnd = (reason) => {
        const errorMessage = `RequestId: ${message.requestId} Error: ${reason}`;
        fail({ errorType: "Runtime.ExitError", errorMessage }, "exit");
      };
      timer = setTimeout(() => {
        const seconds = (message.timeoutMs / 1000).toFixed(2);
        const errorMessage = `RequestId: ${message.requestId} Error: Task timed out after ${seconds} seconds`;
        fail({ errorType: "Sandbox.Timedout", errorMessage }, "timeout");
      }, message.timeoutMs);
      if (this.#isUsable) this.#worker.postMessage(message);
      else this.#onEnd("Runtime exited without providing a reason");
    });
    clearTimeout(timer);
    this.#onMessage = () => undefined;
    this.#onEnd = () => undefined;
    if (end.ending) await this.terminate();
    else this.#worker.unref();
    return { ...end, durationMs: performance.now() - startedAt };
  }

  /** Ends the worker; an invocation in flight ends as an exit. */
  async terminate(): Promise<void> {
    this.#isUsable = false;
    await this.#worker.terminate();
    await this.#exited;
  }
}
