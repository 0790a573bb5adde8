import { expect } from "chai";
import { ServiceStage } from "../../../support/service-stage.ts";
import { FrontDoorStage } from "../../front-door/stage.ts";

const TableName = "events";
const NOWHERE = "nowhere";
const EMPTY = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
const h = { ":h": { S: "x" } };

describe("DynamoDB, what it refuses", () => {
  let stage: ServiceStage;
  const refused = async (operation: string, params: object) => {
    const { code, message } = await stage.refusal("dynamodb", operation, params);
    return `${code}: ${message}`;
  };

  beforeEach(async () => {
    stage = new ServiceStage();
    await stage.make("aws:dynamodb/table:Table", {
      name: TableName,
      hashKey: "h",
      rangeKey: "r",
      attributes: [
        { name: "h", type: "S" },
        { name: "r", type: "S" },
      ],
      billingMode: "PAY_PER_REQUEST",
    });
  });
  afterEach(() => stage.close());

  it("is refused for what it says before the table is looked for", async () => {
    const wrong = { h: {} };
    const Keys = [wrong];
    const condition = { KeyConditionExpression: "h = :h", ExpressionAttributeValues: h };
    const cases: [string, object, string][] = [
      ["PutItem", { Item: wrong }, EMPTY],
      ["GetItem", { Key: wrong }, EMPTY],
      ["DeleteItem", { Key: wrong }, EMPTY],
      ["BatchWriteItem", { RequestItems: { [NOWHERE]: [{ PutRequest: { Item: wrong } }] } }, EMPTY],
      ["BatchWriteItem", { RequestItems: { [NOWHERE]: [{ DeleteRequest: { Key: wrong } }] } }, EMPTY],
      ["BatchGetItem", { RequestItems: { [NOWHERE]: { Keys } } }, EMPTY],
      ["Query", { ...condition, ExclusiveStartKey: wrong }, `The provided starting key is invalid: ${EMPTY}`],
      ["Scan", { ExclusiveStartKey: wrong }, `The provided starting key is invalid: ${EMPTY}`],
      ["Scan", { ExclusiveStartKey: { h: { N: "x" } } }, "The parameter cannot be converted to a numeric value: x"],
      ["Query", {}, "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."],
      [
        "Scan",
        { Segment: 2 },
        "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
      ],
      [
        "Scan",
        { TotalSegments: 2 },
        "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
      ],
      [
        "Scan",
        { Segment: 2, TotalSegments: 2 },
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2",
      ],
      [
        "UpdateTable",
        { StreamSpecification: { StreamEnabled: true } },
        "One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required",
      ],
      [
        "UpdateContinuousBackups",
        { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false, RecoveryPeriodInDays: 7 } },
        "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.",
      ],
      [
        "TagResource",
        { ResourceArn: `arn:aws:dynamodb:us-east-1:111111111111:table/${NOWHERE}`, Tags: [] },
        "Atleast one Tag needs to be provided as Input.",
      ],
    ];
    for (const [operation, params, message] of cases) {
      const named = "RequestItems" in params || "ResourceArn" in params ? params : { TableName: NOWHERE, ...params };
      expect(await refused(operation, named)).to.equal(`ValidationException: ${message}`);
    }
    expect(await refused("GetItem", { TableName: NOWHERE, Key: { other: { S: "x" } } })).to.equal(
      "ResourceNotFoundException: Requested resource not found",
    );
    expect(await refused("Query", { TableName: NOWHERE, ...condition })).to.equal(
      "ResourceNotFoundException: Requested resource not found",
    );
  });

  it("is told of a batch that asks for nothing, and of a capacity out of bounds", async () => {
    expect(await refused("BatchGetItem", { RequestItems: {} })).to.equal(
      "ValidationException: 1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    const units = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
      TableName: NOWHERE,
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
    });
    for (const [params, name] of [
      [units(1e12 + 1, 1), "ReadCapacityUnits"],
      [units(1, 1e12 + 1), "WriteCapacityUnits"],
    ] as const) {
      expect(await refused("UpdateTable", params)).to.equal(
        `ValidationException: Given value 1000000000001 for ${name} is out of bounds`,
      );
    }
    expect(await refused("UpdateTable", units(1e12, 1e12))).to.contain("ResourceNotFoundException");
  });

  it("is told which placeholders and which values are wrong", async () => {
    const query = (ExpressionAttributeValues: object, more: object = {}) =>
      refused("Query", { TableName: NOWHERE, KeyConditionExpression: "h = :h", ExpressionAttributeValues, ...more });
    expect(await query({})).to.equal("ValidationException: ExpressionAttributeValues must not be empty");
    expect(await query({ h: { S: "x" } })).to.equal(
      'ValidationException: ExpressionAttributeValues contains invalid key: Syntax error; key: "h"',
    );
    expect(await query({ ":h": {} })).to.equal(
      `ValidationException: ExpressionAttributeValues contains invalid value: ${EMPTY} for key :h`,
    );
    expect(await query(h, { ExpressionAttributeNames: {} })).to.equal(
      "ValidationException: ExpressionAttributeNames must not be empty",
    );
    expect(await query(h, { ExpressionAttributeNames: { "#a-b": "a" } })).to.equal(
      'ValidationException: ExpressionAttributeNames contains invalid key: Syntax error; key: "#a-b"',
    );
    expect(await refused("Scan", { TableName: NOWHERE, ExpressionAttributeNames: { "#a": "a" } })).to.equal(
      "ValidationException: ExpressionAttributeNames can only be specified when using expressions",
    );
  });

  it("is told what is wrong in a ProjectionExpression, by its name", async () => {
    const key = { h: { S: "x" }, r: { S: "1" } };
    const get = async (ProjectionExpression: string, more: object = {}) =>
      (await refused("GetItem", { TableName: NOWHERE, Key: key, ProjectionExpression, ...more })).replace(
        "ValidationException: Invalid ProjectionExpression: ",
        "",
      );
    expect(await get("")).to.equal("The expression can not be empty;");
    expect(await get("a, #b")).to.equal(
      "An expression attribute name used in the document path is not defined; attribute name: #b",
    );
    expect(await get("a, status")).to.equal("Attribute name is a reserved keyword; reserved keyword: status");
    expect(await get("a, #a", { ExpressionAttributeNames: { "#a": "a" } })).to.equal(
      "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]",
    );
    expect(await get("a-b")).to.equal('Syntax error; token: "-", near: "a-b"');
    expect(await get("a,")).to.equal('Syntax error; token: "<EOF>", near: ","');
  });

  it("is told what is wrong in a KeyConditionExpression", async () => {
    const values = { ":h": { S: "x" }, ":n": { N: "1" }, ":a": { S: "a" } };
    const query = async (KeyConditionExpression: string) => {
      const used = Object.entries(values).filter(([name]) => KeyConditionExpression.includes(name));
      const params = { TableName: NOWHERE, KeyConditionExpression };
      const given = used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {};
      return (await refused("Query", { ...params, ...given })).replace("ValidationException: ", "");
    };
    const syntax = "Invalid KeyConditionExpression: ";
    const condition = "Invalid condition in KeyConditionExpression: ";
    const cases: Record<string, string> = {
      "": `${syntax}The expression can not be empty;`,
      "h =": `${syntax}Syntax error; token: "<EOF>", near: "="`,
      "h = :h r = :a": `${syntax}Syntax error; token: "r", near: ":h r ="`,
      "h = :h OR r = :a": "Invalid operator used in KeyConditionExpression: OR",
      "NOT h = :h": "Invalid operator used in KeyConditionExpression: NOT",
      "h <> :h": "Invalid operator used in KeyConditionExpression: <>",
      "h IN (:h)": "Invalid operator used in KeyConditionExpression: IN",
      "attribute_exists(h)": "Invalid operator used in KeyConditionExpression: attribute_exists",
      "contains(h, :h)": "Invalid operator used in KeyConditionExpression: contains",
      "starts_with(h, :h)": `${syntax}Invalid function name; function: starts_with`,
      "size(h) = :n": "KeyConditionExpressions cannot contain nested operations",
      ":n = size(h)": "KeyConditionExpressions cannot contain nested operations",
      "h.a = :h": "KeyConditionExpressions cannot have conditions on nested attributes",
      "h = r": `${condition}Multiple attribute names used in one condition`,
      ":h = :a": `${condition}No key attribute specified`,
      "begins_with(:h, r)": `${condition}begins_with operator must have the key attribute as its first operand`,
      ":h BETWEEN r AND :a": `${condition}BETWEEN operator must have the key attribute as its first operand`,
      "begins_with(r, :n)": `${syntax}Incorrect operand type for operator or function; operator or function: begins_with, operand type: N`,
      "r BETWEEN :n AND :a": `${syntax}The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}`,
      "r BETWEEN :h AND :a": `${syntax}The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:x}, upper bound operand: AttributeValue: {S:a}`,
      "h = :h AND h = :a": "KeyConditionExpressions must only contain one condition per key",
      "h = :h AND r = :a AND o = :a": "Conditions can be of length 1 or 2 only",
      "user = :h": `${syntax}Attribute name is a reserved keyword; reserved keyword: user`,
    };
    // As long as an expression can be, and nested as deep as that lets it; a byte more is too long.
    cases["(".repeat(4096)] = `${syntax}Syntax error; token: "<EOF>", near: "("`;
    cases["(".repeat(4097)] = `${syntax}Expression size has exceeded the maximum allowed size; expression size: 4097`;
    for (const [expression, message] of Object.entries(cases)) {
      expect(await query(expression), expression).to.equal(message);
    }
  });

  it("takes a comparison with the value before the key", async () => {
    const put = (r: string) => stage.call("dynamodb", "PutItem", { TableName, Item: { h: { S: "x" }, r: { S: r } } });
    for (const r of ["a", "b", "c"]) await put(r);
    const { Items } = await stage.call<{ Items: { r: { S: string } }[] }>("dynamodb", "Query", {
      TableName,
      KeyConditionExpression: ":h = h AND :a < r",
      ExpressionAttributeValues: { ...h, ":a": { S: "a" } },
    });
    expect(Items.map(({ r }) => r.S)).to.deep.equal(["b", "c"]);
  });

  it("says of a table what it and its indexes can take at once, and how large an index is", async () => {
    const name = "indexed";
    await stage.make("aws:dynamodb/table:Table", {
      name,
      hashKey: "h",
      attributes: [
        { name: "h", type: "S" },
        { name: "user", type: "S" },
      ],
      readCapacity: 5,
      writeCapacity: 6,
      globalSecondaryIndexes: [
        { name: "all", hashKey: "user", projectionType: "ALL", readCapacity: 2, writeCapacity: 3 },
        { name: "keys", hashKey: "user", projectionType: "KEYS_ONLY", readCapacity: 2, writeCapacity: 3 },
      ],
    });
    const Item = { h: { S: "1" }, user: { S: "u" }, more: { S: "12345" } };
    await stage.call("dynamodb", "PutItem", { TableName: name, Item });
    interface Described {
      readonly WarmThroughput: object;
      readonly GlobalSecondaryIndexes?: readonly { readonly WarmThroughput: object; readonly IndexSizeBytes: number }[];
    }
    const describe = async (table: string) =>
      (await stage.call<{ Table: Described }>("dynamodb", "DescribeTable", { TableName: table })).Table;
    const warm = (ReadUnitsPerSecond: number, WriteUnitsPerSecond: number) => ({
      ReadUnitsPerSecond,
      WriteUnitsPerSecond,
      Status: "ACTIVE",
    });
    const { WarmThroughput, GlobalSecondaryIndexes = [] } = await describe(name);
    expect(WarmThroughput).to.deep.equal(warm(5, 6));
    expect(GlobalSecondaryIndexes.map((index) => index.WarmThroughput)).to.deep.equal([warm(2, 3), warm(2, 3)]);
    expect(GlobalSecondaryIndexes.map((index) => index.IndexSizeBytes)).to.deep.equal([16, 7]);
    expect((await describe(TableName)).WarmThroughput).to.deep.equal(warm(12_000, 4_000));
  });
});

