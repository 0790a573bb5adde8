import { randomBytes } from "node:crypto";
import { type Checksum, DEFAULT_CHECKSUM, fullChecksum } from "./checksums.ts";
import type { ObjectEncryption } from "./encryption.ts";

/** The HTTP headers that are stored with an object and returned unchanged, by their name in the API. */
export const systemHeaders = {
  CacheControl: "cache-control",
  ContentDisposition: "content-disposition",
  ContentEncoding: "content-encoding",
  ContentLanguage: "content-language",
  ContentType: "content-type",
  Expires: "expires",
} as const;
export type SystemHeader = keyof typeof systemHeaders;

/** The parameters of an operation that are stored as system headers. */
export function headersOf(params: Partial<Record<SystemHeader, string>>): StoredObject["headers"] {
  const headers: Partial<Record<SystemHeader, string>> = {};
  for (const name of Object.keys(systemHeaders) as SystemHeader[]) {
    const value = params[name];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/** The version id of objects written while versioning was off or suspended. */
export const NULL_VERSION = "null";

/** Whether a bucket keeps old versions. Once enabled, versioning can only be suspended. */
export const Versioning = { Off: "Off", Enabled: "Enabled", Suspended: "Suspended" } as const;
export type Versioning = (typeof Versioning)[keyof typeof Versioning];

/** An object to be written. */
export interface NewObject {
  readonly key: string;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  /** As they were sent: a character per byte (see header-text.ts). S3 interprets none of them. */
  readonly headers: Readonly<Partial<Record<SystemHeader, string>>>;
  /** `x-amz-meta-*`, names in lower case, values a character per byte. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Undefined when none was given: S3's own is computed when it is read (see `objectChecksum`). */
  readonly checksum?: Checksum;
  readonly encryption: ObjectEncryption;
}

/** An object in a bucket. */
export interface StoredObject extends NewObject {
  /** Cloud time, milliseconds since the epoch, whole seconds as in S3. */
  readonly lastModified: number;
  readonly versionId: string;
}

/** The checksum of an object: the one given, or S3's own. */
export function objectChecksum({ checksum, body }: StoredObject): Checksum {
  return checksum ?? fullChecksum(DEFAULT_CHECKSUM.algorithm, body);
}

/** One version of a key: an object, or, without `object`, a delete marker. */
export interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: number;
  readonly object?: StoredObject;
  /** When a newer version was written; undefined for the newest. */
  noncurrentSince: number | undefined;
}

/** The objects of one bucket, with their old versions if it is versioned. */
export class BucketObjects {
  versioning: Versioning = Versioning.Off;
  /** Newest first; no list is empty. */
  readonly #versions = new Map<string, StoredVersion[]>();
  #currentKeys: string[] | undefined;
  #allKeys: string[] | undefined;

  /** Whether there is no version and no delete marker. */
  get isEmpty(): boolean {
    return this.#versions.size === 0;
  }

  /** The current object of a key. */
  get(key: string): StoredObject | undefined {
    return this.#versions.get(key)?.[0]?.object;
  }

  /** All versions of a key, newest first. */
  versionsOf(key: string): readonly StoredVersion[] {
    return this.#versions.get(key) ?? [];
  }

  findVersion(key: string, versionId: string): StoredVersion | undefined {
    return this.#versions.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Writes an object: as a new version in a versioned bucket, else in place of the one before. */
  put(object: NewObject, now: number): StoredObject {
    const stored = { ...object, lastModified: now, versionId: this.#newVersionId() };
    this.#push({
      key: object.key,
      versionId: stored.versionId,
      lastModified: now,
      object: stored,
      noncurrentSince: undefined,
    });
    return stored;
  }

  /** Deletes a key: in a bucket that has or had versioning by a delete marker, which is returned. */
  remove(key: string, now: number): StoredVersion | undefined {
    if (this.versioning === Versioning.Off) {
      this.#versions.delete(key);
      this.#forgetOrder();
      return undefined;
    }
    const marker = { key, versionId: this.#newVersionId(), lastModified: now, noncurrentSince: undefined };
    this.#push(marker);
    return marker;
  }

  /** Deletes one version for good; if it was the newest, the one before it is current again. */
  removeVersion(key: string, versionId: string): StoredVersion | undefined {
    const versions = this.#versions.get(key) ?? [];
    const index = versions.findIndex((version) => version.versionId === versionId);
    if (index < 0) return undefined;
    const [removed] = versions.splice(index, 1);
    if (versions[0]) versions[0].noncurrentSince = undefined;
    else this.#versions.delete(key);
    this.#forgetOrder();
    return removed;
  }

  clear(): void {
    this.#versions.clear();
    this.#forgetOrder();
  }

  /** Keys that have a current object, in the order of their UTF-8 bytes. */
  keys(): readonly string[] {
    this.#currentKeys ??= this.allKeys().filter((key) => this.get(key) !== undefined);
    return this.#currentKeys;
  }

  /** Keys that have any version, in the order of their UTF-8 bytes. */
  allKeys(): readonly string[] {
    this.#allKeys ??= [...this.#versions.keys()].sort(compareUtf8);
    return this.#allKeys;
  }

  /** Current objects in the order of their keys. */
  *objects(): Generator<StoredObject> {
    for (const key of this.keys()) {
      const object = this.get(key);
      if (object) yield object;
    }
  }

  #newVersionId(): string {
    return this.versioning === Versioning.Enabled ? randomBytes(24).toString("base64url") : NULL_VERSION;
  }

  #push(version: StoredVersion): void {
    const versions = this.#versions.get(version.key) ?? [];
    const before = versions[0];
    const kept = versions.filter((one) => one.versionId !== version.versionId);
    if (kept[0] && kept[0] === before) kept[0].noncurrentSince = version.lastModified;
    this.#versions.set(version.key, [version, ...kept]);
    if (versions.length === 0) this.#forgetOrder();
    else if ((before?.object === undefined) !== (version.object === undefined)) this.#currentKeys = undefined;
  }

  #forgetOrder(): void {
    this.#currentKeys = undefined;
    this.#allKeys = undefined;
  }
}

/** Compares texts by their UTF-8 bytes; JavaScript orders astral characters otherwise. */
export function compareUtf8(left: string, right: string): number {
  if (/[\ud800-\udfff]/.test(left) || /[\ud800-\udfff]/.test(right)) {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return left < right ? -1 : left > right ? 1 : 0;
}
