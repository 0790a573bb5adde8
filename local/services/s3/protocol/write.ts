import type { HttpResponse } from "../../../kernel/service.ts";
import { systemHeaders } from "../bucket-objects.ts";
import { mailSafe } from "./mail-safe.ts";
import { settingContent } from "./setting-documents.ts";
import { toXml } from "./xml.ts";

type Output = Readonly<Record<string, unknown>>;

/** Operations whose answer is a document, with its root element. */
const documents: Readonly<Record<string, string>> = {
  ListObjectsV2: "ListBucketResult",
  ListObjects: "ListBucketResult",
  ListObjectVersions: "ListVersionsResult",
  GetBucketVersioning: "VersioningConfiguration",
  ListBuckets: "ListAllMyBucketsResult",
  GetBucketLocation: "LocationConstraint",
  DeleteObjects: "DeleteResult",
  CreateMultipartUpload: "InitiateMultipartUploadResult",
  CompleteMultipartUpload: "CompleteMultipartUploadResult",
  GetBucketAcl: "AccessControlPolicy",
  GetObjectAcl: "AccessControlPolicy",
  GetBucketRequestPayment: "RequestPaymentConfiguration",
  CopyObject: "CopyObjectResult",
  UploadPartCopy: "CopyPartResult",
  GetBucketTagging: "Tagging",
  GetPublicAccessBlock: "PublicAccessBlockConfiguration",
  GetBucketEncryption: "ServerSideEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "LifecycleConfiguration",
  GetBucketOwnershipControls: "OwnershipControls",
};

/** Operations that answer 204 No Content. */
const withoutContent = new Set([
  "AbortMultipartUpload",
  "DeleteBucket",
  "DeleteBucketEncryption",
  "DeleteBucketLifecycle",
  "DeleteBucketOwnershipControls",
  "DeleteBucketPolicy",
  "DeleteBucketTagging",
  "DeleteObject",
  "DeletePublicAccessBlock",
  "PutBucketPolicy",
  "PutBucketTagging",
]);

/** Members of an answer that are headers. */
const headerNames: Readonly<Record<string, string>> = {
  ...systemHeaders,
  AcceptRanges: "accept-ranges",
  BucketKeyEnabled: "x-amz-server-side-encryption-bucket-key-enabled",
  BucketArn: "x-amz-bucket-arn",
  BucketRegion: "x-amz-bucket-region",
  ChecksumAlgorithm: "x-amz-checksum-algorithm",
  ChecksumCRC32: "x-amz-checksum-crc32",
  ChecksumCRC32C: "x-amz-checksum-crc32c",
  ChecksumCRC64NVME: "x-amz-checksum-crc64nvme",
  ChecksumSHA1: "x-amz-checksum-sha1",
  ChecksumSHA256: "x-amz-checksum-sha256",
  ChecksumType: "x-amz-checksum-type",
  ContentLength: "content-length",
  ContentRange: "content-range",
  CopySourceVersionId: "x-amz-copy-source-version-id",
  DeleteMarker: "x-amz-delete-marker",
  ETag: "etag",
  Location: "location",
  SSEKMSKeyId: "x-amz-server-side-encryption-aws-kms-key-id",
  ServerSideEncryption: "x-amz-server-side-encryption",
  TransitionDefaultMinimumObjectSize: "x-amz-transition-default-minimum-object-size",
  VersionId: "x-amz-version-id",
};

/** Members that are headers although the answer is a document. */
const headersOfDocuments = new Set([
  "BucketKeyEnabled",
  "SSEKMSKeyId",
  "ServerSideEncryption",
  "ChecksumAlgorithm",
  "CopySourceVersionId",
  "TransitionDefaultMinimumObjectSize",
  "VersionId",
]);

