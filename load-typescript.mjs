/**
 * Runs the project's TypeScript without a loader: esbuild makes JavaScript of an entry and all that it imports from the
 * project, once, and again when one of these files has changed. Packages stay outside. Loading some few files is
 * several times faster than some hundred, each of which a loader has to find and to translate.
 *
 *     node load-typescript.mjs <entry> [arguments]
 *
 * Stack traces name files and lines of the TypeScript; `import.meta` is that of its own file.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = import.meta.dirname;
/** Folder of what was made, and of the bundles of functions; kept out of version control by its own .gitignore. */
const OWN_FOLDER = join(project, ".tributary");
const FOLDER = join(OWN_FOLDER, "code");
/** Made code of this age that is not the newest of its entry is removed: no process that still runs loads parts of it. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/**
 * Imports a TypeScript file of the project.
 * @param {string} entry path from the project's folder, such as `local/run/main.ts`
 * @returns its exports. Throws its errors, and those of esbuild for what is not TypeScript.
 */
export async function importTypescript(entry) {
  // The positions of errors are looked up when somebody reads them.
  process.setSourceMapsEnabled(true);
  return import(pathToFileURL(await codeOf(entry)).href);
}

/** The JavaScript file of an entry, made if it is not there or not of now. */
async function codeOf(entry) {
  const slug = entry.replace(/\.ts$/, "").replaceAll(/[^\w-]+/g, "-");
  const listFile = join(FOLDER, `${slug}.json`);
  const list = readList(listFile);
  if (list !== undefined && existsSync(list.main) && isOfNow(list.inputs)) return list.main;
  const startedAt = Date.now();
  const { main, inputs } = await make(entry, slug);
  const stamps = Object.fromEntries(inputs.map((path) => [path, stampOf(path)]));
  // A file that changes meanwhile may have been read before or after: made again at the next start.
  if (inputs.every((path) => statSync(path).ctimeMs < startedAt)) {
    writeWhole(listFile, JSON.stringify({ main, inputs: stamps }));
  }
  return main;
}

function readList(file) {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, "utf8"));
}

function isOfNow(inputs) {
  return Object.entries(inputs).every(([path, stamp]) => stampOf(path) === stamp);
}

/** Changes with the file: no program can set the time of its last change of any kind (ctime). */
function stampOf(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && `${stats.ino} ${stats.size} ${stats.ctimeMs}`;
}

async function make(entry, slug) {
  const { build, stop, version } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: project,
    entryPoints: { main: entry },
    outdir: FOLDER,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    // Errors and components are known by the names of their classes.
    keepNames: true,
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "silent",
    tsconfigRaw: {},
    write: false,
    metafile: true,
    plugins: [ownImportMeta],
  });
  await stop();
  const files = outputFiles.map(({ path, text }) => [
    relative(FOLDER, path),
    path.endsWith(".map") ? withAbsoluteSources(text) : text,
  ]);
  const hash = createHash("sha256").update(version);
  for (const [name, text] of files) hash.update(`${name} ${text.length} ${text} `);
  const folder = join(FOLDER, `${slug}-${hash.digest("hex").slice(0, 16)}`);
  if (!existsSync(folder)) writeFolder(folder, files);
  removeOld(slug, folder);
  const inputs = Object.keys(metafile.inputs).map((path) => resolve(project, path));
  const tools = [fileURLToPath(import.meta.url), fileURLToPath(import.meta.resolve("esbuild/package.json"))];
  return { main: join(folder, "main.mjs"), inputs: [...inputs, ...tools] };
}

/** Gives each file its own `import.meta`: in the made code all would be that of the file that they are in there. */
const ownImportMeta = {
  name: "own-import-meta",
  setup({ initialOptions, onLoad }) {
    const names = ["url", "filename", "dirname"];
    const constantOf = (name) => `__importMeta_${name}`;
    initialOptions.define = Object.fromEntries(names.map((name) => [`import.meta.${name}`, constantOf(name)]));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta.")) return undefined;
      const values = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
      const constants = names.map((name) => `const ${constantOf(name)} = ${JSON.stringify(values[name])};`);
      // On the first line, so that the others keep their numbers.
      return { contents: `${constants.join(" ")} ${text}`, loader: "ts" };
    });
  },
};

/** A source map whose sources are found wherever its file lies. */
function withAbsoluteSources(text) {
  const map = JSON.parse(text);
  return JSON.stringify({ ...map, sources: map.sources.map((path) => pathToFileURL(resolve(FOLDER, path)).href) });
}

/** Two processes may make the same code at once: a folder is there whole or not at all. */
function writeFolder(folder, files) {
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(draft, name), text);
  writeWhole(join(OWN_FOLDER, ".gitignore"), "*\n");
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

function writeWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function removeOld(slug, newest) {
  for (const name of readdirSync(FOLDER)) {
    const path = join(FOLDER, name);
    const isOfEntry = name.startsWith(`${slug}-`) && /^[0-9a-f]{16}/.test(name.slice(slug.length + 1));
    if (isOfEntry && path !== newest && Date.now() - statSync(path).mtimeMs > KEPT_MS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry] = process.argv.splice(2, 1);
  process.argv[1] = resolve(project, entry);
  await importTypescript(entry);
}
