import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { NotSupportedError, UserError } from "../errors.ts";
import type { ResolvedAsset } from "./resource-type.ts";
import { isPlainRecord, isRawAsset, mapValues, Signature, signatureOf } from "./wire-values.ts";

type RawAsset = Readonly<Record<string, unknown>>;
type Files = ReadonlyMap<string, Buffer>;

/** An asset or archive as the program gave it, with what is in it read when it is asked for. */
export class LocalAsset implements ResolvedAsset {
  readonly kind: "asset" | "archive";
  readonly hash: string;
  /** As it stands on the wire, with its hash. */
  readonly raw: RawAsset;
  readonly #baseDir: string;

  constructor(raw: RawAsset, hash: string, baseDir: string) {
    this.kind = kindOf(raw);
    this.hash = hash;
    this.raw = { ...raw, hash };
    this.#baseDir = baseDir;
  }

  read(): Promise<Files> {
    return readFiles(this.raw, this.#baseDir);
  }
}

/**
 * The same values with every asset and archive in them made readable.
 * @param baseDir what relative paths are relative to: the program's working directory.
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

/** The same values with every resolved asset as it stands on the wire again. */
export function unresolveAssets(value: unknown): unknown {
  if (value instanceof LocalAsset) return value.raw;
  if (Array.isArray(value)) return value.map(unresolveAssets);
  if (!isPlainRecord(value)) return value;
  return mapValues(value, unresolveAssets);
}

/** The same values with the content of every asset left out, so that two of them are equal when their hashes are. */
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
  const files = await readFiles(raw, baseDir);
  const hash = createHash("sha256");
  if (kindOf(raw) === "asset") return hash.update(files.get("") ?? "").digest("hex");
  for (const [name, bytes] of [...files].sort(([left], [right]) => (left < right ? -1 : 1))) {
    hash.update(`${Buffer.byteLength(name)} ${name} ${bytes.length} `).update(bytes);
  }
  return hash.digest("hex");
}

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
  throw new UserError(`The content of this ${kind} is not known here, only its hash.`);
}

async function readMembers(members: Readonly<Record<string, unknown>>, baseDir: string): Promise<Files> {
  const files = new Map<string, Buffer>();
  for (const [name, member] of Object.entries(members)) {
    if (!isRawAsset(member)) throw new UserError(`"${name}" in an archive is neither an asset nor an archive.`);
    for (const [inner, bytes] of await readFiles(member, baseDir))
      files.set(inner === "" ? name : `${name}/${inner}`, bytes);
  }
  return files;
}

async function readFolder(path: string, whose: string): Promise<Files> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) throw missing(path, "archive", whose);
  if (!isFolder) throw new NotSupportedError(`an archive that is a file (${path})`, "a folder, or an AssetArchive");
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    const full = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) {
      throw new NotSupportedError(`a symbolic link in an archive (${full})`, "files and folders");
    }
    if (!entry.isFile()) continue;
    files.set(full.slice(path.length + 1), await readFile(full));
  }
  return files;
}

async function readOne(path: string, whose: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    throw missing(path, "asset", whose);
  }
}

/** @param whose where the path was looked up, if that is not said by the path itself. */
function missing(path: string, kind: string, whose: string): UserError {
  return new UserError(`failed to open ${kind} file '${path}': no such file or directory${whose}`);
}
