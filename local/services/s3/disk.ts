import { createHash } from "node:crypto";
import { renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../../kernel/make-folder.ts";

/** Longest file name of common file systems, in bytes, less room for the suffix `%`. */
const MAX_SEGMENT_BYTES = 250;

/**
 * Objects as files, for people to look at: `<folder>/<account>/<bucket>/<key>`. Written, never read.
 *
 * Not every key is a path: "%", control characters and the names ".", ".." and "" are written as %XX, and overlong
 * names are cut and end in a hash. When a key is also the prefix of others (`a` and `a/b`), its object is the file
 * `a%`.
 *
 * Failed writes do not affect the buckets, which are in memory: each kind of failure is warned of once.
 */
export class DiskMirror {
  readonly #folder: string;
  readonly #warn: (text: string) => void;
  readonly #writeFile: typeof writeFileSync;
  readonly #troubles = new Set<string>();

  /**
   * @param warn gets one line for each kind of failed write.
   * @param writeFile for tests.
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
        rmSync(`${file}%`, { force: true }); // left from when this was a folder
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
        return; // not empty, or never made
      }
    }
  }

  /** The file of an object; without a key, the folder of the bucket. Always below the folder of this mirror. */
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

  /** Removes a file whose write fails: half an object would look like a whole one. */
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
