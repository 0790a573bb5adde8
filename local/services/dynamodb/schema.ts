import { z } from "zod";
import type { WireItem } from "./attribute-value.ts";
import { MAX_RECOVERY_DAYS } from "./limits.ts";

const tableName = z
  .string()
  .regex(
    /^([a-zA-Z0-9_.-]{3,255}|arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255})$/,
    "must be a table's name (3 to 255 of a-z, A-Z, 0-9, _ . -) or ARN",
  );
const indexName = z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/);
/** Items pass as they are: a schema would drop names such as `__proto__`. They are checked when they are encoded. */
const item = z.custom<WireItem>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be a map of attribute names to values",
);
const names = z.record(z.string(), z.string()).optional();
const consumedCapacity = z.enum(["NONE", "TOTAL"]).optional();
const itemCollectionMetrics = z.literal("NONE").optional();
const returnValues = z.enum(["NONE", "ALL_OLD"]).optional();

export const putItemInput = z.strictObject({
  TableName: tableName,
  Item: item,
  ReturnValues: returnValues,
  ReturnConsumedCapacity: consumedCapacity,
  ReturnItemCollectionMetrics: itemCollectionMetrics,
});

export const deleteItemInput = z.strictObject({
  TableName: tableName,
  Key: item,
  ReturnValues: returnValues,
  ReturnConsumedCapacity: consumedCapacity,
  ReturnItemCollectionMetrics: itemCollectionMetrics,
});

/** One request of a batch: a put or a delete. */
const writeRequest = z.strictObject({
  PutRequest: z.strictObject({ Item: item }).optional(),
  DeleteRequest: z.strictObject({ Key: item }).optional(),
});
export type WriteRequest = z.infer<typeof writeRequest>;

export const batchWriteItemInput = z.strictObject({
  RequestItems: z.record(tableName, z.array(writeRequest)),
  ReturnConsumedCapacity: consumedCapacity,
  ReturnItemCollectionMetrics: itemCollectionMetrics,
});

const projection = { ProjectionExpression: z.string().optional(), ExpressionAttributeNames: names };

export const getItemInput = z.strictObject({
  TableName: tableName,
  Key: item,
  ConsistentRead: z.boolean().optional(),
  ReturnConsumedCapacity: consumedCapacity,
  ...projection,
});

export const batchGetItemInput = z.strictObject({
  RequestItems: z.record(
    tableName,
    z.strictObject({ Keys: z.array(item).min(1), ConsistentRead: z.boolean().optional(), ...projection }),
  ),
  ReturnConsumedCapacity: consumedCapacity,
});

const page = {
  TableName: tableName,
  IndexName: indexName.optional(),
  Limit: z.number().int().min(1).optional(),
  ExclusiveStartKey: item.optional(),
  Select: z.enum(["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT"]).optional(),
  ConsistentRead: z.boolean().optional(),
  ReturnConsumedCapacity: consumedCapacity,
  ...projection,
};

export const scanInput = z.strictObject({
  ...page,
  Segment: z.number().int().min(0).max(999_999).optional(),
  TotalSegments: z.number().int().min(1).max(1_000_000).optional(),
});

export const queryInput = z.strictObject({
  ...page,
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeValues: z.record(z.string(), item).optional(),
  ScanIndexForward: z.boolean().optional(),
});

/** What Query and Scan share. */
export type PageParams = Omit<z.infer<typeof queryInput>, "KeyConditionExpression">;

export const tableInput = z.strictObject({ TableName: tableName });

export const listTablesInput = z.strictObject({
  ExclusiveStartTableName: z.string().optional(),
  Limit: z.number().int().min(1).max(100).optional(),
});

const tableArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255}$/,
    "must be a table's ARN; the local cloud has no tags and policies of streams",
  );

export const listTagsInput = z.strictObject({ ResourceArn: tableArn });

export const tagResourceInput = z.strictObject({
  ResourceArn: tableArn,
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })),
});

export const untagResourceInput = z.strictObject({ ResourceArn: tableArn, TagKeys: z.array(z.string()) });

export const putResourcePolicyInput = z.strictObject({
  ResourceArn: tableArn,
  Policy: z.string(),
  ExpectedRevisionId: z.string().optional(),
  ConfirmRemoveSelfResourceAccess: z.boolean().optional(),
});

export const getResourcePolicyInput = z.strictObject({ ResourceArn: tableArn });

export const deleteResourcePolicyInput = z.strictObject({
  ResourceArn: tableArn,
  ExpectedRevisionId: z.string().optional(),
});

const attributeName = z.string().min(1).max(255);
const provisionedThroughput = z.strictObject({
  ReadCapacityUnits: z.number().int().min(1),
  WriteCapacityUnits: z.number().int().min(1),
});
const keySchema = z
  .array(z.strictObject({ AttributeName: attributeName, KeyType: z.enum(["HASH", "RANGE"]) }))
  .min(1)
  .max(2);

/** UpdateTable: replicas, witnesses and limits of on-demand or warm throughput are refused by name. */
export const updateTableInput = z.strictObject({
  TableName: tableName,
  AttributeDefinitions: z
    .array(z.strictObject({ AttributeName: attributeName, AttributeType: z.enum(["S", "N", "B"]) }))
    .optional(),
  BillingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]).optional(),
  ProvisionedThroughput: provisionedThroughput.optional(),
  GlobalSecondaryIndexUpdates: z
    .array(
      z.strictObject({
        Create: z
          .strictObject({
            IndexName: indexName,
            KeySchema: keySchema,
            Projection: z.strictObject({
              ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
              NonKeyAttributes: z.array(attributeName).optional(),
            }),
            ProvisionedThroughput: provisionedThroughput.optional(),
          })
          .optional(),
        Update: z.strictObject({ IndexName: indexName, ProvisionedThroughput: provisionedThroughput }).optional(),
        Delete: z.strictObject({ IndexName: indexName }).optional(),
      }),
    )
    .optional(),
  StreamSpecification: z
    .strictObject({
      StreamEnabled: z.boolean(),
      StreamViewType: z.enum(["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]).optional(),
    })
    .optional(),
  SSESpecification: z
    .strictObject({
      Enabled: z.boolean().optional(),
      SSEType: z.literal("KMS").optional(),
      KMSMasterKeyId: z.string().min(1).optional(),
    })
    .optional(),
  TableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
});

export const updateTimeToLiveInput = z.strictObject({
  TableName: tableName,
  TimeToLiveSpecification: z.strictObject({ Enabled: z.boolean(), AttributeName: attributeName }),
});

export const updateContinuousBackupsInput = z.strictObject({
  TableName: tableName,
  PointInTimeRecoverySpecification: z.strictObject({
    PointInTimeRecoveryEnabled: z.boolean(),
    RecoveryPeriodInDays: z.number().int().min(1).max(MAX_RECOVERY_DAYS).optional(),
  }),
});
