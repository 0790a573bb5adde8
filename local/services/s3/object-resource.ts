import { z } from "zod";
import { AwsError } from "../../errors.ts";
import {
  defineResourceType,
  type Properties,
  type ResolvedAsset,
  type ResourceContext,
} from "../../provider/resource-type.ts";
import { md5Hex } from "./checksums.ts";
import { headersOf } from "./object-operations.ts";
import { NULL_VERSION, type StoredObject } from "./object-store.ts";
import { ownedBucket } from "./support.ts";

const inputs = z.strictObject({
  bucket: z.string(),
  key: z.string().min(1),
  content: z.string().optional(),
  contentBase64: z.string().optional(),
  source: z
    .custom<ResolvedAsset>((value) => (value as ResolvedAsset | undefined)?.kind === "asset", "must be an asset")
    .optional(),
  sourceHash: z.string().optional(),
  cacheControl: z.string().optional(),
  contentDisposition: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentLanguage: z.string().optional(),
  contentType: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  forceDestroy: z.boolean().default(false),
  region: z.string().optional(),
});
type Inputs = z.infer<typeof inputs>;

/** `aws.s3.BucketObjectv2`: an object that the program puts there. */
export const bucketObjectType = defineResourceType<Inputs>({
  token: "aws:s3/bucketObjectv2:BucketObjectv2",
  inputs,
  replaceOn: ["bucket", "key", "region"],
  check(news) {
    const given = (["content", "contentBase64", "source"] as const).filter((name) => news[name] !== undefined);
    return given.length > 1
      ? [{ property: given[1] as string, reason: `only one of content, contentBase64 and source may be given` }]
      : [];
  },
  async create(news, context) {
    return { id: `${news.bucket}/${news.key}`, outputs: await store(news, context) };
  },
  read(_id, state, context) {
    const object = context.cloud.services.s3.findBucket(String(state["bucket"]))?.objects.get(String(state["key"]));
    return object ? outputsOf(object, state) : undefined;
  },
  update: (_id, news, _olds, context) => store(news, context),
  delete(_id, state, context) {
    const { s3 } = context.cloud.services;
    const bucket = s3.findBucket(String(state["bucket"]));
    if (bucket?.accountId !== context.accountId) return;
    const key = String(state["key"]);
    for (const { versionId } of [...bucket.objects.versionsOf(key)]) s3.removeVersion(bucket, key, versionId);
  },
});

async function store(news: Inputs, context: ResourceContext): Promise<Properties> {
  const bucket = ownedBucket(context, news.bucket);
  const body = await bytesOf(news);
  const object = context.cloud.services.s3.storeObject(bucket, {
    key: news.key,
    body,
    etag: `"${md5Hex(body)}"`,
    headers: headersOf({
      CacheControl: news.cacheControl,
      ContentDisposition: news.contentDisposition,
      ContentEncoding: news.contentEncoding,
      ContentLanguage: news.contentLanguage,
      ContentType: news.contentType,
    }),
    metadata: news.metadata ?? {},
  });
  return outputsOf(object, news);
}

async function bytesOf(news: Inputs): Promise<Buffer> {
  if (news.content !== undefined) return Buffer.from(news.content, "utf8");
  if (news.contentBase64 !== undefined) return Buffer.from(news.contentBase64, "base64");
  if (!news.source) return Buffer.alloc(0);
  const bytes = (await news.source.read()).get("");
  if (!bytes) throw new AwsError("InvalidArgument", "The source of the object could not be read.");
  return bytes;
}

function outputsOf(object: StoredObject, state: Properties): Properties {
  return {
    ...state,
    arn: `arn:aws:s3:::${String(state["bucket"])}/${object.key}`,
    contentType: object.headers.ContentType ?? "application/octet-stream",
    etag: object.etag.slice(1, -1),
    serverSideEncryption: "AES256",
    storageClass: "STANDARD",
    versionId: object.versionId === NULL_VERSION ? "" : object.versionId,
  };
}
