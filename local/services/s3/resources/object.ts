import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { AwsError } from "../../../kernel/errors.ts";
import { headerText, headerValue } from "../../../kernel/header-text.ts";
import { assetsAsHashes, unresolveAssets } from "../../../resource-types/assets.ts";
import { type CrossMistake, withCrossChecks } from "../../../resource-types/cross-checks.ts";
import { type Definition, define, regionInput } from "../../../resource-types/define.ts";
import type { Properties, ResolvedAsset, ResourceContext } from "../../../resource-types/resource-type.ts";
import type { Bucket } from "../bucket.ts";
import { headersOf, NULL_VERSION, type StoredObject } from "../bucket-objects.ts";
import { ChecksumAlgorithm, type ChecksumMember, fullChecksum, md5Hex } from "../checksums.ts";
import { encryptionOf, etagOf } from "../encryption.ts";
import { noSuchKey } from "../errors.ts";
import { MAX_KEY_BYTES } from "../limits.ts";
import type { S3Store } from "../store.ts";
import { findOwnBucket, requireOwnBucket } from "./own-bucket.ts";

/** The content type that the real provider's client sends by default. */
const DEFAULT_CONTENT_TYPE = "application/octet-stream";

const contents = ["content", "contentBase64", "source"] as const;

const members = z.strictObject({
  ...regionInput,
  bucket: z.string().min(1, "must be the name of a bucket"),
  key: z.string().min(1, "must have at least one character"),
  content: z.string().optional(),
  contentBase64: z.base64("must be base64").optional(),
  source: z
    .custom<ResolvedAsset>((value) => (value as ResolvedAsset | undefined)?.kind === "asset", {
      error: ({ input }) =>
        (input as ResolvedAsset | undefined)?.kind === "archive"
          ? "the local cloud does not support archives as the source of an object: give a FileAsset of the packed file"
          : "must be an asset",
    })
    .optional(),
  sourceHash: z.string().optional(),
  cacheControl: z.string().optional(),
  checksumAlgorithm: z.enum(ChecksumAlgorithm).optional(),
  contentDisposition: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentLanguage: z.string().optional(),
  contentType: z.string().optional(),
  etag: z.string().optional(),
  metadata: z
    .record(z.string(), z.string())
    .superRefine((metadata, context) => {
      for (const key of Object.keys(metadata).filter((name) => name !== name.toLowerCase())) {
        context.addIssue({ code: "custom", path: [key], message: "must be in lower case" });
      }
    })
    .optional(),
  serverSideEncryption: z
    .literal("AES256", "the local cloud takes AES256 only; with aws:kms as the bucket's default leave it out")
    .optional(),
  storageClass: z.literal("STANDARD", "the local cloud has the storage class STANDARD only").optional(),
  forceDestroy: z.boolean().default(false),
});
type Inputs = z.infer<typeof members>;

const oneContent = (news: Partial<Inputs>): readonly CrossMistake[] =>
  contents
    .filter((name) => news[name] !== undefined)
    .slice(1)
    .map((name) => ({ path: [name], reason: `only one of ${contents.join(", ")} may be given` }));

/** Inputs whose change writes the object again; the others are no part of it. */
const stored = [
  ...contents,
  "cacheControl",
  "checksumAlgorithm",
  "contentDisposition",
  "contentEncoding",
  "contentLanguage",
  "contentType",
  "etag",
  "metadata",
  "serverSideEncryption",
  "sourceHash",
  "storageClass",
] as const;

/** Inputs that S3 sets when the program does not. */
const decided: readonly string[] = ["contentType", "etag", "serverSideEncryption", "storageClass"];

/** The outputs for checksums, of which at most one is set. */
const checksums: Readonly<Record<string, ChecksumMember>> = {
  checksumCrc32: "ChecksumCRC32",
  checksumCrc32c: "ChecksumCRC32C",
  checksumCrc64nvme: "ChecksumCRC64NVME",
  checksumSha1: "ChecksumSHA1",
  checksumSha256: "ChecksumSHA256",
};

/** The common part of both types. The key defaults to the resource's name, as in the real provider. */
const common: Omit<Definition<Inputs, S3Store>, "token" | "inputs"> = {
  autoName: { property: "key", maxLength: MAX_KEY_BYTES, isExact: true },
  replaceOn: ["bucket", "key"],
  computed: ["arn", ...Object.keys(checksums), "versionId"],
  optionalComputed: decided,
  recomputed: {
    ...Object.fromEntries(Object.keys(checksums).map((name) => [name, [...contents, "checksumAlgorithm"]])),
    etag: [...contents, "sourceHash"],
    versionId: stored,
  },
  idOf: (importId) => importId.replace(/^s3:\/\//, ""),
  async make(inputs, context) {
    await put(inputs, context);
    return `${inputs.bucket}/${inputs.key}`;
  },
  find(id, state, context) {
    const slash = id.indexOf("/");
    const bucket = findOwnBucket(context, id.slice(0, slash));
    const key = id.slice(slash + 1);
    const object = bucket?.objects.get(cleanKey(key));
    return object && bucket && outputsOf(object, bucket, key, state);
  },
  isPut: true,
  async change(id, inputs, context, olds) {
    if (hasChanged(inputs, olds)) await put(inputs, context);
    else if (!common.find(id, inputs, context)) throw noSuchKey(inputs.key);
  },
  remove(_id, context, state) {
    const { store } = context;
    const bucket = requireOwnBucket(context, String(state["bucket"]));
    const key = cleanKey(String(state["key"]));
    if (!state["versionId"]) store.removeObject(bucket, key);
    else for (const { versionId } of [...bucket.objects.versionsOf(key)]) store.removeVersion(bucket, key, versionId);
  },
};

/** `aws.s3.BucketObjectv2`. */
export const bucketObjectV2Type = define<Inputs, S3Store>({
  ...common,
  token: "aws:s3/bucketObjectv2:BucketObjectv2",
  inputs: withCrossChecks(members, oneContent),
});

/** `aws.s3.BucketObject`, its predecessor without checksums. */
export const bucketObjectType = define<Inputs, S3Store>({
  ...common,
  token: "aws:s3/bucketObject:BucketObject",
  inputs: withCrossChecks(members.omit({ checksumAlgorithm: true }), oneContent),
  computed: ["arn", "versionId"],
  recomputed: { etag: [...contents, "sourceHash"], versionId: stored.filter((name) => name !== "checksumAlgorithm") },
  find(id, state, context) {
    const outputs = common.find(id, state, context);
    return outputs && withoutChecksums(outputs);
  },
});

function withoutChecksums(outputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).filter(([name]) => !(name in checksums) && name !== "checksumAlgorithm"),
  );
}

