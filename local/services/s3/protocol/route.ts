import { AwsError } from "../../../kernel/errors.ts";
import { ownValue } from "../../../kernel/own-value.ts";
import type { HttpRequest } from "../../../kernel/service.ts";
import { unsupportedOperation } from "../errors.ts";

/** What a request addresses: an operation, and its bucket and key where it has them. */
export interface Target {
  readonly operation: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly query: ReadonlyMap<string, string>;
}

/** Query parameters of presigned URLs and of the SDK, which are no parameters of an operation. */
const ignoredQuery = /^(x-id$|x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token)$)/i;

/** Subresources of a bucket that are settings: the operations by method. */
const settings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  acl: { GET: "GetBucketAcl", PUT: "PutBucketAcl" },
  cors: { GET: "GetBucketCors" },
  encryption: { GET: "GetBucketEncryption", PUT: "PutBucketEncryption", DELETE: "DeleteBucketEncryption" },
  lifecycle: {
    GET: "GetBucketLifecycleConfiguration",
    PUT: "PutBucketLifecycleConfiguration",
    DELETE: "DeleteBucketLifecycle",
  },
  ownershipControls: {
    GET: "GetBucketOwnershipControls",
    PUT: "PutBucketOwnershipControls",
    DELETE: "DeleteBucketOwnershipControls",
  },
  policy: { GET: "GetBucketPolicy", PUT: "PutBucketPolicy", DELETE: "DeleteBucketPolicy" },
  publicAccessBlock: { GET: "GetPublicAccessBlock", PUT: "PutPublicAccessBlock", DELETE: "DeletePublicAccessBlock" },
  requestPayment: { GET: "GetBucketRequestPayment" },
  tagging: { GET: "GetBucketTagging", PUT: "PutBucketTagging", DELETE: "DeleteBucketTagging" },
  versioning: { GET: "GetBucketVersioning", PUT: "PutBucketVersioning" },
};

const settingOperations = Object.entries(settings).flatMap(([query, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ query, method, operation })),
);

/** Operations that a query parameter selects, by method and parameter. */
const subresources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bucket: {
    "GET location": "GetBucketLocation",
    "GET versions": "ListObjectVersions",
    "POST delete": "DeleteObjects",
    ...Object.fromEntries(settingOperations.map(({ query, method, operation }) => [`${method} ${query}`, operation])),
  },
  object: {
    "GET acl": "GetObjectAcl",
    "PUT acl": "PutObjectAcl",
    "POST uploads": "CreateMultipartUpload",
    "PUT uploadId": "UploadPart",
    "POST uploadId": "CompleteMultipartUpload",
    "DELETE uploadId": "AbortMultipartUpload",
  },
};

/** The query parameters of each operation. */
const knownQuery: Readonly<Record<string, readonly string[]>> = {
  ListBuckets: ["prefix", "max-buckets", "continuation-token", "bucket-region"],
  ListObjectsV2: [
    "list-type",
    "prefix",
    "delimiter",
    "max-keys",
    "encoding-type",
    "continuation-token",
    "start-after",
    "fetch-owner",
  ],
  ListObjects: ["prefix", "delimiter", "max-keys", "encoding-type", "marker"],
  ListObjectVersions: [
    "versions",
    "prefix",
    "delimiter",
    "max-keys",
    "encoding-type",
    "key-marker",
    "version-id-marker",
  ],
  GetBucketLocation: ["location"],
  ...Object.fromEntries(settingOperations.map(({ query, operation }) => [operation, [query]])),
  DeleteObject: ["versionId"],
  DeleteObjects: ["delete"],
  GetObject: responseQuery(),
  GetObjectAcl: ["acl", "versionId"],
  PutObjectAcl: ["acl", "versionId"],
  HeadObject: responseQuery(),
  CreateMultipartUpload: ["uploads"],
  UploadPart: ["uploadId", "partNumber"],
  UploadPartCopy: ["uploadId", "partNumber"],
  CompleteMultipartUpload: ["uploadId"],
  AbortMultipartUpload: ["uploadId"],
};

/** Finds the operation, the bucket and the key of a request; throws for one that the local cloud does not have. */
export function route(request: HttpRequest): Target {
  const query = parseQuery(request.query);
  const { bucket, key } = address(request);
  const level = bucket === undefined ? "service" : key === undefined ? "bucket" : "object";
  const operation = operationOf(level, request, query);
  const known = knownQuery[operation] ?? [];
  const stranger = [...query.keys()].find((name) => !known.includes(name));
  if (stranger !== undefined) throw unsupportedOperation(`the query parameter "${stranger}" of s3:${operation}`);
  return { operation, query, ...(bucket === undefined ? {} : { bucket }), ...(key === undefined ? {} : { key }) };
}

function operationOf(
  level: "service" | "bucket" | "object",
  request: HttpRequest,
  query: ReadonlyMap<string, string>,
): string {
  const { method } = request;
  const named = subresources[level] ?? {};
  const isCopy = level === "object" && method === "PUT" && request.headers["x-amz-copy-source"] !== undefined;
  for (const name of query.keys()) {
    const operation = named[`${method} ${name}`];
    if (operation) return isCopy && operation === "UploadPart" ? "UploadPartCopy" : operation;
  }
  if (level === "service") {
    if (method === "GET") return "ListBuckets";
  } else if (level === "bucket") {
    if (method === "HEAD") return "HeadBucket";
    if (method === "GET" && query.get("list-type") === "2") return "ListObjectsV2";
    const strange = [...query.keys()].find((name) => !knownQuery["ListObjects"]?.includes(name));
    if (method === "GET" && strange === undefined) return "ListObjects";
    if (strange !== undefined) throw unsupportedOperation(`s3: ${method} /<bucket>?${strange}`);
    if (method === "PUT") return "CreateBucket";
    if (method === "DELETE") return "DeleteBucket";
  } else {
    if (isCopy) return "CopyObject";
    const simple = ownValue({ GET: "GetObject", HEAD: "HeadObject", PUT: "PutObject", DELETE: "DeleteObject" }, method);
    if (simple) return simple;
  }
  throw unsupportedOperation(`s3: ${method} on a ${level}`);
}

/** Reads a path-style address, `/bucket/key`. The front door turns virtual-hosted addresses into this form. */
function address(request: HttpRequest): { bucket?: string; key?: string } {
  const path = request.path.slice(1);
  const slash = path.indexOf("/");
  const bucket = decode(slash < 0 ? path : path.slice(0, slash));
  const key = slash < 0 ? "" : decode(path.slice(slash + 1));
  return { ...(bucket === "" ? {} : { bucket }), ...(key === "" ? {} : { key }) };
}

function parseQuery(query: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decode((equals < 0 ? pair : pair.slice(0, equals)).replaceAll("+", "%20"));
    if (ignoredQuery.test(name)) continue;
    values.set(name, equals < 0 ? "" : decode(pair.slice(equals + 1).replaceAll("+", "%20")));
  }
  return values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.");
  }
}

function responseQuery(): string[] {
  const headers = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
  ];
  return ["versionId", ...headers.map((name) => `response-${name}`)];
}
