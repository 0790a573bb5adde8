import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError } from "../../kernel/errors.ts";

/** The checksum algorithms of S3, by their names in requests. */
export const ChecksumAlgorithm = {
  Crc32: "CRC32",
  Crc32C: "CRC32C",
  Crc64Nvme: "CRC64NVME",
  Sha1: "SHA1",
  Sha256: "SHA256",
} as const;
export type ChecksumAlgorithm = (typeof ChecksumAlgorithm)[keyof typeof ChecksumAlgorithm];

/** Whether a checksum is of all bytes of an object, or of the checksums of its parts. */
export const ChecksumType = { FullObject: "FULL_OBJECT", Composite: "COMPOSITE" } as const;
export type ChecksumType = (typeof ChecksumType)[keyof typeof ChecksumType];

/** A checksum of an object. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** Base64; a composite one is followed by `-` and the number of parts. */
  readonly value: string;
}

/**
 * The checksum of an object that was sent without one, since December 2024 (S3 user guide, "Checking object integrity";
 * recorded on AWS 02-2026).
 */
export const DEFAULT_CHECKSUM = { algorithm: ChecksumAlgorithm.Crc64Nvme, type: ChecksumType.FullObject } as const;

/** The names of checksums in parameters and answers, such as `ChecksumCRC32`. */
export type ChecksumMember = `Checksum${ChecksumAlgorithm}`;
export type ChecksumMembers = Partial<Record<ChecksumMember, string | undefined>>;

const algorithms = Object.values(ChecksumAlgorithm);

/** The base64 text of a checksum over `bytes`. */
export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Buffer): string {
  switch (algorithm) {
    case "CRC32":
      return uint32(crc32(bytes));
    case "CRC32C":
      return uint32(crc32c(bytes));
    case "CRC64NVME":
      return crc64nvme(bytes);
    case "SHA1":
      return createHash("sha1").update(bytes).digest("base64");
    case "SHA256":
      return createHash("sha256").update(bytes).digest("base64");
  }
}

/** The checksum of an object's bytes. */
export function fullChecksum(algorithm: ChecksumAlgorithm, bytes: Buffer): Checksum {
  return { algorithm, type: ChecksumType.FullObject, value: checksumOf(algorithm, bytes) };
}

/** The checksums among the members of a request. */
export function givenChecksums(members: ChecksumMembers): { algorithm: ChecksumAlgorithm; value: string }[] {
  return algorithms.flatMap((algorithm) => {
    const value = members[`Checksum${algorithm}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
}

/** MD5 of `bytes`, hexadecimal: the ETag without encryption by KMS. */
export function md5Hex(bytes: Buffer): string {
  return createHash("md5").update(bytes).digest("hex");
}

/**
 * Verifies `bytes` against the digests of the request.
 * @returns the checksum that was given, to be stored with the object.
 * @throws AwsError InvalidDigest, BadDigest, InvalidRequest.
 */
export function verifyChecksums(bytes: Buffer, given: { ContentMD5?: string } & ChecksumMembers): Checksum | undefined {
  if (given.ContentMD5 !== undefined) {
    if (Buffer.from(given.ContentMD5, "base64").length !== 16) {
      throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.");
    }
    if (createHash("md5").update(bytes).digest("base64") !== given.ContentMD5) {
      throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
  }
  const named = givenChecksums(given);
  if (named.length > 1) {
    throw new AwsError(
      "InvalidRequest",
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  }
  const [said] = named;
  if (!said) return undefined;
  const own = fullChecksum(said.algorithm, bytes);
  if (!isBase64Of(said.value, Buffer.byteLength(own.value, "base64"))) {
    throw new AwsError("InvalidRequest", `Value for x-amz-checksum-${said.algorithm.toLowerCase()} header is invalid.`);
  }
  if (own.value !== said.value) {
    throw new AwsError("BadDigest", `The ${said.algorithm} you specified did not match the calculated checksum.`);
  }
  return own;
}

function isBase64Of(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, "base64");
  return decoded.length === bytes && decoded.toString("base64") === text;
}

function uint32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString("base64");
}

/** The table of a reflected CRC of 64 bits, in high and low halves; a CRC of 32 bits uses only the low half. */
function crcTable(polynomialHigh: number, polynomialLow: number): { high: Uint32Array; low: Uint32Array } {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let index = 0; index < 256; index++) {
    let upper = 0;
    let lower = index;
    for (let bit = 0; bit < 8; bit++) {
      const carry = lower & 1;
      lower = ((lower >>> 1) | (upper << 31)) >>> 0;
      upper >>>= 1;
      if (carry) {
        lower = (lower ^ polynomialLow) >>> 0;
        upper = (upper ^ polynomialHigh) >>> 0;
      }
    }
    high[index] = upper;
    low[index] = lower;
  }
  return { high, low };
}

const castagnoli = crcTable(0, 0x82f63b78).low;
const nvme = crcTable(0x9a6c9329, 0xac4bc9b5);

function crc32c(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (castagnoli[(crc ^ byte) & 0xff] as number);
  return ~crc >>> 0;
}

function crc64nvme(bytes: Buffer): string {
  // Runs for every object without a checksum: an index loop and signed halves of 32 bits are several times faster.
  const { high, low } = nvme;
  let upper = -1;
  let lower = -1;
  for (let at = 0; at < bytes.length; at++) {
    const index = (lower ^ (bytes[at] as number)) & 0xff;
    lower = ((lower >>> 8) | (upper << 24)) ^ (low[index] as number);
    upper = (upper >>> 8) ^ (high[index] as number);
  }
  const digest = Buffer.alloc(8);
  digest.writeUInt32BE(~upper >>> 0, 0);
  digest.writeUInt32BE(~lower >>> 0, 4);
  return digest.toString("base64");
}
