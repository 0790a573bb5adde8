import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperation, type Operation } from "../../../kernel/service.ts";
import type { Bucket } from "../bucket.ts";
import { headersOf, type StoredObject, Versioning } from "../bucket-objects.ts";
import { DEFAULT_CHECKSUM, fullChecksum, md5Hex } from "../checksums.ts";
import { type CopySource, readCopyRange, readCopySource } from "../copy-source.ts";
import { authorizeKey, encryptionMembers, encryptionOf, etagOf, type ObjectEncryption } from "../encryption.ts";
import { noSuchBucket } from "../errors.ts";
import { checkAcl, checkCopyConditions, checkPutConditions } from "../object-conditions.ts";
import { checkOwner, type S3Store } from "../store.ts";
import { type Input, inputs } from "./inputs.ts";
import { authorizeDecrypt, checksumMembers, findObject, versionMember } from "./objects.ts";
import { requireUpload } from "./uploads.ts";

/** Parameters about the source, of both kinds of copies. */
type CopyParams = Pick<
  Input<"CopyObject">,
  | "CopySource"
  | "CopySourceIfMatch"
  | "CopySourceIfNoneMatch"
  | "CopySourceIfModifiedSince"
  | "CopySourceIfUnmodifiedSince"
  | "ExpectedSourceBucketOwner"
>;

/** Copies within S3: an object, or a part of a multipart upload. IAM evaluates the policies of both buckets. */
export function copyOperations(store: S3Store): Record<string, Operation> {
  const authorizeCopy = (
    params: CopyParams & { Bucket: string; Key: string; ExpectedBucketOwner?: string },
    call: Call,
    encryption: ObjectEncryption | undefined,
  ) => {
    const source = readCopySource(params.CopySource);
    const from = sourceBucket(store, source, params);
    const bucket = store.require(call, params);
    return [
      store.authorize(call, from, source.versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", source.key),
      store.authorize(call, bucket, "s3:PutObject", params.Key),
      ...authorizeDecrypt(from, source.key, source.versionId),
      ...(encryption ? authorizeKey("kms:GenerateDataKey", bucket, params.Key, encryption) : []),
    ];
  };
  return {
    CopyObject: defineOperation({
      input: inputs.CopyObject,
      authorize: (params: Input<"CopyObject">, call) =>
        authorizeCopy(params, call, encryptionOf(store.require(call, params), params, call)),
      run: (params: Input<"CopyObject">, call) => {
        const bucket = store.require(call, params);
        const { from, source, object } = sourceObject(store, params, call);
        const isReplacing = params.MetadataDirective === "REPLACE";
        const isChanging =
          isReplacing || params.StorageClass !== undefined || params.ServerSideEncryption !== undefined;
        const isItself = from === bucket && source.key === params.Key && source.versionId === undefined;
        if (isItself && !isChanging) throw copyToItself();
        checkAcl(params);
        checkPutConditions(bucket, params);
        const algorithm = params.ChecksumAlgorithm ?? (object.checksum ?? DEFAULT_CHECKSUM).algorithm;
        const encryption = encryptionOf(bucket, params, call);
        const stored = store.putObject(bucket, {
          key: params.Key,
          body: object.body,
          encryption,
          etag: `"${etagOf(encryption, md5Hex(object.body))}"`,
          headers: isReplacing ? headersOf(params) : object.headers,
          metadata: isReplacing ? params.Metadata : object.metadata,
          checksum: fullChecksum(algorithm, object.body),
        });
        call.note({ bucket: bucket.name, key: params.Key, bytes: object.body.length });
        return {
          CopyObjectResult: {
            LastModified: stored.lastModified / 1000,
            ETag: stored.etag,
            ...checksumMembers(stored),
          },
          ...encryptionMembers(encryption),
          ...versionMember(bucket, stored.versionId),
          ...sourceVersion(from, object),
        };
      },
    }),

    UploadPartCopy: defineOperation({
      input: inputs.UploadPartCopy,
      authorize: (params: Input<"UploadPartCopy">, call) => {
        const upload = store.require(call, params).uploads.get(params.UploadId);
        return authorizeCopy(params, call, upload?.encryption);
      },
      run: (params: Input<"UploadPartCopy">, call) => {
        const bucket = store.require(call, params);
        const upload = requireUpload(bucket, params);
        const { from, object } = sourceObject(store, params, call);
        const range = readCopyRange(params.CopySourceRange, object.body.length);
        const body = object.body.subarray(range.start, range.end + 1);
        const etag = `"${etagOf(upload.encryption, md5Hex(body))}"`;
        const lastModified = store.ports.clock.now();
        const checksum = upload.checksum && fullChecksum(upload.checksum.algorithm, body);
        upload.parts.set(params.PartNumber, { body, etag, lastModified, checksum: checksum?.value });
        call.note({ bucket: bucket.name, key: params.Key, part: params.PartNumber, bytes: body.length });
        return {
          CopyPartResult: {
            LastModified: lastModified / 1000,
            ETag: etag,
            ...(checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {}),
          },
          ...encryptionMembers(upload.encryption),
          ...sourceVersion(from, object),
        };
      },
    }),
  };
}

/** The source bucket, which may be in another region. */
function sourceBucket(store: S3Store, source: CopySource, params: CopyParams): Bucket {
  const bucket = store.find(source.bucket);
  if (!bucket) throw noSuchBucket(source.bucket);
  checkOwner(bucket, params.ExpectedSourceBucketOwner);
  return bucket;
}

function sourceObject(store: S3Store, params: CopyParams, call: Call) {
  const source = readCopySource(params.CopySource);
  const from = sourceBucket(store, source, params);
  const version = source.versionId === undefined ? undefined : from.objects.findVersion(source.key, source.versionId);
  if (version && !version.object) {
    throw new AwsError(
      "InvalidRequest",
      "The source of a copy request may not specifically refer to a delete marker by version id.",
    );
  }
  const object = findObject(store, from, { Key: source.key, VersionId: source.versionId }, call);
  const conditions = {
    IfMatch: params.CopySourceIfMatch,
    IfNoneMatch: params.CopySourceIfNoneMatch,
    IfModifiedSince: params.CopySourceIfModifiedSince,
    IfUnmodifiedSince: params.CopySourceIfUnmodifiedSince,
  };
  checkCopyConditions(object, conditions, store.ports.clock.now() / 1000);
  return { from, source, object };
}

function sourceVersion(bucket: Bucket, { versionId }: StoredObject): { CopySourceVersionId?: string } {
  return bucket.objects.versioning === Versioning.Off ? {} : { CopySourceVersionId: versionId };
}

function copyToItself(): AwsError {
  return new AwsError(
    "InvalidRequest",
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
