import { expect } from "chai";
import { ServiceStage } from "../../support/service-stage.ts";

/** What AWS answered to a call: of a thing that is not there, where nothing else is said, so that validity is looked at first. */
interface Recorded {
  readonly call: string;
  readonly params: unknown;
  /** Code and message. */
  readonly answer: string;
}

const failed = "failed to satisfy constraint: Member must";
const one = (violation: string) => `1 validation error detected: Value ${violation}`;
/** Several, which AWS of that time said in an order of its own. */
const several = (...violations: readonly string[]) =>
  `${violations.length} validation errors detected: ${violations.map((violation) => `Value ${violation}`).join("; ")}`;

/** From kinesalite's tests, which were held against AWS; the patterns and enumerations are of that time. */
const kinesis: readonly Recorded[] = [
  {
    call: "kinesis:PutRecord",
    params: {},
    answer: `ValidationException: ${several(`null at 'data' ${failed} not be null`, `null at 'partitionKey' ${failed} not be null`)}`,
  },
  {
    call: "kinesis:PutRecords",
    params: { StreamName: "", Records: [] },
    answer: `ValidationException: ${several(
      `'[]' at 'records' ${failed} have length greater than or equal to 1`,
      `'' at 'streamName' ${failed} satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
      `'' at 'streamName' ${failed} have length greater than or equal to 1`,
    )}`,
  },
  {
    call: "kinesis:GetShardIterator",
    params: { StreamName: "none", ShardId: "s", ShardIteratorType: "" },
    answer: `ValidationException: ${one(
      `'' at 'shardIteratorType' ${failed} satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]`,
    )}`,
  },
  {
    call: "kinesis:GetShardIterator",
    params: { StreamName: "none", ShardId: "s", ShardIteratorType: "LATEST", StartingSequenceNumber: "" },
    answer: `ValidationException: ${one(`'' at 'startingSequenceNumber' ${failed} satisfy regular expression pattern: 0|([1-9]\\d{0,128})`)}`,
  },
  {
    call: "kinesis:GetRecords",
    params: { ShardIterator: "", Limit: 0 },
    answer: `ValidationException: ${several(
      `'' at 'shardIterator' ${failed} have length greater than or equal to 1`,
      `'0' at 'limit' ${failed} have value greater than or equal to 1`,
    )}`,
  },
  {
    call: "kinesis:RemoveTagsFromStream",
    params: { StreamName: "none", TagKeys: [] },
    answer: `ValidationException: ${one(`'[]' at 'tagKeys' ${failed} have length greater than or equal to 1`)}`,
  },
  {
    call: "kinesis:PutRecord",
    params: { StreamName: "none", PartitionKey: "k", Data: "", ExplicitHashKey: "00" },
    answer: `ValidationException: ${one(`'00' at 'explicitHashKey' ${failed} satisfy regular expression pattern: 0|([1-9]\\d{0,38})`)}`,
  },
  {
    call: "kinesis:PutRecord",
    params: { StreamName: "none", PartitionKey: 23, Data: "" },
    answer:
      "SerializationException: class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
  },
  {
    call: "kinesis:PutRecord",
    params: { StreamName: "none", PartitionKey: "k", Data: "", ExplicitHashKey: null },
    answer: "ResourceNotFoundException: Stream none under account 111111111111 not found.",
  },
];

const names = "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
const keyRules = `[Member must have length less than or equal to 255, Member must have length greater than or equal to 3, ${names}]`;
const key = { Key: { a: { S: "a" } } };

/** From dynalite's tests, which were held against AWS. */
const dynamoDb: readonly Recorded[] = [
  {
    call: "dynamodb:PutItem",
    params: { TableName: "a;", ReturnValues: "hi" },
    answer: `ValidationException: ${several(
      `'a;' at 'tableName' ${failed} satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
      `'a;' at 'tableName' ${failed} have length greater than or equal to 3`,
      `null at 'item' ${failed} not be null`,
      `'hi' at 'returnValues' ${failed} satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]`,
    )}`,
  },
  {
    call: "dynamodb:PutItem",
    params: { TableName: "none", Item: { a: { S: "a" } }, ReturnValues: "ALL_NEW" },
    answer: "ValidationException: ReturnValues can only be ALL_OLD or NONE",
  },
  {
    call: "dynamodb:GetItem",
    params: { TableName: "none", ...key, ReturnConsumedCapacity: "hi" },
    answer: `ValidationException: ${one(`'hi' at 'returnConsumedCapacity' ${failed} satisfy enum value set: [INDEXES, TOTAL, NONE]`)}`,
  },
  {
    call: "dynamodb:BatchGetItem",
    params: { RequestItems: {} },
    answer: `ValidationException: ${one(`'{}' at 'requestItems' ${failed} have length greater than or equal to 1`)}`,
  },
  {
    call: "dynamodb:BatchGetItem",
    params: { RequestItems: { abc: { Keys: [] } } },
    answer: `ValidationException: ${one(`'[]' at 'requestItems.abc.member.keys' ${failed} have length greater than or equal to 1`)}`,
  },
  {
    call: "dynamodb:BatchWriteItem",
    params: { RequestItems: { a: [] } },
    answer: `ValidationException: ${several(
      `'{a=[]}' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: ${keyRules}`,
      `'{a=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]`,
    )}`,
  },
  {
    call: "dynamodb:BatchWriteItem",
    params: { RequestItems: { abc: [{ PutRequest: {}, DeleteRequest: {} }] } },
    answer: `ValidationException: ${several(
      `null at 'requestItems.abc.member.1.member.putRequest.item' ${failed} not be null`,
      `null at 'requestItems.abc.member.1.member.deleteRequest.key' ${failed} not be null`,
    )}`,
  },
  {
    call: "dynamodb:DescribeTable",
    params: {},
    answer: "ValidationException: The parameter 'TableName' is required but was not present in the request",
  },
  {
    call: "dynamodb:DescribeTable",
    params: { TableName: "ab" },
    answer: "ValidationException: TableName must be at least 3 characters long and at most 255 characters long",
  },
  {
    call: "dynamodb:ListTables",
    params: { Limit: 101, ExclusiveStartTableName: null },
    answer: `ValidationException: ${one(`'101' at 'limit' ${failed} have value less than or equal to 100`)}`,
  },
  {
    call: "dynamodb:TagResource",
    params: { ResourceArn: "a:b:c:d:e:f/g", Tags: [] },
    answer: "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input a:b:c:d:e:f/g",
  },
  {
    call: "dynamodb:TagResource",
    params: { ResourceArn: "a:b:c:d:e:f/g" },
    answer: `ValidationException: ${one(`null at 'tags' ${failed} not be null`)}`,
  },
  {
    call: "dynamodb:GetItem",
    params: { TableName: 23, ...key },
    answer: "SerializationException: NUMBER_VALUE cannot be converted to String",
  },
  {
    call: "dynamodb:PutItem",
    params: { TableName: "none", Item: { a: { b: "c" } } },
    answer:
      "ValidationException: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
  },
];

/** Recorded on AWS in 2025 and 02-2026. */
const logs: readonly Recorded[] = [
  {
    call: "logs:GetLogEvents",
    params: { logGroupName: "none", logStreamName: "none", limit: 10_001 },
    answer: `InvalidParameterException: ${one(`'10001' at 'limit' ${failed} have value less than or equal to 10000`)}`,
  },
  {
    call: "logs:CreateLogGroup",
    params: { logGroupName: "a".repeat(513) },
    answer:
      "InvalidParameterException: Invalid LogGroup or LogStream, both must have length less than or equal to 512.",
  },
];

const QueueUrl = "/111111111111/none";

/** Recorded on AWS, 08-2025. */
const sqs: readonly Recorded[] = [
  {
    call: "sqs:ReceiveMessage",
    params: { QueueUrl, MaxNumberOfMessages: 11 },
    answer:
      "InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
  },
  {
    call: "sqs:ReceiveMessage",
    params: { QueueUrl, WaitTimeSeconds: 21 },
    answer:
      "InvalidParameterValue: Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.",
  },
  {
    call: "sqs:SendMessage",
    params: { QueueUrl },
    answer: "MissingParameter: The request must contain the parameter MessageBody.",
  },
  {
    call: "sqs:ReceiveMessage",
    params: { QueueUrl, VisibilityTimeout: null },
    answer: "QueueDoesNotExist: The specified queue does not exist.",
  },
];

/** Recorded on AWS, 2024 to 2026. */
const lambda: readonly Recorded[] = [
  {
    call: "lambda:UpdateFunctionCode",
    params: { FunctionName: "none", ZipFile: "", Architectures: ["X86_64"] },
    answer: `ValidationException: ${one(
      `'[X86_64]' at 'architectures' ${failed} satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]`,
    )}`,
  },
  {
    call: "lambda:UpdateFunctionCode",
    params: { FunctionName: "none", ZipFile: "", Architectures: ["x86_64", "arm64"] },
    answer: `ValidationException: ${one(`'[x86_64, arm64]' at 'architectures' ${failed} have length less than or equal to 1`)}`,
  },
  {
    call: "lambda:UpdateFunctionConfiguration",
    params: { FunctionName: "none", Role: "r1" },
    answer: `ValidationException: ${one(
      `'r1' at 'role' ${failed} satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+`,
    )}`,
  },
  {
    call: "lambda:AddPermission",
    params: { FunctionName: "none", StatementId: "example.com", Action: "lambda:InvokeFunction", Principal: "*" },
    answer: `ValidationException: ${one(`'example.com' at 'statementId' ${failed} satisfy regular expression pattern: ([a-zA-Z0-9-_]+)`)}`,
  },
  {
    call: "lambda:GetFunction",
    params: { FunctionName: "none", Qualifier: "invalid!" },
    answer: `ValidationException: ${one(
      `'invalid!' at 'qualifier' ${failed} satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`,
    )}`,
  },
  {
    call: "lambda:UntagResource",
    params: { Resource: "arn:aws:lambda:us-east-1:111111111111:function:none" },
    answer: `ValidationException: ${one(`null at 'tagKeys' ${failed} not be null`)}`,
  },
];

const role = { RoleArn: "arn:aws:iam::111111111111:role/none", RoleSessionName: "s" };

/** Recorded on AWS, 2024 (STS); IAM's form, 02-2026. */
const iamAndSts: readonly Recorded[] = [
  {
    call: "iam:GetRole",
    params: { RoleName: "a b" },
    answer: `ValidationException: 1 validation error detected: Value at 'roleName' ${failed} satisfy regular expression pattern: [\\w+=,.@-]+`,
  },
  {
    call: "iam:CreateRole",
    params: { RoleName: "r", Path: "no", AssumeRolePolicyDocument: "{}", MaxSessionDuration: 1 },
    answer: `ValidationException: ${several(
      `at 'path' ${failed} satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)`,
      `at 'maxSessionDuration' ${failed} have value greater than or equal to 3600`,
    )}`,
  },
  {
    call: "sts:AssumeRole",
    params: { ...role, RoleSessionName: "Session1:2" },
    answer: `ValidationException: ${one(`'Session1:2' at 'roleSessionName' ${failed} satisfy regular expression pattern: [\\w+=,.@-]*`)}`,
  },
];

const invalidName =
  "ValidationException: Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!";
const noToken = "You must provide a ClientRequestToken value. We recommend a UUID-type value.";
const SecretId = "none";

/** Recorded on AWS by localstack, 2022 to 2024. */
const secretsManager: readonly Recorded[] = [
  { call: "secretsmanager:CreateSecret", params: { Name: "Inv Name" }, answer: invalidName },
  { call: "secretsmanager:GetSecretValue", params: { SecretId: " Inv*Name? " }, answer: invalidName },
  { call: "secretsmanager:TagResource", params: { SecretId: "Inv Name", Tags: [{ Key: "a" }] }, answer: invalidName },
  { call: "secretsmanager:DeleteSecret", params: { SecretId: "Inv Name" }, answer: invalidName },
  {
    call: "secretsmanager:CreateSecret",
    params: { Name: "none", SecretString: "s" },
    answer: `InvalidRequestException: ${noToken}`,
  },
  {
    call: "secretsmanager:ListSecretVersionIds",
    params: { SecretId },
    answer: "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  },
];

const TopicArn = "arn:aws:sns:us-east-1:111111111111:none";

/** Recorded on AWS, 08-2025. */
const sns: readonly Recorded[] = [
  {
    call: "sns:Publish",
    params: { TopicArn, Message: "m", MessageAttributes: { attr1: { StringValue: "x" } } },
    answer: `ValidationException: ${one(`null at 'messageAttributes.attr1.member.dataType' ${failed} not be null`)}`,
  },
  {
    call: "sns:PublishBatch",
    params: {
      TopicArn,
      PublishBatchRequestEntries: [{ Id: "1", Message: "m", MessageAttributes: { attr1: { StringValue: "x" } } }],
    },
    answer: `ValidationException: ${one(
      `null at 'publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType' ${failed} not be null`,
    )}`,
  },
  {
    call: "sns:GetSubscriptionAttributes",
    params: {},
    answer: "InvalidParameter: Invalid parameter: SubscriptionArn Reason: no value for required parameter",
  },
];

/** Recorded on AWS, 08-2025. */
const cloudWatch: readonly Recorded[] = [
  {
    call: "monitoring:DescribeAlarms",
    params: { StateValue: "INVALID" },
    answer: `ValidationError: ${one(`'INVALID' at 'stateValue' ${failed} satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]`)}`,
  },
];

const part = { restApiId: "none", resourceId: "none", httpMethod: "GET" };
const op = (name: string) => ({ op: name, path: "/a", value: "b" });
const noOp = `${failed} satisfy enum value set: [add, remove, move, test, replace, copy]`;

/** Recorded on AWS, 2024 and 2025. */
const apiGateway: readonly Recorded[] = [
  {
    call: "apigateway:UpdateMethodResponse",
    params: { ...part, statusCode: "wrong", patchOperations: [op("wrong_op")] },
    answer: `ValidationException: ${several(
      `'wrong_op' at 'updateMethodResponseInput.patchOperations.1.member.op' ${noOp}`,
      `'wrong' at 'statusCode' ${failed} satisfy regular expression pattern: [1-5]\\d\\d`,
    )}`,
  },
  {
    call: "apigateway:UpdateRestApi",
    params: { restApiId: "none", patchOperations: [op("wrong"), op("wrong"), op("wrong")] },
    answer: `ValidationException: ${several(
      ...[1, 2, 3].map((at) => `'wrong' at 'updateRestApiInput.patchOperations.${at}.member.op' ${noOp}`),
    )}`,
  },
  {
    call: "apigateway:GetGatewayResponse",
    params: { restApiId: "none", responseType: "FAKE_RESPONSE_TYPE" },
    answer: `ValidationException: ${one(
      `'FAKE_RESPONSE_TYPE' at 'responseType' ${failed} satisfy enum value set: [REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN]`,
    )}`,
  },
];

describe("What AWS answered to a request that it refused", () => {
  let stage: ServiceStage;
  before(() => {
    stage = new ServiceStage();
  });
  after(() => stage.close());

  const all = [
    ...kinesis,
    ...dynamoDb,
    ...logs,
    ...sqs,
    ...lambda,
    ...iamAndSts,
    ...secretsManager,
    ...sns,
    ...cloudWatch,
    ...apiGateway,
  ];
  for (const { call, params, answer } of all) {
    it(`is answered here: ${call} ${JSON.stringify(params).slice(0, 120)}`, async () => {
      const [service = "", operation = ""] = call.split(":");
      const { code, message } = await stage.refusal(service, operation, params);
      expect(`${code}: ${message}`).to.equal(answer);
    });
  }
});