describe("DynamoDB's errors on the wire", () => {
  it("have a type that names where they come from, as AWS's have", async () => {
    const door = await new FrontDoorStage().open();
    try {
      const typeOf = async (target: string, body: string) => {
        const request = {
          method: "POST",
          headers: { host: door.host, "x-amz-target": target, "content-type": "application/x-amz-json-1.0" },
          body,
        };
        const { text } = await door.send(await door.sign("dynamodb", request));
        return (JSON.parse(text) as { __type: string }).__type;
      };
      const key = JSON.stringify({ TableName: NOWHERE, Key: { h: { S: "x" } } });
      expect(await typeOf("DynamoDB_20120810.GetItem", key)).to.equal(
        "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      );
      expect(await typeOf("DynamoDB_20120810.GetItem", key.replace("S", "X"))).to.equal(
        "com.amazon.coral.validate#ValidationException",
      );
      expect(await typeOf("DynamoDB_20120810.GetItem", "{")).to.equal(
        "com.amazon.coral.service#SerializationException",
      );
      const StreamArn = `arn:aws:dynamodb:us-east-1:111111111111:table/${NOWHERE}/stream/2026-01-01T00:00:00.000`;
      expect(await typeOf("DynamoDBStreams_20120810.DescribeStream", JSON.stringify({ StreamArn }))).to.equal(
        "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      );
    } finally {
      await door.close();
    }
  });
});
