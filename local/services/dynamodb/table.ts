import { randomUUID } from "node:crypto";
import type { Ports } from "../../kernel/ports.ts";
import { type EncodedItem, encodeItem, type WireItem } from "./attribute-value.ts";
import { Capacity } from "./capacity.ts";
import { Expiries } from "./expiries.ts";
import { type IndexSettings, TableIndex } from "./index-entries.ts";
import { indexKey, type KeySchema, primaryKey, type SortableKey } from "./keys.ts";
import { TTL_HORIZON_MS } from "./limits.ts";
import { type Entry, SortedEntries } from "./sorted-entries.ts";
import type { TablePolicy } from "./table-policy.ts";
import { type StreamViewType, TableStream } from "./table-stream.ts";

/** An item as it is kept: one flat text, its size, and its keys. */
export interface StoredItem extends Entry, EncodedItem {
  /** When TTL deletes it, milliseconds since the epoch. */
  readonly expiresAt: number | undefined;
  /** Its key in each index of the table, by the index's name. */
  readonly indexKeys: ReadonlyMap<string, SortableKey> | undefined;
}

/** What may change during a table's life. */
export interface TableSettings {
  billingMode: "PROVISIONED" | "PAY_PER_REQUEST";
  readCapacity: number;
  writeCapacity: number;
  ttlAttribute: string | undefined;
  /** Point-in-time recovery: how far back, and since when (cloud time, milliseconds since the epoch); undefined: off. */
  recovery: { readonly days: number; readonly since: number } | undefined;
  isEncryptedByKms: boolean;
  kmsKeyArn: string | undefined;
  isDeletionProtected: boolean;
  tableClass: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  tags: Readonly<Record<string, string>>;
}

/** One table: its items, its indexes, its stream. */
export class Table {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly tableId = randomUUID();
  readonly createdAt: number;
  readonly schema: KeySchema;
  readonly settings: TableSettings;
  readonly items = new SortedEntries<StoredItem>();
  readonly indexes = new Map<string, TableIndex>();
  stream: TableStream | undefined;
  /** The stream that was switched off or replaced last; AWS still describes it. */
  latestStream: TableStream | undefined;
  policy: TablePolicy | undefined;
  capacity: Capacity;
  /** When it last became on demand, cloud time, milliseconds since the epoch; undefined: it is not. */
  onDemandSince: number | undefined;
  /** Sum of the items' sizes. */
  bytes = 0;
  readonly #ports: Ports;
  readonly #expiries: Expiries<StoredItem>;

