import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { type BuildOptions, type BuildResult, buildSync, type Metafile } from "esbuild";
import { CHUNK_NAMES, withPortableNames } from "./chunk-names.ts";
import { mainsOfRequired } from "./required-mains.ts";

/**
 * Folder for bundles, below the program's working directory. Each is stored under the hash of its content, so that none
 * is ever overwritten.
 */
const OWN_FOLDER = ".tributary";
export const BUNDLES_FOLDER = join(OWN_FOLDER, "bundles");

/** The file in the function's archive, and the handler in it. */
export const BUNDLE_FILE = "index.mjs";
export const BUNDLE_HANDLER = "index.handler";
const HANDLER = "handler";

/** Dependencies in CommonJS use names that an ES module does not have. */
const NAMES_OF_COMMONJS =
  'import{createRequire as __createRequire}from"node:module";import{dirname as __dirnameOf}from"node:path";' +
  'import{fileURLToPath as __pathOf}from"node:url";' +
  "const require=__createRequire(import.meta.url),__filename=__pathOf(import.meta.url)," +
  "__dirname=__dirnameOf(__filename);";

/** Modules that Node.js has on Lambda, and the Node.js that runs the program perhaps has not yet. */
const NEWER_BUILTINS: readonly string[] = ["node:sqlite"];

/** A bundle: the text of each file, by its name in the function's archive. */
export type Bundle = Readonly<Record<string, string>>;

/** What a bundle holds besides the code. */
export interface BundleOptions {
  /** A source map of each file, without the sources. @default false */
  readonly sourceMap?: boolean;
  /** Files of their own ("chunks") for what `import()` loads. @default false: one file, all of it loaded at the start */
  readonly splitting?: boolean;
  /** Whether functions and classes keep their names, which code may read. @default true */
  readonly keepNames?: boolean;
}

/**
 * Bundles one entry file with all that it imports. The files contain no path of this machine: comments and module
 * names, which hold paths, are minified away, and chunks are numbered.
 *
 * @throws Error with the reason, if the entry cannot be bundled or Lambda could not load it
 */
export function bundle(entry: string, options: BundleOptions = {}): Bundle {
  return bundleWithInputs(entry, options).bundle;
}

/** `bundle`, and the absolute paths of all files that it was made of. */
export function bundleWithInputs(
  entry: string,
  { sourceMap = false, splitting = false, keepNames = true }: BundleOptions,
): { readonly bundle: Bundle; readonly inputs: readonly string[] } {
  const options: BuildOptions = {
    ...optionsFor(entry),
    sourcemap: sourceMap ? "linked" : false,
    sourcesContent: false,
    splitting,
    keepNames,
  };
  const first = build(options, entry);
  const alias = mainsOfRequired(first.metafile, dirname(entry));
  const { outputFiles, metafile } = Object.keys(alias).length === 0 ? first : build({ ...options, alias }, entry);
  refuseWithoutHandler(metafile, entry);
  refuseUnknownBuiltins(metafile, entry);
  const files = outputFiles.map(({ path, text }) => [basename(path), path.endsWith(".map") ? portableMap(text) : text]);
  const paths = Object.keys(metafile.inputs).filter((path) => path !== STDIN);
  return {
    bundle: withPortableNames(Object.fromEntries(files), BUNDLE_FILE),
    inputs: paths.map((path) => resolve(dirname(entry), path)),
  };
}

/** esbuild's name for what it is given as text. */
const STDIN = "<stdin>";

type Built = BuildResult<{ write: false; metafile: true }>;

function optionsFor(entry: string): BuildOptions {
  return {
    absWorkingDir: dirname(entry),
    // Taken from the entry by name, the handler is an export of the bundle also where the entry is in CommonJS.
    stdin: {
      contents: `export { ${HANDLER} } from ${JSON.stringify(`./${basename(entry)}`)};`,
      resolveDir: dirname(entry),
      loader: "js",
    },
    outdir: ".",
    entryNames: basename(BUNDLE_FILE, ".mjs"),
    chunkNames: CHUNK_NAMES,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    // The oldest Node.js that a bundle meets: the local cloud runs it on the developer's own.
    target: "node20",
    format: "esm",
    mainFields: ["module", "main"],
    banner: { js: NAMES_OF_COMMONJS },
    minify: true,
    legalComments: "none",
    charset: "utf8",
    logLevel: "silent",
    tsconfigRaw: {},
  };
}

