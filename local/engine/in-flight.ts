import { failureMessage } from "../kernel/errors.ts";
import type { Failure } from "./errors.ts";
import { CheckError } from "./resource-step.ts";

/** After a failure, further failures are collected until the program was inactive for this interval. */
const GRACE_MS = 100;

/** The open operations of a program, and the failures so far. */
export class InFlight {
  readonly #failures: Failure[] = [];
  readonly #open = new Map<symbol, string>();
  readonly #onFailed: () => void;
  readonly #isWorking: () => boolean;
  #idle: (() => void)[] = [];
  #graceTimer: NodeJS.Timeout | undefined;
  #steps = 0;

  /**
   * @param onFailed called after a failure, once no operation is open and the program is inactive.
   * @param isWorking whether the program has used CPU time, or waited for it, since the last call.
   */
  constructor(onFailed: () => void, isWorking: () => boolean) {
    this.#onFailed = onFailed;
    this.#isWorking = isWorking;
  }

  get failures(): readonly Failure[] {
    return [...this.#failures];
  }

  get isFailing(): boolean {
    return this.#failures.length > 0;
  }

  /** Names of the open operations. */
  get open(): readonly string[] {
    return [...this.#open.values()];
  }

  /** Opens an operation; the returned function closes it. */
  enter(what: string): () => void {
    const key = Symbol(what);
    this.#open.set(key, what);
    this.progress();
    return () => {
      this.#open.delete(key);
      this.progress();
      this.#settle();
    };
  }

  /** Counts activity: the program does not hang. */
  progress(): void {
    this.#steps++;
  }

  /** Count of activity so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Records a failure; equal ones, such as of a provider that several resources use, are recorded once. */
  add(failure: Failure): void {
    if (this.#failures.some(({ urn, message }) => urn === failure.urn && message === failure.message)) return;
    this.#failures.push(failure);
    this.#settle();
  }

  /** Records an error as a failure. */
  fail(urn: string | undefined, error: unknown): void {
    const isCheck = error instanceof CheckError;
    const at = isCheck ? { urn: error.urn } : urn ? { urn } : {};
    const messages = isCheck ? error.messages : [failureMessage(error)];
    for (const message of messages) this.add({ ...at, message, cause: error });
  }

  /** Stops waiting for open operations. */
  abandon(): void {
    this.#open.clear();
    this.#settle();
  }

  /** Resolves when no operation is open. */
  whenIdle(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
    });
  }

  /** Cancels callbacks. */
  close(): void {
    clearTimeout(this.#graceTimer);
  }

  #settle(): void {
    clearTimeout(this.#graceTimer);
    if (this.#open.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
    if (!this.isFailing) return;
    this.#isWorking();
    this.#awaitStillness();
  }

  #awaitStillness(): void {
    this.#graceTimer = setTimeout(() => (this.#isWorking() ? this.#awaitStillness() : this.#onFailed()), GRACE_MS);
  }
}
