import { createHash, type Hash } from "node:crypto";
import { posix } from "node:path";

const BLOCK_BYTES = 512;
/** Sizes of a header's fields: name, and prefix (the leading part of a long path). */
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;
const EXTENDED_HEADER = "x";
const REGULAR_FILE = "0";

/** Content by file name, in the engine's order; an asset is one file with the name "". */
export type Files = ReadonlyMap<string, Buffer>;

/** The engine's hash of an asset: SHA-256 of its bytes, in hex. */
export function assetHash(files: Files): string {
  return createHash("sha256")
    .update(files.get("") ?? "")
    .digest("hex");
}

/**
 * The engine's hash of an archive: SHA-256, in hex, of its content as a tar file. The format is POSIX.1-1988 (ustar),
 * with an extended header (POSIX.1-2001, pax) before a file whose name is too long.
 */
export function archiveHash(files: Files): string {
  const hash = createHash("sha256");
  for (const [name, bytes] of files) {
    const isPlain = Buffer.byteLength(name) <= NAME_BYTES && isAscii(name);
    const split = isPlain ? { prefix: "", rest: name } : splitName(name);
    if (split) addFile(hash, header(split.rest, bytes.length, REGULAR_FILE, true, split.prefix), bytes);
    else {
      const record = Buffer.from(extendedRecord("path", name), "utf8");
      const { dir, base } = posix.parse(name);
      const label = ascii(posix.join(dir, "PaxHeaders.0", base))
        .slice(0, NAME_BYTES)
        .replace(/\/+$/, "");
      addFile(hash, header(label, record.length, EXTENDED_HEADER, false), record);
      const cut = ascii(name).slice(0, NAME_BYTES);
      const isCut = ascii(name).length > NAME_BYTES;
      addFile(hash, header(isCut ? cut.replace(/\/+$/, "") : cut, bytes.length, REGULAR_FILE, true), bytes);
    }
  }
  return hash.update(Buffer.alloc(2 * BLOCK_BYTES)).digest("hex");
}

function addFile(hash: Hash, head: Buffer, bytes: Buffer): void {
  hash.update(head).update(bytes);
  hash.update(Buffer.alloc((BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES));
}

/** @param isFile a file of the archive: has a mode and device numbers. */
function header(name: string, size: number, type: string, isFile: boolean, prefix = ""): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, at: number, digits: number) =>
    block.write(value.toString(8).padStart(digits, "0"), at, "latin1");
  block.write(name, 0, NAME_BYTES, "latin1");
  octal(isFile ? 0o600 : 0, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  block.write(type, 156, "latin1");
  block.write("ustar\u000000", 257, "latin1");
  if (isFile) {
    octal(0, 329, 7);
    octal(0, 337, 7);
  }
  block.write(prefix, 345, PREFIX_BYTES, "latin1");
  // The checksum is computed with spaces in its own field.
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 6);
  block.write("\u0000 ", 154, "latin1");
  return block;
}

/** Splits a long name into prefix and rest that fit the header; undefined when it cannot be split, or is not ASCII. */
function splitName(name: string): { prefix: string; rest: string } | undefined {
  if (!isAscii(name)) return undefined;
  const at = name.slice(0, PREFIX_BYTES + 1).lastIndexOf("/");
  const rest = name.slice(at + 1);
  return at > 0 && rest !== "" && rest.length <= NAME_BYTES ? { prefix: name.slice(0, at), rest } : undefined;
}

/** `<length of all of it> <key>=<value>\n`. */
function extendedRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return `${length} ${key}=${value}\n`;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** The ASCII characters of a text. */
function ascii(text: string): string {
  return [...text].filter(isAscii).join("");
}
