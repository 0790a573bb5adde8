import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { assumeForService } from "../../../../local/accounts/service-role.ts";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import type { Credentials } from "../../../../local/kernel/principal.ts";
import type { Role } from "../../../../local/services/iam/role.ts";
import { providerFunctions } from "../../../../local/services/sts/resources.ts";
import { servicePrincipal } from "../../../support/service-principals.ts";

const SOURCE = "111111111111";
const TARGET = "222222222222";
const THIRD = "333333333333";
const EXTERNAL_ID = "tributary-9c1d";

describe("STS", () => {
  let cloud: Cloud;
  let door: FrontDoor;
  let endpoint: string;
  let writer: Role;
  let replicator: Role;
  const clients: STSClient[] = [];

  before(async () => {
    cloud = new Cloud({ clockMode: ClockMode.Manual });
    for (const id of [SOURCE, TARGET, THIRD]) cloud.accounts.ensure(id);
    door = new FrontDoor(cloud);
    endpoint = (await door.listen()).endpointUrl;
    replicator = makeRole(SOURCE, "replicator", "/tributary/", { Principal: { Service: "lambda.amazonaws.com" } });
    writer = makeRole(TARGET, "writer", "/", {
      Principal: { AWS: `arn:aws:iam::${SOURCE}:root` },
      Condition: {
        StringEquals: { "sts:ExternalId": EXTERNAL_ID },
        ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${SOURCE}:role/tributary/replicator` },
      },
    });
    mayAssume(replicator, writer.arn);
  });

  after(async () => {
    for (const client of clients) client.destroy();
    await door.close();
    await cloud.close();
  });

  function makeRole(accountId: string, name: string, path: string, trust: object): Role {
    return cloud.services.iam.store.addRole(
      { accountId: accountId, region: "us-east-1" },
      {
        name,
        path,
        trustPolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...trust }],
        },
        description: "",
        maxSessionDurationSeconds: 7200,
        tags: {},
      },
    );
  }

  function mayAssume(role: Role, resource: string): void {
    cloud.services.iam.store.putRolePolicy(role, "assume", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: resource }],
    });
  }

  function client(credentials: Credentials): STSClient {
    const made = new STSClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
    clients.push(made);
    return made;
  }

  const asRole = (role: Role) =>
    client(
      cloud.accounts.issueRoleSession({
        roleArn: role.arn,
        roleId: role.roleId,
        sessionName: "invocation",
        durationSeconds: 3600,
      }).credentials,
    );
  const asAdministrator = (accountId: string) => client(cloud.accounts.ensure(accountId).administrator.credentials);

  async function assume(from: STSClient, more: object = {}): Promise<string> {
    try {
      const answer = await from.send(
        new AssumeRoleCommand({
          RoleArn: writer.arn,
          RoleSessionName: "replication",
          ExternalId: EXTERNAL_ID,
          ...more,
        }),
      );
      return answer.AssumedRoleUser?.Arn ?? "";
    } catch (error) {
      const { name, message, $metadata } = error as Error & { $metadata: { httpStatusCode: number } };
      return `${$metadata.httpStatusCode} ${name}: ${message}`;
    }
  }

  const refused = (arn: string, because = "") =>
    `403 AccessDenied: User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${writer.arn}${because}`;
  const replicatorSession = `arn:aws:sts::${SOURCE}:assumed-role/replicator/invocation`;

  it("gives the pinned role the writer role with the right external id, for an hour of cloud time", async () => {
    const answer = await asRole(replicator).send(
      new AssumeRoleCommand({ RoleArn: writer.arn, RoleSessionName: "replication", ExternalId: EXTERNAL_ID }),
    );
    expect(answer.AssumedRoleUser).to.deep.equal({
      Arn: `arn:aws:sts::${TARGET}:assumed-role/writer/replication`,
      AssumedRoleId: `${writer.roleId}:replication`,
    });
    expect(answer.Credentials?.Expiration?.getTime()).to.equal(Math.floor(cloud.clock.now() / 1000) * 1000 + 3_600_000);
    const identity = await client({
      accessKeyId: answer.Credentials?.AccessKeyId ?? "",
      secretAccessKey: answer.Credentials?.SecretAccessKey ?? "",
      sessionToken: answer.Credentials?.SessionToken ?? "",
    }).send(new GetCallerIdentityCommand({}));
    expect(identity).to.deep.include({
      Account: TARGET,
      Arn: `arn:aws:sts::${TARGET}:assumed-role/writer/replication`,
      UserId: `${writer.roleId}:replication`,
    });
  });

  it("refuses a wrong and a missing external id", async () => {
    const from = asRole(replicator);
    expect(await assume(from, { ExternalId: "tributary-other" })).to.equal(refused(replicatorSession));
    expect(await assume(from, { ExternalId: undefined })).to.equal(refused(replicatorSession));
  });

  it("refuses the right external id from another role, from the administrator, and from a third account", async () => {
    const other = makeRole(SOURCE, "other", "/tributary/", { Principal: { Service: "lambda.amazonaws.com" } });
    mayAssume(other, writer.arn);
    expect(await assume(asRole(other))).to.equal(refused(`arn:aws:sts::${SOURCE}:assumed-role/other/invocation`));
    expect(await assume(asAdministrator(SOURCE))).to.equal(refused(`arn:aws:iam::${SOURCE}:user/administrator`));
    expect(await assume(asAdministrator(THIRD))).to.equal(refused(`arn:aws:iam::${THIRD}:user/administrator`));
    expect(await assume(asAdministrator(TARGET))).to.equal(refused(`arn:aws:iam::${TARGET}:user/administrator`));
  });

  it("needs sts:AssumeRole in the caller's own account as well", async () => {
    const bare = makeRole(SOURCE, "bare", "/", { Principal: { Service: "lambda.amazonaws.com" } });
    const open = makeRole(TARGET, "open", "/", { Principal: { AWS: `arn:aws:iam::${SOURCE}:root` } });
    const message = `403 AccessDenied: User: arn:aws:sts::${SOURCE}:assumed-role/bare/invocation is not authorized to perform: sts:AssumeRole on resource: ${open.arn}`;
    expect(await assume(asRole(bare), { RoleArn: open.arn })).to.equal(message);
    mayAssume(bare, open.arn);
    expect(await assume(asRole(bare), { RoleArn: open.arn })).to.match(/assumed-role\/open\/replication$/);
  });

  it("says the same of a role that does not exist", async () => {
    const RoleArn = `arn:aws:iam::${TARGET}:role/nobody`;
    expect(await assume(asAdministrator(TARGET), { RoleArn })).to.equal(
      `403 AccessDenied: User: arn:aws:iam::${TARGET}:user/administrator is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    );
  });

  it("lets sts:RoleSessionName decide", async () => {
    const named = makeRole(TARGET, "named", "/", {
      Principal: { AWS: `arn:aws:iam::${TARGET}:user/administrator` },
      Condition: { StringLike: { "sts:RoleSessionName": "job-*" } },
    });
    const from = asAdministrator(TARGET);
    expect(await assume(from, { RoleArn: named.arn, RoleSessionName: "job-1" })).to.match(/named\/job-1$/);
    expect(await assume(from, { RoleArn: named.arn, RoleSessionName: "other" })).to.match(/^403 AccessDenied/);
  });

  it("limits role chaining to an hour, a session to the role's maximum, and both to what STS takes", async () => {
    expect(await assume(asRole(replicator), { DurationSeconds: 3601 })).to.equal(
      "400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
    const own = makeRole(TARGET, "long", "/", { Principal: { AWS: TARGET } });
    const from = asAdministrator(TARGET);
    expect(await assume(from, { RoleArn: own.arn, DurationSeconds: 7200 })).to.match(/long\/replication$/);
    expect(await assume(from, { RoleArn: own.arn, DurationSeconds: 7201 })).to.equal(
      "400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
    expect(await assume(from, { RoleArn: own.arn, DurationSeconds: 899 })).to.match(
      /^400 ValidationError: 1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900$/,
    );
  });

  it("refuses what is no role's ARN", async () => {
    expect(await assume(asRole(replicator), { RoleArn: `arn:aws:iam::${TARGET}:user/u` })).to.equal(
      "400 ValidationError: Request ARN is invalid",
    );
  });

  it("refuses parameters that it does not have, by name", async () => {
    expect(await assume(asRole(replicator), { SourceIdentity: "someone" })).to.match(
      /^400 NotSupportedByLocalCloud: .*the parameter SourceIdentity of sts:AssumeRole\.$/,
    );
  });

  it("narrows a session by the policy given to AssumeRole", async () => {
    const broad = makeRole(TARGET, "broad", "/", { Principal: { AWS: TARGET } });
    mayAssume(broad, "*");
    const answer = await asAdministrator(TARGET).send(
      new AssumeRoleCommand({
        RoleArn: broad.arn,
        RoleSessionName: "narrow",
        Policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
        }),
      }),
    );
    const session = client({
      accessKeyId: answer.Credentials?.AccessKeyId ?? "",
      secretAccessKey: answer.Credentials?.SecretAccessKey ?? "",
      sessionToken: answer.Credentials?.SessionToken ?? "",
    });
    expect(await assume(session, { RoleArn: broad.arn })).to.equal(
      `403 AccessDenied: User: arn:aws:sts::${TARGET}:assumed-role/broad/narrow is not authorized to perform: sts:AssumeRole on resource: ${broad.arn} because no session policy allows the sts:AssumeRole action`,
    );
  });

  it("says who a caller is without any permission", async () => {
    const bare = makeRole(SOURCE, "nothing", "/", { Principal: { Service: "lambda.amazonaws.com" } });
    const identity = await asRole(bare).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).to.equal(`arn:aws:sts::${SOURCE}:assumed-role/nothing/invocation`);
  });

  it("gives a service a role that trusts it, and no other", () => {
    const request = { roleArn: replicator.arn, sessionName: "replicator" };
    const { principal, credentials } = assumeForService(cloud, {
      ...request,
      servicePrincipal: servicePrincipal("lambda.amazonaws.com"),
      durationSeconds: 60,
    });
    expect(principal.arn).to.equal(`arn:aws:sts::${SOURCE}:assumed-role/replicator/replicator`);
    expect(credentials.expiresAt).to.equal(cloud.clock.now() + 60_000);
    expect(() =>
      assumeForService(cloud, { ...request, servicePrincipal: servicePrincipal("firehose.amazonaws.com") }),
    ).to.throw(
      `User: firehose.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${replicator.arn}`,
    );
    const [last] = cloud.trace.records().slice(-1);
    expect(last).to.deep.include({ call: "sts:AssumeRole", decision: "denied", outcome: "AccessDenied" });
  });

  describe("of a service, only says what an AWS page shows in the trust policy of such a role", () => {
    let roles = 0;
    const asked = (service: string, Condition: object, sourceAccount?: string) => {
      const role = makeRole(SOURCE, `pinned-${++roles}`, "/", {
        Principal: { Service: service },
        Condition,
      });
      const request = { roleArn: role.arn, servicePrincipal: servicePrincipal(service), sessionName: "session" };
      try {
        assumeForService(cloud, sourceAccount ? { ...request, sourceAccount } : request);
        return "assumed";
      } catch (error) {
        return String(error).replace(/ on resource.*/, "");
      }
    };
    const refused = (service: string) => `AccessDenied: User: ${service} is not authorized to perform: sts:AssumeRole`;
    const ofAccount = { StringEquals: { "aws:SourceAccount": SOURCE } };
    const ofAnything = { ArnLike: { "aws:SourceArn": "arn:aws:*:*:*:*" } };

    it("Lambda, for which account it asks, and never for which function", () => {
      expect(asked("lambda.amazonaws.com", ofAccount)).to.equal("assumed");
      expect(asked("lambda.amazonaws.com", ofAccount, TARGET)).to.equal(refused("lambda.amazonaws.com"));
      expect(asked("lambda.amazonaws.com", ofAnything)).to.equal(refused("lambda.amazonaws.com"));
    });

    for (const service of ["firehose.amazonaws.com", "apigateway.amazonaws.com"]) {
      it(`${service}, neither`, () => {
        expect(asked(service, {})).to.equal("assumed");
        expect(asked(service, ofAccount)).to.equal(refused(service));
        expect(asked(service, ofAnything)).to.equal(refused(service));
      });
    }
  });

  it("answers a program's questions about its account, partition and region", async () => {
    const context = {
      store: undefined,
      principal: cloud.accounts.ensure(SOURCE).administrator.principal,
      accountId: SOURCE,
      region: "eu-west-1",
      partition: "aws",
      urn: "",
      defaultTags: {},
    };
    const answers = await Promise.all(
      providerFunctions.map(async ({ token, run }) => [token.split(":").at(-1), await run({}, context)] as const),
    );
    expect(Object.fromEntries(answers)).to.deep.equal({
      getCallerIdentity: {
        id: SOURCE,
        accountId: SOURCE,
        arn: `arn:aws:iam::${SOURCE}:user/administrator`,
        userId: cloud.accounts.ensure(SOURCE).administrator.principal.userId,
      },
      getPartition: { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" },
      getRegion: {
        id: "eu-west-1",
        name: "eu-west-1",
        region: "eu-west-1",
        description: "Europe (Ireland)",
        endpoint: "ec2.eu-west-1.amazonaws.com",
      },
    });
  });
});
