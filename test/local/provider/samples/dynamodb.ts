import type { ResourceSample } from "../resource-sample.ts";

type Drift = NonNullable<ResourceSample["drifts"]>[0];

const TABLE = "aws:dynamodb/table:Table";
const OWN_KEY = "arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000000";

/** A call that names the table, as the AWS CLI makes it. */
function byCall(operation: string, params: Readonly<Record<string, unknown>>): Drift["by"] {
  return (stage, { id }) => stage.call("dynamodb", operation, { TableName: id, ...params });
}

const attribute = (name: string, type: string) => ({ name, type });
const byUser = {
  name: "by-user",
  hashKey: "user",
  rangeKey: "at",
  projectionType: "INCLUDE",
  nonKeyAttributes: ["size", "color"],
  readCapacity: 3,
  writeCapacity: 4,
};
const byKind = { name: "by-kind", hashKey: "kind", projectionType: "ALL", readCapacity: 1, writeCapacity: 1 };
const provisioned = {
  name: "events",
  attributes: [attribute("id", "S"), attribute("at", "N"), attribute("user", "S"), attribute("kind", "B")],
  hashKey: "id",
  rangeKey: "at",
  billingMode: "PROVISIONED",
  readCapacity: 10,
  writeCapacity: 20,
  globalSecondaryIndexes: [byUser, byKind],
  ttl: { attributeName: "expiresAt", enabled: true },
  pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 },
  serverSideEncryption: { enabled: true, kmsKeyArn: OWN_KEY },
  streamEnabled: true,
  streamViewType: "NEW_IMAGE",
  tableClass: "STANDARD_INFREQUENT_ACCESS",
  tags: { team: "data" },
};
/** The same index, its key and its lists in other words. */
const byUserOtherwise = {
  name: "by-user",
  keySchemas: [
    { attributeName: "user", keyType: "HASH" },
    { attributeName: "at", keyType: "RANGE" },
  ],
  projectionType: "INCLUDE",
  nonKeyAttributes: ["color", "size"],
  readCapacity: 3,
  writeCapacity: 4,
};
const withoutKinds = { attributes: provisioned.attributes.slice(0, 3), globalSecondaryIndexes: [byUser] };
const onDemandIndexes = [byUser, byKind].map(({ readCapacity: _read, writeCapacity: _write, ...index }) => index);

const readers = (account: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "read",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ["dynamodb:GetItem", "dynamodb:Query"],
      Resource: "arn:aws:dynamodb:us-east-1:111111111111:table/orders",
    },
  ],
});

