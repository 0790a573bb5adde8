import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSync } from "esbuild";
import { BUNDLE_FILE, bundle } from "../components/bundled-function/bundle.ts";

/** A bundled handler on disk. */
export interface BundledHandler {
  /** The file that exports `handler`. */
  readonly file: string;
  /** Bytes of each file of the archive, by name. */
  readonly bytes: Readonly<Record<string, number>>;
}

/** Bundles a handler as the project bundles its functions. @param name the folder for its files below `folder` */
export function bundleHandler(entry: string, folder: string, name: string): BundledHandler {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  const files = Object.entries(bundle(entry));
  for (const [file, text] of files) writeFileSync(join(target, file), text);
  return {
    file: join(target, BUNDLE_FILE),
    bytes: Object.fromEntries(files.map(([file, text]) => [file, Buffer.byteLength(text)])),
  };
}

/** Bundles a program of the benchmarks into one file of JavaScript. @returns the file */
export function bundleProgram(entry: string, folder: string): string {
  const outfile = join(folder, `${basename(entry, ".ts")}.mjs`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "silent",
  });
  return outfile;
}
