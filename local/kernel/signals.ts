/** Wakes the consumers of a stream when it has new data, so that nothing polls an idle cloud. */
export class Signals {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls `listener`, synchronously, at every `notify` for this ARN; the returned function unsubscribes. */
  subscribe(arn: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(arn) ?? new Set();
    this.#listeners.set(arn, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** @param arn the stream, or any other resource that changed. */
  notify(arn: string): void {
    for (const listener of [...(this.#listeners.get(arn) ?? [])]) listener();
  }
}
