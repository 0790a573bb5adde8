import type { Principal } from "./principal.ts";

/** A place where a fault plan can strike: a call, a request to the gateway, an invocation, a checkpoint. */
export interface FaultPoint {
  /** Signing name, such as `kinesis`. */
  readonly service: string;
  readonly operation: string;
  readonly accountId: string;
  readonly principal?: Principal;
  /** For an invocation: the function's name, which is also its role session's. */
  readonly functionName?: string;
}

/**
 * Injects faults: `around` may throw an AwsError before or after `run`, delay it, or run it with only some of its
 * parameters.
 */
export interface Faults {
  around<T>(point: FaultPoint, params: unknown, run: (params: unknown) => Promise<T>): Promise<T>;
}

/** No faults. */
export const noFaults: Faults = { around: (_point, params, run) => run(params) };

/** Lets a fault plan crash functions: whoever runs functions registers here how to end one. */
export class Crashes {
  readonly #ends = new Set<(functionName: string) => void>();

  /** @param end ends the running invocations of the function with this name. */
  onCrash(end: (functionName: string) => void): void {
    this.#ends.add(end);
  }

  crash(functionName: string): void {
    for (const end of this.#ends) end(functionName);
  }
}
