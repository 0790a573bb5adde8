import { AwsError, NotSupportedError } from "../../../kernel/errors.ts";
import { ownValue } from "../../../kernel/own-value.ts";
import type { HttpRequest } from "../../../kernel/service.ts";
import { systemHeaders } from "../bucket-objects.ts";
import { verifyChecksums } from "../checksums.ts";
import { malformedXml } from "../errors.ts";
import type { Target } from "./route.ts";
import { readSettingDocument } from "./setting-documents.ts";
import { fromXml } from "./xml.ts";

type Parameters = Record<string, unknown>;

/** `x-amz-` headers of the transport, which are no parameters. */
const transportHeaders =
  /^x-amz-(date|content-sha256|security-token|user-agent|decoded-content-length|trailer|sdk-checksum-algorithm|te|request-payer)$/;

const checksumHeaders = {
  "x-amz-checksum-crc32": "ChecksumCRC32",
  "x-amz-checksum-crc32c": "ChecksumCRC32C",
  "x-amz-checksum-crc64nvme": "ChecksumCRC64NVME",
  "x-amz-checksum-sha1": "ChecksumSHA1",
  "x-amz-checksum-sha256": "ChecksumSHA256",
} as const;

/** `x-amz-` headers that are parameters. */
const amzHeaders: Readonly<Record<string, string>> = {
  ...checksumHeaders,
  "x-amz-acl": "ACL",
  "x-amz-checksum-algorithm": "ChecksumAlgorithm",
  "x-amz-checksum-mode": "ChecksumMode",
  "x-amz-checksum-type": "ChecksumType",
  "x-amz-copy-source": "CopySource",
  "x-amz-copy-source-if-match": "CopySourceIfMatch",
  "x-amz-copy-source-if-modified-since": "CopySourceIfModifiedSince",
  "x-amz-copy-source-if-none-match": "CopySourceIfNoneMatch",
  "x-amz-copy-source-if-unmodified-since": "CopySourceIfUnmodifiedSince",
  "x-amz-copy-source-range": "CopySourceRange",
  "x-amz-expected-bucket-owner": "ExpectedBucketOwner",
  "x-amz-metadata-directive": "MetadataDirective",
  "x-amz-mp-object-size": "MpuObjectSize",
  "x-amz-object-ownership": "ObjectOwnership",
  "x-amz-server-side-encryption": "ServerSideEncryption",
  "x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
  "x-amz-server-side-encryption-bucket-key-enabled": "BucketKeyEnabled",
  "x-amz-source-expected-bucket-owner": "ExpectedSourceBucketOwner",
  "x-amz-storage-class": "StorageClass",
  "x-amz-tagging-directive": "TaggingDirective",
  "x-amz-transition-default-minimum-object-size": "TransitionDefaultMinimumObjectSize",
};

const conditionHeaders = { "if-match": "IfMatch", "if-none-match": "IfNoneMatch" } as const;
const timeHeaders = { "if-modified-since": "IfModifiedSince", "if-unmodified-since": "IfUnmodifiedSince" } as const;

const copyTimes = new Set(["CopySourceIfModifiedSince", "CopySourceIfUnmodifiedSince"]);

/** Query parameters by their name in the API. */
const queryNames: Readonly<Record<string, string>> = {
  prefix: "Prefix",
  delimiter: "Delimiter",
  "max-keys": "MaxKeys",
  "max-buckets": "MaxBuckets",
  "bucket-region": "BucketRegion",
  "encoding-type": "EncodingType",
  "continuation-token": "ContinuationToken",
  "start-after": "StartAfter",
  "fetch-owner": "FetchOwner",
  marker: "Marker",
  "key-marker": "KeyMarker",
  "version-id-marker": "VersionIdMarker",
  versionId: "VersionId",
  uploadId: "UploadId",
  partNumber: "PartNumber",
  "response-cache-control": "ResponseCacheControl",
  "response-content-disposition": "ResponseContentDisposition",
  "response-content-encoding": "ResponseContentEncoding",
  "response-content-language": "ResponseContentLanguage",
  "response-content-type": "ResponseContentType",
  "response-expires": "ResponseExpires",
};

const numbers = new Set(["MaxKeys", "MaxBuckets", "PartNumber", "MpuObjectSize"]);

