import { expect } from "chai";
import { PolicyKind, parsePolicy } from "../../../local/accounts/parse-policy.ts";
import { Cloud } from "../../../local/cloud.ts";
import { ClockMode } from "../../../local/kernel/clock.ts";
import type { PolicyStatement } from "../../../local/kernel/policy.ts";
import type { Principal, Session } from "../../../local/kernel/principal.ts";
import type { AuthorizationRequest } from "../../../local/kernel/service.ts";

const OWN = "111111111111";
const OTHER = "222222222222";
const STREAM = `arn:aws:kinesis:us-east-1:${OWN}:stream/events`;
const FOREIGN_STREAM = `arn:aws:kinesis:us-east-1:${OTHER}:stream/events`;
const NOW = Date.UTC(2026, 5, 1);

describe("IAM evaluation", () => {
  let cloud: Cloud;

  beforeEach(() => {
    cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: NOW });
    cloud.accounts.ensure(OWN);
    cloud.accounts.ensure(OTHER);
  });

  afterEach(() => cloud.close());

  function document(...statements: PolicyStatement[]) {
    return { Version: "2012-10-17", Statement: statements };
  }

  const allow = (more: Partial<PolicyStatement> = {}): PolicyStatement => ({
    Effect: "Allow",
    Action: "kinesis:PutRecord",
    Resource: STREAM,
    ...more,
  });

  function session(statements: PolicyStatement[], sessionPolicy?: PolicyStatement[]): Session {
    const role = cloud.services.iam.store.addRole(
      { accountId: OWN, region: "us-east-1" },
      {
        name: `role-${cloud.services.iam.store.listRoles(OWN).length}`,
        path: "/app/",
        trustPolicy: document({
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
        description: "",
        maxSessionDurationSeconds: 3600,
        tags: {},
      },
    );
    if (statements.length > 0) cloud.services.iam.store.putRolePolicy(role, "policy", document(...statements));
    return cloud.accounts.issueRoleSession({
      roleArn: role.arn,
      roleId: role.roleId,
      sessionName: "test",
      durationSeconds: 3600,
      ...(sessionPolicy ? { sessionPolicy: parsePolicy(document(...sessionPolicy), PolicyKind.Identity) } : {}),
    });
  }

  function ask(principal: Principal, request: Partial<AuthorizationRequest> = {}): string {
    const decision = cloud.authorizer.evaluate(
      { principal, accountId: OWN, region: "us-east-1" },
      { action: "kinesis:PutRecord", resource: STREAM, ...request },
    );
    return decision.isAllowed ? "allowed" : decision.message;
  }

  const resourcePolicy = (...statements: PolicyStatement[]) =>
    parsePolicy(document(...statements), PolicyKind.Resource);

  it("knows the account that calls as the owner of the source, too", () => {
    const { principal } = session([]);
    const owned = (owner: string) =>
      resourcePolicy({
        ...allow(),
        Principal: { AWS: principal.arn },
        Condition: { StringEquals: { "AWS:SourceOwner": owner } },
      });
    expect(ask(principal, { resourcePolicy: owned(OWN) })).to.equal("allowed");
    expect(ask(principal, { resourcePolicy: owned(OTHER) })).to.contain("is not authorized");
  });

  it("lets the administrator of an account do everything there, and nothing in another account", () => {
    const { principal } = cloud.accounts.ensure(OWN).administrator;
    expect(ask(principal)).to.equal("allowed");
    expect(ask(principal, { resource: FOREIGN_STREAM })).to.equal(
      `User: arn:aws:iam::${OWN}:user/administrator is not authorized to perform: kinesis:PutRecord on resource: ${FOREIGN_STREAM} because no resource-based policy allows the kinesis:PutRecord action`,
    );
  });

  it("refuses what no policy allows, in AWS's words", () => {
    expect(ask(session([]).principal)).to.equal(
      `User: arn:aws:sts::${OWN}:assumed-role/role-0/test is not authorized to perform: kinesis:PutRecord on resource: ${STREAM} because no identity-based policy allows the kinesis:PutRecord action`,
    );
  });

  it("refuses what is denied explicitly, whatever else allows it", () => {
    const { principal } = session([allow({ Action: "*", Resource: "*" }), allow({ Effect: "Deny" })]);
    expect(ask(principal)).to.match(/ with an explicit deny in an identity-based policy$/);
    const denied = resourcePolicy(allow({ Effect: "Deny", Principal: "*" }));
    expect(ask(session([allow()]).principal, { resourcePolicy: denied })).to.match(
      / with an explicit deny in a resource-based policy$/,
    );
  });

  it("allows a role no more than its permissions boundary does, in the version that is in force", () => {
    const iam = cloud.services.iam.store;
    const named = (principal: Principal) =>
      resourcePolicy(allow({ Principal: { AWS: principal.roleArn ?? "" }, Action: "kinesis:*" }));
    const bounded = (...statements: PolicyStatement[]) => {
      const policy = iam.addPolicy(
        { accountId: OWN, region: "us-east-1" },
        {
          name: `boundary-${iam.listPolicies(OWN).length}`,
          path: "/",
          document: document(...statements),
          description: "",
          tags: {},
        },
      );
      const { principal } = session([allow({ Action: "kinesis:*" })]);
      iam.setPermissionsBoundary(iam.findRoleByArn(principal.roleArn ?? "")!, policy.arn);
      return { principal, policy };
    };
    const { principal, policy } = bounded(allow({ Action: "kinesis:PutRecord", Resource: "*" }));
    expect(ask(principal)).to.equal("allowed");
    const refused = / because no permissions boundary allows the kinesis:GetRecords action$/;
    expect(ask(principal, { action: "kinesis:GetRecords" })).to.match(refused);
    expect(ask(principal, { action: "kinesis:GetRecords", resourcePolicy: named(principal) })).to.match(refused);
    iam.updatePolicy(policy, document(allow({ Action: "kinesis:GetRecords" })));
    expect(ask(principal, { action: "kinesis:GetRecords" })).to.equal("allowed");
    expect(ask(principal)).to.match(/ because no permissions boundary allows the kinesis:PutRecord action$/);
    const denied = bounded(allow({ Action: "*" }), allow({ Effect: "Deny" }));
    expect(ask(denied.principal)).to.match(/ with an explicit deny in a permissions boundary$/);
    const own = bounded(allow({ Action: "*", Resource: "*" }));
    expect(ask(own.principal, { action: "s3:GetObject" }), "a boundary allows nothing by itself").to.match(
      / because no identity-based policy allows the s3:GetObject action$/,
    );
  });

  it("matches actions without regard to case, by * and ?, and all but those of NotAction", () => {
    for (const Action of ["kinesis:PutRecord", "KINESIS:putrecord", "kinesis:Put*", "kinesis:PutRecor?", "*"]) {
      expect(ask(session([allow({ Action })]).principal), Action).to.equal("allowed");
    }
    for (const Action of ["kinesis:PutRecords", "kinesis:PutRecord?", "kinesis:Get*", "dynamodb:*"]) {
      expect(ask(session([allow({ Action })]).principal), Action).not.to.equal("allowed");
    }
    const notAction = (NotAction: string) => session([{ Effect: "Allow", NotAction, Resource: "*" }]).principal;
    expect(ask(notAction("kinesis:Get*"))).to.equal("allowed");
    expect(ask(notAction("kinesis:Put*"))).not.to.equal("allowed");
  });

  it("matches resources part by part: a * in one part of an ARN does not reach into the next", () => {
    for (const Resource of [
      STREAM,
      `arn:aws:kinesis:*:${OWN}:stream/*`,
      `arn:aws:kinesis:us-east-?:${OWN}:stream/e*s`,
      "*",
    ]) {
      expect(ask(session([allow({ Resource })]).principal), Resource).to.equal("allowed");
    }
    for (const Resource of [`${STREAM}2`, `arn:aws:kinesis:*:stream/events:x:y`, `arn:aws:dynamodb:*:${OWN}:*`]) {
      expect(ask(session([allow({ Resource })]).principal), Resource).not.to.equal("allowed");
    }
    const notResource = (NotResource: string) =>
      session([{ Effect: "Allow", Action: "kinesis:*", NotResource }]).principal;
    expect(ask(notResource(`${STREAM}-other`))).to.equal("allowed");
    expect(ask(notResource(STREAM))).not.to.equal("allowed");
  });

  it("narrows by the session policy and never widens by it", () => {
    expect(ask(session([allow({ Action: "kinesis:*" })], [allow()]).principal)).to.equal("allowed");
    expect(ask(session([allow({ Action: "kinesis:*" })], [allow({ Action: "kinesis:Get*" })]).principal)).to.match(
      / because no session policy allows the kinesis:PutRecord action$/,
    );
    expect(ask(session([], [allow()]).principal)).to.match(/ because no identity-based policy allows/);
    expect(ask(session([allow()], [allow({ Effect: "Deny" })]).principal)).to.match(
      / with an explicit deny in a session policy$/,
    );
  });

  it("needs both sides across accounts", () => {
    const request = { resource: FOREIGN_STREAM };
    const granted = session([allow({ Resource: FOREIGN_STREAM })]).principal;
    const names = (AWS: string) => resourcePolicy(allow({ Principal: { AWS }, Resource: FOREIGN_STREAM }));
    expect(ask(granted, request)).to.match(/ because no resource-based policy allows/);
    expect(ask(granted, { ...request, resourcePolicy: names(granted.roleArn ?? "") })).to.equal("allowed");
    expect(ask(granted, { ...request, resourcePolicy: names(OWN) })).to.equal("allowed");
    expect(ask(granted, { ...request, resourcePolicy: names(`arn:aws:iam::${OTHER}:root`) })).to.match(
      /no resource-based/,
    );
    const without = session([]).principal;
    expect(ask(without, { ...request, resourcePolicy: names(without.roleArn ?? "") })).to.match(/no identity-based/);
  });

  it("takes a resource policy that names the caller as enough within the account, and one that names the account as not", () => {
    const { principal } = session([]);
    const names = (AWS: string) => resourcePolicy(allow({ Principal: { AWS } }));
    expect(ask(principal, { resourcePolicy: names(principal.roleArn ?? "") })).to.equal("allowed");
    expect(ask(principal, { resourcePolicy: names(principal.arn) })).to.equal("allowed");
    expect(ask(principal, { resourcePolicy: names(OWN) })).to.match(/no identity-based/);
    const narrowed = session([], [allow({ Action: "kinesis:Get*" })]).principal;
    expect(ask(narrowed, { resourcePolicy: names(narrowed.roleArn ?? "") })).to.match(/no session policy/);
  });

  it("denies whom a NotPrincipal leaves out, and a role or an account that it names without the other", () => {
    const { principal } = session([allow()]);
    const role = principal.roleArn ?? "";
    const root = `arn:aws:iam::${OWN}:root`;
    const denied = (...AWS: string[]) =>
      ask(principal, {
        resourcePolicy: resourcePolicy({ ...allow({ Effect: "Deny" }), NotPrincipal: { AWS } }),
      });
    expect(denied(role, root)).to.equal("allowed");
    expect(denied(principal.arn, root)).to.equal("allowed");
    expect(denied(role)).to.match(/explicit deny in a resource-based policy/);
    expect(denied(root)).to.match(/explicit deny in a resource-based policy/);
    expect(denied("*")).to.equal("allowed");
  });

  it("lets a service and an anonymous caller do only what a resource policy says", () => {
    const gateway: Principal = { kind: "service", accountId: "", arn: "apigateway.amazonaws.com", userId: "" };
    const anonymous: Principal = { kind: "anonymous", accountId: "", arn: "anonymous", userId: "" };
    const forService = resourcePolicy(allow({ Principal: { Service: "apigateway.amazonaws.com" } }));
    const forAll = resourcePolicy(allow({ Principal: "*" }));
    expect(ask(gateway)).to.match(/no resource-based/);
    expect(ask(gateway, { resourcePolicy: forService })).to.equal("allowed");
    expect(ask({ ...gateway, arn: "lambda.amazonaws.com" }, { resourcePolicy: forService })).to.match(
      /no resource-based/,
    );
    expect(ask(anonymous, { resourcePolicy: forService })).to.match(/^User: anonymous is not authorized/);
    expect(ask(anonymous, { resourcePolicy: forAll })).to.equal("allowed");
  });

  it("gives the sessions of a role that was made again nothing", () => {
    const { principal } = session([allow()]);
    expect(ask({ ...principal, userId: "AROAOLD:test" })).to.match(/no identity-based/);
  });

  describe("conditions", () => {
    const context = {
      "s3:prefix": "parked/2026",
      "sts:ExternalId": ["a", "b"],
      "s3:max-keys": "10",
      "sts:RoleSessionName": "cGFya2Vk",
      "aws:SourceArn": STREAM,
      "aws:SourceIp": "10.1.2.3",
    };
    const test = (Condition: PolicyStatement["Condition"]) =>
      ask(session([allow({ Condition })]).principal, { context }) === "allowed";

    const cases: readonly [string, string, string | string[], boolean][] = [
      ["StringEquals", "s3:prefix", "parked/2026", true],
      ["StringEquals", "S3:PREFIX", ["x", "parked/2026"], true],
      ["StringEquals", "s3:prefix", "Parked/2026", false],
      ["StringEquals", "s3:prefix", "parked/*", false],
      ["StringEqualsIgnoreCase", "s3:prefix", "Parked/2026", true],
      ["StringNotEquals", "s3:prefix", "parked/2026", false],
      ["StringNotEquals", "s3:prefix", ["a", "b"], true],
      ["StringNotEquals", "s3:delimiter", "a", true],
      ["StringEquals", "s3:delimiter", "a", false],
      ["StringEqualsIfExists", "s3:delimiter", "a", true],
      ["StringLike", "s3:prefix", "parked/????", true],
      ["StringNotLike", "s3:prefix", "parked/*", false],
      ["ArnEquals", "aws:SourceArn", `arn:aws:kinesis:*:${OWN}:stream/*`, true],
      ["ArnLike", "aws:SourceArn", `arn:aws:kinesis:us-east-1:${OTHER}:*`, false],
      ["ArnNotLike", "aws:SourceArn", `arn:aws:kinesis:us-east-1:${OTHER}:*`, true],
      ["NumericLessThanEquals", "s3:max-keys", "10", true],
      ["NumericLessThan", "s3:max-keys", "10", false],
      ["NumericGreaterThan", "s3:max-keys", "9", true],
      ["IpAddress", "aws:SourceIp", "10.1.0.0/16", true],
      ["NotIpAddress", "aws:SourceIp", ["10.2.0.0/16", "10.1.2.3"], false],
      ["Bool", "aws:SecureTransport", "true", true],
      ["Bool", "aws:SecureTransport", "false", false],
      ["Null", "s3:delimiter", "true", true],
      ["Null", "s3:prefix", "true", false],
      ["Null", "s3:prefix", "false", true],
      ["DateGreaterThan", "aws:CurrentTime", "2026-05-31T23:59:59Z", true],
      ["DateLessThan", "aws:CurrentTime", "2026-05-31T23:59:59Z", false],
      ["DateGreaterThan", "aws:EpochTime", String(NOW / 1000 - 1), true],
      ["DateGreaterThan", "s3:prefix", "2026-05-31T23:59:59Z", false],
      ["DateLessThan", "s3:prefix", "2026-05-31T23:59:59Z", false],
      ["BinaryEquals", "s3:delimiter", "YQ==", false],
      ["BinaryEquals", "s3:prefix", "cGFya2Vk", false],
      ["BinaryEquals", "sts:RoleSessionName", "cGFya2Vk", true],
      ["BinaryEquals", "sts:RoleSessionName", "cGFya2Vl", false],
      ["ForAnyValue:StringEquals", "sts:ExternalId", "b", true],
      ["ForAnyValue:StringEquals", "sts:ExternalId", "c", false],
      ["ForAllValues:StringEquals", "sts:ExternalId", ["a", "b", "c"], true],
      ["ForAllValues:StringEquals", "sts:ExternalId", "a", false],
      ["ForAllValues:StringEquals", "s3:delimiter", "a", true],
      ["ForAnyValue:StringEquals", "s3:delimiter", "a", false],
      ["StringEquals", "aws:PrincipalAccount", OWN, true],
      ["StringEquals", "aws:ResourceAccount", OWN, true],
      ["StringEquals", "aws:RequestedRegion", "us-east-1", true],
      ["StringEquals", "aws:PrincipalType", "AssumedRole", true],
      ["ArnLike", "aws:PrincipalArn", `arn:aws:iam::${OWN}:role/app/*`, true],
      ["ArnLike", "aws:PrincipalArn", `arn:aws:sts::${OWN}:assumed-role/*`, false],
    ];
    for (const [operator, key, value, expected] of cases) {
      it(`${operator} ${key} ${JSON.stringify(value)} ${expected ? "holds" : "does not hold"}`, () => {
        expect(test({ [operator]: { [key]: value } })).to.equal(expected);
      });
    }

    it("holds only when every operator and every key of it holds", () => {
      expect(test({ StringEquals: { "s3:prefix": "parked/2026", "aws:PrincipalAccount": OWN } })).to.equal(true);
      expect(test({ StringEquals: { "s3:prefix": "parked/2026", "aws:PrincipalAccount": OTHER } })).to.equal(false);
      expect(test({ StringEquals: { "s3:prefix": "parked/2026" }, Bool: { "aws:SecureTransport": false } })).to.equal(
        false,
      );
    });
  });
});
