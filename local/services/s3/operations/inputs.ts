import { z } from "zod";
import { ChecksumAlgorithm } from "../checksums.ts";
import { unsupportedSettings } from "../errors.ts";
import { MAX_LISTED_BUCKETS, MAX_PARTS } from "../limits.ts";
import { kmsKeyId } from "./setting-inputs.ts";

const body = z.custom<Buffer>((value) => Buffer.isBuffer(value), "must be a Buffer").default(() => Buffer.alloc(0));

const bucket = { Bucket: z.string().min(1), ExpectedBucketOwner: z.string().optional() };
const object = { ...bucket, Key: z.string().min(1) };

const checksums = {
  ContentMD5: z.string().optional(),
  ChecksumAlgorithm: z.string().optional(),
  ChecksumCRC32: z.string().optional(),
  ChecksumCRC32C: z.string().optional(),
  ChecksumCRC64NVME: z.string().optional(),
  ChecksumSHA1: z.string().optional(),
  ChecksumSHA256: z.string().optional(),
};

const stored = {
  CacheControl: z.string().optional(),
  ContentDisposition: z.string().optional(),
  ContentEncoding: z.string().optional(),
  ContentLanguage: z.string().optional(),
  ContentType: z.string().optional(),
  Expires: z.string().optional(),
  Metadata: z.record(z.string(), z.string()).default({}),
  /**
   * With BucketOwnerEnforced, S3 takes "private" and "bucket-owner-full-control" only: see `checkAcl` of
   * object-conditions.ts.
   */
  ACL: z.string().optional(),
  StorageClass: z.literal("STANDARD").optional(),
  ServerSideEncryption: z.enum(["AES256", "aws:kms"], unsupportedSettings.kms).optional(),
  SSEKMSKeyId: kmsKeyId.optional(),
  BucketKeyEnabled: z.boolean().optional(),
};

const conditions = {
  IfMatch: z.string().optional(),
  IfNoneMatch: z.string().optional(),
};

const version = { VersionId: z.string().min(1).optional() };

const read = {
  ...object,
  ...version,
  ...conditions,
  /** Epoch seconds. */
  IfModifiedSince: z.number().optional(),
  IfUnmodifiedSince: z.number().optional(),
  Range: z.string().optional(),
  ChecksumMode: z.literal("ENABLED").optional(),
  ResponseCacheControl: z.string().optional(),
  ResponseContentDisposition: z.string().optional(),
  ResponseContentEncoding: z.string().optional(),
  ResponseContentLanguage: z.string().optional(),
  ResponseContentType: z.string().optional(),
  ResponseExpires: z.string().optional(),
};

const list = {
  ...bucket,
  Prefix: z.string().optional(),
  Delimiter: z.string().optional(),
  MaxKeys: z.number().int().min(0).optional(),
  EncodingType: z.literal("url").optional(),
};

const upload = { ...object, UploadId: z.string() };

const copySource = {
  /** Bucket and key, URL-encoded; `?versionId=` names a version other than the current one. */
  CopySource: z.string().min(1),
  CopySourceIfMatch: z.string().optional(),
  CopySourceIfNoneMatch: z.string().optional(),
  /** Epoch seconds. */
  CopySourceIfModifiedSince: z.number().optional(),
  CopySourceIfUnmodifiedSince: z.number().optional(),
  ExpectedSourceBucketOwner: z.string().optional(),
};

/**
 * The parameters of the operations on objects and of the lists, by S3's own names. Bodies are Buffers; times are epoch
 * seconds.
 */
