import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSync } from "esbuild";
import { BUNDLE_FILE, type BundleOptions, bundle } from "../components/bundled-function/bundle.ts";
import { codeOf, type OwnFunction } from "../components/bundled-function/own-code.ts";

/** A bundled handler on disk. */
export interface BundledHandler {
  /** The file that exports `handler`. */
  readonly file: string;
  /** Bytes of each file of the archive, by name. */
  readonly bytes: Readonly<Record<string, number>>;
}

/** Bundles one of the project's functions as it is deployed. @param name the folder for its files below `folder` */
export function bundleOwn(own: OwnFunction, folder: string, name: string): BundledHandler {
  const { entry, ...options } = codeOf(own, undefined);
  return bundleHandler(entry, folder, name, options);
}

/** Bundles a handler as the project bundles a user's entry. @param name the folder for its files below `folder` */
export function bundleHandler(
  entry: string,
  folder: string,
  name: string,
  options: BundleOptions = {},
): BundledHandler {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  const files = Object.entries(bundle(entry, options));
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
    // Dependencies in CommonJS require modules of Node.js.
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: "silent",
  });
  return outfile;
}
