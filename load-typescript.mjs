/**
 * Runs the project's TypeScript without a loader: esbuild makes JavaScript of an entry and all that it imports from the
 * project, once, and again when one of these files has changed. Packages stay outside. Loading some few files is
 * several times faster than some hundred, each of which a loader has to find and to translate.
 *
 *     node load-typescript.mjs <entry> [arguments]
 *
 * Stack traces name files and lines of the TypeScript; `import.meta` is that of its own file.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = import.meta.dirname;
/** Folder of what was made, and of the bundles of functions; kept out of version control by its own .gitignore. */
const OWN_FOLDER = join(project, ".tributary");
const FOLDER = join(OWN_FOLDER, "code");
/** Made code that no process has been started with for this long is removed. */
const KEPT_MS = 7 * 24 * 3600 * 1000;
/** Error codes of a folder that cannot be written: somebody else's, read-only, or on a full disk. */
const UNWRITABLE = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"];

/** The TypeScript cannot be loaded: the message is for the user. The Pulumi SDK prints a SyntaxError without its stack. */
class LoadError extends SyntaxError {}

/**
 * Imports a TypeScript file of the project.
 * @param {string} entry path from the project's folder, such as `local/run/main.ts`
 * @returns its exports. Throws its errors, and LoadError for what is not TypeScript.
 */
export async function importTypescript(entry) {
  // The positions of errors are looked up when somebody reads them.
  process.setSourceMapsEnabled(true);
  return import(pathToFileURL(await codeOf(entry)).href);
}

/** The file to import for an entry: made code, or the entry itself, with a loader, where nothing can be written. */
async function codeOf(entry) {
  try {
    return await madeCodeOf(entry);
  } catch (error) {
    if (!UNWRITABLE.includes(error.code)) throw error;
    const { register } = await import("tsx/esm/api");
    register();
    return join(project, entry);
  }
}

/** The JavaScript file of an entry, made if it is not there or not of now. */
async function madeCodeOf(entry) {
  const slug = entry.replace(/\.ts$/, "").replaceAll(/[^\w-]+/g, "-");
  const listFile = join(FOLDER, `${slug}.json`);
  const list = readList(listFile);
  if (list?.project === project && existsSync(list.main) && isOfNow(list.inputs)) {
    markAsUsed(dirname(list.main));
    return list.main;
  }
  mkdirSync(FOLDER, { recursive: true });
  const startedAt = Date.now();
  const { main, inputs } = await make(entry, slug);
  const stats = new Map(inputs.map((path) => [path, statsOf(path)]));
  // A file that changes meanwhile may have been read before or after: made again at the next start.
  if ([...stats.values()].every((found) => found && found.ctimeMs < startedAt)) {
    const stamps = Object.fromEntries([...stats].map(([path, found]) => [path, stampOf(found)]));
    writeWhole(listFile, JSON.stringify({ project, main, inputs: stamps }));
  }
  return main;
}

/**
 * What an entry's code was made of. Its paths are absolute: a copy of the project, which brings its list along, must not
 * run the code of the first one. Undefined when there is none, or a crash of the machine has left half of it.
 */
function readList(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isOfNow(inputs) {
  return Object.entries(inputs).every(([path, stamp]) => stampOf(statsOf(path)) === stamp);
}

function statsOf(path) {
  return statSync(path, { throwIfNoEntry: false });
}

/** Changes with the file: no program can set the time of its last change of any kind (ctime). */
function stampOf(stats) {
  return stats && `${stats.ino} ${stats.size} ${stats.ctimeMs}`;
}

/** Keeps code of which a process may load further parts from being removed as old. */
function markAsUsed(folder) {
  const now = new Date();
  // In a folder that cannot be written nothing is removed either.
  unless([...UNWRITABLE, "ENOENT"], () => utimesSync(folder, now, now));
}

/** Does a work that some errors may keep from being done. */
function unless(codes, work) {
  try {
    work();
  } catch (error) {
    if (!codes.includes(error.code)) throw error;
  }
}

async function make(entry, slug) {
  const { version, outputFiles, metafile } = await build({
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
  const files = outputFiles.map(({ path, text }) => [
    relative(FOLDER, path),
    path.endsWith(".map") ? withAbsoluteSources(text) : text,
  ]);
  const hash = createHash("sha256").update(version);
  for (const [name, text] of files) hash.update(`${name} ${text.length} ${text} `);
  const folder = join(FOLDER, `${slug}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(folder)) markAsUsed(folder);
  else writeFolder(folder, files);
  removeOld();
  const inputs = Object.keys(metafile.inputs).map((path) => resolve(project, path));
  const tools = [fileURLToPath(import.meta.url), fileURLToPath(import.meta.resolve("esbuild/package.json"))];
  return { main: join(folder, "main.mjs"), inputs: [...inputs, ...tools] };
}

/** esbuild's result and version. Throws LoadError, with the reason in esbuild's words. */
async function build(options) {
  let esbuild;
  try {
    esbuild = await import("esbuild");
    const result = await esbuild.build(options);
    return { ...result, version: esbuild.version };
  } catch (error) {
    throw new LoadError(await reasonOf(error, esbuild));
  } finally {
    await esbuild?.stop();
  }
}

async function reasonOf({ code, errors, message }, esbuild) {
  if (code === "ERR_MODULE_NOT_FOUND") return `The packages are not installed in ${project}. Type: npm ci`;
  if (errors === undefined) return message;
  const texts = await esbuild.formatMessages(errors, { kind: "error" });
  return texts.join("").trim();
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
  const draft = draftOf(folder);
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
  const draft = draftOf(file);
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** The name of what is still being written, or removed. A killed process leaves it, and it is removed when it is old. */
function draftOf(path) {
  return `${path}.${randomUUID()}`;
}

function removeOld() {
  for (const name of readdirSync(FOLDER)) {
    const path = join(FOLDER, name);
    const stats = statsOf(path);
    if (name.endsWith(".json") || stats === undefined || Date.now() - stats.mtimeMs <= KEPT_MS) continue;
    // Renamed first: a folder with some of its files would pass for the code. Another process may have been faster.
    const draft = draftOf(path);
    unless([...UNWRITABLE, "ENOENT"], () => renameSync(path, draft));
    rmSync(draft, { recursive: true, force: true });
  }
}

if (isStarted()) {
  const [entry] = process.argv.splice(2, 1);
  process.argv[1] = resolve(project, entry);
  try {
    await importTypescript(entry);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Whether this file was started, perhaps through a symbolic link, and not imported. */
function isStarted() {
  const [, started] = process.argv;
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(import.meta.url);
}
