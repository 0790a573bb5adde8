/** The text of each file of a bundle, by its name. */
type Files = Readonly<Record<string, string>>;

/** esbuild's pattern for the names of chunks. Its hash has eight characters, and depends on the machine's folders. */
export const CHUNK_NAMES = "[name]-[hash]";

const HASH = /-([A-Z2-7]{8})(?=\.mjs\b)/g;

/**
 * Gives the chunks of a bundle numbers instead of esbuild's hashes, in the order in which the files mention them, so
 * that they have the same names on every machine. A number is as long as a hash: source maps count columns.
 *
 * @param first the file that Lambda loads, from which all others are reached
 */
export function withPortableNames(files: Files, first: string): Files {
  const numbers = numberChunks(files, first);
  const renamed = (text: string) =>
    text.replaceAll(HASH, (found, hash: string) => (numbers.has(hash) ? `-${numbers.get(hash)}` : found));
  const isReached = (name: string) => [...name.matchAll(HASH)].every(([, hash = ""]) => numbers.has(hash));
  return Object.fromEntries(
    Object.entries(files)
      // esbuild keeps a chunk whose only `import()` it has removed as dead code.
      .filter(([name]) => isReached(name))
      .map(([name, text]) => [renamed(name), renamed(text)] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** A number of eight digits for each chunk, by the hash in its name. */
function numberChunks(files: Files, first: string): ReadonlyMap<string, string> {
  const textByHash = new Map(
    Object.entries(files).flatMap(([name, text]) => [...name.matchAll(HASH)].map(([, hash = ""]) => [hash, text])),
  );
  const numbers = new Map<string, string>();
  const visit = (text: string): void => {
    for (const [, hash = ""] of text.matchAll(HASH)) {
      const next = textByHash.get(hash);
      if (next === undefined || numbers.has(hash)) continue;
      numbers.set(hash, String(numbers.size + 1).padStart(hash.length, "0"));
      visit(next);
    }
  };
  visit(files[first] ?? "");
  return numbers;
}
