import { failureMessage } from "../kernel/errors.ts";
import type { Failure } from "./errors.ts";
import { CheckError } from "./resource-step.ts";

/** A program that fails may have more to say: what else goes wrong is reported together, until it was still between two looks at this interval. */
const GRACE_MS = 100;

/** What is being done for a program, and what has gone wrong. */
export class InFlight {
  readonly #failures: Failure[] = [];
  readonly #open = new Map<symbol, string>();
  readonly #onFailed: () => void;
  readonly #isWorking: () => boolean;
  #idle: (() => void)[] = [];
  #graceTimer: NodeJS.Timeout | undefined;
  #steps = 0;

  /**
   * @param onFailed called after a failure, once nothing is under way any more and the program is still.
   * @param isWorking whether the program has worked, or waited for its turn, since this was last asked.
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

  /** What is under way, in words. */
  get open(): readonly string[] {
    return [...this.#open.values()];
  }

  /** Begins something that has to end; the returned function ends it. */
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

  /** Something has happened: the program is not stuck. */
  progress(): void {
    this.#steps++;
  }

  /** How often something has happened. */
  get steps(): number {
    return this.#steps;
  }

  /** Records a failure; the same one of several resources (their provider's configuration) is recorded once. */
  add(failure: Failure): void {
    if (this.#failures.some(({ urn, message }) => urn === failure.urn && message === failure.message)) return;
    this.#failures.push(failure);
    this.#settle();
  }

  /** Records what was thrown. */
  fail(urn: string | undefined, error: unknown): void {
    const isCheck = error instanceof CheckError;
    const at = isCheck ? { urn: error.urn } : urn ? { urn } : {};
    const messages = isCheck ? error.messages : [failureMessage(error)];
    for (const message of messages) this.add({ ...at, message, cause: error });
  }

  /** Stops waiting for what is under way. */
  abandon(): void {
    this.#open.clear();
    this.#settle();
  }

  /** Resolves when nothing is under way. */
  whenIdle(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
    });
  }

  /** Nothing is called any more. */
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
