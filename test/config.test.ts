import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { metaOf } from "../config/keys.ts";
import { commonKeys, pocKeys, prodKeys } from "../config/stack-keys.ts";
import { readSettings, type Settings } from "../config.ts";
import { record, refusal, resolved } from "./support/mocks.ts";
import { committedConfig, declaredKeys } from "./support/stack-config.ts";

type Config = Readonly<Record<string, string>>;

/** The smallest configuration that works. */
const prod: Config = {
  "aws:region": "us-east-1",
  "aws:allowedAccountIds": '["111111111111"]',
  "tributary:prodAccountId": "111111111111",
  "tributary:pocAccountId": "222222222222",
  "tributary:externalId": "agreed-word",
};
const poc: Config = { ...prod, "aws:allowedAccountIds": '["222222222222"]' };

async function read(stack: string, config: Config, secretKeys: string[] = []): Promise<Settings> {
  return (await record(readSettings, { stack, config, secretKeys })).result;
}

/** The mistakes, without the headline and the stack at the end of each command. */
async function mistakes(stack: string, config: Config, secretKeys: string[] = []): Promise<string[]> {
  const { lines, isWithoutStack } = await refusal(readSettings, { stack, config, secretKeys });
  expect(isWithoutStack).to.equal(true);
  const [headline, ...rest] = lines;
  expect(headline).to.match(new RegExp(`^The configuration of the stack "${stack}" has (one mistake|\\d+ mistakes):$`));
  for (const line of rest) expect(line).to.match(new RegExp(`^- .* --stack ${stack}$`));
  return rest.map((line) => line.slice(2, -` --stack ${stack}`.length));
}

