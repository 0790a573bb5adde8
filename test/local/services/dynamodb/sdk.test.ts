import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  GetResourcePolicyCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

describe("DynamoDB and the AWS SDK", () => {
  const stage = new ServiceStage(new Cloud());
  const frontDoor = new FrontDoor(stage.cloud);
  let client: DynamoDBClient;
  let streams: DynamoDBStreamsClient;

  before(async () => {
    const { endpointUrl } = await frontDoor.listen();
    const { credentials } = stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator;
    const settings = { endpoint: endpointUrl, region: STAGE_REGION, credentials, maxAttempts: 1 };
    client = new DynamoDBClient(settings);
    streams = new DynamoDBStreamsClient(settings);
    await stage.make("aws:dynamodb/table:Table", {
      name: "events",
      hashKey: "h",
      attributes: [{ name: "h", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      streamEnabled: true,
      streamViewType: "NEW_IMAGE",
    });
  });
  after(async () => {
    client.destroy();
    streams.destroy();
    await frontDoor.close();
    await stage.close();
  });

  it("carries every type of value there and back, through the table and its stream", async () => {
    const item: Record<string, AttributeValue> = {
      h: { S: "a" },
      n: { N: "12345678901234567890123456789012345678" },
      b: { B: Uint8Array.of(0, 255) },
      bs: { BS: [Uint8Array.of(1), Uint8Array.of(2)] },
      m: { M: { l: { L: [{ BOOL: true }, { NULL: true }, { S: "" }] } } },
    };
    const written = await client.send(
      new BatchWriteItemCommand({ RequestItems: { events: [{ PutRequest: { Item: item } }] } }),
    );
    expect(written.UnprocessedItems).to.deep.equal({});
    const { Item } = await client.send(new GetItemCommand({ TableName: "events", Key: { h: { S: "a" } } }));
    expect(Item).to.deep.equal(item);
    const { Items } = await client.send(
      new QueryCommand({
        TableName: "events",
        KeyConditionExpression: "h = :h",
        ExpressionAttributeValues: { ":h": { S: "a" } },
      }),
    );
    expect(Items).to.deep.equal([item]);

    const { Table } = await client.send(new DescribeTableCommand({ TableName: "events" }));
    const StreamArn = Table?.LatestStreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const images: unknown[] = [];
    for (const { ShardId } of StreamDescription?.Shards ?? []) {
      const { ShardIterator } = await streams.send(
        new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
      );
      const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
      images.push(...(Records ?? []).map(({ dynamodb }) => dynamodb?.NewImage));
    }
    expect(images).to.deep.equal([item]);
  });

  it("changes a table, its TTL, recovery, tags and policy, and deletes it", async () => {
    const TableName = "changes";
    const { outputs } = await stage.make("aws:dynamodb/table:Table", {
      name: TableName,
      hashKey: "h",
      attributes: [{ name: "h", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
    });
    const ResourceArn = outputs["arn"] as string;
    const { TableDescription } = await client.send(
      new UpdateTableCommand({
        TableName,
        BillingMode: "PROVISIONED",
        ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
      }),
    );
    expect(TableDescription?.ProvisionedThroughput).to.include({ ReadCapacityUnits: 2, WriteCapacityUnits: 3 });
    expect(TableDescription?.CreationDateTime).to.be.an.instanceOf(Date);
    await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: "user", AttributeType: "S" }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: "by-user",
              KeySchema: [{ AttributeName: "user", KeyType: "HASH" }],
              Projection: { ProjectionType: "KEYS_ONLY" },
              ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
            },
          },
        ],
      }),
    );
    const ttl = { AttributeName: "expiresAt", Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: ttl }));
    const recovery = { PointInTimeRecoveryEnabled: true };
    await client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: recovery }));
    await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "team", Value: "data" }] }));
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn }));
    expect(Tags).to.deep.equal([{ Key: "team", Value: "data" }]);
    const missing = await client.send(new GetResourcePolicyCommand({ ResourceArn })).catch((reason: unknown) => reason);
    expect(missing).to.include({ name: "PolicyNotFoundException" });
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
    const kept = await client.send(new DeleteTableCommand({ TableName })).catch((reason: unknown) => reason);
    expect(kept).to.include({ name: "ValidationException" });
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await client.send(new DeleteTableCommand({ TableName }));
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames).not.to.include(TableName);
  });

  it("throws the SDK's own exceptions", async () => {
    const failure = (TableName: string, Item: Record<string, AttributeValue>) =>
      client.send(new PutItemCommand({ TableName, Item })).catch((reason: unknown) => reason);
    expect(await failure("nowhere", { h: { S: "a" } })).to.include({ name: "ResourceNotFoundException" });
    expect(await failure("events", { h: { N: "1" } })).to.include({
      name: "ValidationException",
      message: "One or more parameter values were invalid: Type mismatch for key h expected: S actual: N",
    });
  });
});
