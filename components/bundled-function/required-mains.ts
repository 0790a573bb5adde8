import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Metafile } from "esbuild";

/** The folder of a package in a path below `node_modules/`, and the package's name. */
const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/**
 * Replacements for packages that CommonJS code requires, and that esbuild resolved to ES modules by their `module`
 * field: the file that Node.js would load, their `main`. Otherwise a package whose CommonJS form is a function would be
 * an object with a `default` ("fetch is not a function").
 *
 * @param root the folder that the metafile's paths are relative to
 */
export function mainsOfRequired({ inputs }: Metafile, root: string): Readonly<Record<string, string>> {
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  const required = new Set(
    imports
      .filter(({ kind, path }) => kind === "require-call" && inputs[path]?.format === "esm")
      .map(({ path, original }) => {
        const [, folder = "", name = ""] = PACKAGE.exec(path) ?? [];
        return name !== "" && original === name ? folder : "";
      }),
  );
  required.delete("");
  const aliases = [...required].flatMap((folder) => {
    const main = mainOf(resolve(root, folder));
    const [, , name = ""] = PACKAGE.exec(`${folder}/`) ?? [];
    // An alias of a package is one of the paths below it too, so these are pinned to what they are.
    const below = imports.filter(({ original = "" }) => original.startsWith(`${name}/`));
    return main === undefined
      ? []
      : [[name, main], ...below.map(({ original = "", path }) => [original, resolve(root, path)])];
  });
  return Object.fromEntries(aliases) as Record<string, string>;
}

/** The file that Node.js loads for a package without `exports`; undefined if it is the ES module. */
function mainOf(folder: string): string | undefined {
  const file = join(folder, "package.json");
  const { exports, module } = JSON.parse(readFileSync(file, "utf8")) as { exports?: unknown; module?: unknown };
  if (exports !== undefined || module === undefined) return undefined;
  return createRequire(file).resolve(folder);
}