describe("the configuration", () => {
  it("has safe defaults for production", async () => {
    expect(await read("prod", prod)).to.deep.equal({
      account: "prod",
      region: "us-east-1",
      prodAccountId: "111111111111",
      pocAccountId: "222222222222",
      externalId: "agreed-word",
      namePrefix: "tributary",
      replicatorRoleName: "tributary-replicator",
      replicatorRolePath: "/tributary/",
      removalPolicy: "retain",
      logRetentionDays: 30,
      bucketVersioning: true,
      parkedRetentionDays: 0,
      tracing: "PassThrough",
      sourceMaps: false,
      alarms: true,
      alarmActionArns: [],
      streamMode: "ON_DEMAND",
      streamRetentionHours: 168,
      streamMaxRecordSizeKiB: 1024,
      replicatorBatchSize: 100,
      replicatorBatchWindowSeconds: 1,
      replicatorParallelization: 1,
      replicatorRetryAttempts: -1,
      replicatorStartingPosition: "TRIM_HORIZON",
      replicatorEnabled: true,
      replicatorMemoryMiB: 512,
      replicatorTimeoutSeconds: 60,
      replicatorNetwork: false,
      hashKeyScope: "shard",
      hashKeySeparator: "underscore",
      numberPolicy: "park",
      tableWriter: "direct",
      pocStack: "poc",
      gatewayAuthorization: "apiKey",
      gatewayPartitionKey: "requestId",
      gatewayStageName: "v1",
      apiGatewayAccount: "manage",
    });
  });

  it("has safe defaults for the POC", async () => {
    expect(await read("poc", poc)).to.deep.equal({
      account: "poc",
      region: "us-east-1",
      prodAccountId: "111111111111",
      pocAccountId: "222222222222",
      externalId: "agreed-word",
      namePrefix: "tributary",
      replicatorRoleName: "tributary-replicator",
      replicatorRolePath: "/tributary/",
      removalPolicy: "retain",
      logRetentionDays: 30,
      bucketVersioning: true,
      parkedRetentionDays: 0,
      tracing: "PassThrough",
      sourceMaps: false,
      alarms: true,
      alarmActionArns: [],
      tableBillingMode: "PAY_PER_REQUEST",
      tableIndexes: [],
      tablePointInTimeRecovery: true,
      ttlDays: 0,
      archiverBatchSize: 1000,
      archiverBatchWindowSeconds: 120,
      archiverParallelization: 1,
      archiverRetryAttempts: -1,
      archiverStartingPosition: "TRIM_HORIZON",
      archiverEnabled: true,
      archiverMemoryMiB: 512,
      archiverTimeoutSeconds: 60,
      firehoseBufferMiB: 5,
      firehoseBufferSeconds: 300,
      archiveCompression: "UNCOMPRESSED",
      archivePrefix: "events/",
      archiveErrorPrefix: "failed/!{firehose:error-output-type}/",
      archiveRemovePolicy: "skip",
      archiveRetentionDays: 0,
    });
  });

  it("reaches the seed design's values", async () => {
    const settings = await read("poc", {
      ...poc,
      "tributary:tableBillingMode": "PROVISIONED",
      "tributary:tableReadCapacity": "20",
      "tributary:tableWriteCapacity": "20",
      "tributary:firehoseBufferMiB": "5",
      "tributary:firehoseBufferSeconds": "300",
      "tributary:archivePrefix": "prod-kinesis-data/",
    });
    expect(settings).to.include({ tableBillingMode: "PROVISIONED", tableReadCapacity: 20, tableWriteCapacity: 20 });
    expect(await read("prod", { ...prod, "tributary:replicatorBatchSize": "300" })).to.include({
      replicatorBatchSize: 300,
    });
  });

  for (const stack of ["prod", "poc"] as const)
    it(`is complete in the committed file of ${stack}`, async () => {
      expect(await read(stack, committedConfig(stack))).to.include({ account: stack });
    });

  it("declares in Pulumi.yaml exactly the keys of both stacks that have a default, with the same one", async () => {
    const declared = declaredKeys();
    const settings = await read("prod", prod);
    const withDefault = Object.entries(commonKeys)
      .filter(([, schema]) => schema.safeParse(undefined).data !== undefined)
      .map(([name]) => name);
    expect(withDefault).to.have.length.above(5);
    expect(Object.keys(declared)).to.have.members(withDefault.map((name) => `tributary:${name}`));
    for (const [key, { type, description, default: value }] of Object.entries(declared)) {
      expect(value, key).to.deep.equal(settings[key.slice("tributary:".length) as keyof Settings]);
      expect(type, key).to.equal(
        { string: "string", number: "integer", boolean: "boolean", object: "array" }[typeof value as string],
      );
      expect(description, key).to.match(/^[A-Z].*\.$/);
    }
  });

  it("has allowed values and a valid example for every key", () => {
    for (const [name, schema] of Object.entries({ ...commonKeys, ...prodKeys, ...pocKeys })) {
      const { allowed, example } = metaOf(schema);
      expect(allowed, name).not.to.equal("");
      expect(schema.safeParse(example).success, `${name} ${example}`).to.equal(true);
    }
  });

  it("reads structured values", async () => {
    const indexes = [{ name: "by-user", hashKey: { attribute: "userId", type: "S", path: "user.id" } }];
    expect(await read("poc", { ...poc, "tributary:tableIndexes": JSON.stringify(indexes) })).to.deep.include({
      tableIndexes: indexes,
    });
  });

  it("accepts a stack of any name, with its account configured", async () => {
    expect(await read("prod-eu", { ...prod, "tributary:account": "prod" })).to.include({ account: "prod" });
    expect(await mistakes("prod-eu", prod)).to.deep.equal([
      "tributary:account is missing, and the stack's name does not say which account it is; allowed is prod or poc. Type: pulumi config set tributary:account poc",
    ]);
    expect(await mistakes("prod", { ...prod, "tributary:account": "test" })).to.deep.equal([
      'tributary:account is "test"; allowed is prod or poc. Type: pulumi config set tributary:account poc',
    ]);
  });

  it("keeps a secret external id a secret, and never shows it", async () => {
    const key = "tributary:externalId";
    const settings = await read("prod", prod, [key]);
    expect(await pulumi.isSecret(pulumi.output(settings.externalId))).to.equal(true);
    expect(await resolved(settings.externalId)).to.equal("agreed-word");
    const found = await mistakes("prod", { ...prod, [key]: "no spaces allowed" }, [key]);
    expect(found).to.deep.equal([
      'tributary:externalId is "[secret]"; allowed is 2 to 1224 letters, digits and +=,.@:/_-, the same in both stacks. Type: pulumi config set tributary:externalId a-long-random-word',
    ]);
  });

  it("reports all mistakes of a stack at once, unknown keys too", async () => {
    const found = await mistakes("prod", {
      "aws:allowedAccountIds": '["222222222222"]',
      "tributary:prodAccountId": "111111111111",
      "tributary:externalId": "agreed-word",
      "tributary:replicatorBatchSize": "0",
      "tributary:replicatorEnabled": "yes",
      "tributary:streamMode": "PROVISIONED",
      "tributary:logRetentionDays": "31",
      "tributary:replicaterTimeoutSeconds": "5",
      "tributary:tableIndexes": "[]",
      "tributary:colour": "red",
    });
    expect(found).to.deep.equal([
      "aws:region is missing; allowed is the name of a region. Type: pulumi config set aws:region us-east-1",
      `aws:allowedAccountIds is "[\\"222222222222\\"]"; allowed is this stack's account alone, 111111111111, so that nothing is deployed into another. Type: pulumi config set --path 'aws:allowedAccountIds[0]' 111111111111`,
      "tributary:pocAccountId is missing; allowed is an account id of 12 digits (in quotes, or YAML takes it for a number). Type: pulumi config set tributary:pocAccountId 222222222222",
      'tributary:logRetentionDays is "31"; allowed is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Type: pulumi config set tributary:logRetentionDays 30',
      'tributary:replicatorBatchSize is "0"; allowed is a whole number from 1 to 10000. Type: pulumi config set tributary:replicatorBatchSize 100',
      'tributary:replicatorEnabled is "yes"; allowed is true or false. Type: pulumi config set tributary:replicatorEnabled true',
      "tributary:replicaterTimeoutSeconds is not a key of this program (did you mean tributary:replicatorTimeoutSeconds?). Type: pulumi config rm tributary:replicaterTimeoutSeconds",
      "tributary:tableIndexes belongs to the poc account's stack only. Type: pulumi config rm tributary:tableIndexes",
      "tributary:colour is not a key of this program (docs/configuration.md lists the keys). Type: pulumi config rm tributary:colour",
      "tributary:shardCount is missing; it is required with streamMode PROVISIONED. Type: pulumi config set tributary:shardCount 1",
    ]);
  });

  it("accepts the allowed account without quotes, and refuses more than one", async () => {
    expect(await read("prod", { ...prod, "aws:allowedAccountIds": "[111111111111]" })).to.include({ account: "prod" });
    const found = await mistakes("prod", { ...prod, "aws:allowedAccountIds": '["111111111111","222222222222"]' });
    expect(found).to.have.length(1);
    expect(found[0]).to.match(/^aws:allowedAccountIds /);
  });

  const one = (stack: "prod" | "poc", title: string, config: Config, expected: string[]) =>
    it(title, async () => {
      expect(await mistakes(stack, { ...(stack === "prod" ? prod : poc), ...config })).to.deep.equal(expected);
    });

  one(
    "prod",
    "refuses to give records up after the stream has lost them",
    { "tributary:streamRetentionHours": "24", "tributary:replicatorMaxRecordAgeSeconds": "86400" },
    [
      'tributary:replicatorMaxRecordAgeSeconds is "86400": the stream keeps records for 86400 s (streamRetentionHours 24), so older ones would be lost silently; allowed is less than that. Type: pulumi config set tributary:replicatorMaxRecordAgeSeconds 69120',
    ],
  );
  one("poc", "refuses the same of the table's stream", { "tributary:archiverMaxRecordAgeSeconds": "86400" }, [
    'tributary:archiverMaxRecordAgeSeconds is "86400"; allowed is a whole number from 60 to 86399. Type: pulumi config set tributary:archiverMaxRecordAgeSeconds 60',
  ]);
  one(
    "poc",
    "refuses to give changes up before their batch is full, with the window that is the default",
    { "tributary:archiverMaxRecordAgeSeconds": "120" },
    [
      'tributary:archiverMaxRecordAgeSeconds is "120": records wait up to 120 s for a full batch (archiverBatchWindowSeconds), so they could be given up before they are tried; allowed is more than that. Type: pulumi config set tributary:archiverMaxRecordAgeSeconds 240',
    ],
  );
  one(
    "prod",
    "refuses the same of the replicator",
    { "tributary:replicatorMaxRecordAgeSeconds": "60", "tributary:replicatorBatchWindowSeconds": "60" },
    [
      'tributary:replicatorMaxRecordAgeSeconds is "60": records wait up to 60 s for a full batch (replicatorBatchWindowSeconds), so they could be given up before they are tried; allowed is more than that. Type: pulumi config set tributary:replicatorMaxRecordAgeSeconds 120',
    ],
  );
  one("poc", "refuses a region that is none, in whatever partition", { "aws:region": "us-esat-1" }, [
    'aws:region is "us-esat-1"; allowed is the name of a region. Type: pulumi config set aws:region us-east-1',
  ]);
  for (const region of ["cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1", "mx-central-1"])
    it(`takes the region ${region}`, async () => {
      expect(await read("poc", { ...poc, "aws:region": region })).to.include({ region });
    });
  one(
    "prod",
    "refuses a target that is a user, and one whose region is none",
    {
      "tributary:targetRoleArn": "arn:aws:iam::222222222222:user/writer",
      "tributary:targetTableName": "items",
      "tributary:targetRegion": "eusc-east-1",
    },
    [
      'tributary:targetRoleArn is "arn:aws:iam::222222222222:user/writer"; allowed is the ARN of a role. Type: pulumi config set tributary:targetRoleArn arn:aws:iam::222222222222:role/the-writer',
      'tributary:targetRegion is "eusc-east-1"; allowed is the name of a region. Type: pulumi config set tributary:targetRegion us-east-1',
    ],
  );
  one(
    "prod",
    "takes the ARNs of another partition, and names it in what it tells to type",
    {
      "aws:region": "cn-north-1",
      "tributary:alarmActionArns": '["arn:aws-cn:sns:cn-north-1:111111111111:alarms"]',
      "tributary:targetRoleArn": "arn:aws-cn:iam::333333333333:role/writer",
      "tributary:targetTableName": "items",
      "tributary:targetRegion": "cn-northwest-1",
    },
    [
      'tributary:targetRoleArn is "arn:aws-cn:iam::333333333333:role/writer": it is a role of another account than pocAccountId 222222222222; allowed is one of that account. Type: pulumi config set tributary:targetRoleArn arn:aws-cn:iam::222222222222:role/the-writer',
    ],
  );
  one("prod", "refuses wildcards in the replicator's role", { "tributary:replicatorRoleName": "carrier*" }, [
    'tributary:replicatorRoleName is "carrier*"; allowed is an exact role name: 1 to 64 letters, digits and +=,.@_-, no wildcards. Type: pulumi config set tributary:replicatorRoleName tributary-replicator',
  ]);
  one(
    "prod",
    "wants a target in whole, and of the right account",
    {
      "tributary:targetRoleArn": "arn:aws:iam::333333333333:role/writer",
      "tributary:targetTtlAttribute": "expiresAt",
    },
    [
      "tributary:targetTableName is missing; it is required with targetRoleArn. Type: pulumi config set tributary:targetTableName the-table",
      "tributary:targetRegion is missing; it is required with targetRoleArn. Type: pulumi config set tributary:targetRegion us-east-1",
      "tributary:targetTtlSeconds is missing; it is required with targetTtlAttribute. Type: pulumi config set tributary:targetTtlSeconds 2592000",
      'tributary:targetRoleArn is "arn:aws:iam::333333333333:role/writer": it is a role of another account than pocAccountId 222222222222; allowed is one of that account. Type: pulumi config set tributary:targetRoleArn arn:aws:iam::222222222222:role/the-writer',
    ],
  );
  one("prod", "refuses parts of a target without its role", { "tributary:targetTableName": "sink" }, [
    'tributary:targetTableName is "sink": it is allowed with targetRoleArn only. Type: pulumi config rm tributary:targetTableName',
  ]);
  one(
    "prod",
    "refuses a client's limits where no key tells clients apart",
    { "tributary:gatewayAuthorization": "iam", "tributary:gatewayBurst": "5" },
    [
      'tributary:gatewayBurst is "5": it is allowed with gatewayAuthorization apiKey only. Type: pulumi config rm tributary:gatewayBurst',
    ],
  );
  one("prod", "wants a public gateway in words", { "tributary:gatewayAuthorization": "none" }, [
    'tributary:gatewayAuthorization is "none"; allowed is apiKey or iam or public-anyone-may-send. Type: pulumi config set tributary:gatewayAuthorization apiKey',
  ]);
  one(
    "prod",
    "wants a path with a partition key from the body, and only then",
    {
      "tributary:gatewayPartitionKey": "bodyPath",
      "tributary:gatewayPartitionKeyHeader": "X-Key",
    },
    [
      "tributary:gatewayPartitionKeyPath is missing; it is required with gatewayPartitionKey bodyPath. Type: pulumi config set tributary:gatewayPartitionKeyPath user.id",
      'tributary:gatewayPartitionKeyHeader is "X-Key": it is allowed with gatewayPartitionKey header only. Type: pulumi config rm tributary:gatewayPartitionKeyHeader',
    ],
  );
  it("refuses what the gateway would refuse, together with all other mistakes", async () => {
    const found = await mistakes("prod", {
      ...prod,
      "tributary:alarms": "never",
      "tributary:alarmActionArns": '["alarms"]',
      "tributary:gatewayPartitionKey": "header",
      "tributary:gatewayPartitionKeyHeader": "X_Key",
      "tributary:gatewayCorsOrigin": "https://app.example.com:123456",
      "tributary:gatewayCorsHeaders": '["x-trace","x trace"]',
      "tributary:gatewayStageName": "v.1",
    });
    expect(found).to.deep.equal([
      'tributary:alarms is "never"; allowed is true or false. Type: pulumi config set tributary:alarms true',
      `tributary:alarmActionArns is "[\\"alarms\\"]": 0: allowed is the ARN of what an alarm can call: an SNS topic, a Lambda function, an OpsItem, a response plan or an investigation group, such as "arn:aws:sns:us-east-1:111111111111:alarms"; allowed is a list of up to 5 ARNs. Type: pulumi config set tributary:alarmActionArns '["arn:aws:sns:us-east-1:111111111111:alarms"]'`,
      'tributary:gatewayPartitionKeyHeader is "X_Key"; allowed is the name of a header: 1 to 128 letters, digits and -, a letter first. Type: pulumi config set tributary:gatewayPartitionKeyHeader X-Partition-Key',
      'tributary:gatewayCorsOrigin is "https://app.example.com:123456"; allowed is one origin (scheme, host and perhaps a port, in lower case), or *, or a list of origins without *. Type: pulumi config set tributary:gatewayCorsOrigin https://app.example.com',
      `tributary:gatewayCorsHeaders is "[\\"x-trace\\",\\"x trace\\"]": 1: allowed is the name of a header: 1 to 128 letters, digits and -, a letter first, such as "X-Partition-Key"; allowed is a list of headers. Type: pulumi config set tributary:gatewayCorsHeaders '["x-trace-id"]'`,
      'tributary:gatewayStageName is "v.1"; allowed is 1 to 128 letters, digits, - and _. Type: pulumi config set tributary:gatewayStageName v1',
    ]);
  });
  one(
    "prod",
    "refuses a path of the body that no template can read",
    { "tributary:gatewayPartitionKey": "bodyPath", "tributary:gatewayPartitionKeyPath": "user.1st" },
    [
      'tributary:gatewayPartitionKeyPath is "user.1st"; allowed is names joined by dots, each of letters, digits and _, no digit first. Type: pulumi config set tributary:gatewayPartitionKeyPath user.id',
    ],
  );
  one(
    "prod",
    "says nothing of a key whose partner is wrong itself",
    { "tributary:gatewayQuotaLimit": "many", "tributary:gatewayQuotaPeriod": "DAY" },
    [
      'tributary:gatewayQuotaLimit is "many"; allowed is a whole number from 1 to 1000000000. Type: pulumi config set tributary:gatewayQuotaLimit 1',
    ],
  );
  it("takes one origin, or a list of them", async () => {
    const origins = async (value: string) => {
      const settings = await read("prod", { ...prod, "tributary:gatewayCorsOrigin": value });
      return "gatewayCorsOrigin" in settings ? settings.gatewayCorsOrigin : undefined;
    };
    expect(await origins("*")).to.deep.equal(["*"]);
    expect(await origins("https://a.example")).to.deep.equal(["https://a.example"]);
    expect(await origins('["https://a.example","http://b:80"]')).to.deep.equal(["https://a.example", "http://b:80"]);
  });
  for (const value of ['["https://a.example","*"]', '["https://a.example","null"]', "[]", '["https://a.example"']) {
    one("prod", `refuses the origins ${value}`, { "tributary:gatewayCorsOrigin": value }, [
      `tributary:gatewayCorsOrigin is ${JSON.stringify(value)}; allowed is one origin (scheme, host and perhaps a port, in lower case), or *, or a list of origins without *. Type: pulumi config set tributary:gatewayCorsOrigin https://app.example.com`,
    ]);
  }
  one(
    "prod",
    "wants limits in pairs",
    {
      "tributary:gatewayQuotaLimit": "5",
      "tributary:gatewayStageRatePerSecond": "5",
      "tributary:gatewayCorsHeaders": '["x-trace"]',
    },
    [
      "tributary:gatewayQuotaPeriod is missing; it is required with gatewayQuotaLimit. Type: pulumi config set tributary:gatewayQuotaPeriod DAY",
      "tributary:gatewayStageBurst is missing; it is required with gatewayStageRatePerSecond. Type: pulumi config set tributary:gatewayStageBurst 2000",
      'tributary:gatewayCorsHeaders is "x-trace": it is allowed with gatewayCorsOrigin only. Type: pulumi config rm tributary:gatewayCorsHeaders',
    ],
  );
  one("poc", "wants capacity units with a provisioned table, and only then", { "tributary:tableReadCapacity": "20" }, [
    'tributary:tableReadCapacity is "20": it is allowed with tableBillingMode PROVISIONED only. Type: pulumi config rm tributary:tableReadCapacity',
  ]);
  one(
    "poc",
    "says where in a structured value the mistake is",
    {
      "tributary:tableIndexes": '[{"name":"by-user","hashKey":{"attribute":"userId","path":"user."}}]',
    },
    [
      'tributary:tableIndexes is "[{\\"name\\":\\"by-user\\",\\"hashKey\\":{\\"attribute\\":\\"userId\\",\\"path\\":\\"user.\\"}}]": 0.hashKey.path: allowed is names joined by dots, such as "user.id"; allowed is a list of indexes, each with name and hashKey (attribute, type, path), and perhaps rangeKey, projection, nonKeyAttributes. Type: pulumi config set tributary:tableIndexes \'[{"name":"by-user","hashKey":{"attribute":"userId","type":"S","path":"user.id"}}]\'',
    ],
  );
  one(
    "poc",
    "refuses indexes that the table would refuse",
    {
      "tributary:tableIndexes":
        '[{"name":"by-user","hashKey":{"attribute":"event","path":"user"}},{"name":"by-user","hashKey":{"attribute":"user","path":"user"},"projection":"INCLUDE"}]',
    },
    [
      'indexes has "by-user" twice; each index needs a name of its own',
      'indexes: nonKeyAttributes of "by-user" belong to the projection "INCLUDE", and only to it',
      `indexes: the attribute "event" is the replicator's own; choose another name, such as "eventOf"`,
    ].map(
      (problem) =>
        `tributary:tableIndexes is ${JSON.stringify('[{"name":"by-user","hashKey":{"attribute":"event","path":"user"}},{"name":"by-user","hashKey":{"attribute":"user","path":"user"},"projection":"INCLUDE"}]')}: ${problem}. Type: pulumi config set tributary:tableIndexes '[{"name":"by-user","hashKey":{"attribute":"userId","type":"S","path":"user.id"}}]'`,
    ),
  );
  one("poc", "keeps the archive apart from what is set aside", { "tributary:archivePrefix": "parked/lines/" }, [
    'tributary:archivePrefix is "parked/lines/": below "parked/" are parked lines and delivery errors, which have a retention of their own; allowed is a prefix apart from it. Type: pulumi config set tributary:archivePrefix events/',
  ]);
  const prefixes = "Type: pulumi config set tributary:archivePrefix events/";
  one("poc", "knows that YYYY is the week's year", { "tributary:archivePrefix": "e/!{timestamp:YYYY/MM}/" }, [
    `tributary:archivePrefix is "e/!{timestamp:YYYY/MM}/": Y in !{timestamp:YYYY/MM} is the year that the week belongs to, another one around the first of January; the year is y: !{timestamp:yyyy/MM}. ${prefixes}`,
  ]);
  one(
    "poc",
    "has no dynamic partitioning",
    {
      "tributary:archivePrefix": "e/!{partitionKeyFromQuery:kind}/",
      "tributary:archiveErrorPrefix": "f/!{partitionKeyFromLambda:kind}/!{firehose:error-output-type}/",
    },
    [
      `tributary:archivePrefix is "e/!{partitionKeyFromQuery:kind}/": !{partitionKeyFromQuery:kind} needs dynamic partitioning, which the delivery stream does not have: AWS allows it at its creation only. ${prefixes}`,
      "tributary:archiveErrorPrefix is \"f/!{partitionKeyFromLambda:kind}/!{firehose:error-output-type}/\": !{partitionKeyFromLambda:kind} needs dynamic partitioning, which the delivery stream does not have: AWS allows it at its creation only. Type: pulumi config set tributary:archiveErrorPrefix 'failed/!{firehose:error-output-type}/'",
    ],
  );
  for (const [stack, key] of [
    ["poc", "tableIndexes"],
    ["prod", "targetIndexedAttributes"],
  ] as const)
    it(`counts what ${key} adds to the replicator's environment, of which Lambda allows 4,096 bytes`, async () => {
      const attributes = (count: number) =>
        Array.from({ length: count }, (_, index) => ({ attribute: `attribute-${index + 10}`, path: "a.long.path" }));
      const target = {
        "tributary:targetRoleArn": "arn:aws:iam::222222222222:role/the-writer",
        "tributary:targetTableName": "the-table",
        "tributary:targetRegion": "us-east-1",
      };
      const asked = (count: number): Config => {
        const keys = attributes(count);
        const value =
          stack === "prod"
            ? keys
            : keys.map((hashKey, index) => ({ name: `by-${index}`, hashKey: { ...hashKey, type: "S" } }));
        const base = stack === "prod" ? { ...prod, ...target } : poc;
        return { ...base, [`tributary:${key}`]: JSON.stringify(value) };
      };
      await read(stack, asked(55));
      const said = await mistakes(stack, asked(70));
      expect(said).to.have.length(1);
      expect(said[0]).to.match(
        /with it the replicator's environment takes some 4[1-9]\d\d bytes, and Lambda allows 4096; allowed are fewer attributes/,
      );
    });
  one("poc", "refuses an error prefix that Firehose would refuse", { "tributary:archiveErrorPrefix": "failed/" }, [
    'tributary:archiveErrorPrefix is "failed/"; allowed is a prefix that begins with a name, has !{firehose:error-output-type} in it and ends with "/". Type: pulumi config set tributary:archiveErrorPrefix \'failed/!{firehose:error-output-type}/\'',
  ]);
});