export const inputs = {
  PutObject: z.strictObject({ ...object, ...stored, ...checksums, ...conditions, Body: body }),
  GetObject: z.strictObject(read),
  HeadObject: z.strictObject(read),
  CopyObject: z.strictObject({
    ...object,
    ...stored,
    ...conditions,
    ...copySource,
    MetadataDirective: z.enum(["COPY", "REPLACE"], "must be COPY or REPLACE").optional(),
    /** Without effect: objects have no tags in the local cloud. */
    TaggingDirective: z.enum(["COPY", "REPLACE"], "must be COPY or REPLACE").optional(),
    ChecksumAlgorithm: z.enum(ChecksumAlgorithm).optional(),
  }),
  UploadPartCopy: z.strictObject({
    ...upload,
    ...copySource,
    PartNumber: z.number().int().min(1).max(MAX_PARTS),
    CopySourceRange: z.string().optional(),
  }),
  DeleteObject: z.strictObject({ ...object, ...version, IfMatch: z.string().optional() }),
  DeleteObjects: z.strictObject({
    ...bucket,
    Delete: z.strictObject({
      Objects: z.array(z.strictObject({ Key: z.string().min(1), ...version })),
      Quiet: z.boolean().default(false),
    }),
  }),
  ListObjectsV2: z.strictObject({
    ...list,
    ContinuationToken: z.string().optional(),
    StartAfter: z.string().optional(),
    FetchOwner: z.boolean().default(false),
  }),
  ListObjects: z.strictObject({ ...list, Marker: z.string().optional() }),
  ListObjectVersions: z.strictObject({
    ...list,
    KeyMarker: z.string().optional(),
    VersionIdMarker: z.string().optional(),
  }),
  ListBuckets: z.strictObject({
    Prefix: z.string().optional(),
    MaxBuckets: z.number().int().min(1).max(MAX_LISTED_BUCKETS).optional(),
    ContinuationToken: z.string().optional(),
    BucketRegion: z.string().optional(),
  }),
  HeadBucket: z.strictObject(bucket),
  GetBucketAcl: z.strictObject(bucket),
  GetObjectAcl: z.strictObject({ ...object, ...version }),
  PutBucketAcl: z.strictObject({ ...bucket, ...checksums, ACL: z.string().optional() }),
  PutObjectAcl: z.strictObject({ ...object, ...version, ...checksums, ACL: z.string().optional() }),
  GetBucketCors: z.strictObject(bucket),
  GetBucketRequestPayment: z.strictObject(bucket),
  GetBucketLocation: z.strictObject(bucket),
  CreateMultipartUpload: z.strictObject({
    ...object,
    ...stored,
    ChecksumAlgorithm: z.string().optional(),
    ChecksumType: z.string().optional(),
  }),
  UploadPart: z.strictObject({
    ...upload,
    ...checksums,
    PartNumber: z.number().int().min(1).max(MAX_PARTS),
    Body: body,
  }),
  CompleteMultipartUpload: z.strictObject({
    ...upload,
    ...conditions,
    ChecksumType: z.string().optional(),
    /** Expected length of the whole object, in bytes. */
    MpuObjectSize: z.number().optional(),
    ...{
      ChecksumCRC32: checksums.ChecksumCRC32,
      ChecksumCRC32C: checksums.ChecksumCRC32C,
      ChecksumCRC64NVME: checksums.ChecksumCRC64NVME,
      ChecksumSHA1: checksums.ChecksumSHA1,
      ChecksumSHA256: checksums.ChecksumSHA256,
    },
    MultipartUpload: z.strictObject({
      Parts: z.array(
        z.strictObject({
          PartNumber: z.number().int(),
          ETag: z.string(),
          ChecksumCRC32: checksums.ChecksumCRC32,
          ChecksumCRC32C: checksums.ChecksumCRC32C,
          ChecksumCRC64NVME: checksums.ChecksumCRC64NVME,
          ChecksumSHA1: checksums.ChecksumSHA1,
          ChecksumSHA256: checksums.ChecksumSHA256,
        }),
      ),
    }),
  }),
  AbortMultipartUpload: z.strictObject(upload),
} as const;

/** Parameters of an operation, checked. */
export type Input<Name extends keyof typeof inputs> = z.infer<(typeof inputs)[Name]>;
