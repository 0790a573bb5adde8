import { constants } from "node:fs";
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { isAbsolute, join, posix, resolve } from "node:path";
import { NotSupportedError, UserError } from "../kernel/errors.ts";
import { archiveHash, assetHash, type Files } from "./content-hash.ts";
import type { ResolvedAsset } from "./resource-type.ts";
import { isPlainRecord, isRawAsset, mapValues, Signature, signatureOf } from "./wire-values.ts";

type RawAsset = Readonly<Record<string, unknown>>;

/** Pulumi's own folder, which archives leave out. */
const BOOKKEEPING_FOLDER = ".pulumi";

/** A file of an asset does not exist. @param whose a hint for relative paths: the folder they were looked up in. */
class MissingContent extends UserError {
  constructor(path: string, kind: string, whose: string) {
    super(`failed to open ${kind} file '${path}': no such file or directory${whose}`);
  }
}

/** An asset or archive of the program, whose content is read on demand. */
export class LocalAsset implements ResolvedAsset {
  readonly kind: "asset" | "archive";
  readonly hash: string;
  /** Wire format, with the hash. */
  readonly raw: RawAsset;
  readonly #baseDir: string;

  constructor(raw: RawAsset, hash: string, baseDir: string) {
    this.kind = kindOf(raw);
    this.hash = hash;
    this.raw = { ...raw, hash };
    this.#baseDir = baseDir;
  }

  /**
   * Reads the content once: the returned bytes are those that were compared with the hash.
   * @throws UserError when the content differs from the engine's or is missing; the message is the same for both.
   */
  async read(): Promise<Files> {
    let files: Files | undefined;
    try {
      files = await readFiles(this.raw, this.#baseDir);
    } catch (error) {
      if (!(error instanceof MissingContent)) throw error;
    }
    if (files && hashOfFiles(this.raw, files) === this.hash) return files;
    const name = typeof this.raw.path === "string" && this.raw.path !== "" ? ` "${this.raw.path}"` : "";
    throw new UserError(
      `The content of the ${this.kind}${name} with the hash ${this.hash} is not there (any more). Relative paths are looked up in ${this.#baseDir}: start the local cloud in the folder that is deployed, or give absolute paths; if a file has changed since, deploy again.`,
    );
  }
}

/**
 * The same values with readable assets and archives.
 * @param baseDir base of relative paths: the program's working directory.
 */
export async function resolveAssets(value: unknown, baseDir: string): Promise<unknown> {
  if (isRawAsset(value)) {
    const hash = typeof value.hash === "string" && value.hash !== "" ? value.hash : await hashOf(value, baseDir);
    return new LocalAsset(value, hash, baseDir);
  }
  if (Array.isArray(value)) return Promise.all(value.map((element) => resolveAssets(element, baseDir)));
  if (!isPlainRecord(value)) return value;
  const entries = Object.entries(value).map(async ([key, element]) => [key, await resolveAssets(element, baseDir)]);
  return Object.fromEntries(await Promise.all(entries));
}

/** The same values with assets and archives in wire format again. */
export function unresolveAssets(value: unknown): unknown {
  if (value instanceof LocalAsset) return value.raw;
  if (Array.isArray(value)) return value.map(unresolveAssets);
  if (!isPlainRecord(value)) return value;
  return mapValues(value, unresolveAssets);
}

/** The same values with assets reduced to their hashes, so that assets with equal hashes are equal. */
export function assetsAsHashes(value: unknown): unknown {
  if (value instanceof LocalAsset) return { asset: value.hash };
  if (isRawAsset(value)) return { asset: value.hash };
  if (Array.isArray(value)) return value.map(assetsAsHashes);
  if (!isPlainRecord(value)) return value;
  return mapValues(value, assetsAsHashes);
}

function kindOf(raw: RawAsset): "asset" | "archive" {
  return signatureOf(raw) === Signature.Asset ? "asset" : "archive";
}

async function hashOf(raw: RawAsset, baseDir: string): Promise<string> {
  return hashOfFiles(raw, await readFiles(raw, baseDir));
}

function hashOfFiles(raw: RawAsset, files: Files): string {
  return kindOf(raw) === "asset" ? assetHash(files) : archiveHash(files);
}

/** The files of an asset or archive, in the engine's order. */
async function readFiles(raw: RawAsset, baseDir: string): Promise<Files> {
  const kind = kindOf(raw);
  if (typeof raw.text === "string") return new Map([["", Buffer.from(raw.text, "utf8")]]);
  if (typeof raw.path === "string" && raw.path !== "") {
    const path = resolve(baseDir, raw.path);
    const whose = isAbsolute(raw.path) ? "" : `; relative paths are looked up in ${baseDir}`;
    return kind === "asset" ? new Map([["", await readOne(path, whose)]]) : readFolder(path, whose);
  }
  if (isPlainRecord(raw.assets)) return readMembers(raw.assets, baseDir);
  if (raw.uri !== undefined)
    throw new NotSupportedError(`a remote ${kind} (${String(raw.uri)})`, "files, folders and text");
  // For empty and for unknown content, engines send the hash only.
  const nothing: Files = new Map(kind === "asset" ? [["", Buffer.alloc(0)]] : []);
  if (raw.hash === hashOfFiles(raw, nothing)) return nothing;
  throw new UserError(`The content of this ${kind} is not known here, only its hash.`);
}

/** Members by name; when two have the same path the first one wins, as in the engine. */
async function readMembers(members: Readonly<Record<string, unknown>>, baseDir: string): Promise<Files> {
  const files = new Map<string, Buffer>();
  for (const name of Object.keys(members).sort(byBytes)) {
    const member = members[name];
    if (!isRawAsset(member)) throw new UserError(`"${name}" in an archive is neither an asset nor an archive.`);
    const isArchive = kindOf(member) === "archive";
    for (const [inner, bytes] of await readFiles(member, baseDir)) {
      const full = isArchive ? posix.join(name, inner) : name;
      if (!files.has(full)) files.set(full, bytes);
    }
  }
  return files;
}

async function readFolder(path: string, whose: string): Promise<Files> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) throw new MissingContent(path, "archive", whose);
  if (!isFolder) throw new NotSupportedError(`an archive that is a file (${path})`, "a folder, or an AssetArchive");
  const files = new Map<string, Buffer>();
  await addFolder(files, path, "", whose);
  return files;
}

/** Folder by folder, each by name; Pulumi's own folder is left out. */
async function addFolder(files: Map<string, Buffer>, folder: string, prefix: string, whose: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((left, right) => byBytes(left.name, right.name))) {
    const full = join(folder, entry.name);
    if (entry.name === BOOKKEEPING_FOLDER) continue;
    if (entry.isSymbolicLink()) {
      throw new NotSupportedError(`a symbolic link in an archive (${full})`, "files and folders");
    }
    if (entry.isDirectory()) await addFolder(files, full, `${prefix}${entry.name}/`, whose);
    else if (entry.isFile()) files.set(`${prefix}${entry.name}`, await readOne(full, whose));
  }
}

/** Opened without blocking, and read only if it is a regular file: a pipe or a device has no end. */
async function readOne(path: string, whose: string): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return await file.readFile();
  } catch {
    // Reported below, whatever the reason.
  } finally {
    await file?.close();
  }
  throw new MissingContent(path, "asset", whose);
}

/** Names by their bytes, as the engine sorts. */
function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
