/**
 * Runs `work` for all entries in order, at most `concurrency` at a time. Rejects with the first error; `work` should
 * not throw.
 */
export async function inParallel<T>(
  entries: readonly T[],
  concurrency: number,
  work: (entry: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < entries.length) {
      const index = next++;
      await work(entries[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, entries.length) }, worker));
}
