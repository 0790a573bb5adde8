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

// What is checked and how it is refused: recorded on AWS 02-2026. Who must give what: S3 user guide, "Checking object integrity".

/** How an algorithm checks an upload unless it says so; the second kind is the other that it can. */
const typesOf: Readonly<Record<ChecksumAlgorithm, readonly ChecksumType[]>> = {
  CRC32: [ChecksumType.Composite, ChecksumType.FullObject],
  CRC32C: [ChecksumType.Composite, ChecksumType.FullObject],
  CRC64NVME: [ChecksumType.FullObject],
  SHA1: [ChecksumType.Composite],
  SHA256: [ChecksumType.Composite],
};

/** How a new upload is checked; undefined where it does not say. Throws for what S3 does not have. */
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
 * The checksum of a part, in the upload's algorithm; what was given (and holds) for an upload without one, which is answered and not kept.
 * @throws AwsError InvalidRequest for another algorithm than the upload's, and for none where the parts' checksums make the object's.
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

/** Throws unless an upload is completed as the kind of checksum that it was created with. */
export function checkUploadType({ checksum }: MultipartUpload, type: string | undefined): void {
  if (type === undefined || type === checksum?.type) return;
  throw invalid(
    `The upload was created using the ${checksum?.type ?? "null"} checksum mode. The complete request must use the same checksum mode.`,
  );
}

/**
 * Whether a part has the checksum that a completion says; a part without its checksum is refused where the parts' make the object's.
 * @returns false for a part that is another than the one that was uploaded.
 */
export function isPartAsSaid(
  { checksum }: MultipartUpload,
  part: UploadedPart,
  named: ChecksumMembers & { PartNumber: number },
): boolean {
  const given = givenChecksums(named);
  // an upload without a checksum keeps none of its parts
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
 * The checksum of the object that parts make: of all its bytes, or of the parts' checksums with their number behind it. An upload that was created
 * without one gets CRC64NVME, whatever its completion says.
 * @throws AwsError BadDigest where the completion says another.
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
