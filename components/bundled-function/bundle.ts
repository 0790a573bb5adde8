import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { buildSync } from "esbuild";

/** Where bundles are written, below the folder that the program runs in; each under the hash of its content, so none is ever overwritten. */
const BUNDLE_FOLDER = join(".tributary", "bundles");

/** The file in the function's archive, and the handler in it. */
export const BUNDLE_FILE = "index.mjs";
export const BUNDLE_HANDLER = "index.handler";

/** Dependencies in CommonJS call `require`, which an ES module does not have. */
const REQUIRE_FOR_COMMONJS =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';

/**
 * Bundles one entry file with all that it imports.
 * Nothing of the folder or the machine gets into the text: comments and module names, which hold paths, are minified away.
 *
 * @throws Error with esbuild's own words when the entry cannot be bundled
 */
export function bundleText(entry: string): string {
  const result = buildSync({
    absWorkingDir: dirname(entry),
    entryPoints: [basename(entry)],
    bundle: true,
    write: false,
    platform: "node",
    // The oldest Node that a bundle meets: the local cloud runs it on the developer's own.
    target: "node20",
    format: "esm",
    mainFields: ["module", "main"],
    banner: { js: REQUIRE_FOR_COMMONJS },
    minify: true,
    keepNames: true,
    legalComments: "none",
    charset: "utf8",
    logLevel: "silent",
    tsconfigRaw: {},
  });
  const file = result.outputFiles[0];
  if (file === undefined) throw new Error(`esbuild gave no output for ${entry}`);
  return file.text;
}

/** Writes a bundle into a file named by its content and gives that file's path, relative to the working directory: the same on every machine. */
export function writeBundle(text: string): string {
  const folder = join(BUNDLE_FOLDER, createHash("sha256").update(text).digest("hex").slice(0, 32));
  const path = join(folder, BUNDLE_FILE);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    // Two stacks may be deployed at once: a file is there whole or not at all.
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, text);
    renameSync(draft, path);
  }
  return relative(".", path);
}
