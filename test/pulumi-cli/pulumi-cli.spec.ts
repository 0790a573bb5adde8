import { once } from "node:events";
import { existsSync } from "node:fs";
import { APIGatewayClient, GetDeploymentsCommand, GetStageCommand } from "@aws-sdk/client-api-gateway";
import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
  TagResourceCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { InvokeCommand, LambdaClient, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { HANG_LIMIT_MS } from "../../local/kernel/hang-limit.ts";
import { type CliAccount, CliStage } from "./cli-stage.ts";

const HANDLER = "functions/replicator/handler.ts";
const UP = ["up", "--yes", "--skip-preview"] as const;

/** What the real pulumi CLI does with both stacks, from the first deployment to the last resource. The tests build on each other. */
describe("the pulumi CLI on the local cloud", function () {
  this.bail(true);
  const stage = new CliStage();
  let clients: (account: CliAccount) => ReturnType<typeof makeClients>;

  before(async () => {
    const { code, text } = await stage.pulumi("version");
    if (code !== 0)
      throw new Error(
        `npm run test:pulumi needs the pulumi CLI on PATH (https://www.pulumi.com/docs/install/): ${text}`,
      );
    await stage.start();
    clients = (account) => makeClients(account);
    for (const stack of ["poc", "prod"]) await succeed("stack", "init", stack);
  });
  after(() => stage.stop());

  const succeed = async (...args: readonly string[]): Promise<string> => {
    const { code, text } = await stage.pulumi(...args);
    expect(code, `pulumi ${args.join(" ")}\n${text}`).to.equal(0);
    return text;
  };
  const up = (stack: string) => succeed(...UP, "--stack", stack);
  const preview = (stack: string) => succeed("preview", "--diff", "--stack", stack);
  const set = (stack: string, key: string, value: string) =>
    succeed("config", "set", `tributary:${key}`, value, "--stack", stack);
  const poc = () => clients(stage.account("poc"));
  const prod = () => clients(stage.account("prod"));

  it("previews poc, and makes nothing", async () => {
    expect(await preview("poc")).to.match(/\+ \d+ to create/);
    expect((await poc().dynamodb.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
  });

  it("brings up poc, then prod", async () => {
    expect(await up("poc")).to.match(/\+ \d+ created/);
    expect(await up("prod")).to.match(/\+ \d+ created/);
  });

  it("carries events from the gateway into the table and the bucket", async () => {
    await send(10);
    await stored(10);
  });

  it("changes nothing when nothing has changed", async () => {
    for (const stack of ["poc", "prod"]) {
      expect(await preview(stack))
        .to.match(/\d+ unchanged/)
        .and.not.match(/to (create|update|replace|delete)/);
      expect(await up(stack))
        .to.match(/\d+ unchanged/)
        .and.not.match(/[+~-] \d+ /);
      expect(await succeed("refresh", "--yes", "--stack", stack))
        .to.match(/\d+ unchanged/)
        .and.not.match(/~ \d+ /);
    }
  });

  it("changes a batch size in the running mapping", async () => {
    await set("prod", "replicatorBatchSize", "7");
    expect(await up("prod")).to.match(/~ 1 updated/);
    const { replicatorFunctionName } = await stage.outputs("prod");
    const { EventSourceMappings = [] } = await prod().lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName: replicatorFunctionName }),
    );
    expect(EventSourceMappings.map(({ BatchSize }) => BatchSize)).to.deep.equal([7]);
    await send(10);
    await stored(20);
  });

  it("changes a table's capacity in place", async () => {
    await set("poc", "tableBillingMode", "PROVISIONED");
    await set("poc", "tableReadCapacity", "50");
    await set("poc", "tableWriteCapacity", "60");
    expect(await up("poc"))
      .to.match(/~ \d+ updated/)
      .and.not.match(/replaced/);
    expect((await table()).ProvisionedThroughput).to.include({ ReadCapacityUnits: 50, WriteCapacityUnits: 60 });
    await stored(20);
  });

  it("runs a function's new code from the next invocation", async () => {
    const { replicatorFunctionName: FunctionName } = await stage.outputs("prod");
    const invoke = () => prod().lambda.send(new InvokeCommand({ FunctionName, Payload: '{"Records":[]}' }));
    expect((await invoke()).FunctionError).to.equal(undefined);
    stage.edit(HANDLER, "export const handler", "export const old");
    stage.edit(HANDLER, "", 'export const handler = async () => { throw new Error("the new code runs"); };\n');
    expect(await up("prod")).to.match(/~ 1 updated/);
    expect(Buffer.from((await invoke()).Payload ?? []).toString()).to.contain("the new code runs");
    stage.restore(HANDLER);
    await up("prod");
    expect((await invoke()).FunctionError).to.equal(undefined);
  });

  it("makes a new deployment for a changed template, and moves the stage to it", async () => {
    const before = await stageNow();
    stage.edit("components/ingest-gateway/templates/answers.ts", "Too many events at once", "Too many events");
    const text = await up("prod");
    expect(text).to.contain("replaced");
    const after = await stageNow();
    expect(after.deploymentId).to.not.equal(before.deploymentId);
    expect(after.deployments).to.deep.equal([after.deploymentId]);
    stage.restore("components/ingest-gateway/templates/answers.ts");
    await up("prod");
  });

  it("previews a renamed table as a replacement", async () => {
    stage.edit(
      "components/replication-target/replication-target.ts",
      "streamEnabled: true,",
      'name: "renamed", streamEnabled: true,',
    );
    const text = await preview("poc");
    expect(text)
      .to.match(/\+-\s*aws:dynamodb\/table:Table: \(replace\)/)
      .and.match(/name\s*:.*"renamed"/);
    stage.restore("components/replication-target/replication-target.ts");
  });

  it("shows in a refresh what somebody changed with the AWS CLI, and puts it back in the next up", async () => {
    const { TableArn: ResourceArn, TableName } = await table();
    await poc().dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "drift", Value: "yes" }] }));
    const ProvisionedThroughput = { ReadCapacityUnits: 51, WriteCapacityUnits: 60 };
    await poc().dynamodb.send(new UpdateTableCommand({ TableName, ProvisionedThroughput }));
    const text = await succeed("refresh", "--yes", "--diff", "--stack", "poc");
    expect(text)
      .to.match(/~ 1 updated/)
      .and.match(/drift/)
      .and.match(/readCapacity/);
    expect(await up("poc")).to.match(/~ 1 updated/);
    expect((await table()).ProvisionedThroughput).to.include({ ReadCapacityUnits: 50 });
  });

  it("imports what is there, and says of what is not that it does not exist", async () => {
    const importing = (name: string) =>
      stage.pulumi("import", "aws:s3/bucket:Bucket", "found", name, "--yes", "--stack", "prod", "--protect=false");
    const missing = await importing("never-there");
    expect(missing.code).to.not.equal(0);
    expect(missing.text).to.contain("'never-there' does not exist");
    await prod().s3.send(new CreateBucketCommand({ Bucket: "made-by-hand" }));
    const { code, text } = await importing("made-by-hand");
    expect(code, text).to.equal(0);
    expect(text).to.match(/new aws\.s3\.Bucket\("found", \{\s*bucket: "made-by-hand"/);
    // The program does not have it, so the next up takes it away.
    expect(await up("prod")).to.match(/- 1 deleted/);
  });

  it("keeps the API key secret in the state", async () => {
    const { apiKey = "" } = await stage.outputs("prod");
    expect(apiKey).to.match(/^[\w-]{20,}$/);
    expect(await succeed("stack", "export", "--stack", "prod")).to.not.contain(apiKey);
    expect(await succeed("stack", "output", "--stack", "prod")).to.not.contain(apiKey);
  });

  it("keeps a secret external id out of the state, also where it is part of a policy", async () => {
    const externalId = "a-secret-word-of-both-accounts";
    for (const stack of ["poc", "prod"]) {
      await succeed("config", "set", "--secret", "tributary:externalId", externalId, "--stack", stack);
      await up(stack);
      expect(await succeed("stack", "export", "--stack", stack)).to.not.contain(externalId);
      expect(await up(stack))
        .to.match(/\d+ unchanged/)
        .and.not.match(/[+~-] \d+ /);
    }
    await send(10);
    await stored(30);
  });

  it("tells a user's mistakes all at once, without a stack", async () => {
    const { code, text } = await stage.pulumi(
      "preview",
      "--stack",
      "prod",
      "--config",
      "tributary:replicatorBatchSize=0",
    );
    expect(code).to.not.equal(0);
    expect(text)
      .to.contain("replicatorBatchSize")
      .and.not.match(/^\s+at .*\.ts:\d+/m);
    // The CLI keeps what --config says.
    await set("prod", "replicatorBatchSize", "7");
  });

  it("ends cleanly when it is interrupted, and goes on from there", async () => {
    const child = stage.startPulumi("up", "--yes", "--stack", "prod");
    child.stdout?.once("data", () => child.kill("SIGINT"));
    await once(child, "exit");
    await succeed("cancel", "--yes", "--stack", "prod").catch(() => undefined);
    expect(await up("prod")).to.match(/unchanged/);
  });

  it("ends with an error, and does not hang, when the cloud dies in the middle", async () => {
    const child = stage.startPulumi("refresh", "--yes", "--skip-preview", "--stack", "prod");
    const ended = once(child, "exit");
    child.stdout?.once("data", () => void stage.end("SIGKILL"));
    const [code] = await ended;
    expect(code).to.be.greaterThan(0);
  });

  it("builds everything again in a new cloud, and says how", async () => {
    await stage.restart();
    for (const stack of ["poc", "prod"]) await stage.pulumi("cancel", "--yes", "--stack", stack);
    await set("poc", "tableReadCapacity", "70");
    const { code, text } = await stage.pulumi(...UP, "--stack", "poc");
    expect(code).to.not.equal(0);
    expect(text).to.contain("pulumi up --refresh");
    for (const stack of ["poc", "prod"]) await succeed(...UP, "--refresh", "--stack", stack);
    await send(10);
    await stored(10);
  });

  it("refuses to destroy what is to be kept, and says why", async () => {
    const { code, text } = await stage.pulumi("destroy", "--yes", "--skip-preview", "--stack", "poc");
    expect(code).to.not.equal(0);
    expect(text).to.match(/cannot be deleted\s+because it is protected/);
    await up("poc");
  });

  it("destroys both stacks and leaves nothing", async () => {
    for (const stack of ["prod", "poc"]) {
      await set(stack, "removalPolicy", "destroy");
      await up(stack);
    }
    for (const stack of ["prod", "poc"]) await succeed("destroy", "--yes", "--skip-preview", "--stack", stack);
    for (const { dynamodb, kinesis, lambda, s3, iam } of [poc(), prod()]) {
      expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
      expect((await kinesis.send(new ListStreamsCommand({}))).StreamNames).to.deep.equal([]);
      expect((await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings).to.deep.equal([]);
      expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).to.deep.equal([]);
      expect((await iam.send(new ListRolesCommand({}))).Roles).to.deep.equal([]);
    }
  });

  it("has its environment's file removed when the cloud ends", async () => {
    await stage.end();
    expect(existsSync(stage.envFile)).to.equal(false);
  });

  async function send(count: number): Promise<void> {
    const { gatewayUrl, apiKey = "" } = await stage.outputs("prod");
    for (let index = 0; index < count; index++) {
      const response = await fetch(`${gatewayUrl}/events`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": apiKey },
        body: JSON.stringify({ index }),
      });
      expect(response.status, await response.text()).to.equal(200);
    }
  }

  /** Waits until the table and the archive have so many events; the cloud skips its buffers by itself. */
  async function stored(count: number): Promise<void> {
    const { tableName: TableName, archiveBucketName: Bucket } = await stage.outputs("poc");
    const { dynamodb, s3 } = poc();
    await until(async () => (await dynamodb.send(new ScanCommand({ TableName, Select: "COUNT" }))).Count === count);
    await until(async () => ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).length > 0);
  }

  async function table() {
    const { tableName } = await stage.outputs("poc");
    return (await poc().dynamodb.send(new DescribeTableCommand({ TableName: tableName }))).Table ?? {};
  }

  async function stageNow() {
    const { gatewayUrl = "" } = await stage.outputs("prod");
    const [, restApiId = "", stageName = ""] = /execute-api\/(\w+)\/(\w+)/.exec(gatewayUrl) ?? [];
    const { deploymentId } = await prod().apigateway.send(new GetStageCommand({ restApiId, stageName }));
    const { items = [] } = await prod().apigateway.send(new GetDeploymentsCommand({ restApiId }));
    return { deploymentId, deployments: items.map(({ id }) => id) };
  }
});

function makeClients(account: CliAccount) {
  return {
    apigateway: new APIGatewayClient(account),
    dynamodb: new DynamoDBClient(account),
    iam: new IAMClient(account),
    kinesis: new KinesisClient(account),
    lambda: new LambdaClient(account),
    s3: new S3Client({ ...account, forcePathStyle: true }),
  };
}

/** The cloud is another process: all that can be done is to ask it again. */
async function until(isDone: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + HANG_LIMIT_MS;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error("the pipeline does not come to rest");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
