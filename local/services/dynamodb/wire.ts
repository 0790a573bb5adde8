import type { AwsError } from "../../kernel/errors.ts";
import { type Dialect, dynamoDbWords } from "../../wire/dialect.ts";
import { modelWire } from "../../wire/model-wire.ts";
import { errorTypeOf } from "./error-type.ts";
import { validationError } from "./errors.ts";

/** Operations on the table itself, which have their own messages for table names. */
const TABLE_OPERATIONS = ["DeleteTable", "DescribeTable", "DescribeTimeToLive", "UpdateTable"];

/** DynamoDB's own validation messages, as recorded in dynalite's tests. */
const dialect: Dialect = {
  wrongType: dynamoDbWords,
  // A value of an unknown type is empty without it, and refused as that.
  openShapes: ["AttributeValue"],
  refusal(violations, operation): AwsError | undefined {
    if (!TABLE_OPERATIONS.includes(operation)) return undefined;
    const name = violations.find(({ path }) => path.length === 1 && path[0] === "TableName");
    if (name?.constraint === "required") {
      return validationError("The parameter 'TableName' is required but was not present in the request");
    }
    return name?.constraint === "length"
      ? validationError("TableName must be at least 3 characters long and at most 255 characters long")
      : undefined;
  },
};

const tableArn = "arn:[^:]+:dynamodb:[^:]*:\\d{12}:table/[a-zA-Z0-9_.-]{3,255}";

/**
 * The pattern of table names, which the model lacks, and enumerations in AWS's order, as recorded in dynalite's tests.
 */
const corrections = {
  TableArn: { min: 3, max: 255, pattern: "[a-zA-Z0-9_.-]+", unless: tableArn },
  BillingMode: { enum: ["PROVISIONED", "PAY_PER_REQUEST"] },
  KeyType: { enum: ["HASH", "RANGE"] },
  ProjectionType: { enum: ["ALL", "INCLUDE", "KEYS_ONLY"] },
  ReturnConsumedCapacity: { enum: ["INDEXES", "TOTAL", "NONE"] },
  ReturnItemCollectionMetrics: { enum: ["SIZE", "NONE"] },
  ReturnValue: { enum: ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"] },
  UpdateGlobalSecondaryIndexAction: { required: ["IndexName", "ProvisionedThroughput"] },
  ScalarAttributeType: { enum: ["B", "N", "S"] },
  Select: { enum: ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"] },
} as const;

/** JSON 1.0. Conditions, filters, and the legacy parameters that expressions replace are refused by name. */
export const wire = modelWire("dynamodb", {
  dialect,
  corrections,
  errorType: errorTypeOf,
  unsupported: [
    "*.AttributesToGet",
    "*.ConditionExpression",
    "*.ConditionalOperator",
    "*.Expected",
    "*.FilterExpression",
    "*.OnDemandThroughput",
    "*.ReturnValuesOnConditionCheckFailure",
    "*.WarmThroughput",
    "DeleteItemInput.ExpressionAttributeNames",
    "DeleteItemInput.ExpressionAttributeValues",
    "ListTagsOfResourceInput.NextToken",
    "PutItemInput.ExpressionAttributeNames",
    "PutItemInput.ExpressionAttributeValues",
    "QueryInput.KeyConditions",
    "QueryInput.QueryFilter",
    "ReturnConsumedCapacity=INDEXES",
    "ReturnItemCollectionMetrics=SIZE",
    "SSEType=AES256",
    "ScanInput.ExpressionAttributeValues",
    "ScanInput.ScanFilter",
    "UpdateTableInput.DisassociationProtectionEnabled",
    "UpdateTableInput.GlobalTableSettingsReplicationMode",
    "UpdateTableInput.GlobalTableWitnessUpdates",
    "UpdateTableInput.MultiRegionConsistency",
    "UpdateTableInput.ReplicaUpdates",
    "UpdateTableInput.VectorIndexUpdates",
  ],
});
