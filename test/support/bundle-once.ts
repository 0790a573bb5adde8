import { createRequire } from "node:module";
import type * as esbuild from "esbuild";

const repository = new URL("../..", import.meta.url).pathname;
const require = createRequire(import.meta.url);

/**
 * Gives the components an esbuild that bundles an entry of this repository once in a test process: its files do not
 * change while tests run, and many tests run whole programs. What a test writes itself lies elsewhere, and is bundled
 * each time. To be called before anything has loaded esbuild.
 */
export function bundleOnce(): void {
  const path = require.resolve("esbuild");
  const real = require(path) as typeof esbuild;
  const results = new Map<string, esbuild.BuildResult>();
  const buildSync = (options: esbuild.BuildOptions): esbuild.BuildResult => {
    if (!options.absWorkingDir?.startsWith(repository)) return real.buildSync(options);
    const key = JSON.stringify(options);
    const known = results.get(key) ?? real.buildSync(options);
    results.set(key, known);
    return known;
  };
  Object.assign(require.cache[path] as NodeJS.Module, { exports: { ...real, buildSync } });
}
