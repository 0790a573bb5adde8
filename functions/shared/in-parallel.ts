/**
 * Runs `work` for all entries in order, at most `concurrency` at a time; takes an entry when its work begins. An
 * error of `work` or of `entries` is thrown when the work in progress has ended.
 */
export async function inParallel<T>(
  entries: Iterable<T>,
  concurrency: number,
  work: (entry: T, index: number) => Promise<void>,
): Promise<void> {
  const iterator = entries[Symbol.iterator]();
  let count = 0;
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await work(next.value, count++);
  };
  const outcomes = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}
