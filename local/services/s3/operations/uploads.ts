import { createHash, randomBytes } from "node:crypto";
import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../../kernel/service.ts";
import type { Bucket, MultipartUpload, UploadedPart } from "../bucket.ts";
import { headersOf } from "../bucket-objects.ts";
import { md5Hex, verifyChecksums } from "../checksums.ts";
import { authorizeKey, encryptionMembers, encryptionOf, etagOf } from "../encryption.ts";
import { MIN_PART_BYTES } from "../limits.ts";
import {
  checkUploadType,
  completedChecksum,
  hasSaidChecksum,
  partChecksum,
  readUploadChecksum,
} from "../multipart-checksums.ts";
import { checkAcl, checkPutConditions } from "../object-conditions.ts";
import type { S3Store } from "../store.ts";
import { type Input, inputs } from "./inputs.ts";
import { checksumMembers, versionMember } from "./objects.ts";

/** Multipart uploads, which tools use for files over 8 MB. */
export function uploadOperations(store: S3Store): Record<string, Operation> {
  const authorizePut = (params: Pick<Input<"PutObject">, "Bucket" | "Key" | "ExpectedBucketOwner">, call: Call) => [
    store.authorize(call, store.require(call, params), "s3:PutObject", params.Key),
  ];
  // S3 decrypts the parts to assemble the object (S3 API reference, CreateMultipartUpload, "Permissions")
  const authorizePart = (
    params: Pick<Input<"UploadPart">, "Bucket" | "Key" | "ExpectedBucketOwner" | "UploadId">,
    call: Call,
  ) => {
    const bucket = store.require(call, params);
    const upload = bucket.uploads.get(params.UploadId);
    return [
      ...authorizePut(params, call),
      ...(upload ? authorizeKey("kms:Decrypt", bucket, upload.key, upload.encryption) : []),
    ];
  };
  return {
    CreateMultipartUpload: defineOperation({
      input: inputs.CreateMultipartUpload,
      authorize: (params: Input<"CreateMultipartUpload">, call) => {
        const bucket = store.require(call, params);
        return [
          ...authorizePut(params, call),
          ...authorizeKey("kms:GenerateDataKey", bucket, params.Key, encryptionOf(bucket, params, call)),
        ];
      },
      run: (params: Input<"CreateMultipartUpload">, call) => {
        const bucket = store.require(call, params);
        checkAcl(params);
        const checksum = readUploadChecksum(params);
        const encryption = encryptionOf(bucket, params, call);
        const uploadId = randomBytes(48).toString("base64url");
        bucket.uploads.set(uploadId, {
          uploadId,
          key: params.Key,
          initiated: store.ports.clock.now(),
          headers: headersOf(params),
          metadata: params.Metadata,
          checksum,
          encryption,
          parts: new Map(),
        });
        store.scheduleLifecycle();
        return {
          Bucket: bucket.name,
          Key: params.Key,
          UploadId: uploadId,
          ...encryptionMembers(encryption),
          ...(checksum ? { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type } : {}),
        };
      },
    }),

    UploadPart: defineOperation({
      input: inputs.UploadPart,
      authorize: authorizePart,
      run: (params: Input<"UploadPart">, call) => {
        const bucket = store.require(call, params);
        const upload = requireUpload(bucket, params);
        const checksum = partChecksum(upload, params.Body, verifyChecksums(params.Body, params));
        const etag = `"${etagOf(upload.encryption, md5Hex(params.Body))}"`;
        upload.parts.set(params.PartNumber, {
          body: params.Body,
          etag,
          lastModified: store.ports.clock.now(),
          checksum: upload.checksum && checksum?.value,
        });
        call.note({ bucket: bucket.name, key: params.Key, part: params.PartNumber, bytes: params.Body.length });
        return {
          ETag: etag,
          ...encryptionMembers(upload.encryption),
          ...(checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {}),
        };
      },
    }),

    CompleteMultipartUpload: defineOperation({
      input: inputs.CompleteMultipartUpload,
      authorize: authorizePart,
      run: (params: Input<"CompleteMultipartUpload">, call) => {
        const bucket = store.require(call, params);
        const upload = requireUpload(bucket, params);
        checkUploadType(upload, params.ChecksumType);
        const parts = chosenParts(upload, params.MultipartUpload.Parts);
        checkPutConditions(bucket, params);
        const body = Buffer.concat(parts.map((part) => part.body));
        if (params.MpuObjectSize !== undefined && params.MpuObjectSize !== body.length) {
          throw new AwsError(
            "InvalidRequest",
            `The provided 'x-amz-mp-object-size' header value ${params.MpuObjectSize} does not match what was computed: ${body.length}`,
          );
        }
        const checksum = completedChecksum(upload, parts, body, params);
        const digests = createHash("md5");
        for (const part of parts) digests.update(part.etag.slice(1, -1), "hex");
        const stored = store.putObject(bucket, {
          key: params.Key,
          body,
          etag: `"${digests.digest("hex")}-${parts.length}"`,
          headers: upload.headers,
          metadata: upload.metadata,
          checksum,
          encryption: upload.encryption,
        });
        bucket.uploads.delete(upload.uploadId);
        call.note({ bucket: bucket.name, key: params.Key, parts: parts.length, bytes: body.length });
        return {
          Location: `${store.ports.endpointUrl}/${bucket.name}/${encodeURI(params.Key)}`,
          Bucket: bucket.name,
          Key: params.Key,
          ETag: stored.etag,
          ...encryptionMembers(upload.encryption),
          ...versionMember(bucket, stored.versionId),
          ...checksumMembers(stored),
        };
      },
    }),

    AbortMultipartUpload: defineOperation({
      input: inputs.AbortMultipartUpload,
      authorize: (params, call) => [
        store.authorize(call, store.require(call, params), "s3:AbortMultipartUpload", params.Key),
      ],
      run: (params, call) => {
        const bucket = store.require(call, params);
        bucket.uploads.delete(requireUpload(bucket, params).uploadId);
        return {};
      },
    }),
  };
}

/** The upload that a call names. @throws AwsError NoSuchUpload. */
export function requireUpload(bucket: Bucket, params: { Key: string; UploadId: string }): MultipartUpload {
  const upload = bucket.uploads.get(params.UploadId);
  if (!upload || upload.key !== params.Key) {
    throw new AwsError(
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      404,
      { UploadId: params.UploadId },
    );
  }
  return upload;
}

function chosenParts(
  upload: MultipartUpload,
  named: Input<"CompleteMultipartUpload">["MultipartUpload"]["Parts"],
): UploadedPart[] {
  if (named.length === 0) {
    throw new AwsError("InvalidRequest", "You must specify at least one part");
  }
  if (named.some(({ PartNumber }, index) => index > 0 && (named[index - 1]?.PartNumber ?? 0) >= PartNumber)) {
    throw new AwsError(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. Parts must be ordered by part number.",
    );
  }
  return named.map((one, index) => {
    const { PartNumber } = one;
    const etag = one.ETag.replaceAll('"', "");
    const part = upload.parts.get(PartNumber);
    if (!part || part.etag !== `"${etag}"` || !hasSaidChecksum(upload, part, one)) {
      throw new AwsError(
        "InvalidPart",
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        400,
        { UploadId: upload.uploadId, PartNumber, ETag: etag },
      );
    }
    if (index < named.length - 1 && part.body.length < MIN_PART_BYTES) {
      throw new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400, {
        PartNumber,
        ProposedSize: part.body.length,
        MinSizeAllowed: MIN_PART_BYTES,
      });
    }
    return part;
  });
}
