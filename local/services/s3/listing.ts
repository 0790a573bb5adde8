import { type BucketObjects, compareUtf8, type StoredObject, type StoredVersion } from "./bucket-objects.ts";
import { type ChecksumType, DEFAULT_CHECKSUM } from "./checksums.ts";
import { MAX_LISTED_KEYS } from "./limits.ts";

/** Members of a list's entry about the checksum of an object. */
export interface ListedChecksum {
  readonly ChecksumAlgorithm: readonly string[];
  readonly ChecksumType: ChecksumType;
}

/** The checksum of an object as members of a list's entry. */
export function listedChecksum({ checksum }: StoredObject): ListedChecksum {
  const { algorithm, type } = checksum ?? DEFAULT_CHECKSUM;
  return { ChecksumAlgorithm: [algorithm], ChecksumType: type };
}

/** One page of a bucket's keys. */
export interface Page {
  readonly objects: ({
    Key: string;
    LastModified: number;
    ETag: string;
    Size: number;
    StorageClass: "STANDARD";
  } & ListedChecksum)[];
  /** The common prefixes of keys up to the delimiter, each once. */
  readonly prefixes: string[];
  readonly keyCount: number;
  readonly isTruncated: boolean;
  /** The last key or common prefix of the page; the next page begins after it. */
  readonly last: string;
}

/** Keys of `objects` in order, after `after`; keys with the same prefix up to the delimiter are one entry. */
export function listPage(
  objects: BucketObjects,
  options: { prefix: string; delimiter: string; maxKeys: number; after: string },
): Page {
  const { prefix, delimiter, after } = options;
  const limit = Math.min(options.maxKeys, MAX_LISTED_KEYS);
  const page = { objects: [] as Page["objects"], prefixes: [] as string[], keyCount: 0, isTruncated: false, last: "" };
  if (limit === 0) return page;
  const keys = objects.keys();
  for (let index = firstAfter(keys, after); index < keys.length; index++) {
    const key = keys[index] as string;
    if (!key.startsWith(prefix)) {
      if (compareUtf8(key, prefix) > 0) break;
      continue;
    }
    const common = commonPrefix(key, prefix, delimiter);
    if (common !== undefined && (common === page.last || (after !== "" && compareUtf8(common, after) <= 0))) continue;
    if (page.keyCount === limit) {
      page.isTruncated = true;
      break;
    }
    page.keyCount++;
    page.last = common ?? key;
    const object = common === undefined ? objects.get(key) : undefined;
    if (object) {
      page.objects.push({
        Key: key,
        LastModified: object.lastModified / 1000,
        ETag: object.etag,
        ...listedChecksum(object),
        Size: object.body.length,
        StorageClass: "STANDARD",
      });
    } else {
      page.prefixes.push(page.last);
    }
  }
  return page;
}

/** One page of a bucket's versions; the next page begins after `last`. */
export interface VersionPage {
  readonly entries: { readonly version: StoredVersion; readonly isLatest: boolean }[];
  readonly prefixes: string[];
  readonly isTruncated: boolean;
  readonly last: { readonly key: string; readonly versionId: string } | undefined;
}

/** Versions and delete markers in the order of their keys, newest first, after `after`. */
export function listVersions(
  objects: BucketObjects,
  options: { prefix: string; delimiter: string; maxKeys: number; after: { key: string; versionId: string } },
): VersionPage {
  const { prefix, delimiter, after } = options;
  const limit = Math.min(options.maxKeys, MAX_LISTED_KEYS);
  const page = { entries: [] as VersionPage["entries"], prefixes: [] as string[] };
  let last: { key: string; versionId: string } | undefined;
  const isFull = () => page.entries.length + page.prefixes.length >= limit;
  const answer = (isTruncated: boolean) => ({ ...page, isTruncated: isTruncated && limit > 0, last });
  for (const key of objects.allKeys()) {
    const order = compareUtf8(key, after.key);
    if (!key.startsWith(prefix) || order < 0 || (order === 0 && after.versionId === "" && after.key !== "")) continue;
    const common = commonPrefix(key, prefix, delimiter);
    if (common !== undefined) {
      if (common === page.prefixes.at(-1) || (after.key !== "" && compareUtf8(common, after.key) <= 0)) continue;
      if (isFull()) return answer(true);
      page.prefixes.push(common);
      last = { key: common, versionId: "" };
      continue;
    }
    const versions = objects.versionsOf(key);
    const from = order === 0 ? versions.findIndex((version) => version.versionId === after.versionId) + 1 : 0;
    for (const [index, version] of versions.entries()) {
      if (index < from) continue;
      if (isFull()) return answer(true);
      page.entries.push({ version, isLatest: index === 0 });
      last = { key, versionId: version.versionId };
    }
  }
  return answer(false);
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/** Index of the first key after `after`. */
function firstAfter(keys: readonly string[], after: string): number {
  if (after === "") return 0;
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareUtf8(keys[middle] as string, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
