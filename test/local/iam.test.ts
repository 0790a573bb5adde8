import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { ClockMode } from "../../local/clock.ts";
import { Cloud } from "../../local/cloud.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import type { Properties, ResourceContext } from "../../local/provider/resource-type.ts";
import { resourceTypes } from "../../local/services/iam/resources.ts";

const ACCOUNT = "111111111111";
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "kinesis:PutRecord", Resource: "*" }],
};

describe("IAM", () => {
  let cloud: Cloud;
  let context: ResourceContext;

  beforeEach(() => {
    cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
    cloud.accounts.ensure(ACCOUNT);
    context = {
      cloud,
      accountId: ACCOUNT,
      region: "us-east-1",
      partition: "aws",
      urn: "",
      defaultTags: { project: "tributary" },
    };
  });

  afterEach(() => cloud.close());

  function type(token: string) {
    const found = resourceTypes.find((one) => one.token === token);
    if (!found) throw new Error(`no type ${token}`);
    return found;
  }
  const roleType = () => type("aws:iam/role:Role");
  const create = async (token: string, inputs: Properties) =>
    type(token).create(type(token).inputs.parse(inputs) as Properties, context);
  const makeRole = (more: Properties = {}) =>
    create("aws:iam/role:Role", { name: "writer", path: "/app/", assumeRolePolicy: trust, ...more });
  const failure = async (work: () => unknown): Promise<string> => {
    try {
      await work();
      return "no failure";
    } catch (error) {
      return String(error);
    }
  };

  it("makes a role with its computed properties", async () => {
    const { id, outputs } = await makeRole({ tags: { team: "data" } });
    expect(id).to.equal("writer");
    expect(outputs).to.deep.include({
      arn: `arn:aws:iam::${ACCOUNT}:role/app/writer`,
      assumeRolePolicy: JSON.stringify(trust),
      createDate: "2026-01-02T03:04:05Z",
      maxSessionDuration: 3600,
      name: "writer",
      path: "/app/",
      tags: { team: "data" },
      tagsAll: { project: "tributary", team: "data" },
    });
    expect(outputs["uniqueId"]).to.match(/^AROA[A-Z2-7]{17}$/);
  });

  it("refuses a second role of the same name, in whatever case and path", async () => {
    await makeRole();
    expect(await failure(() => makeRole({ name: "WRITER", path: "/" }))).to.equal(
      "EntityAlreadyExists: Role with name WRITER already exists.",
    );
  });

  it("refuses arguments that it does not have, by name", () => {
    for (const argument of ["permissionsBoundary", "inlinePolicies", "namePrefix"]) {
      const parsed = roleType().inputs.safeParse({ name: "a", assumeRolePolicy: trust, [argument]: "x" });
      expect(JSON.stringify(parsed.error?.issues)).to.include(`"${argument}"`);
    }
  });

  it("refuses a trust policy that names a role which does not exist, and takes it once it does", async () => {
    const named = (name: string) => ({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/${name}` }, Action: "sts:AssumeRole" },
      ],
    });
    expect(await failure(() => makeRole({ name: "b", assumeRolePolicy: named("app/writer") }))).to.equal(
      `MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::${ACCOUNT}:role/app/writer"`,
    );
    await makeRole();
    expect((await makeRole({ name: "b", assumeRolePolicy: named("app/writer") })).id).to.equal("b");
  });

  it("tells a policy that cannot be read at check, before anything is made", () => {
    const inputs = roleType().inputs.parse({ name: "a", assumeRolePolicy: "{" }) as Properties;
    expect(roleType().check?.(inputs, context)).to.deep.equal([
      { property: "assumeRolePolicy", reason: "This policy contains invalid Json" },
    ]);
  });

  it("gives a role what its inline policy says, from the moment it is put until it is deleted", async () => {
    await makeRole();
    const { id, outputs } = await create("aws:iam/rolePolicy:RolePolicy", { name: "put", role: "writer", policy });
    const role = cloud.services.iam.role(ACCOUNT, "writer");
    expect(id).to.equal("writer:put");
    expect(outputs["policy"]).to.equal(JSON.stringify(policy));
    expect(role.policies()).to.deep.equal([policy]);
    await type("aws:iam/rolePolicy:RolePolicy").delete(id, outputs, context);
    expect(role.policies()).to.deep.equal([]);
  });

  it("refuses to delete a role that has policies, unless told to detach them", async () => {
    const { id, outputs } = await makeRole();
    await create("aws:iam/rolePolicy:RolePolicy", { name: "put", role: "writer", policy });
    expect(await failure(() => roleType().delete(id, outputs, context))).to.equal(
      "DeleteConflict: Cannot delete entity, must delete policies first.",
    );
    await roleType().delete(id, { ...outputs, forceDetachPolicies: true }, context);
    expect(await roleType().read(id, outputs, context)).to.equal(undefined);
  });

  it("attaches policies of the account and of AWS, and says which AWS ones there are", async () => {
    await makeRole();
    const { id } = await create("aws:iam/policy:Policy", { name: "shared", policy });
    expect(id).to.equal(`arn:aws:iam::${ACCOUNT}:policy/shared`);
    await create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "writer", policyArn: id });
    const awsPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    await create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "writer", policyArn: awsPolicy });
    expect([...cloud.services.iam.role(ACCOUNT, "writer").attachedPolicies().keys()]).to.deep.equal([id, awsPolicy]);
    const unknown = "arn:aws:iam::aws:policy/PowerUserAccess";
    expect(
      await failure(() =>
        create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "writer", policyArn: unknown }),
      ),
    ).to.match(/^NoSuchEntity: Policy .*PowerUserAccess does not exist.*The local cloud has: AdministratorAccess/);
  });

  it("refuses inline policies of more than 10,240 characters together", async () => {
    await makeRole();
    const role = cloud.services.iam.role(ACCOUNT, "writer");
    const long = (count: number) => ({
      Version: "2012-10-17",
      Statement: Array.from({ length: count }, (_, index) => ({
        Effect: "Allow",
        Action: "kinesis:PutRecord",
        Resource: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${"x".repeat(50)}${index}`,
      })),
    });
    cloud.services.iam.putRolePolicy(role, "one", long(50));
    expect(await failure(() => cloud.services.iam.putRolePolicy(role, "two", long(20)))).to.equal(
      "LimitExceeded: Maximum policy size of 10240 bytes exceeded for role writer",
    );
    cloud.services.iam.putRolePolicy(role, "one", long(20));
  });

  it("answers an SDK's questions about roles and their policies", async () => {
    await makeRole({ description: "writes <events> & more", tags: { team: "data" } });
    await create("aws:iam/rolePolicy:RolePolicy", { name: "put", role: "writer", policy });
    for (const name of ["a", "b", "c"]) await makeRole({ name });
    const door = new FrontDoor(cloud);
    const { endpointUrl: endpoint } = await door.listen();
    const { credentials } = cloud.accounts.ensure(ACCOUNT).administrator;
    const client = new IAMClient({ endpoint, region: "us-east-1", credentials });
    try {
      const { Role } = await client.send(new GetRoleCommand({ RoleName: "writer" }));
      expect(Role).to.deep.include({
        Arn: `arn:aws:iam::${ACCOUNT}:role/app/writer`,
        Description: "writes <events> & more",
        MaxSessionDuration: 3600,
        Tags: [
          { Key: "project", Value: "tributary" },
          { Key: "team", Value: "data" },
        ],
      });
      expect(Role?.CreateDate?.toISOString()).to.equal("2026-01-02T03:04:05.000Z");
      expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""))).to.deep.equal(trust);
      const { PolicyNames } = await client.send(new ListRolePoliciesCommand({ RoleName: "writer" }));
      expect(PolicyNames).to.deep.equal(["put"]);
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName: "writer", PolicyName: "put" }));
      expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ""))).to.deep.equal(policy);
      const first = await client.send(new ListRolesCommand({ MaxItems: 3 }));
      expect(first.Roles?.map((role) => role.RoleName)).to.deep.equal(["a", "b", "c"]);
      expect(first.IsTruncated).to.equal(true);
      const second = await client.send(new ListRolesCommand({ MaxItems: 3, Marker: first.Marker }));
      expect(second.Roles?.map((role) => role.RoleName)).to.deep.equal(["writer"]);
      const missing = await failure(() => client.send(new GetRoleCommand({ RoleName: "nobody" })));
      expect(missing).to.match(/^NoSuchEntity.*: The role with name nobody cannot be found\.$/);
    } finally {
      client.destroy();
      await door.close();
    }
  });
});
