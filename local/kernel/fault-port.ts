import type { Principal } from "./principal.ts";

/** Where something may go wrong: one call, one request to the gateway, one invocation, one checkpoint. */
export interface FaultPoint {
  /** Signing name, such as `kinesis`. */
  readonly service: string;
  readonly operation: string;
  readonly accountId: string;
  readonly principal?: Principal;
  /** Of an invocation: the function's name, which is the name of its role session too. */
  readonly functionName?: string;
}

/** What may go wrong around a call: `around` may throw an AwsError before `run` or after it, delay it, or run it with a part of its parameters. */
export interface Faults {
  around<T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>): Promise<T>;
}

/** Nothing goes wrong. */
export const noFaults: Faults = { around: (_point, params, run) => run(params) };

/** What ends when a function crashes: whoever runs functions says so here, and a fault plan makes it happen. */
export class Crashes {
  readonly #ends = new Set<(functionName: string) => void>();

  /** @param end ends what runs of the functions of this name. */
  onCrash(end: (functionName: string) => void): void {
    this.#ends.add(end);
  }

  crash(functionName: string): void {
    for (const end of this.#ends) end(functionName);
  }
}
