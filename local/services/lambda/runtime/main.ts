import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { cloudNow, installCloudDate, setOffset } from "./cloud-date.ts";
import { installConsole } from "./console.ts";
import { type Handler, InitError, loadHandler, stackLines } from "./load-handler.ts";
import { allowLoopbackOnly } from "./loopback-only.ts";
import type { EnvironmentSetup, FunctionErrorBody, InvokeMessage, WorkerMessage } from "./messages.ts";
import { forbidProcesses } from "./no-processes.ts";

/*
 * The worker thread's entry point: Lambda's side of the contract with a handler. The parent bundles this file with the
 * others of its folder.
 */

const port = parentPort!;
const setup = workerData as EnvironmentSetup;
const send = (message: WorkerMessage): void => port.postMessage(message);
let requestId = "";

setOffset(setup.offsetMs);
installCloudDate();
allowLoopbackOnly();
forbidProcesses();
hideSdkWarning();
const flushOutput = installConsole({
  logFormat: setup.logFormat,
  applicationLogLevel: setup.applicationLogLevel,
  requestId: () => requestId,
  write: (time, message) => send({ type: "log", time, message }),
});

process.on("uncaughtException", (error: unknown) => endWith(errorBody(error)));
process.on("unhandledRejection", (reason: unknown) => {
  endWith({
    errorType: "Runtime.UnhandledPromiseRejection",
    errorMessage: reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason),
    trace: stackLines(reason),
  });
});

/**
 * Hides the SDK's warning, once per process, about the end of support for old Node versions: a user of this cloud
 * cannot act on it.
 */
function hideSdkWarning(): void {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (String(warning).includes("NodeVersionSupportWarning")) return;
    emitWarning(warning, ...rest);
  }) as typeof process.emitWarning;
}

function endWith(error: FunctionErrorBody): void {
  console.error(error.errorType.startsWith("Runtime.") ? "Unhandled" : "Uncaught Exception", JSON.stringify(error));
  flushOutput();
  send({ type: "fatal", error });
  process.exit(1);
}

function errorBody(error: unknown): FunctionErrorBody {
  if (error instanceof Error) return { errorType: error.name, errorMessage: error.message, trace: stackLines(error) };
  const errorMessage = typeof error === "string" ? error : (JSON.stringify(error) ?? String(error));
  return { errorType: typeof error, errorMessage, trace: [] };
}

function makeContext(message: InvokeMessage): Record<string, unknown> {
  const deadline = performance.now() + message.timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: "$LATEST",
    functionName: setup.functionName,
    memoryLimitInMB: String(setup.memorySizeMb),
    logGroupName: setup.logGroupName,
    logStreamName: setup.logStreamName,
    clientContext: message.clientContext === undefined ? undefined : JSON.parse(message.clientContext),
    identity: undefined,
    invokedFunctionArn: setup.functionArn,
    awsRequestId: message.requestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}

/** Calls the handler: resolves with its return value, its promise's value, or its callback's result. */
function runHandler(handler: Handler, event: unknown, context: unknown): Promise<unknown> {
  if (handler.length < 3) return Promise.resolve(handler(event, context));
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) => {
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    });
    if (typeof (returned as Promise<unknown> | undefined)?.then === "function") resolve(returned);
  });
}

async function invoke(handler: Handler, message: InvokeMessage): Promise<void> {
  requestId = message.requestId;
  setOffset(message.offsetMs);
  process.env["_X_AMZN_TRACE_ID"] = message.traceId;
  let answer: WorkerMessage;
  try {
    const result = await runHandler(handler, JSON.parse(message.payload), makeContext(message));
    answer = { type: "result", requestId, payload: resultText(result), heapBytes: heapBytes() };
  } catch (error) {
    const body = errorBody(error);
    console.error("Invoke Error", JSON.stringify(body));
    answer = { type: "error", requestId, error: body, heapBytes: heapBytes() };
  }
  flushOutput();
  send(answer);
}

function heapBytes(): number {
  return getHeapStatistics().used_heap_size;
}

function resultText(result: unknown): string {
  try {
    return JSON.stringify(result) ?? "null";
  } catch (error) {
    const marshal = new Error(`Unable to stringify response body: ${error instanceof Error ? error.message : error}`);
    marshal.name = "Runtime.MarshalError";
    throw marshal;
  }
}

try {
  const handler = await loadHandler(setup.taskRoot, setup.handler, setup.runtime);
  port.on("message", (message: InvokeMessage) => void invoke(handler, message));
  flushOutput();
  send({ type: "ready" });
} catch (error) {
  const body = error instanceof InitError ? error.body : errorBody(error);
  send({
    type: "log",
    time: cloudNow(),
    message: `${new Date().toISOString()}\tundefined\tERROR\t${JSON.stringify(body)}`,
  });
  send({ type: "init-error", error: body });
}