/** The resource types of DynamoDB. */
export const samples: readonly ResourceSample[] = [
  {
    token: TABLE,
    inputs: () => provisioned,
    same: [
      { attributes: provisioned.attributes.toReversed(), globalSecondaryIndexes: [byKind, byUserOtherwise] },
      // What the program leaves out and the service decides stays.
      { ttl: undefined, pointInTimeRecovery: undefined, serverSideEncryption: undefined },
      { pointInTimeRecovery: { enabled: true }, serverSideEncryption: { enabled: true } },
      { readCapacity: undefined, writeCapacity: undefined },
      { attributes: provisioned.attributes.slice(0, 2), globalSecondaryIndexes: undefined },
      { deletionProtectionEnabled: false },
    ],
    updates: [
      { inputs: { readCapacity: 11, tags: { team: "other" } }, diffs: ["readCapacity", "tags"] },
      {
        inputs: {
          billingMode: "PAY_PER_REQUEST",
          readCapacity: undefined,
          writeCapacity: undefined,
          globalSecondaryIndexes: onDemandIndexes,
        },
        diffs: ["billingMode", "globalSecondaryIndexes"],
      },
      { inputs: withoutKinds, diffs: ["attributes", "globalSecondaryIndexes"] },
      {
        inputs: { attributes: provisioned.attributes.slice(0, 2), globalSecondaryIndexes: [] },
        diffs: ["attributes", "globalSecondaryIndexes"],
      },
      {
        inputs: {
          globalSecondaryIndexes: [
            { ...byUser, readCapacity: 30 },
            { ...byKind, rangeKey: "at" },
          ],
        },
        diffs: ["globalSecondaryIndexes"],
      },
      { inputs: { streamEnabled: undefined, streamViewType: undefined }, diffs: ["streamEnabled"] },
      { inputs: { streamViewType: "NEW_AND_OLD_IMAGES" }, diffs: ["streamViewType"] },
      { inputs: { ttl: { attributeName: "expiresAt", enabled: false } }, diffs: ["ttl"] },
      { inputs: { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 8 } }, diffs: ["pointInTimeRecovery"] },
      { inputs: { pointInTimeRecovery: { enabled: false } }, diffs: ["pointInTimeRecovery"] },
      { inputs: { serverSideEncryption: { enabled: false } }, diffs: ["serverSideEncryption"] },
      {
        inputs: { deletionProtectionEnabled: true, tableClass: undefined },
        diffs: ["deletionProtectionEnabled", "tableClass"],
      },
    ],
    replacements: [
      { inputs: { name: "other" }, replaces: ["name"] },
      { inputs: { rangeKey: undefined }, replaces: ["rangeKey"], deleteBeforeReplace: true },
      { inputs: { hashKey: "at", rangeKey: "id" }, replaces: ["hashKey", "rangeKey"], deleteBeforeReplace: true },
    ],
    drifts: [
      {
        by: byCall("UpdateTable", { ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 5 } }),
        inputs: { writeCapacity: 5 },
      },
      {
        by: byCall("UpdateTable", {
          GlobalSecondaryIndexUpdates: [
            {
              Update: {
                IndexName: "by-kind",
                ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 1 },
              },
            },
          ],
        }),
        inputs: { globalSecondaryIndexes: [byUser, { ...byKind, readCapacity: 2 }] },
      },
      {
        by: byCall("UpdateTable", { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "by-kind" } }] }),
        inputs: withoutKinds,
      },
      {
        by: byCall("UpdateTable", {
          AttributeDefinitions: [{ AttributeName: "zone", AttributeType: "N" }],
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName: "by-zone",
                KeySchema: [{ AttributeName: "zone", KeyType: "HASH" }],
                Projection: { ProjectionType: "KEYS_ONLY" },
                ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
              },
            },
          ],
        }),
        inputs: {
          attributes: [...provisioned.attributes, attribute("zone", "N")],
          globalSecondaryIndexes: [
            byUser,
            byKind,
            { name: "by-zone", hashKey: "zone", projectionType: "KEYS_ONLY", readCapacity: 1, writeCapacity: 1 },
          ],
        },
      },
      {
        by: byCall("UpdateTable", { StreamSpecification: { StreamEnabled: false } }),
        inputs: { streamEnabled: false },
      },
      {
        by: byCall("UpdateTimeToLive", { TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: false } }),
        inputs: { ttl: { attributeName: "", enabled: false } },
      },
      {
        by: byCall("UpdateContinuousBackups", {
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        }),
        inputs: { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 } },
      },
      {
        by: byCall("UpdateTable", { SSESpecification: { Enabled: false } }),
        inputs: { serverSideEncryption: { enabled: false, kmsKeyArn: "" } },
      },
      { by: byCall("UpdateTable", { TableClass: "STANDARD" }), inputs: { tableClass: "STANDARD" } },
      {
        by: byCall("UpdateTable", { DeletionProtectionEnabled: true }),
        inputs: { deletionProtectionEnabled: true },
      },
      {
        by: (stage, { outputs }) =>
          stage.call("dynamodb", "TagResource", {
            ResourceArn: outputs["arn"],
            Tags: [{ Key: "owner", Value: "me" }],
          }),
        inputs: { tags: { team: "data", owner: "me" } },
      },
      {
        by: (stage, { outputs }) =>
          stage.call("dynamodb", "UntagResource", { ResourceArn: outputs["arn"], TagKeys: ["team"] }),
        inputs: { tags: {} },
      },
    ],
  },
  {
    token: TABLE,
    inputs: () => ({
      attributes: [attribute("id", "S"), attribute("kind", "B")],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      globalSecondaryIndexes: [
        {
          name: "by-kind",
          keySchemas: [{ attributeName: "kind", keyType: "HASH" }],
          projectionType: "KEYS_ONLY",
        },
      ],
    }),
    same: [
      { ttl: { enabled: false }, pointInTimeRecovery: { enabled: false }, serverSideEncryption: { enabled: false } },
      { ttl: { attributeName: "expiresAt", enabled: false } },
      { readCapacity: 0, writeCapacity: 0, streamEnabled: false, streamViewType: "", tableClass: "STANDARD", tags: {} },
      { globalSecondaryIndexes: [{ name: "by-kind", hashKey: "kind", projectionType: "KEYS_ONLY", readCapacity: 0 }] },
      // The types of a table's attributes cannot be changed: the real provider says nothing of it either.
      { attributes: [attribute("id", "N"), attribute("kind", "B")] },
    ],
    updates: [
      {
        inputs: {
          billingMode: "PROVISIONED",
          readCapacity: 5,
          writeCapacity: 6,
          globalSecondaryIndexes: [byKind],
        },
        diffs: ["billingMode", "globalSecondaryIndexes", "readCapacity", "writeCapacity"],
      },
      {
        inputs: {
          ttl: { attributeName: "expiresAt", enabled: true },
          pointInTimeRecovery: { enabled: true },
          serverSideEncryption: { enabled: true },
          streamEnabled: true,
          streamViewType: "KEYS_ONLY",
        },
        diffs: ["pointInTimeRecovery", "serverSideEncryption", "streamEnabled", "streamViewType", "ttl"],
      },
      { inputs: { tags: { team: "data" } }, diffs: ["tags"] },
    ],
    replacements: [
      { inputs: { hashKey: "kind", globalSecondaryIndexes: [] }, replaces: ["hashKey"] },
      { inputs: { rangeKey: "kind" }, replaces: ["rangeKey"] },
    ],
    drifts: [
      {
        by: byCall("UpdateTable", {
          BillingMode: "PROVISIONED",
          ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
          GlobalSecondaryIndexUpdates: [
            {
              Update: {
                IndexName: "by-kind",
                ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
              },
            },
          ],
        }),
        inputs: {
          billingMode: "PROVISIONED",
          globalSecondaryIndexes: [
            {
              name: "by-kind",
              keySchemas: [{ attributeName: "kind", keyType: "HASH" }],
              projectionType: "KEYS_ONLY",
              readCapacity: 1,
              writeCapacity: 1,
            },
          ],
        },
      },
      {
        by: byCall("UpdateTable", { StreamSpecification: { StreamEnabled: true, StreamViewType: "OLD_IMAGE" } }),
        inputs: { streamEnabled: true },
      },
      {
        by: (stage, { outputs }) =>
          stage.call("dynamodb", "TagResource", {
            ResourceArn: outputs["arn"],
            Tags: [{ Key: "project", Value: "another" }],
          }),
        inputs: { tags: { project: "another" } },
      },
    ],
  },
  {
    token: "aws:dynamodb/resourcePolicy:ResourcePolicy",
    inputs: async (stage) => {
      const table = {
        name: "orders",
        attributes: [attribute("id", "S")],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
      };
      const { outputs } = await stage.make(TABLE, table, "table");
      return {
        resourceArn: outputs["arn"],
        policy: JSON.stringify(readers("222222222222")),
        confirmRemoveSelfResourceAccess: true,
      };
    },
    same: [{ policy: JSON.stringify(inOtherWords(readers("222222222222")), null, 2) }],
    updates: [{ inputs: { policy: JSON.stringify(readers("333333333333")) }, diffs: ["policy"] }],
    replacements: [
      {
        inputs: { resourceArn: "arn:aws:dynamodb:us-east-1:111111111111:table/other" },
        replaces: ["resourceArn"],
      },
    ],
    drifts: [
      {
        by: (stage, { id }) =>
          stage.call("dynamodb", "PutResourcePolicy", {
            ResourceArn: id,
            Policy: JSON.stringify(readers("444444444444")),
          }),
        inputs: { policy: JSON.stringify(readers("444444444444")) },
      },
    ],
    unknownToImport: ["confirmRemoveSelfResourceAccess"],
  },
];

/** The same policy: lists the other way round, a list of one as the one. */
function inOtherWords(policy: ReturnType<typeof readers>): object {
  const [statement] = policy.Statement;
  return { ...policy, Statement: { ...statement, Action: statement?.Action.toReversed() } };
}
