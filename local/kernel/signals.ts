/** Wakes the consumers of a stream when it has new data, so that nothing polls an idle cloud. */
export class Signals {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls `listener` at every `notify(topic)` from now on (synchronously); the returned function ends that. */
  subscribe(topic: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** @param topic the ARN of the stream, or of whatever changed. */
  notify(topic: string): void {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener();
  }
}
