import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** How a minified file of a bundle names another one. */
const IMPORT = /(?:from|import)\s*\(?"\.\/([^"]+)"/g;

/**
 * Files of a bundle that are reached from its main file, also without those that an excluded file alone leads to.
 * @param loaded names of the files that were loaded; others are not followed
 */
export function filesWithout(excluded: RegExp, mainFile: string, loaded: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || excluded.test(file) || !loaded.includes(file)) return;
    found.add(file);
    const text = readFileSync(join(dirname(mainFile), file), "utf8");
    for (const [, target = ""] of text.matchAll(IMPORT)) visit(target);
  };
  visit(basename(mainFile));
  return [...found];
}
