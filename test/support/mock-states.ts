/** The mocked provider's input: its account and region, and the registration. */
export interface MockContext {
  readonly accountId: string;
  readonly region: string;
  readonly logicalName: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

type State = Record<string, unknown>;
type StateOf = (context: MockContext, physicalName: string) => State;

const arn = (service: string, { accountId, region }: MockContext, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
const nothing: StateOf = () => ({});

/** Computed outputs by type: realistic ARNs of the right account. Any other type fails the test. */
export const mockStates: Readonly<Record<string, StateOf>> = {
  "aws:kinesis/stream:Stream": (context, name) => ({ name, arn: arn("kinesis", context, `stream/${name}`) }),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (context, name) => ({
    name,
    arn: arn("firehose", context, `deliverystream/${name}`),
  }),
  "aws:dynamodb/table:Table": (context, name) => ({
    name,
    arn: arn("dynamodb", context, `table/${name}`),
    streamArn: arn("dynamodb", context, `table/${name}/stream/2026-01-01T00:00:00.000`),
  }),
  "aws:iam/role:Role": ({ accountId, inputs }, name) => ({
    name,
    arn: `arn:aws:iam::${accountId}:role${inputs["path"] ?? "/"}${name}`,
  }),
  "aws:iam/rolePolicy:RolePolicy": (_, name) => ({ name }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": nothing,
  "aws:lambda/function:Function": (context, name) => ({ name, arn: arn("lambda", context, `function:${name}`) }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": () => ({ uuid: "11111111-2222-4333-8444-555555555555" }),
  "aws:cloudwatch/logGroup:LogGroup": (context, name) => ({ name, arn: arn("logs", context, `log-group:${name}`) }),
  "aws:cloudwatch/logStream:LogStream": (context, name) => ({
    name,
    arn: arn("logs", context, `log-group:${context.inputs["logGroupName"]}:log-stream:${name}`),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (context, name) => ({
    name,
    arn: arn("cloudwatch", context, `alarm:${name}`),
  }),
  "aws:s3/bucket:Bucket": (_, name) => ({ bucket: name, arn: `arn:aws:s3:::${name}` }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": nothing,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": nothing,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": nothing,
  "aws:s3/bucketVersioning:BucketVersioning": nothing,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": nothing,
  "aws:s3/bucketPolicy:BucketPolicy": nothing,
  "aws:apigateway/restApi:RestApi": (context) => ({
    arn: `arn:aws:apigateway:${context.region}::/restapis/a1b2c3d4e5`,
    rootResourceId: "r00t000000",
    executionArn: arn("execute-api", context, "a1b2c3d4e5"),
  }),
  "aws:apigateway/resource:Resource": ({ inputs }) => ({ path: `/${inputs["pathPart"]}` }),
  "aws:apigateway/model:Model": (_, name) => ({ name: name.replaceAll("-", "") }),
  "aws:apigateway/requestValidator:RequestValidator": nothing,
  "aws:apigateway/method:Method": nothing,
  "aws:apigateway/methodResponse:MethodResponse": nothing,
  "aws:apigateway/methodSettings:MethodSettings": nothing,
  "aws:apigateway/integration:Integration": nothing,
  "aws:apigateway/integrationResponse:IntegrationResponse": nothing,
  "aws:apigateway/response:Response": nothing,
  "aws:apigateway/account:Account": nothing,
  "aws:apigateway/deployment:Deployment": () => ({ id: "d1e2p3" }),
  "aws:apigateway/stage:Stage": ({ region, inputs }) => ({
    arn: `arn:aws:apigateway:${region}::/restapis/a1b2c3d4e5/stages/${inputs["stageName"]}`,
    invokeUrl: `https://a1b2c3d4e5.execute-api.${region}.amazonaws.com/${inputs["stageName"]}`,
  }),
  "aws:apigateway/apiKey:ApiKey": () => ({ value: "an-api-key-of-twenty-characters" }),
  "aws:apigateway/usagePlan:UsagePlan": (_, name) => ({ name }),
  "aws:apigateway/usagePlanKey:UsagePlanKey": nothing,
  "awsx:ec2:Vpc": () => ({
    vpcId: "vpc-0123456789abcdef0",
    isolatedSubnetIds: ["subnet-0000000000000000a", "subnet-0000000000000000b"],
    routeTables: [{ id: "rtb-0000000000000000a" }, { id: "rtb-0000000000000000b" }],
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": (_, name) => ({ prefixListId: `pl-${name.split("-").at(-2)}` }),
  "aws:ec2/securityGroup:SecurityGroup": nothing,
};

/** Functions of the provider. */
export const mockCalls: Readonly<Record<string, (context: Omit<MockContext, "logicalName" | "inputs">) => State>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": ({ accountId }) => ({
    accountId,
    arn: `arn:aws:iam::${accountId}:user/deployer`,
    userId: "AIDAEXAMPLE",
    id: accountId,
  }),
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" }),
  "aws:index/getRegion:getRegion": ({ region }) => ({ region, name: region, id: region }),
};