async function put(news: Inputs, context: ResourceContext<S3Store>): Promise<void> {
  const bucket = requireOwnBucket(context, news.bucket);
  const body = await bytesOf(news);
  const algorithm = news.checksumAlgorithm;
  const encryption = encryptionOf(
    bucket,
    { ServerSideEncryption: news.serverSideEncryption },
    { principal: context.principal },
  );
  context.store.putObject(bucket, {
    key: cleanKey(news.key),
    body,
    encryption,
    etag: `"${etagOf(encryption, md5Hex(body))}"`,
    headers: eachValue(
      headersOf({
        CacheControl: news.cacheControl,
        ContentDisposition: news.contentDisposition,
        ContentEncoding: news.contentEncoding,
        ContentLanguage: news.contentLanguage,
        ContentType: news.contentType ?? DEFAULT_CONTENT_TYPE,
      }),
      headerValue,
    ),
    metadata: eachValue(news.metadata ?? {}, headerValue),
    ...(algorithm ? { checksum: fullChecksum(algorithm, body) } : {}),
  });
}

async function bytesOf(news: Inputs): Promise<Buffer> {
  if (news.content !== undefined) return Buffer.from(news.content, "utf8");
  if (news.contentBase64 !== undefined) return Buffer.from(news.contentBase64, "base64");
  if (!news.source) return Buffer.alloc(0);
  const bytes = (await news.source.read()).get("");
  if (!bytes) throw new AwsError("InvalidArgument", "The source of the object could not be read.");
  return bytes;
}

/** Whether an update writes the object again. */
function hasChanged(news: Inputs, olds: Properties): boolean {
  const comparable = (values: Properties) => assetsAsHashes(unresolveAssets(values)) as Properties;
  const before = comparable(olds);
  const after = comparable(news);
  const isLeftOut = (name: string) => after[name] === undefined && decided.includes(name);
  return stored.some((name) => !isLeftOut(name) && !isDeepStrictEqual(before[name], after[name]));
}

/** The real provider's client removes a leading "./" or "/", and collapses repeated slashes. */
function cleanKey(key: string): string {
  return key.replace(/^\.\//, "").replace(/^\/+/, "").replace(/\/+/g, "/");
}

function eachValue(
  values: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** The outputs: what S3 stores, and from the state what only the program knows. */
function outputsOf(object: StoredObject, bucket: Bucket, key: string, state: Properties): Properties {
  // An import does not know the wanted algorithm: it gets the checksum that the object has.
  const isChecked = state["bucket"] === undefined || state["checksumAlgorithm"] !== undefined;
  const headers: StoredObject["headers"] = eachValue(object.headers, headerText);
  const metadata = eachValue(object.metadata, headerText);
  const own = [...contents, "sourceHash", "checksumAlgorithm"] as const;
  return {
    ...Object.fromEntries(own.flatMap((name) => (state[name] === undefined ? [] : [[name, state[name]]]))),
    forceDestroy: state["forceDestroy"] === true,
    bucket: bucket.name,
    key,
    region: bucket.region,
    arn: `${bucket.arn}/${object.key}`,
    ...(headers.CacheControl === undefined ? {} : { cacheControl: headers.CacheControl }),
    ...(headers.ContentDisposition === undefined ? {} : { contentDisposition: headers.ContentDisposition }),
    ...(headers.ContentEncoding === undefined ? {} : { contentEncoding: headers.ContentEncoding }),
    ...(headers.ContentLanguage === undefined ? {} : { contentLanguage: headers.ContentLanguage }),
    contentType: headers.ContentType ?? "binary/octet-stream",
    etag: object.etag.slice(1, -1),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    serverSideEncryption: object.encryption.sseAlgorithm,
    ...(object.encryption.kmsKeyArn === undefined ? {} : { kmsKeyId: object.encryption.kmsKeyArn }),
    storageClass: "STANDARD",
    versionId: object.versionId === NULL_VERSION ? "" : object.versionId,
    ...Object.fromEntries(
      Object.entries(checksums).map(([name, member]) => {
        const isThis = isChecked && member === `Checksum${object.checksum?.algorithm}`;
        return [name, isThis ? (object.checksum?.value ?? "") : ""];
      }),
    ),
  };
}