  constructor(options: {
    ports: Ports;
    accountId: string;
    region: string;
    partition: string;
    name: string;
    schema: KeySchema;
    settings: TableSettings;
  }) {
    this.#ports = options.ports;
    this.accountId = options.accountId;
    this.region = options.region;
    this.name = options.name;
    this.arn = `arn:${options.partition}:dynamodb:${options.region}:${options.accountId}:table/${options.name}`;
    this.createdAt = options.ports.clock.now();
    this.schema = options.schema;
    this.settings = options.settings;
    this.capacity = new Capacity(options.settings, [], this.createdAt);
    this.onDemandSince = options.settings.billingMode === "PAY_PER_REQUEST" ? this.createdAt : undefined;
    this.#expiries = new Expiries(options.ports.clock, (item) => {
      if (this.items.find(item) === item) this.#remove(item, true);
    });
  }

  /**
   * Checks the keys of an item that is to be put; throws ValidationException in AWS's words.
   * @param encoded the item as `encodeItem` checked it, which AWS does before it looks for the table.
   */
  prepare(item: WireItem, encoded: EncodedItem = encodeItem(item)): StoredItem {
    const key = primaryKey(this.schema, item);
    const indexKeys = this.#indexKeys(item);
    return { ...key, tie: "", ...encoded, expiresAt: this.#expiryOf(item), indexKeys };
  }

  /** Puts an item that was prepared; answers the one whose place it took. One that changes nothing writes no stream record. */
  put(item: StoredItem): StoredItem | undefined {
    const old = this.items.find(item);
    if (old?.json === item.json) return old;
    this.items.set(item);
    this.bytes += item.bytes - (old?.bytes ?? 0);
    for (const index of this.indexes.values()) index.replace(old, item);
    if (old?.expiresAt !== undefined) this.#expiries.remove(old, old.expiresAt);
    if (item.expiresAt !== undefined) this.#expiries.add(item, item.expiresAt);
    this.#record(old ? "MODIFY" : "INSERT", item.hash, item, old, false);
    return old;
  }

  /** Deletes the item with this key and answers it. */
  delete(key: SortableKey): StoredItem | undefined {
    const old = this.items.find({ ...key, tie: "" });
    if (old) this.#remove(old, false);
    return old;
  }

  /** Changes how the table is paid for; the capacity is changed by itself. */
  setBillingMode(mode: TableSettings["billingMode"]): void {
    if (mode === this.settings.billingMode) return;
    this.settings.billingMode = mode;
    this.onDemandSince = mode === "PAY_PER_REQUEST" ? this.#ports.clock.now() : undefined;
  }

  /** Switches the stream on, or on with another view type, or off. */
  setStream(viewType: StreamViewType | undefined): void {
    if (this.stream?.viewType === viewType) return;
    this.latestStream = this.stream ?? this.latestStream;
    const now = this.#ports.clock.now();
    this.stream =
      viewType && new TableStream({ tableArn: this.arn, tableName: this.name, schema: this.schema, viewType, now });
  }

  /** Makes the table's indexes these: others are dropped, new ones are filled from the items. */
  setIndexes(indexes: readonly IndexSettings[]): void {
    for (const name of this.indexes.keys()) {
      if (!indexes.some((index) => index.name === name)) this.indexes.delete(name);
    }
    const changed = indexes.filter((index) => !this.indexes.get(index.name)?.update(index));
    for (const index of changed) this.indexes.set(index.name, new TableIndex(index, this.schema));
    this.capacity = new Capacity(this.settings, indexes, this.#ports.clock.now());
    if (changed.length > 0) this.#rebuild();
  }

  /** Changes the TTL attribute; undefined switches TTL off. */
  setTtl(attribute: string | undefined): void {
    if (this.settings.ttlAttribute === attribute) return;
    this.settings.ttlAttribute = attribute;
    this.#rebuild();
  }

  /** Drops all items and stream records; nothing is written to the stream. */
  clear(): void {
    this.items.clear();
    this.bytes = 0;
    for (const index of this.indexes.values()) index.entries.clear();
    this.#expiries.clear();
    this.stream?.clear();
    this.latestStream?.clear();
    this.capacity = new Capacity(
      this.settings,
      [...this.indexes.values()].map((index) => index.settings),
      this.#ports.clock.now(),
    );
  }

  #remove(item: StoredItem, isExpiry: boolean): void {
    this.items.delete(item);
    this.bytes -= item.bytes;
    for (const index of this.indexes.values()) index.replace(item, undefined);
    if (item.expiresAt !== undefined) this.#expiries.remove(item, item.expiresAt);
    this.#record("REMOVE", item.hash, undefined, item, isExpiry);
  }

  #record(
    eventName: "INSERT" | "MODIFY" | "REMOVE",
    hash: string,
    item: StoredItem | undefined,
    old: StoredItem | undefined,
    isExpiry: boolean,
  ): void {
    if (!this.stream) return;
    const needsOld = !item || this.stream.viewType.includes("OLD");
    this.stream.append(hash, {
      eventName,
      newJson: item?.json,
      oldJson: needsOld ? old?.json : undefined,
      newBytes: item?.bytes ?? 0,
      oldBytes: needsOld ? (old?.bytes ?? 0) : 0,
      createdAt: this.#ports.clock.now(),
      isExpiry,
    });
    this.#ports.signals.notify(this.stream.arn);
  }

  /** Derives indexes and expiries again from the items; items that an index would refuse are not in it. */
  #rebuild(): void {
    this.#expiries.clear();
    for (const index of this.indexes.values()) index.entries.clear();
    for (const item of [...this.items.scan(0, 1)]) {
      const wire = JSON.parse(item.json) as WireItem;
      const expiresAt = this.#expiryOf(wire);
      const renewed: StoredItem = { ...item, expiresAt, indexKeys: this.#indexKeys(wire, true) };
      this.items.set(renewed);
      for (const index of this.indexes.values()) index.replace(undefined, renewed);
      if (expiresAt !== undefined) this.#expiries.add(renewed, expiresAt);
    }
  }

  #indexKeys(item: WireItem, isBackfill = false): ReadonlyMap<string, SortableKey> | undefined {
    if (this.indexes.size === 0) return undefined;
    const keys = new Map<string, SortableKey>();
    for (const { settings } of this.indexes.values()) {
      try {
        const key = indexKey(settings.name, settings.schema, item);
        if (key) keys.set(settings.name, key);
      } catch (error) {
        if (!isBackfill) throw error;
      }
    }
    return keys;
  }

  #expiryOf(item: WireItem): number | undefined {
    const attribute = this.settings.ttlAttribute;
    if (attribute === undefined || !Object.hasOwn(item, attribute)) return undefined;
    const { N: seconds } = item[attribute] as { N?: string };
    const at = Math.floor(Number(seconds)) * 1000;
    // Not a number, or over five years ago: never deleted.
    return at > this.#ports.clock.now() - TTL_HORIZON_MS && Number.isFinite(at) ? at : undefined;
  }
}
