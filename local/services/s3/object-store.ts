import { randomBytes } from "node:crypto";
import { type Checksum, DEFAULT_CHECKSUM, fullChecksum } from "./checksums.ts";
import type { ObjectEncryption } from "./encryption.ts";

/** The HTTP headers that are kept with an object and given back as they came, by their name in the API. */
export const systemHeaders = {
  CacheControl: "cache-control",
  ContentDisposition: "content-disposition",
  ContentEncoding: "content-encoding",
  ContentLanguage: "content-language",
  ContentType: "content-type",
  Expires: "expires",
} as const;
export type SystemHeader = keyof typeof systemHeaders;

/** The version id of what was written while versioning was not on. */
export const NULL_VERSION = "null";

/** Whether a bucket keeps old versions; once it did, it can only be suspended. */
export const Versioning = { Off: "Off", Enabled: "Enabled", Suspended: "Suspended" } as const;
export type Versioning = (typeof Versioning)[keyof typeof Versioning];

/** What a write brings. */
export interface NewObject {
  readonly key: string;
  readonly body: Buffer;
  /** With its quotes. */
  readonly etag: string;
  /** As they came and as they go: a character per byte (see header-text.ts). S3 looks at none of them. */
  readonly headers: Readonly<Partial<Record<SystemHeader, string>>>;
  /** `x-amz-meta-*`, names in lower case, values a character per byte. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Undefined where none was given: S3's own is then computed when somebody asks (see `objectChecksum`). */
  readonly checksum?: Checksum;
  readonly encryption: ObjectEncryption;
}

/** An object as it lies in a bucket. */
export interface StoredObject extends NewObject {
  /** Cloud time, milliseconds since the epoch, whole seconds as in S3. */
  readonly lastModified: number;
  readonly versionId: string;
}

/** The checksum that S3 keeps with an object: the one that it came with, or S3's own. */
export function objectChecksum({ checksum, body }: StoredObject): Checksum {
  return checksum ?? fullChecksum(DEFAULT_CHECKSUM.algorithm, body);
}

/** One version of a key: an object, or a delete marker where `object` is missing. */
export interface StoredVersion {
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: number;
  readonly object?: StoredObject;
  /** When a newer version came; undefined of the newest. */
  noncurrentSince: number | undefined;
}

/** The objects of one bucket, with their older versions where the bucket keeps them. */
export class ObjectStore {
  versioning: Versioning = Versioning.Off;
  /** Newest first; never an empty list. */
  readonly #versions = new Map<string, StoredVersion[]>();
  #currentKeys: string[] | undefined;
  #allKeys: string[] | undefined;

  /** Whether there is nothing at all, not even a delete marker. */
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

  /** Writes an object: beside the one that is there in a bucket with versions, else in its place. */
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

  /** Takes a key away: in a bucket that has or had versions by a delete marker, which is returned. */
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

  /** Takes one version away for good; the one before it is current again if it was the newest. */
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

  /** Keys of which there is any version, in the order of their UTF-8 bytes. */
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

/** Orders texts as their UTF-8 bytes do, which is not how JavaScript orders astral characters. */
export function compareUtf8(left: string, right: string): number {
  if (/[\ud800-\udfff]/.test(left) || /[\ud800-\udfff]/.test(right)) {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return left < right ? -1 : left > right ? 1 : 0;
}
