import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs, WriteRequest } from "../../../wire/models/dynamodb.ts";
import { checkValues, type EncodedItem, encodeItem, type WireItem } from "../attribute-value.ts";
import { writeUnits } from "../capacity.ts";
import { exactKey, keyIn, type SortableKey } from "../keys.ts";
import { MAX_BATCH_WRITE_BYTES, MAX_BATCH_WRITES } from "../limits.ts";
import type { DynamoDbStore } from "../store.ts";
import type { StoredItem } from "../stored-item.ts";
import type { Table } from "../table.ts";

const THROTTLED = "ProvisionedThroughputExceededException";
const THROTTLED_MESSAGE =
  "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.";

/** A checked write. */
interface Write {
  readonly table: Table;
  readonly key: SortableKey;
  /** Undefined for a delete. */
  readonly item: StoredItem | undefined;
}

/** PutItem, DeleteItem and BatchWriteItem. */
export function writeOperations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  return defineOperations<Inputs>({
    PutItem: {
      authorize: (params, call) => store.authorize("dynamodb:PutItem", params.TableName, call, { touchesData: true }),
      run(params, call) {
        const encoded = encodeItem(params.Item);
        checkReturnValues(params.ReturnValues);
        const table = store.require(params.TableName, call);
        const item = table.prepare(params.Item, encoded);
        return writeOne({ table, key: item, item }, params, call);
      },
    },
    DeleteItem: {
      authorize: (params, call) =>
        store.authorize("dynamodb:DeleteItem", params.TableName, call, { touchesData: true }),
      run(params, call) {
        checkValues(params.Key);
        checkReturnValues(params.ReturnValues);
        const table = store.require(params.TableName, call);
        return writeOne({ table, key: exactKey(table.schema, params.Key), item: undefined }, params, call);
      },
    },
    BatchWriteItem: {
      authorize: (params, call) =>
        Object.keys(params.RequestItems).flatMap((name) =>
          store.authorize("dynamodb:BatchWriteItem", name, call, { touchesData: true }),
        ),
      run: (params, call) => batchWrite(store, params.RequestItems, params.ReturnConsumedCapacity, call),
    },
  });
}

function checkReturnValues(values: string | undefined): void {
  if (values === undefined || values === "ALL_OLD" || values === "NONE") return;
  throw new AwsError("ValidationException", "ReturnValues can only be ALL_OLD or NONE");
}

function writeOne(
  write: Write,
  params: { ReturnValues?: string | undefined; ReturnConsumedCapacity?: string | undefined },
  call: Call,
) {
  const units = params.ReturnConsumedCapacity === "TOTAL" ? unitsOf(write) : 0;
  const done = apply(write, call.clock.now());
  if (!done) throw new AwsError(THROTTLED, THROTTLED_MESSAGE);
  call.note({ table: write.table.name, items: 1 });
  return {
    ...(params.ReturnValues === "ALL_OLD" && done.old ? { Attributes: JSON.parse(done.old.json) as WireItem } : {}),
    ...(params.ReturnConsumedCapacity === "TOTAL"
      ? { ConsumedCapacity: { TableName: write.table.name, CapacityUnits: units } }
      : {}),
  };
}

/** Checks all requests before the first write: an invalid request or a duplicate key refuses the whole call. */
function batchWrite(
  store: DynamoDbStore,
  requestItems: Readonly<Record<string, readonly WriteRequest[]>>,
  returnCapacity: string | undefined,
  call: Call,
) {
  checkCounts(requestItems);
  const checked = Object.entries(requestItems).map(([name, requests]) => ({ name, requests: requests.map(check) }));
  const writes = checked.flatMap(({ name, requests }) => {
    const table = store.require(name, call);
    return requests.map((one) => ({ name, request: one.request, write: prepare(table, one) }));
  });
  checkWhole(writes.map(({ write }) => write));

  const now = call.clock.now();
  const unprocessed: Record<string, WriteRequest[]> = {};
  const units = new Map<string, number>();
  let failed = 0;
  for (const { name, request, write } of writes) {
    const cost = returnCapacity === "TOTAL" ? unitsOf(write) : 0;
    if (apply(write, now)) {
      units.set(write.table.name, (units.get(write.table.name) ?? 0) + cost);
    } else {
      failed++;
      const rest = unprocessed[name] ?? [];
      unprocessed[name] = rest;
      rest.push(request);
    }
  }
  call.note({ table: writes.map(({ write }) => write.table.name)[0] ?? "", items: writes.length - failed, failed });
  if (failed === writes.length) throw new AwsError(THROTTLED, THROTTLED_MESSAGE);
  return {
    UnprocessedItems: unprocessed,
    ...(returnCapacity === "TOTAL"
      ? {
          ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits })),
        }
      : {}),
  };
}

function checkCounts(requestItems: Readonly<Record<string, readonly WriteRequest[]>>): void {
  const lists = Object.values(requestItems);
  if (lists.reduce((sum, list) => sum + list.length, 0) > MAX_BATCH_WRITES) {
    throw new AwsError("ValidationException", "Too many items requested for the BatchWriteItem call");
  }
}

/** A request of a batch with checked values. */
interface CheckedRequest {
  readonly request: WriteRequest;
  /** Undefined for a delete. */
  readonly encoded: EncodedItem | undefined;
}

function check(request: WriteRequest): CheckedRequest {
  const { PutRequest: put, DeleteRequest: remove } = request;
  if ((put === undefined) === (remove === undefined)) {
    throw new AwsError(
      "ValidationException",
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  if (remove) checkValues(remove.Key);
  return { request, encoded: put && encodeItem(put.Item) };
}

function prepare(table: Table, { request, encoded }: CheckedRequest): Write {
  const { PutRequest: put, DeleteRequest: remove } = request;
  if (remove) return { table, key: exactKey(table.schema, remove.Key), item: undefined };
  const { Item: item } = put as { Item: WireItem };
  // BatchWriteItem has another message for a missing key than PutItem (recorded on AWS, 10-2025).
  keyIn(table.schema, item);
  const stored = table.prepare(item, encoded);
  return { table, key: stored, item: stored };
}

function checkWhole(writes: readonly Write[]): void {
  const keys = new Set(writes.map(({ table, key }) => `${table.arn}\u0000${key.hash.length} ${key.hash}${key.range}`));
  if (keys.size < writes.length) {
    throw new AwsError("ValidationException", "Provided list of item keys contains duplicates");
  }
  const bytes = writes.reduce((sum, { item }) => sum + (item?.json.length ?? 0), 0);
  if (bytes > MAX_BATCH_WRITE_BYTES) {
    throw new AwsError("ValidationException", "The total size of the BatchWriteItem request exceeds 16 MB");
  }
}

/** Applies a write if the table has the capacity for it; undefined if not. */
function apply({ table, key, item }: Write, now: number): { old: StoredItem | undefined } | undefined {
  const current = table.items.find({ ...key, tie: "" });
  if (!table.capacity.take(item, current, now)) return undefined;
  return { old: item ? table.put(item) : table.delete(key) };
}

function unitsOf({ table, key, item }: Write): number {
  return writeUnits(item, table.items.find({ ...key, tie: "" }));
}
