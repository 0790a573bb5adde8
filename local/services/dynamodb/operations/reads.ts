import { AwsError } from "../../../kernel/errors.ts";
import { type Call, defineOperations, type Operation } from "../../../kernel/service.ts";
import type { Inputs, QueryInput, ScanInput } from "../../../wire/models/dynamodb.ts";
import { checkValues, encodeItem, type WireItem } from "../attribute-value.ts";
import { validationError } from "../errors.ts";
import { type Expressions, expressionsOf } from "../expressions/expressions.ts";
import { keyRange } from "../key-range.ts";
import { exactKey } from "../keys.ts";
import { MAX_BATCH_GETS, READ_UNIT_BYTES } from "../limits.ts";
import { type ReadTarget, readPage, startEntry, targetOf } from "../page.ts";
import type { DynamoDbStore } from "../store.ts";
import type { StoredItem } from "../stored-item.ts";

/** GetItem, BatchGetItem, Query and Scan. */
export function readOperations(store: DynamoDbStore): Readonly<Record<string, Operation>> {
  const touchesData = true;
  return defineOperations<Inputs>({
    GetItem: {
      authorize: (params, call) => store.authorize("dynamodb:GetItem", params.TableName, call, { touchesData }),
      run(params, call) {
        checkValues(params.Key);
        const { project } = expressionsOf(params);
        const table = store.require(params.TableName, call);
        const item = table.items.find({ ...exactKey(table.schema, params.Key), tie: "" });
        return {
          ...(item ? { Item: project(parse(item)) } : {}),
          ...capacityOf(params, table.name, item?.bytes ?? 0),
        };
      },
    },
    BatchGetItem: {
      authorize: (params, call) =>
        Object.keys(params.RequestItems).flatMap((name) =>
          store.authorize("dynamodb:BatchGetItem", name, call, { touchesData }),
        ),
      run(params, call) {
        checkRequests(params.RequestItems);
        const requests = Object.entries(params.RequestItems).map(([tableName, request]) => ({
          tableName,
          keys: request.Keys,
          project: expressionsOf(request).project,
        }));
        const responses: Record<string, WireItem[]> = {};
        for (const { tableName, keys, project } of requests) {
          const table = store.require(tableName, call);
          const items = keys.map((key) => table.items.find({ ...exactKey(table.schema, key), tie: "" }));
          responses[tableName] = items.filter((item) => item !== undefined).map((item) => project(parse(item)));
        }
        return { Responses: responses, UnprocessedKeys: {} };
      },
    },
    Query: {
      authorize: (params, call) =>
        store.authorize("dynamodb:Query", params.TableName, call, { indexName: params.IndexName, touchesData }),
      run(params, call) {
        checkStart(params.ExclusiveStartKey);
        if (params.KeyConditionExpression === undefined) {
          throw validationError(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
          );
        }
        const expressions = expressionsOf(params);
        const target = targetOf(store.require(params.TableName, call), params.IndexName);
        const after = params.ExclusiveStartKey && startEntry(target, params.ExclusiveStartKey, "Query");
        const range = keyRange(expressions.conditions, target.schema);
        const isForward = params.ScanIndexForward ?? true;
        return answer(target, range.entries(target.entries, isForward, after), params, expressions, call);
      },
    },
    Scan: {
      authorize: (params, call) =>
        store.authorize("dynamodb:Scan", params.TableName, call, { indexName: params.IndexName, touchesData }),
      run(params, call) {
        checkStart(params.ExclusiveStartKey);
        checkSegments(params.Segment, params.TotalSegments);
        const expressions = expressionsOf(params);
        const target = targetOf(store.require(params.TableName, call), params.IndexName);
        const after = params.ExclusiveStartKey && startEntry(target, params.ExclusiveStartKey, "Scan");
        const entries = target.entries.scan(params.Segment ?? 0, params.TotalSegments ?? 1, after);
        return answer(target, entries, params, expressions, call);
      },
    },
  });
}

/**
 * Checks a BatchGetItem, before any table is looked for.
 * @throws AwsError for duplicate or too many keys, and invalid values.
 */
function checkRequests(requestItems: Readonly<Record<string, { readonly Keys: readonly WireItem[] }>>): void {
  const lists = Object.values(requestItems).map(({ Keys }) => Keys);
  for (const keys of lists) {
    const texts = new Set(keys.map((key) => encodeItem(key).json));
    if (texts.size < keys.length) throw validationError("Provided list of item keys contains duplicates");
  }
  if (lists.reduce((sum, keys) => sum + keys.length, 0) > MAX_BATCH_GETS) {
    throw validationError("Too many items requested for the BatchGetItem call");
  }
}

/**
 * Checks a starting key: AWS adds a prefix to the message of most invalid values, but not of numbers and duplicates.
 */
function checkStart(key: WireItem | undefined): void {
  try {
    if (key) checkValues(key);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ValidationException") throw error;
    if (/contains duplicates|number set|numeric value|significant digits|number with magnitude/i.test(error.message)) {
      throw error;
    }
    throw validationError(`The provided starting key is invalid: ${error.message}`);
  }
}

function checkSegments(segment: number | undefined, total: number | undefined): void {
  if (segment !== undefined && total === undefined) {
    throw validationError(
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    );
  }
  if (segment === undefined && total !== undefined) {
    throw validationError(
      "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    );
  }
  if (segment === undefined || total === undefined || segment < total) return;
  throw validationError(
    `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
  );
}

/** The answer of Query and Scan: one page of entries. */
function answer(
  target: ReadTarget,
  entries: Iterable<Parameters<ReadTarget["itemOf"]>[0]>,
  params: Omit<QueryInput | ScanInput, "KeyConditionExpression">,
  expressions: Expressions,
  call: Call,
) {
  const select = params.Select;
  if (select === "SPECIFIC_ATTRIBUTES" && params.ProjectionExpression === undefined) {
    throw validationError(
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
  }
  if (select === "ALL_ATTRIBUTES" && !target.isWhole) {
    throw validationError(
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${params.IndexName} because its projection type is not ALL`,
    );
  }
  if (params.ConsistentRead && params.IndexName !== undefined) {
    throw validationError("Consistent reads are not supported on global secondary indexes");
  }
  const page = readPage(target, entries, params.Limit);
  call.note({ table: target.tableName, items: page.items.length });
  return {
    ...(select === "COUNT"
      ? {}
      : { Items: page.items.map((item) => expressions.project(target.project(parse(item)))) }),
    Count: page.items.length,
    ScannedCount: page.items.length,
    ...(page.lastKey ? { LastEvaluatedKey: page.lastKey } : {}),
    ...capacityOf(params, target.tableName, page.bytes),
  };
}

function parse(item: StoredItem): WireItem {
  return JSON.parse(item.json) as WireItem;
}

function capacityOf(
  params: { ReturnConsumedCapacity?: string | undefined; ConsistentRead?: boolean | undefined },
  tableName: string,
  bytes: number,
) {
  if (params.ReturnConsumedCapacity !== "TOTAL") return {};
  const units = Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * (params.ConsistentRead ? 1 : 0.5);
  return { ConsumedCapacity: { TableName: tableName, CapacityUnits: units } };
}
