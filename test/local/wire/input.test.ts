import { expect } from "chai";
import { AwsError } from "../../../local/kernel/errors.ts";
import { type Dialect, dynamoDbWords } from "../../../local/wire/dialect.ts";
import { checkInput, type InputRules } from "../../../local/wire/input.ts";
import { serviceModel } from "../../../local/wire/model.ts";
import { Unsupported } from "../../../local/wire/unsupported.ts";

const kinesis: InputRules = { service: "kinesis", model: serviceModel("kinesis") };
const failed = "failed to satisfy constraint: Member must";

/** `code: message` of what refuses the parameters. */
function refusal(rules: InputRules, operation: string, params: unknown): string {
  try {
    checkInput(rules, operation, params);
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("Input that AWS's model describes", () => {
  it("is refused with all that is wrong in it, each with value, member and rule", () => {
    const input = { StreamName: "a;", ShardIteratorType: "NEWEST" };
    expect(refusal(kinesis, "GetShardIterator", input)).to.equal(
      `ValidationException: 3 validation errors detected: Value 'a;' at 'streamName' ${failed} satisfy regular expression pattern: [a-zA-Z0-9_.-]+; ` +
        `Value null at 'shardId' ${failed} not be null; ` +
        `Value 'NEWEST' at 'shardIteratorType' ${failed} satisfy enum value set: [AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, TRIM_HORIZON, LATEST, AT_TIMESTAMP]`,
    );
    expect(refusal(kinesis, "GetRecords", { ShardIterator: "i", Limit: 10_001 })).to.equal(
      `ValidationException: 1 validation error detected: Value '10001' at 'limit' ${failed} have value less than or equal to 10000`,
    );
  });

  it("is refused for a member of a list at its place, and for its pattern before its length", () => {
    const entry = { PartitionKey: "p".repeat(257), Data: "", ExplicitHashKey: "-1" };
    const said = refusal(kinesis, "PutRecords", { StreamName: "", Records: [{ PartitionKey: "p", Data: "" }, entry] });
    expect(said.split(/; |: /).filter((part) => part.startsWith("Value"))).to.deep.equal([
      `Value '-1' at 'records.2.member.explicitHashKey' failed to satisfy constraint`,
      `Value '${entry.PartitionKey}' at 'records.2.member.partitionKey' failed to satisfy constraint`,
      `Value '' at 'streamName' failed to satisfy constraint`,
      `Value '' at 'streamName' failed to satisfy constraint`,
    ]);
    expect(said).to.match(
      /regular expression pattern: \[a-zA-Z0-9_.-\]\+; Value '' at 'streamName' .* have length greater than or equal to 1$/,
    );
  });

  it("is refused as a whole list or map for parts that are no structures", () => {
    const long = "k".repeat(129);
    expect(refusal(kinesis, "RemoveTagsFromStream", { StreamName: "s", TagKeys: ["a", long] })).to.equal(
      `ValidationException: 1 validation error detected: Value '[a, ${long}]' at 'tagKeys' ${failed} satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]`,
    );
    expect(refusal(kinesis, "AddTagsToStream", { StreamName: "s", Tags: { a: "1", [long]: "2" } })).to.equal(
      `ValidationException: 1 validation error detected: Value '{a=1, ${long}=2}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]`,
    );
    expect(refusal(kinesis, "AddTagsToStream", { StreamName: "s", Tags: { a: "v".repeat(257) } })).to.contain(
      "at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]",
    );
    expect(refusal(kinesis, "AddTagsToStream", { StreamName: "s", Tags: { a: null } })).to.match(
      /Value '\{a=null\}' at 'tags' failed to satisfy constraint: Map value must .* Member must not be null\]$/,
    );
    expect(refusal(kinesis, "RemoveTagsFromStream", { StreamName: "s", TagKeys: [null] })).to.contain(
      "Member must not be null]",
    );
  });

  it("is refused for ten things at most", () => {
    const Records = Array.from({ length: 501 }, () => ({ PartitionKey: "", Data: "", ExplicitHashKey: "x" }));
    const said = refusal(kinesis, "PutRecords", { StreamName: "s", Records });
    expect(said).to.match(
      /^ValidationException: 10 validation errors detected: Value '\[PutRecordsRequestEntry\(data=java\.nio/,
    );
    expect(said).to.contain("'records.4.member.partitionKey'").and.contain("'records.5.member.explicitHashKey'");
    expect(said).to.not.contain("'records.5.member.partitionKey'");
  });

  it("counts characters of a text, not code units, and bytes of a blob", () => {
    const smile = "\u{1f600}";
    const put = (PartitionKey: string) =>
      refusal(kinesis, "PutRecord", { StreamName: "s", Data: "YWI=", PartitionKey });
    expect(put(smile.repeat(256))).to.equal("accepted");
    expect(put(smile.repeat(257))).to.contain("have length less than or equal to 256");
    const secrets: InputRules = { service: "secretsmanager", model: serviceModel("secretsmanager") };
    const SecretBinary = Buffer.alloc(65_537).toString("base64");
    expect(refusal(secrets, "CreateSecret", { Name: "n", SecretBinary })).to.equal(
      `ValidationException: 1 validation error detected: Value at 'secretBinary' ${failed} have length less than or equal to 65536`,
    );
  });

  it("has absent members where JSON has null, and whole numbers where the model has them", () => {
    expect(checkInput(kinesis, "ListStreams", { Limit: 7.9, NextToken: null })).to.deep.equal({ Limit: 7 });
    expect(refusal(kinesis, "GetRecords", { ShardIterator: null })).to.contain(
      `Value null at 'shardIterator' ${failed} not be null`,
    );
    expect(checkInput(kinesis, "ListStreams", undefined)).to.deep.equal({});
  });

  it("keeps names that JavaScript's objects have by themselves", () => {
    const Tags = JSON.parse('{"__proto__": "a", "constructor": "b"}') as object;
    const read = checkInput(kinesis, "AddTagsToStream", { StreamName: "s", Tags, StreamARN: null }) as { Tags: object };
    expect(Object.keys(read.Tags)).to.deep.equal(["__proto__", "constructor"]);
    expect(refusal(kinesis, "ListStreams", JSON.parse('{"__proto__": 1}'))).to.contain(
      "the parameter __proto__ of kinesis:ListStreams",
    );
  });

  // As kinesalite's tests have it of AWS.
  const wrongTypes: readonly (readonly [string, object, string])[] = [
    ["ListStreams", { Limit: "23" }, "class java.lang.String can not be converted to an Integer"],
    ["ListStreams", { Limit: true }, "class java.lang.Boolean can not be converted to an Integer"],
    ["ListStreams", { Limit: [] }, "Start of list found where not expected"],
    ["ListStreams", { Limit: {} }, "Start of structure or map found where not expected."],
    [
      "ListStreams",
      { NextToken: 34.56 },
      "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
    ],
    ["DeleteStream", { EnforceConsumerDeletion: "a" }, "'A' can not be converted to an Boolean"],
    ["PutRecord", { Data: true }, "class java.lang.Boolean can not be converted to a Blob"],
    [
      "PutRecord",
      { Data: "23456" },
      "'23456' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 5",
    ],
    ["PutRecord", { Data: "=+/=" }, "'=+/=' can not be converted to a Blob: Invalid Base64 character: '='"],
    [
      "PutRecord",
      { Data: "+/+=" },
      "'+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected",
    ],
    [
      "GetShardIterator",
      { Timestamp: "23" },
      "class java.lang.String can not be converted to milliseconds since epoch",
    ],
    ["PutRecords", { Records: "23" }, "Expected list or null"],
    ["PutRecords", { Records: ["23"] }, "Expected null"],
    ["PutRecords", { Records: [[]] }, "Start of list found where not expected"],
    ["AddTagsToStream", { Tags: 23 }, "Expected map or null"],
  ];

  it("is refused with a SerializationException for another JSON type, in Kinesis' words", () => {
    const said = wrongTypes.map(([operation, params]) => refusal(kinesis, operation, params));
    expect(said).to.deep.equal(wrongTypes.map(([, , words]) => `SerializationException: ${words}`));
  });

  it("is refused by its type before anything else is looked at", () => {
    expect(refusal(kinesis, "GetShardIterator", { StreamName: "", ShardId: 1, Foo: 1 })).to.match(
      /^SerializationException: /,
    );
  });

  // As dynalite's tests have it of AWS.
  const dynamoDb: InputRules = {
    service: "dynamodb",
    model: serviceModel("dynamodb"),
    dialect: { wrongType: dynamoDbWords },
  };
  const otherWrongTypes: readonly (readonly [object, string])[] = [
    [{ TableName: 23 }, "NUMBER_VALUE cannot be converted to String"],
    [{ TableName: 34.56 }, "DECIMAL_VALUE cannot be converted to String"],
    [{ TableName: true }, "TRUE_VALUE cannot be converted to String"],
    [{ TableName: [] }, "Unrecognized collection type class java.lang.String"],
    [{ TableName: {} }, "Start of structure or map found where not expected"],
    [{ Item: "23" }, "Unexpected field type"],
    [
      { Item: [] },
      "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>",
    ],
    [{ Item: { a: "23" } }, "Unexpected value type in payload"],
    [{ Item: { a: { B: 23 } } }, "only base-64-encoded strings are convertible to bytes"],
    [{ Item: { a: { B: "23456" } } }, "Base64 encoded length is expected a multiple of 4 bytes but found: 5"],
    [{ Item: { a: { BOOL: 23 } } }, "NUMBER_VALUE cannot be converted to Boolean"],
    [
      { ExpressionAttributeNames: [] },
      "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>",
    ],
  ];

  it("is refused with a SerializationException for another JSON type, in DynamoDB's words", () => {
    const said = otherWrongTypes.map(([params]) => refusal(dynamoDb, "PutItem", params));
    expect(said).to.deep.equal(otherWrongTypes.map(([, words]) => `SerializationException: ${words}`));
  });

  it("is refused with a SerializationException for another JSON type where a time is wanted", () => {
    const streams: InputRules = { ...dynamoDb, service: "dynamodbstreams", model: serviceModel("dynamodbstreams") };
    const said = (Timestamp: unknown) => refusal(streams, "GetShardIterator", { Timestamp });
    expect(said(true)).to.equal("SerializationException: TRUE_VALUE cannot be converted to Date");
    expect(said("1")).to.equal("SerializationException: STRING_VALUE cannot be converted to Date");
    expect(said([])).to.equal("SerializationException: Unrecognized collection type class java.util.Date");
  });

  it("is refused when it is nested without end, before it is read", () => {
    const nested = (depth: number) => JSON.parse(`${'{"L":['.repeat(depth)}{"S":"a"}${"]}".repeat(depth)}`) as object;
    expect(refusal(dynamoDb, "PutItem", { TableName: "abc", Item: { a: nested(90) } })).to.equal("accepted");
    expect(refusal(dynamoDb, "PutItem", { TableName: "abc", Item: { a: nested(50_000) } })).to.equal(
      "SerializationException: The request is nested deeper than 200 levels.",
    );
  });

  it("is refused by name where the local cloud does not support it, at any depth, and values of enumerations too", () => {
    const rules: InputRules = {
      ...kinesis,
      unsupported: new Unsupported(kinesis.model, ["*.StreamId", "ShardFilter.Timestamp", "ShardFilterType=AT_LATEST"]),
    };
    const not = "NotSupportedByLocalCloud: The local cloud does not support";
    expect(refusal(rules, "PutRecord", { StreamId: "s", Data: "" })).to.equal(
      `${not} the parameter StreamId of kinesis:PutRecord.`,
    );
    expect(refusal(rules, "ListShards", { ShardFilter: { Type: "AT_TIMESTAMP", Timestamp: 1 } })).to.equal(
      `${not} the parameter ShardFilter.Timestamp of kinesis:ListShards.`,
    );
    expect(refusal(rules, "ListShards", { ShardFilter: { Type: "AT_LATEST" } })).to.equal(
      `${not} the value AT_LATEST for the parameter ShardFilter.Type of kinesis:ListShards.`,
    );
    expect(refusal(rules, "PutRecords", { Records: [{ Data: "", Foo: 1 }] })).to.equal(
      `${not} the parameter Records.1.Foo of kinesis:PutRecords, which AWS's model does not have.`,
    );
  });

  it("cannot be said not to be supported when the model does not have it, be it renamed or misspelled", () => {
    for (const entry of ["ShardFilter.Timestamps", "*.StreamIdentity", "ShardFilterType=LATEST", "Filter.Type"]) {
      expect(() => new Unsupported(kinesis.model, [entry]), entry).to.throw(`has no ${entry}`);
    }
  });

  it("is refused in a service's own way where that has one", () => {
    const dialect: Dialect = {
      code: "BadRequest",
      isValueShown: false,
      isEnumListed: false,
      isNullNamed: true,
      bodyName: (operation) => `${operation.charAt(0).toLowerCase()}${operation.slice(1)}Input`,
    };
    const rules: InputRules = { service: "apigateway", model: serviceModel("apigateway"), dialect };
    const input = {
      restApiId: "r",
      resourceId: "r",
      httpMethod: "GET",
      statusCode: "wrong",
      patchOperations: [{ op: "wrong" }],
    };
    expect(refusal(rules, "UpdateMethodResponse", input)).to.equal(
      `BadRequest: 2 validation errors detected: Value at 'updateMethodResponseInput.patchOperations.1.member.op' ${failed} satisfy enum value set; ` +
        `Value at 'statusCode' ${failed} satisfy regular expression pattern: [1-5]\\d\\d`,
    );
    const own: Dialect = { refusal: ([first]) => new AwsError("Missing", first!.path.join(".")) };
    expect(refusal({ ...kinesis, dialect: own }, "GetRecords", {})).to.equal("Missing: ShardIterator");
    const yes: Dialect = { convert: ({ value }) => (value === "true" ? true : undefined) };
    expect(checkInput({ ...kinesis, dialect: yes }, "DeleteStream", { EnforceConsumerDeletion: "true" })).to.deep.equal(
      {
        EnforceConsumerDeletion: true,
      },
    );
  });
});
