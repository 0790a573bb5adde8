import { fileURLToPath } from "node:url";
import { build } from "esbuild";

let bundled: Promise<string> | undefined;

/**
 * The worker's side of the runtime as one plain JavaScript module, because workers start without a TypeScript loader.
 * Built once per process.
 */
export function runtimeBundle(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL("main.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  }).then((result) => result.outputFiles[0]!.text);
  return bundled;
}
