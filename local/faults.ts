import type { Call } from "./service.ts";

/** What may go wrong around a call. The seam of the fault run: `around` may throw an AwsError before `run`, after it, delay it, or change its answer. */
export interface Faults {
  around<T>(call: Call, params: unknown, run: () => Promise<T>): Promise<T>;
}

/** Nothing goes wrong. */
export const noFaults: Faults = { around: (_call, _params, run) => run() };
