import { DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { Credentials } from "../../local/kernel/principal.ts";
import { clientOf, functionSession, refusal, temporaryRole } from "../support/iam-clients.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const THIRD_ACCOUNT = "333333333333";

describe("access by others", () => {
  let system: TestSystem;
  let externalId: string;
  let writerRoleArn: string;
  let replicatorRoleArn: string;
  const temporary: { remove(): void }[] = [];

  before(async () => {
    system = await startSystem();
    await system.empty();
    writerRoleArn = String(system.target.outputs["writerRoleArn"]);
    replicatorRoleArn = String(system.source.outputs["replicatorRoleArn"]);
    const { Environment } = await system.call<{ Environment: { Variables: Record<string, string> } }>(
      system.source.administrator,
      "lambda",
      "GetFunctionConfiguration",
      { FunctionName: system.source.outputs["replicatorFunctionName"] },
    );
    externalId = Environment.Variables["TARGET_EXTERNAL_ID"] ?? expect.fail("the replicator has no external id");
  });
  afterEach(() => {
    for (const role of temporary.splice(0)) role.remove();
  });

  const sourceAdministrator = () => system.cloud.accounts.ensure(system.source.accountId).administrator.credentials;
  const replicator = () => functionSession(system.cloud, replicatorRoleArn);

  const assume = (credentials: Credentials, ExternalId?: string, RoleArn = writerRoleArn) =>
    new STSClient(clientOf(system, credentials)).send(
      new AssumeRoleCommand({
        RoleArn,
        RoleSessionName: "test",
        ...(ExternalId === undefined ? {} : { ExternalId }),
      }),
    );
  const accessDenied = (principal: string, roleArn = writerRoleArn) => ({
    name: "AccessDenied",
    message: `User: ${principal} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  });
  /** Another role, of any account, that may by its own policy assume every role. */
  const eager = (accountId: string, name: string, path?: string) => {
    const role = temporaryRole(system.cloud, accountId, {
      name,
      ...(path === undefined ? {} : { path }),
      trust: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" },
    });
    temporary.push(role);
    return role.session;
  };

  it("the replicator's role with the right external id is let in; with a wrong one, or none, it is refused", async () => {
    const { principal, credentials } = replicator();
    expect((await assume(credentials, externalId)).Credentials?.SessionToken).to.be.a("string");
    for (const wrong of ["wrong", externalId.toUpperCase(), `${externalId}-2`, undefined])
      expect(await refusal(assume(credentials, wrong)), String(wrong)).to.deep.equal(accessDenied(principal.arn));
  });

  it("an external id is valid for one pair of accounts: ours is refused elsewhere, and another pair's here", async () => {
    const elsewhere = temporaryRole(system.cloud, system.target.accountId, {
      name: "writer-of-another-pair",
      trust: {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${system.source.accountId}:root` },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "another-pair" } },
      },
    });
    temporary.push(elsewhere);
    const { principal, credentials } = eager(system.source.accountId, "of-another-pair");
    expect((await assume(credentials, "another-pair", elsewhere.arn)).Credentials?.SessionToken).to.be.a("string");
    expect(await refusal(assume(credentials, externalId, elsewhere.arn))).to.deep.equal(
      accessDenied(principal.arn, elsewhere.arn),
    );
    const own = replicator();
    expect(await refusal(assume(own.credentials, "another-pair"))).to.deep.equal(accessDenied(own.principal.arn));
  });

  it("the right external id from another role of the source account is refused, one of the same name included", async () => {
    const name = replicatorRoleArn.split("/").at(-1) ?? "";
    for (const other of [
      eager(system.source.accountId, "another"),
      eager(system.source.accountId, `${name}-2`, "/tributary/"),
      eager(THIRD_ACCOUNT, name, "/tributary/"),
    ])
      expect(await refusal(assume(other.credentials, externalId))).to.deep.equal(accessDenied(other.principal.arn));
  });

  it("the right external id from an administrator, of the source account or of a third, is refused", async () => {
    for (const accountId of [system.source.accountId, THIRD_ACCOUNT]) {
      const { principal, credentials } = system.cloud.accounts.ensure(accountId).administrator;
      expect(await refusal(assume(credentials, externalId))).to.deep.equal(accessDenied(principal.arn));
    }
  });

  it("a session of a deleted role is refused, even if another role has its name", async () => {
    const iam = system.cloud.services.iam.store;
    const role = iam.findRoleByArn(replicatorRoleArn) ?? expect.fail("no role");
    const orphan = system.cloud.accounts.issueRoleSession({
      roleArn: role.arn,
      roleId: "AROAWASDELETED",
      sessionName: "old",
      durationSeconds: 900,
    });
    expect((await refusal(assume(orphan.credentials, externalId))).name).to.equal("AccessDenied");
  });

  it("the source account's administrator neither sees the table nor reaches it by its ARN", async () => {
    const dynamodb = new DynamoDBClient(clientOf(system, sourceAdministrator()));
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).to.deep.equal([]);
    const TableName = String(system.target.outputs["tableName"]);
    expect(await refusal(dynamodb.send(new ScanCommand({ TableName })))).to.deep.equal({
      name: "ResourceNotFoundException",
      message: "Requested resource not found",
    });
    const tableArn = String(system.target.outputs["tableArn"]);
    expect(await refusal(dynamodb.send(new ScanCommand({ TableName: tableArn })))).to.deep.equal({
      name: "AccessDeniedException",
      message: `User: ${system.source.administrator.arn} is not authorized to perform: dynamodb:Scan on resource: ${tableArn} because no resource-based policy allows the dynamodb:Scan action`,
    });
  });

  it("the gateway refuses a request without a key and one with a wrong key", async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${system.gatewayUrl}/events`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: '{"n":1}',
      });
    for (const headers of [{}, { "x-api-key": "wrong" }]) {
      const answer = await send(headers as Record<string, string>);
      expect(answer.status).to.equal(403);
      expect(await answer.json()).to.include({ message: "Forbidden" });
    }
    expect((await send({ "x-api-key": system.apiKey })).status).to.equal(200);
  });
});
