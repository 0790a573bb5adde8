import { AwsError } from "../../errors.ts";
import { type Call, defineOperation, type Operation } from "../../service.ts";
import type { WireItem } from "./attribute-value.ts";
import { namesOf, projectionOf } from "./expressions.ts";
import { keyRange } from "./key-condition.ts";
import { exactKey } from "./keys.ts";
import { MAX_BATCH_GETS, READ_UNIT_BYTES } from "./limits.ts";
import { type ReadTarget, readPage, startEntry, targetOf } from "./page.ts";
import { batchGetItemInput, getItemInput, type PageParams, queryInput, scanInput } from "./schema.ts";
import type { DynamoDbService } from "./service.ts";
import type { StoredItem } from "./table.ts";

/** GetItem, BatchGetItem, Query, Scan. */
export function readOperations(service: DynamoDbService): Readonly<Record<string, Operation>> {
  const touchesData = true;
  return {
    GetItem: defineOperation({
      input: getItemInput,
      authorize: (params, call) => service.authorize("dynamodb:GetItem", params.TableName, call, { touchesData }),
      run(params, call) {
        const table = service.require(params.TableName, call);
        const names = namesOf(params.ExpressionAttributeNames);
        const project = projectionOf(params.ProjectionExpression, names);
        names.assertAllUsed();
        const item = table.items.find({ ...exactKey(table.schema, params.Key), tie: "" });
        return {
          ...(item ? { Item: project(parse(item)) } : {}),
          ...capacityOf(params, table.name, item?.bytes ?? 0),
        };
      },
    }),
    BatchGetItem: defineOperation({
      input: batchGetItemInput,
      authorize: (params, call) =>
        Object.keys(params.RequestItems).flatMap((name) =>
          service.authorize("dynamodb:BatchGetItem", name, call, { touchesData }),
        ),
      run(params, call) {
        const requests = Object.entries(params.RequestItems);
        if (requests.reduce((sum, [, { Keys }]) => sum + Keys.length, 0) > MAX_BATCH_GETS) {
          throw new AwsError("ValidationException", "Too many items requested for the BatchGetItem call");
        }
        const responses: Record<string, WireItem[]> = {};
        for (const [tableName, request] of requests) {
          const table = service.require(tableName, call);
          const names = namesOf(request.ExpressionAttributeNames);
          const project = projectionOf(request.ProjectionExpression, names);
          names.assertAllUsed();
          const keys = request.Keys.map((key) => exactKey(table.schema, key));
          if (new Set(keys.map((key) => JSON.stringify([key.hash, key.range]))).size < keys.length) {
            throw new AwsError("ValidationException", "Provided list of item keys contains duplicates");
          }
          const items = keys.map((key) => table.items.find({ ...key, tie: "" })).filter((item) => item !== undefined);
          responses[tableName] = items.map((item) => project(parse(item)));
        }
        return { Responses: responses, UnprocessedKeys: {} };
      },
    }),
    Query: defineOperation({
      input: queryInput,
      authorize: (params, call) =>
        service.authorize("dynamodb:Query", params.TableName, call, { indexName: params.IndexName, touchesData }),
      run(params, call) {
        const target = targetOf(service.require(params.TableName, call), params.IndexName);
        const names = namesOf(params.ExpressionAttributeNames);
        const range = keyRange(
          params.KeyConditionExpression,
          names,
          params.ExpressionAttributeValues ?? {},
          target.schema,
        );
        const after = params.ExclusiveStartKey && startEntry(target, params.ExclusiveStartKey);
        const isForward = params.ScanIndexForward ?? true;
        return answer(target, range.entries(target.entries, isForward, after), params, names, call);
      },
    }),
    Scan: defineOperation({
      input: scanInput,
      authorize: (params, call) =>
        service.authorize("dynamodb:Scan", params.TableName, call, { indexName: params.IndexName, touchesData }),
      run(params, call) {
        const target = targetOf(service.require(params.TableName, call), params.IndexName);
        const { Segment: segment = 0, TotalSegments: total = 1 } = params;
        if ((params.Segment === undefined) !== (params.TotalSegments === undefined) || segment >= total) {
          throw new AwsError(
            "ValidationException",
            "The Segment parameter is zero-based and must be less than parameter TotalSegments; both are required together",
          );
        }
        const after = params.ExclusiveStartKey && startEntry(target, params.ExclusiveStartKey);
        const names = namesOf(params.ExpressionAttributeNames);
        return answer(target, target.entries.scan(segment, total, after), params, names, call);
      },
    }),
  };
}

/** One page of entries, as Query and Scan answer it. */
function answer(
  target: ReadTarget,
  entries: Iterable<Parameters<ReadTarget["itemOf"]>[0]>,
  params: PageParams,
  names: ReturnType<typeof namesOf>,
  call: Call,
) {
  const select = params.Select;
  if (select === "SPECIFIC_ATTRIBUTES" && params.ProjectionExpression === undefined) {
    throw new AwsError(
      "ValidationException",
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
  }
  if (select === "ALL_ATTRIBUTES" && !target.isWhole) {
    throw new AwsError(
      "ValidationException",
      `One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ${params.IndexName} because its projection type is not ALL`,
    );
  }
  if (params.ConsistentRead && params.IndexName !== undefined) {
    throw new AwsError("ValidationException", "Consistent reads are not supported on global secondary indexes");
  }
  const project = projectionOf(params.ProjectionExpression, names);
  names.assertAllUsed();
  const page = readPage(target, entries, params.Limit);
  call.note({ table: target.tableName, items: page.items.length });
  return {
    ...(select === "COUNT" ? {} : { Items: page.items.map((item) => project(target.project(parse(item)))) }),
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
