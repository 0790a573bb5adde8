import { AwsError } from "../../../kernel/errors.ts";
import { defineOperation, type Operation } from "../../../kernel/service.ts";
import { MAX_LISTED_BUCKETS, MAX_LISTED_KEYS } from "../limits.ts";
import { listedChecksum, listPage, listVersions } from "../listing.ts";
import type { S3Store } from "../store.ts";
import { ownerId } from "./access-lists.ts";
import { inputs } from "./inputs.ts";

/** Lists of objects, of their versions and of buckets. */
export function listOperations(store: S3Store): Record<string, Operation> {
  return {
    ListObjectsV2: defineOperation({
      input: inputs.ListObjectsV2,
      authorize: (params, call) => [
        store.authorize(call, store.require(call, params), "s3:ListBucket", undefined, listContext(params)),
      ],
      run: (params, call) => {
        const bucket = store.require(call, params);
        const page = listPage(bucket.objects, {
          prefix: params.Prefix ?? "",
          delimiter: params.Delimiter ?? "",
          maxKeys: params.MaxKeys ?? MAX_LISTED_KEYS,
          // S3 ignores an empty token, and does not repeat it in the answer
          after: params.ContinuationToken ? afterToken(params.ContinuationToken) : (params.StartAfter ?? ""),
        });
        call.note({ bucket: bucket.name, keys: page.keyCount });
        return {
          Name: bucket.name,
          Prefix: params.Prefix ?? "",
          ...definedOnly({
            Delimiter: params.Delimiter,
            EncodingType: params.EncodingType,
            StartAfter: params.StartAfter,
            ContinuationToken: params.ContinuationToken || undefined,
          }),
          MaxKeys: Math.min(params.MaxKeys ?? MAX_LISTED_KEYS, MAX_LISTED_KEYS),
          KeyCount: page.keyCount,
          IsTruncated: page.isTruncated,
          Contents: page.objects.map((object) => ({
            ...object,
            ...(params.FetchOwner ? { Owner: { ID: ownerId(bucket.accountId) } } : {}),
          })),
          CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix })),
          ...(page.isTruncated ? { NextContinuationToken: Buffer.from(page.last).toString("base64url") } : {}),
        };
      },
    }),

    ListObjects: defineOperation({
      input: inputs.ListObjects,
      authorize: (params, call) => [
        store.authorize(call, store.require(call, params), "s3:ListBucket", undefined, listContext(params)),
      ],
      run: (params, call) => {
        const bucket = store.require(call, params);
        const page = listPage(bucket.objects, {
          prefix: params.Prefix ?? "",
          delimiter: params.Delimiter ?? "",
          maxKeys: params.MaxKeys ?? MAX_LISTED_KEYS,
          after: params.Marker ?? "",
        });
        return {
          Name: bucket.name,
          Prefix: params.Prefix ?? "",
          Marker: params.Marker ?? "",
          ...definedOnly({ Delimiter: params.Delimiter, EncodingType: params.EncodingType }),
          MaxKeys: Math.min(params.MaxKeys ?? MAX_LISTED_KEYS, MAX_LISTED_KEYS),
          IsTruncated: page.isTruncated,
          Contents: page.objects.map((object) => ({ ...object, Owner: { ID: ownerId(bucket.accountId) } })),
          CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix })),
          ...(page.isTruncated && params.Delimiter ? { NextMarker: page.last } : {}),
        };
      },
    }),

    ListObjectVersions: defineOperation({
      input: inputs.ListObjectVersions,
      authorize: (params, call) => [
        store.authorize(call, store.require(call, params), "s3:ListBucketVersions", undefined, listContext(params)),
      ],
      run: (params, call) => {
        const bucket = store.require(call, params);
        if (params.VersionIdMarker && !params.KeyMarker) {
          throw new AwsError("InvalidArgument", "A version-id marker cannot be specified without a key marker.", 400, {
            ArgumentName: "version-id-marker",
            ArgumentValue: params.VersionIdMarker,
          });
        }
        const page = listVersions(bucket.objects, {
          prefix: params.Prefix ?? "",
          delimiter: params.Delimiter ?? "",
          maxKeys: params.MaxKeys ?? MAX_LISTED_KEYS,
          after: { key: params.KeyMarker ?? "", versionId: params.VersionIdMarker ?? "" },
        });
        const shown = page.entries.map(({ version, isLatest }) => ({
          isMarker: version.object === undefined,
          entry: {
            Key: version.key,
            VersionId: version.versionId,
            IsLatest: isLatest,
            LastModified: version.lastModified / 1000,
            ...(version.object
              ? {
                  ETag: version.object.etag,
                  ...listedChecksum(version.object),
                  Size: version.object.body.length,
                  StorageClass: "STANDARD",
                }
              : {}),
            Owner: { ID: ownerId(bucket.accountId) },
          },
        }));
        return {
          Name: bucket.name,
          Prefix: params.Prefix ?? "",
          KeyMarker: params.KeyMarker ?? "",
          VersionIdMarker: params.VersionIdMarker ?? "",
          ...definedOnly({ Delimiter: params.Delimiter, EncodingType: params.EncodingType }),
          MaxKeys: Math.min(params.MaxKeys ?? MAX_LISTED_KEYS, MAX_LISTED_KEYS),
          IsTruncated: page.isTruncated,
          Versions: shown.filter(({ isMarker }) => !isMarker).map(({ entry }) => entry),
          DeleteMarkers: shown.filter(({ isMarker }) => isMarker).map(({ entry }) => entry),
          CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix })),
          ...(page.isTruncated && page.last
            ? { NextKeyMarker: page.last.key, NextVersionIdMarker: page.last.versionId }
            : {}),
        };
      },
    }),

    ListBuckets: defineOperation({
      input: inputs.ListBuckets,
      authorize: (_params, { accountId }) => [
        { action: "s3:ListAllMyBuckets", resource: "*", context: { "s3:ResourceAccount": accountId } },
      ],
      run: (params, call) => {
        const after = params.ContinuationToken === undefined ? "" : afterToken(params.ContinuationToken);
        const all = store
          .list(call.accountId)
          .filter((bucket) => bucket.name.startsWith(params.Prefix ?? "") && bucket.name > after)
          .filter((bucket) => params.BucketRegion === undefined || bucket.region === params.BucketRegion);
        const shown = all.slice(0, params.MaxBuckets ?? MAX_LISTED_BUCKETS);
        const last = shown.at(-1);
        return {
          Owner: { ID: ownerId(call.accountId) },
          Buckets: shown.map((bucket) => ({
            Name: bucket.name,
            CreationDate: bucket.createdAt / 1000,
            BucketRegion: bucket.region,
            BucketArn: bucket.arn,
          })),
          ...definedOnly({ Prefix: params.Prefix }),
          ...(last && shown.length < all.length
            ? { ContinuationToken: Buffer.from(last.name).toString("base64url") }
            : {}),
        };
      },
    }),
  };
}

function listContext(params: { Prefix?: string; Delimiter?: string; MaxKeys?: number }): Record<string, string> {
  return definedOnly({
    "s3:prefix": params.Prefix,
    "s3:delimiter": params.Delimiter,
    "s3:max-keys": params.MaxKeys === undefined ? undefined : String(params.MaxKeys),
  });
}

function definedOnly(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function afterToken(token: string): string {
  const after = Buffer.from(token, "base64url").toString("utf8");
  if (after === "" || Buffer.from(after).toString("base64url") !== token) {
    throw new AwsError("InvalidArgument", "The continuation token provided is incorrect", 400, {
      ArgumentName: "continuation-token",
    });
  }
  return after;
}
