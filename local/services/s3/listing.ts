import { type Bucket, compareUtf8 } from "./bucket.ts";

/** One page of a bucket's keys. */
export interface Page {
  readonly objects: { Key: string; LastModified: number; ETag: string; Size: number; StorageClass: "STANDARD" }[];
  /** What keys have in common up to the delimiter, each once. */
  readonly prefixes: string[];
  readonly keyCount: number;
  readonly isTruncated: boolean;
  /** The last key or common prefix on the page: the next page begins after it. */
  readonly last: string;
}

/** Keys of `bucket` in order, from behind `after`; those that share a prefix up to the delimiter are one entry. */
export function listPage(
  bucket: Bucket,
  options: { prefix: string; delimiter: string; maxKeys: number; after: string },
): Page {
  const { prefix, delimiter, after } = options;
  const limit = Math.min(options.maxKeys, 1000);
  const page = { objects: [] as Page["objects"], prefixes: [] as string[], keyCount: 0, isTruncated: false, last: "" };
  if (limit === 0) return page;
  const keys = bucket.keys();
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
    const object = common === undefined ? bucket.get(key) : undefined;
    if (object) {
      page.objects.push({
        Key: key,
        LastModified: object.lastModified / 1000,
        ETag: object.etag,
        Size: object.body.length,
        StorageClass: "STANDARD",
      });
    } else {
      page.prefixes.push(page.last);
    }
  }
  return page;
}

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

/** Index of the first key behind `after`. */
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
