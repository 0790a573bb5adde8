import { AwsError } from "../../kernel/errors.ts";
import type { MultipartUpload, UploadChecksum, UploadedPart } from "./bucket.ts";
import {
  type Checksum,
  ChecksumAlgorithm,
  type ChecksumMembers,
  ChecksumType,
  checksumOf,
  DEFAULT_CHECKSUM,
  fullChecksum,
  givenChecksums,
} from "./checksums.ts";

// Checks and error messages: recorded on AWS 02-2026. Required checksums: S3 user guide, "Checking object integrity".

/** The checksum types of each algorithm, its default first. */
const typesOf: Readonly<Record<ChecksumAlgorithm, readonly ChecksumType[]>> = {
  CRC32: [ChecksumType.Composite, ChecksumType.FullObject],
  CRC32C: [ChecksumType.Composite, ChecksumType.FullObject],
  CRC64NVME: [ChecksumType.FullObject],
  SHA1: [ChecksumType.Composite],
  SHA256: [ChecksumType.Composite],
};

/**
 * The checksum of a new upload; undefined when the request names none.
 * @throws AwsError InvalidRequest for what S3 does not have.
 */
export function readUploadChecksum(params: {
  ChecksumAlgorithm?: string | undefined;
  ChecksumType?: string | undefined;
}): UploadChecksum | undefined {
  const { ChecksumAlgorithm: name, ChecksumType: kind } = params;
  if (name === undefined) {
    if (kind === undefined) return undefined;
    throw invalid("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
  }
  const algorithm = Object.values(ChecksumAlgorithm).find((one) => one === name);
  if (!algorithm) {
    const all = Object.values(ChecksumAlgorithm).join(", ");
    throw invalid(`Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${all}]`);
  }
  const [usual = ChecksumType.FullObject] = typesOf[algorithm];
  if (kind === undefined) return { algorithm, type: usual };
  const type = Object.values(ChecksumType).find((one) => one === kind);
  if (!type) throw invalid("Value for x-amz-checksum-type header is invalid.");
  if (!typesOf[algorithm].includes(type)) {
    throw invalid(`The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  }
  return { algorithm, type };
}

/**
 * The checksum of a part, by the upload's algorithm. For an upload without one it is the given checksum, which is
 * answered and not stored.
 * @throws AwsError InvalidRequest for another algorithm than the upload's, and for a part without checksum in a
 * composite one.
 */
export function partChecksum(
  upload: Pick<MultipartUpload, "checksum">,
  body: Buffer,
  given: Checksum | undefined,
): Checksum | undefined {
  const { checksum } = upload;
  if (!checksum || given?.algorithm === checksum.algorithm) return given;
  if (!given && checksum.type === ChecksumType.FullObject) return fullChecksum(checksum.algorithm, body);
  const actual = given?.algorithm.toLowerCase() ?? "null";
  throw invalid(
    `Checksum Type mismatch occurred, expected checksum Type: ${checksum.algorithm.toLowerCase()}, actual checksum Type: ${actual}`,
  );
}

/** @throws AwsError InvalidRequest unless an upload is completed with the checksum type that it was created with. */
export function checkUploadType({ checksum }: MultipartUpload, type: string | undefined): void {
  if (type === undefined || type === checksum?.type) return;
  throw invalid(
    `The upload was created using the ${checksum?.type ?? "null"} checksum mode. The complete request must use the same checksum mode.`,
  );
}

/**
 * Whether a part has the checksum that CompleteMultipartUpload says.
 * @throws AwsError BadDigest for another algorithm, InvalidRequest for a missing checksum of a composite one.
 */
export function hasSaidChecksum(
  { checksum }: MultipartUpload,
  part: UploadedPart,
  named: ChecksumMembers & { PartNumber: number },
): boolean {
  const given = givenChecksums(named);
  // The parts of an upload without a checksum have none either.
  if (!checksum) return given.length === 0;
  const own = given.find(({ algorithm }) => algorithm === checksum.algorithm);
  if (own) return own.value === part.checksum;
  if (given[0]) {
    const algorithm = given[0].algorithm.toLowerCase();
    throw new AwsError(
      "BadDigest",
      `The ${algorithm} you specified for part ${named.PartNumber} did not match what we received.`,
    );
  }
  if (checksum.type === ChecksumType.FullObject) return true;
  throw invalid(
    `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${named.PartNumber} in the request.`,
  );
}

/**
 * The checksum of a completed object, of its bytes or of the checksums of its parts. An upload that was created without
 * one gets CRC64NVME, whatever CompleteMultipartUpload says.
 * @throws AwsError BadDigest when CompleteMultipartUpload says another value.
 */
export function completedChecksum(
  { checksum }: MultipartUpload,
  parts: readonly UploadedPart[],
  body: Buffer,
  said: ChecksumMembers,
): Checksum {
  if (!checksum) return fullChecksum(DEFAULT_CHECKSUM.algorithm, body);
  const { algorithm, type } = checksum;
  const made = type === ChecksumType.FullObject ? fullChecksum(algorithm, body) : composite(algorithm, parts);
  const values = [made.value, ...(type === ChecksumType.Composite ? [made.value.replace(/-\d+$/, "")] : [])];
  if (givenChecksums(said).some((given) => given.algorithm !== algorithm || !values.includes(given.value))) {
    throw new AwsError(
      "BadDigest",
      `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
    );
  }
  return made;
}

function composite(algorithm: ChecksumAlgorithm, parts: readonly UploadedPart[]): Checksum {
  const digests = Buffer.concat(parts.map(({ checksum }) => Buffer.from(checksum ?? "", "base64")));
  return { algorithm, type: ChecksumType.Composite, value: `${checksumOf(algorithm, digests)}-${parts.length}` };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidRequest", message);
}