/** The parameters of a request, by their names in the API. @throws NotSupportedError for an unknown `x-amz-` header. */
export function readParameters(target: Target, request: HttpRequest): Parameters {
  const params: Parameters = {};
  if (target.bucket !== undefined) params["Bucket"] = target.bucket;
  if (target.key !== undefined) params["Key"] = target.key;
  for (const [name, value] of target.query) {
    const member = queryNames[name];
    if (member !== undefined) params[member] = member === "FetchOwner" ? value === "true" : typed(member, value);
  }
  readAmzHeaders(request, params, target.operation);
  const stores = ["PutObject", "CopyObject", "CreateMultipartUpload"].includes(target.operation);
  const reads = target.operation === "GetObject" || target.operation === "HeadObject";
  if (stores) {
    for (const [member, header] of Object.entries(systemHeaders)) copyHeader(request, header, params, member);
    // aws-chunked is an encoding of the transport, not of the object.
    const encoding = String(params["ContentEncoding"] ?? "");
    const kept = encoding
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "" && part !== "aws-chunked");
    if (kept.length > 0) params["ContentEncoding"] = kept.join(",");
    else delete params["ContentEncoding"];
  }
  if (stores || reads || target.operation === "DeleteObject" || target.operation === "CompleteMultipartUpload") {
    for (const [header, member] of Object.entries(conditionHeaders)) copyHeader(request, header, params, member);
  }
  if (reads) {
    copyHeader(request, "range", params, "Range");
    for (const [header, member] of Object.entries(timeHeaders)) {
      const time = Date.parse(request.headers[header] ?? "");
      if (!Number.isNaN(time)) params[member] = time / 1000;
    }
  }
  readBody(target.operation, request, params);
  return params;
}

function readAmzHeaders(request: HttpRequest, params: Parameters, operation: string): void {
  const metadata: Record<string, string> = {};
  for (const [header, value] of Object.entries(request.headers)) {
    if (!header.startsWith("x-amz-") || transportHeaders.test(header)) continue;
    if (header === "x-amz-meta-__proto__") throw new NotSupportedError(`the header "${header}" of s3:${operation}`);
    if (header.startsWith("x-amz-meta-")) {
      metadata[header.slice("x-amz-meta-".length)] = value;
      continue;
    }
    const member = amzHeaders[header];
    if (member === undefined) {
      throw new NotSupportedError(
        `the header "${header}" of s3:${operation}`,
        `x-amz-meta-*, ${Object.keys(amzHeaders).join(", ")}`,
      );
    }
    if (copyTimes.has(member)) {
      const time = Date.parse(value);
      if (!Number.isNaN(time)) params[member] = time / 1000;
    } else {
      params[member] = typed(member, value);
    }
  }
  if (Object.keys(metadata).length > 0) params["Metadata"] = metadata;
}

function readBody(operation: string, request: HttpRequest, params: Parameters): void {
  switch (operation) {
    case "PutObject":
    case "UploadPart":
      params["Body"] = request.body;
      copyHeader(request, "content-md5", params, "ContentMD5");
      return;
    case "DeleteObjects": {
      const { Object: objects, Quiet, ...rest } = fromXml("Delete", request.body);
      params["Delete"] = {
        ...rest,
        Objects: objects ?? [],
        ...(Quiet === undefined ? {} : { Quiet: Quiet === "true" }),
      };
      verifyDocument(request, params);
      return;
    }
    case "CompleteMultipartUpload": {
      const { Part: parts, ...rest } = fromXml("CompleteMultipartUpload", request.body, true);
      const list = Array.isArray(parts) ? (parts as Record<string, unknown>[]) : [];
      params["MultipartUpload"] = {
        ...rest,
        Parts: list.map((part) => ({ ...part, PartNumber: partNumber(part) })),
      };
      return;
    }
    default: {
      const document = readSettingDocument(operation, request.body);
      if (!document) return;
      Object.assign(params, document);
      verifyDocument(request, params);
    }
  }
}

/** Verifies the checksums of a request whose body is a document, and removes them: they are no parameters. */
function verifyDocument(request: HttpRequest, params: Parameters): void {
  const given: Record<string, string> = {};
  if (request.headers["content-md5"]) given["ContentMD5"] = request.headers["content-md5"];
  for (const member of Object.values(checksumHeaders)) {
    if (typeof params[member] === "string") given[member] = params[member];
    delete params[member];
  }
  delete params["ChecksumAlgorithm"];
  verifyChecksums(request.body, given);
}

/** @throws AwsError MalformedXML for one that is missing, or no whole number. */
function partNumber(part: Readonly<Record<string, unknown>>): number {
  const text = ownValue(part, "PartNumber");
  if (typeof text === "string" && /^-?\d+$/.test(text.trim())) return Number(text);
  throw malformedXml();
}

function copyHeader(request: HttpRequest, header: string, params: Parameters, member: string): void {
  const value = request.headers[header];
  if (value !== undefined && value !== "") params[member] = value;
}

function typed(member: string, value: string): string | number | boolean {
  if (member === "BucketKeyEnabled" && /^(true|false)$/.test(value)) return value === "true";
  if (!numbers.has(member)) return value;
  if (!/^\d+$/.test(value))
    throw new AwsError("InvalidArgument", `Provided ${member} not an integer or within integer range`);
  return Number(value);
}
