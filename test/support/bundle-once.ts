import * as esbuild from "esbuild";

const repository = new URL("../..", import.meta.url).pathname;
const results = new Map<string, esbuild.BuildResult>();

/**
 * esbuild as the components get it in tests. An entry of this repository is bundled once in a test process: its files do not change while tests run, and
 * many tests run whole programs. What a test writes itself lies elsewhere, and is bundled each time.
 */
export function buildSync(options: esbuild.BuildOptions): esbuild.BuildResult {
  if (!options.absWorkingDir?.startsWith(repository)) return esbuild.buildSync(options);
  const key = JSON.stringify(options);
  const known = results.get(key) ?? esbuild.buildSync(options);
  results.set(key, known);
  return known;
}
