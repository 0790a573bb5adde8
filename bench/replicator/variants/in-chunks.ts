/** BatchWriteItem takes so many items. */
const CHUNK = 25;
/** Requests at once. */
const CONCURRENCY = 16;

/** Sends all entries in chunks of 25, 16 of them at once. */
export async function inChunks<T>(entries: readonly T[], send: (chunk: readonly T[]) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < entries.length) {
      const chunk = entries.slice(next, next + CHUNK);
      next += CHUNK;
      await send(chunk);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