function build(options: BuildOptions, entry: string): Built {
  try {
    return buildSync({ ...options, write: false, metafile: true });
  } catch (error) {
    const { message } = error as Error;
    if (message.includes(`No matching export in "${basename(entry)}" for import "${HANDLER}"`))
      throw new Error(withoutHandler(entry, exportsOf(entry, options)));
    if (message.includes('No loader is configured for "'))
      throw new Error(
        `${message}\nA bundle is JavaScript and JSON; a file of another kind (a native addon, WebAssembly) cannot be ` +
          `in it: use a package that does without it.`,
      );
    throw error;
  }
}

/** The names that an entry exports, for the error that it exports no `handler`. */
function exportsOf(entry: string, { stdin, ...options }: BuildOptions): readonly string[] {
  const { metafile } = buildSync({ ...options, entryPoints: [basename(entry)], write: false, metafile: true });
  return metafile.outputs[BUNDLE_FILE]?.exports ?? [];
}

function withoutHandler(entry: string, exports: readonly string[]): string {
  const has = exports.length === 0 ? "exports nothing" : `exports ${exports.join(", ")}`;
  return `${entry} ${has}, and no ${HANDLER}: write export const ${HANDLER} = async (event) => { … }`;
}

/**
 * The exports of an entry in CommonJS are known only when it runs. It is refused if its text does not contain the word,
 * and it requires no other module that could export the handler.
 */
function refuseWithoutHandler({ inputs }: Metafile, entry: string): void {
  const input = inputs[basename(entry)];
  if (input?.format === "esm" || input?.imports.some(({ external }) => external !== true)) return;
  if (!readFileSync(entry, "utf8").includes(HANDLER)) throw new Error(withoutHandler(entry, []));
}

/** esbuild takes whatever begins with `node:` for a module of Node.js, so that a misspelt one would fail on Lambda. */
function refuseUnknownBuiltins({ outputs }: Metafile, entry: string): void {
  const unknown = Object.values(outputs)
    .flatMap(({ imports }) => imports)
    .map(({ path }) => path)
    .filter((path) => path.startsWith("node:") && !isBuiltin(path) && !NEWER_BUILTINS.includes(path));
  if (unknown.length > 0) throw new Error(`${entry} imports ${unknown.join(", ")}, which Node.js does not have`);
}

/** The same source map on every machine: paths of dependencies begin with `node_modules/`. */
function portableMap(text: string): string {
  const map = JSON.parse(text) as { readonly sources: readonly string[] };
  return JSON.stringify({ ...map, sources: map.sources.map((path) => path.replace(/^.*?(?=node_modules\/)/, "")) });
}

/**
 * Writes a bundle into a folder named by its content.
 *
 * @returns absolute paths of its files, which are valid in any working directory
 */
export function writeBundle(files: Bundle): Readonly<Record<string, string>> {
  const hash = createHash("sha256");
  for (const [name, text] of Object.entries(files)) hash.update(`${name} ${text.length} ${text} `);
  const folder = resolve(BUNDLES_FOLDER, hash.digest("hex").slice(0, 32));
  mkdirSync(folder, { recursive: true });
  // Keeps bundles out of version control in any project.
  writeOnce(resolve(OWN_FOLDER, ".gitignore"), "*\n");
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, writeOnce(join(folder, name), text)]));
}

function writeOnce(path: string, text: string): string {
  if (!existsSync(path)) {
    // Two stacks may be deployed at once: a file is there whole or not at all.
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, text);
    renameSync(draft, path);
  }
  return path;
}
