import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { BUNDLES_FOLDER, type BundleOptions, bundleWithInputs, writeBundle } from "./bundle.ts";

/** Absolute paths of a bundle's files, by their names in the function's archive. */
type WrittenBundle = Readonly<Record<string, string>>;

/** A written bundle, and all that it was made of. */
interface Kept {
  readonly files: WrittenBundle;
  /** By path: `stampOf` when the bundle was made; null for what was not there. */
  readonly stamps: Readonly<Record<string, string | null>>;
}

/**
 * Bundles an entry and writes the files, or takes those that were written before, if nothing has changed that could
 * change them: no file of it, no folder in which a file is looked for (another one might be found there now), no
 * package, and not the bundler.
 *
 * @returns absolute paths of the files
 * @throws Error with the reason, if the entry cannot be bundled
 */
export function writtenBundle(entry: string, options: BundleOptions): WrittenBundle {
  const key = JSON.stringify([entry, options, process.env["NODE_PATH"] ?? ""]);
  const list = resolve(BUNDLES_FOLDER, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
  const kept = readKept(list);
  if (kept !== undefined && isOfNow(kept)) return kept.files;
  mkdirSync(dirname(list), { recursive: true });
  const startedAt = Date.now();
  const { bundle, inputs } = bundleWithInputs(entry, options);
  const files = writeBundle(bundle);
  const stamps = Object.fromEntries(whatMatters(inputs).map((path) => [path, stampOf(path)]));
  // What changes meanwhile may have been read before or after: the next run makes the bundle again.
  if (Object.values(stamps).every((stamp) => changedAt(stamp) < startedAt)) {
    const draft = `${list}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ files, stamps } satisfies Kept));
    renameSync(draft, list);
  }
  return files;
}

function readKept(file: string): Kept | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Kept) : undefined;
}

function isOfNow({ files, stamps }: Kept): boolean {
  return (
    Object.entries(stamps).every(([path, stamp]) => stampOf(path) === stamp) &&
    Object.values(files).every((path) => existsSync(path))
  );
}

/**
 * Changes with a file, or with a folder's entries. No program can set the time of the last change of any kind (ctime),
 * which is the last part.
 */
function stampOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.ino} ${stats.size} ${stats.ctimeMs}`;
}

function changedAt(stamp: string | null): number {
  return stamp === null ? 0 : Number(stamp.split(" ").at(-1));
}

/** The paths that decide what a bundle of these inputs is. */
function whatMatters(inputs: readonly string[]): readonly string[] {
  const folders = new Set(inputs.map(dirname));
  const paths = new Set([...inputs, ...bundlerFiles()]);
  for (const folder of folders) {
    // Where relative imports without an extension are looked for.
    paths.add(folder).add(dirname(folder));
    // Where packages are looked for; npm's own list changes with every package below.
    for (const ancestor of ancestorsOf(folder)) {
      paths.add(join(ancestor, "package.json"));
      paths.add(join(ancestor, "node_modules"));
      paths.add(join(ancestor, "node_modules/.package-lock.json"));
    }
  }
  return [...paths];
}

function ancestorsOf(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}

function bundlerFiles(): readonly string[] {
  const here = dirname(fileURLToPath(import.meta.url));
  const esbuild = createRequire(import.meta.url).resolve("esbuild/package.json");
  return [esbuild, ...readdirSync(here).map((file) => join(here, file))];
}
