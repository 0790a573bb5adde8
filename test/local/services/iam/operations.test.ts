import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  TagRoleCommand,
  UntagPolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import type { Credentials } from "../../../../local/kernel/principal.ts";

const ACCOUNT = "111111111111";
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" }],
};
const policy = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});
const AssumeRolePolicyDocument = JSON.stringify(trust);
const PolicyDocument = JSON.stringify(policy("kinesis:PutRecord"));
const awsPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const document = (encoded: string | undefined) => JSON.parse(decodeURIComponent(encoded ?? ""));

describe("IAM over the wire", () => {
  let cloud: Cloud;
  let door: FrontDoor;
  let iam: IAMClient;
  const clients: IAMClient[] = [];

  beforeEach(async () => {
    cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
    door = new FrontDoor(cloud);
    await door.listen();
    iam = clientOf(cloud.accounts.ensure(ACCOUNT).administrator.credentials);
    await iam.send(
      new CreateRoleCommand({
        RoleName: "writer",
        Path: "/app/",
        AssumeRolePolicyDocument,
        Description: "writes <events> & more",
        MaxSessionDuration: 7200,
        Tags: [{ Key: "team", Value: "data" }],
      }),
    );
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await door.close();
    await cloud.close();
  });

  function clientOf(credentials: Credentials): IAMClient {
    const client = new IAMClient({ endpoint: cloud.endpointUrl, region: "us-east-1", credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  }
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => "no failure",
      (error: Error) => `${error.name}: ${error.message}`,
    );
  const RoleName = "writer";

  it("makes a role and says what it is", async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).to.deep.include({
      Arn: `arn:aws:iam::${ACCOUNT}:role/app/writer`,
      Path: "/app/",
      Description: "writes <events> & more",
      MaxSessionDuration: 7200,
      Tags: [{ Key: "team", Value: "data" }],
      RoleLastUsed: {},
    });
    // CreateRole's answer does not say how long a session may be.
    const made = await iam.send(
      new CreateRoleCommand({ RoleName: "other", AssumeRolePolicyDocument, MaxSessionDuration: 7200 }),
    );
    expect(made.Role).to.include({ RoleName: "other" }).and.not.have.property("MaxSessionDuration");
    expect(Role?.CreateDate?.toISOString()).to.equal("2026-01-02T03:04:05.000Z");
    expect(document(Role?.AssumeRolePolicyDocument)).to.deep.equal(trust);
    const again = new CreateRoleCommand({ RoleName: "Writer", AssumeRolePolicyDocument });
    expect(await failure(iam.send(again))).to.match(/^EntityAlreadyExists\w*: Role with name Writer already exists\.$/);
  });

  it("lists roles page by page", async () => {
    for (const name of ["a", "b", "c"]) {
      await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
    }
    const first = await iam.send(new ListRolesCommand({ MaxItems: 3 }));
    expect(first.Roles?.map((role) => role.RoleName)).to.deep.equal(["a", "b", "c"]);
    expect(first.IsTruncated).to.equal(true);
    const second = await iam.send(new ListRolesCommand({ MaxItems: 3, Marker: first.Marker }));
    expect(second.Roles?.map((role) => role.RoleName)).to.deep.equal(["writer"]);
    const missing = await failure(iam.send(new GetRoleCommand({ RoleName: "nobody" })));
    expect(missing).to.match(/^NoSuchEntity\w*: The role with name nobody cannot be found\.$/);
  });

  it("changes a role's description, longest session, trust policy and tags", async () => {
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 3600 }));
    await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: "reads" }));
    const PolicyDocument = JSON.stringify({ ...trust, Version: "2008-10-17" });
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    const Tags = [
      { Key: "TEAM", Value: "other" },
      { Key: "owner", Value: "me" },
    ];
    await iam.send(new TagRoleCommand({ RoleName, Tags }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).to.deep.include({ Description: "reads", MaxSessionDuration: 3600, Tags });
    expect(document(Role?.AssumeRolePolicyDocument)).to.include({ Version: "2008-10-17" });
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ["team"] }));
    expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).to.deep.equal([Tags[1]]);
    const trustsNobody = trustOf(`arn:aws:iam::${ACCOUNT}:role/nobody`);
    expect(
      await failure(iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustsNobody }))),
    ).to.match(/^MalformedPolicyDocument\w*: Invalid principal in policy: "AWS":".*role\/nobody"$/);
    const repeated = { Key: "a", Value: "1" };
    expect(
      await failure(iam.send(new TagRoleCommand({ RoleName, Tags: [repeated, { ...repeated, Key: "A" }] }))),
    ).to.match(/^InvalidInput\w*: Duplicate tag keys found/);
  });

  it("puts, reads and deletes inline policies, and deletes a role only without them", async () => {
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "put", PolicyDocument }));
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).to.deep.equal(["put"]);
    const read = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "put" }));
    expect(document(read.PolicyDocument)).to.deep.equal(policy("kinesis:PutRecord"));
    expect(await failure(iam.send(new DeleteRoleCommand({ RoleName })))).to.match(
      /^DeleteConflict\w*: Cannot delete entity, must delete policies first\.$/,
    );
    const deletion = new DeleteRolePolicyCommand({ RoleName, PolicyName: "put" });
    await iam.send(deletion);
    expect(await failure(iam.send(deletion))).to.match(
      /^NoSuchEntity\w*: The role policy with name put cannot be found\.$/,
    );
    await iam.send(new DeleteRoleCommand({ RoleName }));
    expect(cloud.services.iam.store.listRoles(ACCOUNT)).to.deep.equal([]);
  });

  it("attaches and detaches policies of AWS and of the account", async () => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "own", Path: "/app/", PolicyDocument }));
    for (const PolicyArn of [awsPolicy, Policy?.Arn]) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    const attached = async (PathPrefix?: string) =>
      (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName, PathPrefix }))).AttachedPolicies;
    expect(await attached("/app/")).to.deep.equal([{ PolicyName: "own", PolicyArn: Policy?.Arn }]);
    expect(await attached()).to.have.length(2);
    expect(await failure(iam.send(new DeleteRoleCommand({ RoleName })))).to.match(
      /^DeleteConflict\w*: Cannot delete entity, must detach all policies first\.$/,
    );
    expect(await failure(iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn })))).to.match(
      /^DeleteConflict\w*: Cannot delete a policy attached to entities\.$/,
    );
    const detachment = new DetachRolePolicyCommand({ RoleName, PolicyArn: awsPolicy });
    await iam.send(detachment);
    expect(await attached()).to.have.length(1);
    expect(await failure(iam.send(detachment))).to.match(/^NoSuchEntity\w*: Policy .*BasicExecutionRole was not found/);
  });

  it("keeps versions of a policy, one of which is in force for the roles that have it", async () => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: "own", PolicyDocument, Tags: [{ Key: "team", Value: "data" }] }),
    );
    const PolicyArn = Policy?.Arn;
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const change = (action: string, SetAsDefault: boolean) =>
      iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: JSON.stringify(policy(action)), SetAsDefault }),
      );
    const inForce = () => cloud.services.iam.store.requireRole(ACCOUNT, RoleName).policies();
    expect((await change("s3:a", false)).PolicyVersion).to.include({ VersionId: "v2", IsDefaultVersion: false });
    expect(inForce()).to.deep.equal([policy("kinesis:PutRecord")]);
    expect((await change("s3:b", true)).PolicyVersion).to.include({ VersionId: "v3", IsDefaultVersion: true });
    expect(inForce()).to.deep.equal([policy("s3:b")]);
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v2" }));
    expect(inForce()).to.deep.equal([policy("s3:a")]);
    expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).to.deep.include({
      DefaultVersionId: "v2",
      AttachmentCount: 1,
      Tags: [{ Key: "team", Value: "data" }],
    });
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v3" }));
    expect(document(PolicyVersion?.Document)).to.deep.equal(policy("s3:b"));
    expect(await failure(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" })))).to.match(
      /^DeleteConflict\w*: Cannot delete the default version of a policy\.$/,
    );
    await change("s3:c", false);
    await change("s3:d", false);
    expect(await failure(change("s3:e", false))).to.match(/^LimitExceeded\w*: A managed policy can have up to 5/);
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map(({ VersionId }) => VersionId)).to.deep.equal(["v2", "v3", "v4", "v5"]);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(await failure(iam.send(new DeletePolicyCommand({ PolicyArn })))).to.match(
      /^DeleteConflict\w*: This policy has more than one version/,
    );
    for (const VersionId of ["v3", "v4", "v5"]) {
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    }
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    expect((await iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies).to.deep.equal([]);
    expect(await failure(iam.send(new GetPolicyCommand({ PolicyArn })))).to.match(
      /^NoSuchEntity\w*: Policy .* was not/,
    );
  });

  it("tags policies", async () => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "own", PolicyDocument }));
    const PolicyArn = Policy?.Arn;
    const Tags = [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ];
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags }));
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ["a"] }));
    expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).to.deep.equal([Tags[1]]);
  });

  it("lets policies of AWS be read, and not be changed", async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: awsPolicy }));
    expect(Policy).to.include({ PolicyName: "AWSLambdaBasicExecutionRole", Path: "/service-role/" });
    expect(await failure(iam.send(new DeletePolicyCommand({ PolicyArn: awsPolicy })))).to.match(/^AccessDenied/);
  });

  it("has policies of AWS in the version that AWS's page says, and refuses by name those that it does not know", async () => {
    const PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole";
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    expect(Policy).to.include({ DefaultVersionId: "v3" });
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions.map(({ VersionId }) => VersionId)).to.deep.equal(["v3"]);
    const unknown = { PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" };
    const refusal =
      /^NotSupportedByLocalCloud: .*the AWS managed policy arn:aws:iam::aws:policy\/PowerUserAccess: .*not known here/;
    expect(await failure(iam.send(new AttachRolePolicyCommand({ RoleName, ...unknown })))).to.match(refusal);
    expect(await failure(iam.send(new GetPolicyCommand(unknown)))).to.match(refusal);
    const noPolicy = { PolicyArn: `arn:aws:iam::${ACCOUNT}:user/none` };
    expect(await failure(iam.send(new GetPolicyCommand(noPolicy)))).to.match(
      /^InvalidInput\w*: ARN .* is not valid\.$/,
    );
    const PermissionsBoundary = unknown.PolicyArn;
    const bound = iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    expect(await failure(bound)).to.match(refusal);
    const ofGovCloud = "arn:aws-us-gov:iam::aws:policy/AdministratorAccess";
    const attached = iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ofGovCloud }));
    expect(await failure(attached)).to.match(
      /^NoSuchEntity.*: Policy arn:aws-us-gov:.* does not exist or is not attachable/,
    );
  });

  it("asks IAM for each of them", async () => {
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "put", PolicyDocument }));
    const { credentials } = cloud.accounts.issueRoleSession({
      roleArn: `arn:aws:iam::${ACCOUNT}:role/app/writer`,
      roleId: "AROA",
      sessionName: "bare",
      durationSeconds: 900,
    });
    const bare = clientOf(credentials);
    const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/own`;
    const own = `arn:aws:iam::${ACCOUNT}:role/app/writer`;
    const calls = [
      [
        () => bare.send(new CreateRoleCommand({ RoleName: "b", Path: "/x/", AssumeRolePolicyDocument })),
        "CreateRole",
        "role/x/b",
      ],
      [() => bare.send(new DeleteRoleCommand({ RoleName })), "DeleteRole", own],
      [() => bare.send(new UpdateRoleCommand({ RoleName })), "UpdateRole", own],
      [() => bare.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument })), "UpdateAssumeRolePolicy", own],
      [() => bare.send(new TagRoleCommand({ RoleName, Tags: [] })), "TagRole", own],
      [() => bare.send(new UntagRoleCommand({ RoleName, TagKeys: [] })), "UntagRole", own],
      [() => bare.send(new ListRoleTagsCommand({ RoleName })), "ListRoleTags", own],
      [
        () => bare.send(new PutRolePolicyCommand({ RoleName, PolicyName: "put", PolicyDocument })),
        "PutRolePolicy",
        own,
      ],
      [() => bare.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "put" })), "DeleteRolePolicy", own],
      [() => bare.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })), "AttachRolePolicy", own],
      [() => bare.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })), "DetachRolePolicy", own],
      [() => bare.send(new CreatePolicyCommand({ PolicyName: "own", PolicyDocument })), "CreatePolicy", PolicyArn],
      [
        () => bare.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument })),
        "CreatePolicyVersion",
        PolicyArn,
      ],
      [() => bare.send(new GetPolicyCommand({ PolicyArn })), "GetPolicy", PolicyArn],
      [() => bare.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" })), "GetPolicyVersion", PolicyArn],
      [() => bare.send(new DeletePolicyCommand({ PolicyArn })), "DeletePolicy", PolicyArn],
      [() => bare.send(new TagPolicyCommand({ PolicyArn, Tags: [] })), "TagPolicy", PolicyArn],
      [() => bare.send(new UntagPolicyCommand({ PolicyArn, TagKeys: [] })), "UntagPolicy", PolicyArn],
      [() => bare.send(new GetPolicyCommand({ PolicyArn: awsPolicy })), "GetPolicy", awsPolicy],
    ] as const;
    for (const [call, action, resource] of calls) {
      const told = await failure(call());
      expect(told).to.include(`is not authorized to perform: iam:${action} on resource: `).and.to.include(resource);
    }
    expect(cloud.services.iam.store.requireRole(ACCOUNT, RoleName).inlinePolicies().size).to.equal(1);
  });

  it("bounds a role by a policy, and tells of it", async () => {
    const boundaryOf = async () =>
      (await iam.send(new GetRoleCommand({ RoleName: "bound" }))).Role?.PermissionsBoundary;
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "bounds", PolicyDocument }));
    const PolicyArn = Policy?.Arn ?? "";
    await iam.send(
      new CreateRoleCommand({ RoleName: "bound", AssumeRolePolicyDocument, PermissionsBoundary: PolicyArn }),
    );
    expect(await boundaryOf()).to.deep.equal({
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: PolicyArn,
    });
    const usage = async () =>
      (await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.PermissionsBoundaryUsageCount;
    expect(await usage()).to.equal(1);
    expect(await failure(iam.send(new DeletePolicyCommand({ PolicyArn })))).to.match(/^DeleteConflict/);
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: "bound", PermissionsBoundary: awsPolicy }));
    expect((await boundaryOf())?.PermissionsBoundaryArn).to.equal(awsPolicy);
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    const gone = new PutRolePermissionsBoundaryCommand({ RoleName: "bound", PermissionsBoundary: PolicyArn });
    expect(await failure(iam.send(gone))).to.match(/^NoSuchEntity/);
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "bound" }));
    expect(await boundaryOf()).to.equal(undefined);
    const again = new DeleteRolePermissionsBoundaryCommand({ RoleName: "bound" });
    expect(await failure(iam.send(again))).to.match(/^NoSuchEntity/);
  });

  function trustOf(arn: string): string {
    return JSON.stringify({ ...trust, Statement: [{ ...trust.Statement[0], Principal: { AWS: arn } }] });
  }
});
