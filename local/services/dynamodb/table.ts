import { randomUUID } from "node:crypto";
import { AwsError } from "../../kernel/errors.ts";
import type { Place } from "../../kernel/place.ts";
import type { Ports } from "../../kernel/ports.ts";
import { type EncodedItem, encodeItem, type WireItem } from "./attribute-value.ts";
import { Capacity } from "./capacity.ts";
import { Expiries } from "./expiries.ts";
import { indexKey, type KeySchema, primaryKey, type SortableKey } from "./keys.ts";
import { TTL_HORIZON_MS } from "./limits.ts";
import { SortedEntries } from "./sorted-entries.ts";
import type { StoredItem } from "./stored-item.ts";
import { tableArn } from "./table-address.ts";
import { type IndexSettings, TableIndex } from "./table-index.ts";
import type { TablePolicy, TableSettings } from "./table-settings.ts";
import { type StreamViewType, TableStream } from "./table-stream.ts";

/** A table: its items, indexes and stream. */
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
  /** The stream that was disabled or replaced last, which AWS still describes. */
  latestStream: TableStream | undefined;
  policy: TablePolicy | undefined;
  capacity: Capacity;
  /** When it last became on-demand (cloud time, milliseconds since the epoch); undefined while it is provisioned. */
  onDemandSince: number | undefined;
  /** Total size of the items. */
  bytes = 0;
  readonly #ports: Ports;
  readonly #expiries: Expiries<StoredItem>;

  constructor(options: {
    ports: Ports;
    place: Place;
    name: string;
    schema: KeySchema;
    settings: TableSettings;
  }) {
    this.#ports = options.ports;
    this.accountId = options.place.accountId;
    this.region = options.place.region;
    this.name = options.name;
    this.arn = tableArn(options.place, options.name);
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
   * An item to be put, with its keys.
   * @param encoded what `encodeItem` made of it, which AWS does before it looks for the table.
   * @throws AwsError ValidationException for a key that is missing or invalid.
   */
  prepare(item: WireItem, encoded: EncodedItem = encodeItem(item)): StoredItem {
    const key = primaryKey(this.schema, item);
    const indexKeys = this.#indexKeys(item);
    return { ...key, tie: "", ...encoded, expiresAt: this.#expiryOf(item), indexKeys };
  }

  /** Puts a prepared item; returns the one that it replaces. Without a change there is no stream record. */
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

  /** Deletes the item with this key and returns it. */
  delete(key: SortableKey): StoredItem | undefined {
    const old = this.items.find({ ...key, tie: "" });
    if (old) this.#remove(old, false);
    return old;
  }

  /** Sets the billing mode; the capacity is set separately. */
  setBillingMode(mode: TableSettings["billingMode"]): void {
    if (mode === this.settings.billingMode) return;
    this.settings.billingMode = mode;
    this.onDemandSince = mode === "PAY_PER_REQUEST" ? this.#ports.clock.now() : undefined;
  }

  /** Enables a stream with this view type; undefined disables it. */
  setStream(viewType: StreamViewType | undefined): void {
    if (this.stream?.viewType === viewType) return;
    this.latestStream = this.stream ?? this.latestStream;
    const now = this.#ports.clock.now();
    this.stream =
      viewType && new TableStream({ tableArn: this.arn, tableName: this.name, schema: this.schema, viewType, now });
  }

  /** Sets all indexes of the table: new ones are backfilled, others are deleted. */
  setIndexes(indexes: readonly IndexSettings[]): void {
    for (const name of this.indexes.keys()) {
      if (!indexes.some((index) => index.name === name)) this.indexes.delete(name);
    }
    const changed = indexes.filter((index) => !this.indexes.get(index.name)?.update(index));
    for (const index of changed) this.indexes.set(index.name, new TableIndex(index, this.schema));
    this.capacity = new Capacity(this.settings, indexes, this.#ports.clock.now());
    if (changed.length > 0) this.#rebuild();
  }

  /** Sets the TTL attribute; undefined disables TTL. */
  setTtl(attribute: string | undefined): void {
    if (this.settings.ttlAttribute === attribute) return;
    this.settings.ttlAttribute = attribute;
    this.#rebuild();
  }

  /** Drops all items and stream records, without writing stream records for it. */
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

  /** Rebuilds indexes and expiries from the items. An item with an invalid key for an index is left out of it. */
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
        // An item whose attributes do not fit a new index is not in it, as on AWS.
        if (!isBackfill || !(error instanceof AwsError)) throw error;
      }
    }
    return keys;
  }

  #expiryOf(item: WireItem): number | undefined {
    const attribute = this.settings.ttlAttribute;
    if (attribute === undefined || !Object.hasOwn(item, attribute)) return undefined;
    const { N: seconds } = item[attribute] as { N?: string };
    const at = Math.floor(Number(seconds)) * 1000;
    // TTL ignores what is not a number, and times over five years ago.
    return at > this.#ports.clock.now() - TTL_HORIZON_MS && Number.isFinite(at) ? at : undefined;
  }
}
