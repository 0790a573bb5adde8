import { createHash } from "node:crypto";
import { renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../../run/make-folder.ts";

/** Longest name of a file that common file systems take, in bytes, less room for the mark of a file beside a folder. */
const MAX_SEGMENT_BYTES = 250;

/**
 * Buckets on disk, to look at: `<folder>/<account>/<bucket>/<key>`. Written, never read.
 *
 * A key is any text, a path is not: "%", control characters and the names ".", ".." and "" are written as %XX, overlong names are cut and
 * marked by a hash. Where one key is also the folder of others (`a` and `a/b`), the object is the file `a%`.
 *
 * A disk that takes no more changes nothing for the buckets, which are in memory: what is missing here is said once per kind of trouble.
 */
export class DiskMirror {
  readonly #folder: string;
  readonly #warn: (text: string) => void;
  readonly #writeFile: typeof writeFileSync;
  readonly #troubles = new Set<string>();

  /**
   * @param warn gets one line when something could not be written.
   * @param writeFile how a file is written, for tests.
   */
  constructor(folder: string, warn: (text: string) => void, writeFile = writeFileSync) {
    this.#folder = folder;
    this.#warn = warn;
    this.#writeFile = writeFile;
  }

  write(accountId: string, bucket: string, key: string, body: Buffer): void {
    const file = this.pathOf(accountId, bucket, key);
    this.#try(file, () => {
      this.#makeFolder(path.dirname(file));
      if (isFolder(file)) {
        this.#writeWhole(`${file}%`, body);
      } else {
        this.#writeWhole(file, body);
        rmSync(`${file}%`, { force: true }); // from when this was a folder
      }
    });
  }

  delete(accountId: string, bucket: string, key: string): void {
    const file = this.pathOf(accountId, bucket, key);
    this.#try(file, () => this.#delete(file, this.pathOf(accountId, bucket)));
  }

  #delete(file: string, root: string): void {
    rmSync(isFile(`${file}%`) ? `${file}%` : file, { force: true, recursive: false });
    for (let folder = path.dirname(file); folder.length >= root.length; folder = path.dirname(folder)) {
      try {
        rmdirSync(folder);
      } catch {
        return; // not empty, or never made: it stays as it is
      }
    }
  }

  /** Where an object's file lies; without a key, the bucket's folder. Always below the folder of this mirror. */
  pathOf(accountId: string, bucket: string, key?: string): string {
    const segments = key === undefined ? [] : key.split("/").map(safeSegment);
    return path.join(this.#folder, accountId, bucket, ...segments);
  }

  #makeFolder(folder: string): void {
    for (let parent = folder; parent.length > this.#folder.length; parent = path.dirname(parent)) {
      if (isFile(parent)) renameSync(parent, `${parent}%`);
    }
    makeFolder(folder);
  }

  /** A file that is not whole is none: half an object would look like one. */
  #writeWhole(file: string, body: Buffer): void {
    try {
      this.#writeFile(file, body);
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
  }

  #try(file: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      if (this.#troubles.has(code)) return;
      this.#troubles.add(code);
      this.#warn(
        `--data-dir ${this.#folder} misses objects from now on: ${message} (${file}). The buckets themselves are whole, in memory; the run goes on.`,
      );
    }
  }
}

function safeSegment(segment: string): string {
  if (segment === "") return "%2F";
  if (segment === "." || segment === "..") return segment.replaceAll(".", "%2E");
  const escaped = segment.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here
    /[%\\\u0000-\u001f\u007f]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  if (Buffer.byteLength(escaped) <= MAX_SEGMENT_BYTES) return escaped;
  const hash = createHash("sha256").update(segment).digest("hex").slice(0, 16);
  return `${Buffer.from(escaped).subarray(0, 200).toString("utf8").replaceAll("\ufffd", "")}%${hash}`;
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false; // ENOTDIR: a parent is a file
  }
}
