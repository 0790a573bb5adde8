import { DynamoDBClient, ListTablesCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { Credentials } from "../../local/accounts/principal.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

describe("who does not belong", function () {
  this.timeout(60_000);
  let system: TestSystem;
  let externalId: string;

  before(async () => {
    system = await startSystem();
    system.cloud.emptyData();
    const { Environment } = await system.call<{ Environment: { Variables: Record<string, string> } }>(
      system.source.administrator,
      "lambda",
      "GetFunctionConfiguration",
      { FunctionName: system.source.outputs["replicatorFunctionName"] },
    );
    externalId = Environment.Variables["TARGET_EXTERNAL_ID"] ?? expect.fail("the replicator has no external id");
  });

  const client = (credentials: Credentials) => ({
    endpoint: system.endpointUrl,
    region: system.source.region,
    maxAttempts: 1,
    credentials: { ...credentials },
  });
  const sourceAdministrator = () => system.cloud.accounts.ensure(system.source.accountId).administrator.credentials;

  /** Credentials of the replicator's own role, as its function has them. */
  function replicatorCredentials(): Credentials {
    return system.cloud.services.sts.assumeForService({
      roleArn: String(system.source.outputs["replicatorRoleArn"]),
      servicePrincipal: "lambda.amazonaws.com",
      sessionName: "replicator",
    }).credentials;
  }

  async function refusal(work: Promise<unknown>): Promise<{ name: string; message: string }> {
    return work.then(
      () => expect.fail("it was let in"),
      (error: Error) => ({ name: error.name, message: error.message }),
    );
  }

  const assume = (credentials: Credentials, id?: string) =>
    new STSClient(client(credentials)).send(
      new AssumeRoleCommand({
        RoleArn: String(system.target.outputs["writerRoleArn"]),
        RoleSessionName: "test",
        ...(id === undefined ? {} : { ExternalId: id }),
      }),
    );

  const writer = async (): Promise<Credentials> => {
    const { Credentials } = await assume(replicatorCredentials(), externalId);
    return {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
  };

  it("the replicator's role with the wrong external id, or none, is refused; with the right one it is let in", async () => {
    expect((await refusal(assume(replicatorCredentials(), "wrong"))).name).to.equal("AccessDenied");
    expect((await refusal(assume(replicatorCredentials()))).name).to.equal("AccessDenied");
    expect((await assume(replicatorCredentials(), externalId)).Credentials?.SessionToken).to.be.a("string");
  });

  it("the right external id from another principal of the source account is refused", async () => {
    expect((await refusal(assume(sourceAdministrator(), externalId))).name).to.equal("AccessDenied");
  });

  it("the writer may not read the table, write with another action, or reach another table", async () => {
    const dynamodb = new DynamoDBClient(client(await writer()));
    const tableName = String(system.target.outputs["tableName"]);
    expect((await refusal(dynamodb.send(new ScanCommand({ TableName: tableName })))).name).to.equal(
      "AccessDeniedException",
    );
    const item = { seqNumbershardIdHash: { S: "x" }, sequenceNumber: { S: "1" } };
    expect((await refusal(dynamodb.send(new PutItemCommand({ TableName: tableName, Item: item })))).name).to.equal(
      "AccessDeniedException",
    );
    expect((await refusal(dynamodb.send(new PutItemCommand({ TableName: "another", Item: item })))).name).to.equal(
      "AccessDeniedException",
    );
    expect((await refusal(dynamodb.send(new ListTablesCommand({})))).name).to.equal("AccessDeniedException");
  });

  it("the source account's administrator neither sees the table nor reaches it by its ARN", async () => {
    const dynamodb = new DynamoDBClient(client(sourceAdministrator()));
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
    const tableName = String(system.target.outputs["tableName"]);
    expect((await refusal(dynamodb.send(new ScanCommand({ TableName: tableName })))).name).to.equal(
      "ResourceNotFoundException",
    );
    const byArn = await refusal(
      dynamodb.send(new ScanCommand({ TableName: String(system.target.outputs["tableArn"]) })),
    );
    expect(byArn.name).to.equal("AccessDeniedException");
  });

  it("the gateway refuses a request without a key and one with a wrong key", async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${system.gatewayUrl}/events`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: '{"n":1}',
      });
    expect((await send({})).status).to.equal(403);
    expect((await send({ "x-api-key": "wrong" })).status).to.equal(403);
    expect((await send({ "x-api-key": system.apiKey })).status).to.equal(200);
  });
});
