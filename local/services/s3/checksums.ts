import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError } from "../../errors.ts";

/** The checksums that S3 takes, by the name that requests use. */
export const ChecksumAlgorithm = {
  Crc32: "CRC32",
  Crc32C: "CRC32C",
  Crc64Nvme: "CRC64NVME",
  Sha1: "SHA1",
  Sha256: "SHA256",
} as const;
export type ChecksumAlgorithm = (typeof ChecksumAlgorithm)[keyof typeof ChecksumAlgorithm];

/** A checksum of an object's bytes, base64. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
}

/** Parameters and answers carry checksums under these names, such as `ChecksumCRC32`. */
export type ChecksumMember = `Checksum${ChecksumAlgorithm}`;

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

/** MD5 of `bytes`, hexadecimal: what an ETag holds. */
export function md5Hex(bytes: Buffer): string {
  return createHash("md5").update(bytes).digest("hex");
}

/**
 * Holds `bytes` against what the request said about them.
 * @returns the checksum that was given, to be kept with the object.
 */
export function verifyChecksums(
  bytes: Buffer,
  given: { ContentMD5?: string } & Partial<Record<ChecksumMember, string>>,
): Checksum | undefined {
  if (given.ContentMD5 !== undefined) {
    if (Buffer.from(given.ContentMD5, "base64").length !== 16) {
      throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.");
    }
    if (createHash("md5").update(bytes).digest("base64") !== given.ContentMD5) {
      throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
  }
  const named = algorithms.filter((algorithm) => given[`Checksum${algorithm}`] !== undefined);
  if (named.length > 1) {
    throw new AwsError(
      "InvalidRequest",
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  }
  const algorithm = named[0];
  if (!algorithm) return undefined;
  const value = given[`Checksum${algorithm}`] ?? "";
  if (checksumOf(algorithm, bytes) !== value) {
    throw new AwsError("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { algorithm, value };
}

function uint32(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString("base64");
}

/** One table of a reflected CRC of 64 bits, as high and low halves; a CRC of 32 bits uses the low half only. */
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
  let upper = 0xffffffff;
  let lower = 0xffffffff;
  for (const byte of bytes) {
    const index = (lower ^ byte) & 0xff;
    lower = (((lower >>> 8) | (upper << 24)) ^ (nvme.low[index] as number)) >>> 0;
    upper = ((upper >>> 8) ^ (nvme.high[index] as number)) >>> 0;
  }
  const digest = Buffer.alloc(8);
  digest.writeUInt32BE(~upper >>> 0, 0);
  digest.writeUInt32BE(~lower >>> 0, 4);
  return digest.toString("base64");
}
