import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";
import { AwsError } from "../../kernel/errors.ts";
import { MAX_CODE_BYTES, MAX_ZIP_BYTES } from "./limits.ts";

const inflate = promisify(inflateRaw);

const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const Method = { Stored: 0, Deflated: 8 } as const;

interface Member {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Offset of its local header. */
  readonly offset: number;
}

/**
 * The files in a ZIP archive (APPNOTE 6.3: stored and deflated members; no encryption, and no Zip64, which an archive
 * of 50 MB does not need).
 * @throws AwsError in the words of UpdateFunctionCode: RequestEntityTooLargeException, InvalidParameterValueException.
 */
export async function unzip(archive: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  if (archive.length > MAX_ZIP_BYTES) {
    const message = `Zipped size must be smaller than ${MAX_ZIP_BYTES} bytes`;
    throw new AwsError("RequestEntityTooLargeException", message, 413);
  }
  const files = new Map<string, Buffer>();
  let left = MAX_CODE_BYTES;
  for (const member of membersOf(archive)) {
    if (member.name.endsWith("/")) continue;
    left -= member.bytes;
    if (left < 0) throw invalid(`Unzipped size must be smaller than ${MAX_CODE_BYTES} bytes`);
    files.set(member.name, await contentOf(archive, member));
  }
  return files;
}

/** The members in the archive's central directory. */
function membersOf(archive: Buffer): readonly Member[] {
  const end = archive.lastIndexOf(signature(END_OF_DIRECTORY));
  if (end < 0 || end + END_BYTES > archive.length) throw malformed();
  const members: Member[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    if (at + DIRECTORY_ENTRY_BYTES > end || archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw malformed();
    const nameEnd = at + DIRECTORY_ENTRY_BYTES + archive.readUInt16LE(at + 28);
    members.push({
      name: archive.toString("utf8", at + DIRECTORY_ENTRY_BYTES, nameEnd),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packedBytes: archive.readUInt32LE(at + 20),
      bytes: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    });
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return members;
}

async function contentOf(archive: Buffer, member: Member): Promise<Buffer> {
  const { offset, packedBytes, bytes } = member;
  if (offset + LOCAL_HEADER_BYTES > archive.length) throw malformed();
  const start = offset + LOCAL_HEADER_BYTES + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  if (start + packedBytes > archive.length) throw malformed();
  const packed = archive.subarray(start, start + packedBytes);
  const content = await unpacked(packed, member);
  if (content.length !== bytes || crc32(content) !== member.crc) throw malformed();
  return content;
}

async function unpacked(packed: Buffer, { method, bytes }: Member): Promise<Buffer> {
  if (method === Method.Stored) return Buffer.from(packed);
  if (method !== Method.Deflated) throw malformed();
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch {
    throw malformed();
  }
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function malformed(): AwsError {
  return invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
