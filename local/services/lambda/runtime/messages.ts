/** The parameters of a new worker (`workerData`). */
export interface EnvironmentSetup {
  /** Folder that holds the function's files. */
  readonly taskRoot: string;
  /** `<file>.<export>`, such as `index.handler`. */
  readonly handler: string;
  /** Such as `nodejs24.x`. */
  readonly runtime: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memorySizeMb: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logFormat: "Text" | "JSON";
  /** Lowest level in the log with `logFormat` JSON. */
  readonly applicationLogLevel: string;
  /** Cloud time minus this machine's time, in milliseconds. */
  readonly offsetMs: number;
}

/** One invocation, parent to worker. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly offsetMs: number;
  readonly timeoutMs: number;
  readonly traceId: string;
  /** JSON text of the caller's client context. */
  readonly clientContext?: string;
}

/** An error in Lambda's response. */
export interface FunctionErrorBody {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Worker to parent. */
export type WorkerMessage =
  | { readonly type: "ready" }
  /** The module could not be loaded, or does not export the handler. */
  | { readonly type: "init-error"; readonly error: FunctionErrorBody }
  | { readonly type: "log"; readonly time: number; readonly message: string }
  | { readonly type: "result"; readonly requestId: string; readonly payload: string; readonly heapBytes: number }
  | {
      readonly type: "error";
      readonly requestId: string;
      readonly error: FunctionErrorBody;
      readonly heapBytes: number;
    }
  /** Uncaught: the worker ends after this. */
  | { readonly type: "fatal"; readonly error: FunctionErrorBody };