/** An operation's answer as HTTP. */
export function answer(operation: string, output: Output): HttpResponse {
  if (operation === "GetBucketPolicy") {
    return { status: 200, headers: { "content-type": "application/json" }, body: String(output["Policy"]) };
  }
  const root = documents[operation];
  if (root !== undefined) return documentAnswer(operation, root, output);
  const headers: Record<string, string> = {};
  for (const [member, value] of Object.entries(output)) {
    const header = headerNames[member];
    if (header !== undefined && value !== undefined) headers[header] = String(value);
  }
  if (typeof output["LastModified"] === "number")
    headers["last-modified"] = new Date(output["LastModified"] * 1000).toUTCString();
  for (const [name, value] of Object.entries((output["Metadata"] ?? {}) as Record<string, string>)) {
    headers[`x-amz-meta-${name}`] = mailSafe(value);
  }
  const body = Buffer.isBuffer(output["Body"]) ? output["Body"] : "";
  return {
    status: withoutContent.has(operation) ? 204 : output["ContentRange"] === undefined ? 200 : 206,
    headers,
    body,
  };
}

function documentAnswer(operation: string, root: string, output: Output): HttpResponse {
  const headers: Record<string, string> = { "content-type": "application/xml" };
  const members: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(output)) {
    if (value === undefined) continue;
    const isHeader =
      headersOfDocuments.has(member) || (operation === "CreateMultipartUpload" && member === "ChecksumType");
    if (isHeader) headers[headerNames[member] as string] = String(value);
    else members[member] = value;
  }
  return { status: 200, headers, body: toXml(root, contentOf(operation, members)) };
}

function contentOf(operation: string, members: Record<string, unknown>): Readonly<Record<string, unknown>> {
  switch (operation) {
    case "ListObjectsV2":
    case "ListObjects":
    case "ListObjectVersions":
      return listContent(members);
    case "ListBuckets": {
      const { Buckets: buckets, ...rest } = members;
      return { ...rest, Buckets: { Bucket: (buckets as Record<string, unknown>[]).map(withIsoTimes) } };
    }
    case "GetBucketLocation":
      return { "#text": members["LocationConstraint"] };
    case "GetBucketAcl":
    case "GetObjectAcl":
      return {
        Owner: members["Owner"],
        AccessControlList: { Grant: (members["Grants"] as Grant[]).map(grantContent) },
      };
    case "CopyObject":
    case "UploadPartCopy":
      return withIsoTimes(members[documents[operation] as string] as Record<string, unknown>);
    case "DeleteObjects":
      return { Deleted: members["Deleted"], Error: members["Errors"] };
    default:
      return settingContent(operation, members) ?? members;
  }
}

interface Grant {
  readonly Grantee: { readonly Type: string; readonly [member: string]: string };
  readonly Permission: string;
}

/** The type of a grantee is an attribute (XML Schema instance). */
function grantContent({ Grantee: { Type, ...grantee }, Permission }: Grant): Record<string, unknown> {
  const kind = { "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:type": Type };
  return { Grantee: { ...kind, ...grantee }, Permission };
}

/** With `encoding-type=url`, keys and prefixes are percent-encoded: XML cannot hold every character of a key. */
function listContent(members: Record<string, unknown>): Record<string, unknown> {
  const { Versions: versions, DeleteMarkers: markers, Contents: objects, CommonPrefixes: prefixes, ...rest } = members;
  const text =
    members["EncodingType"] === "url" ? (value: unknown) => urlEncode(String(value)) : (value: unknown) => value;
  const entries = (list: unknown) =>
    (list as Record<string, unknown>[] | undefined)?.map((entry) => ({
      ...withIsoTimes(entry),
      Key: text(entry["Key"]),
    }));
  const encoded = ["Prefix", "Delimiter", "StartAfter", "Marker", "NextMarker", "KeyMarker", "NextKeyMarker"]
    .filter((name) => rest[name] !== undefined)
    .map((name) => [name, text(rest[name])]);
  return {
    ...rest,
    ...Object.fromEntries(encoded),
    Contents: entries(objects),
    Version: entries(versions),
    DeleteMarker: entries(markers),
    CommonPrefixes: (prefixes as { Prefix: string }[]).map(({ Prefix }) => ({ Prefix: text(Prefix) })),
  };
}

function urlEncode(value: string): string {
  return encodeURIComponent(value)
    .replaceAll("%2F", "/")
    .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function withIsoTimes(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      (name === "LastModified" || name === "CreationDate") && typeof value === "number"
        ? new Date(value * 1000).toISOString()
        : value,
    ]),
  );
}
