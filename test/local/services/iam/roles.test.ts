import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { ClockMode } from "../../../../local/kernel/clock.ts";
import { LocalProvider } from "../../../../local/provider/local-provider.ts";
import type { Properties, ResourceContext } from "../../../../local/resource-types/resource-type.ts";

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
  let provider: LocalProvider;

  beforeEach(async () => {
    cloud = new Cloud({ clockMode: ClockMode.Manual, startAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
    cloud.accounts.ensure(ACCOUNT);
    context = {
      store: undefined,
      principal: cloud.accounts.ensure(ACCOUNT).administrator.principal,
      accountId: ACCOUNT,
      region: "us-east-1",
      partition: "aws",
      urn: "",
      defaultTags: { project: "tributary" },
    };
    provider = new LocalProvider({ cloud });
    const defaultTags = { tags: context.defaultTags };
    await provider.configure({ args: { region: context.region, allowedAccountIds: [ACCOUNT], defaultTags } });
  });

  afterEach(() => cloud.close());

  function type(token: string) {
    const found = cloud.registry.resourceTypes.get(token);
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
    for (const argument of ["namePrefix"]) {
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

  it("gives a role what its inline policy says, from the moment it is put until it is deleted", async () => {
    await makeRole();
    const { id, outputs } = await create("aws:iam/rolePolicy:RolePolicy", { name: "put", role: "writer", policy });
    const role = cloud.services.iam.store.requireRole(ACCOUNT, "writer");
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

  it("attaches policies of the account and of AWS", async () => {
    await makeRole();
    const { id } = await create("aws:iam/policy:Policy", { name: "shared", policy });
    expect(id).to.equal(`arn:aws:iam::${ACCOUNT}:policy/shared`);
    await create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "writer", policyArn: id });
    const awsPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    await create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "writer", policyArn: awsPolicy });
    expect([...cloud.services.iam.store.requireRole(ACCOUNT, "writer").attachedPolicies().keys()]).to.deep.equal([
      id,
      awsPolicy,
    ]);
  });

  it("refuses inline policies of more than 10,240 characters together", async () => {
    await makeRole();
    const role = cloud.services.iam.store.requireRole(ACCOUNT, "writer");
    const long = (count: number) => ({
      Version: "2012-10-17",
      Statement: Array.from({ length: count }, (_, index) => ({
        Effect: "Allow",
        Action: "kinesis:PutRecord",
        Resource: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${"x".repeat(50)}${index}`,
      })),
    });
    cloud.services.iam.store.putRolePolicy(role, "one", long(50));
    expect(await failure(() => cloud.services.iam.store.putRolePolicy(role, "two", long(20)))).to.equal(
      "LimitExceeded: Maximum policy size of 10240 bytes exceeded for role writer",
    );
    cloud.services.iam.store.putRolePolicy(role, "one", long(20));
  });

  it("refuses to delete a policy that a role has, and a second one of its name in whatever case and path", async () => {
    await makeRole();
    const { id, outputs } = await create("aws:iam/policy:Policy", { name: "shared", policy });
    const attachment = { role: "writer", policyArn: id };
    const attached = await create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", attachment);
    const deletion = () => type("aws:iam/policy:Policy").delete(id, outputs, context);
    expect(await failure(deletion)).to.equal("DeleteConflict: Cannot delete a policy attached to entities.");
    expect(await failure(() => create("aws:iam/policy:Policy", { name: "SHARED", path: "/app/", policy }))).to.equal(
      "EntityAlreadyExists: A policy called SHARED already exists. Duplicate names are not allowed.",
    );
    await type("aws:iam/rolePolicyAttachment:RolePolicyAttachment").delete(attached.id, attachment, context);
    expect(await failure(deletion)).to.equal("no failure");
    expect(await type("aws:iam/policy:Policy").read(id, outputs, context)).to.equal(undefined);
  });

  it("takes the policies that the state knows of along with a role, as the real provider does", async () => {
    const { id, outputs } = await makeRole();
    await create("aws:iam/rolePolicy:RolePolicy", { name: "put", role: "writer", policy });
    const refreshed = (await roleType().read(id, outputs, context)) as Properties;
    expect(refreshed["inlinePolicies"]).to.deep.equal([{ name: "put", policy: JSON.stringify(policy) }]);
    await roleType().delete(id, refreshed, context);
    expect(await roleType().read(id, outputs, context)).to.equal(undefined);
  });

  it("makes no role when one of its policies cannot be attached", async () => {
    const managedPolicyArns = [`arn:aws:iam::${ACCOUNT}:policy/gone`];
    expect(await failure(() => makeRole({ managedPolicyArns }))).to.equal(
      `NoSuchEntity: Policy ${managedPolicyArns[0]} does not exist or is not attachable.`,
    );
    expect(cloud.services.iam.store.listRoles(ACCOUNT)).to.deep.equal([]);
  });

  it("takes away what the state knows of a role's policies and the program does not list, and nothing else", async () => {
    const inlinePolicies = [{ name: "kept", policy }];
    const made = await makeRole({ inlinePolicies, managedPolicyArns: [] });
    const role = cloud.services.iam.store.requireRole(ACCOUNT, "writer");
    cloud.services.iam.store.putRolePolicy(role, "known", policy);
    const olds = (await roleType().read("writer", made.outputs, context)) as Properties;
    cloud.services.iam.store.putRolePolicy(role, "unknown", policy);
    const awsPolicy = "arn:aws:iam::aws:policy/AdministratorAccess";
    cloud.services.iam.store.attachRolePolicy(role, awsPolicy);
    const inputs = { name: "writer", assumeRolePolicy: trust, inlinePolicies, managedPolicyArns: [] };
    await roleType().update("writer", roleType().inputs.parse(inputs) as Properties, olds, context);
    expect([...role.inlinePolicies().keys()]).to.deep.equal(["kept", "unknown"]);
    expect([...role.attachedPolicies().keys()]).to.deep.equal([awsPolicy]);
  });

  it("keeps five versions of a policy, the last of them in force for the roles that have it", async () => {
    await makeRole();
    const { id, outputs } = await create("aws:iam/policy:Policy", { name: "shared", policy });
    await create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "writer", policyArn: id });
    const says = (action: string) => ({ ...policy, Statement: [{ ...policy.Statement[0], Action: action }] });
    for (const action of ["s3:a", "s3:b", "s3:c", "s3:d", "s3:e", "s3:e"]) {
      const inputs = type("aws:iam/policy:Policy").inputs.parse({ name: "shared", policy: says(action) });
      await type("aws:iam/policy:Policy").update(id, inputs as Properties, outputs, context);
    }
    const versions = cloud.services.iam.store.findPolicy(id)?.versions() ?? [];
    expect(versions.map((version) => version.id)).to.deep.equal(["v2", "v3", "v4", "v5", "v6"]);
    expect(cloud.services.iam.store.requireRole(ACCOUNT, "writer").policies()).to.deep.equal([says("s3:e")]);
    await roleType().delete("writer", { forceDetachPolicies: true }, context);
    await type("aws:iam/policy:Policy").delete(id, outputs, context);
    expect(cloud.services.iam.store.findPolicy(id)).to.equal(undefined);
  });

  it("puts a default tag back that somebody took away, and leaves alone one that is also the role's own", async () => {
    const urn = "urn:pulumi:dev::stage::aws:iam/role:Role::writer";
    const news = { name: "writer", assumeRolePolicy: trust, tags: { team: "data", project: "tributary" } };
    const { inputs } = await provider.check({ urn, news });
    const { id, properties: olds } = await provider.create({ urn, properties: inputs });
    const role = cloud.services.iam.store.requireRole(ACCOUNT, "writer");
    expect(role.tags).to.deep.equal({ project: "tributary", team: "data" });
    expect((await provider.read({ urn, id, properties: olds, inputs })).inputs).to.deep.equal(inputs);
    const without = { ...inputs, tags: { team: "data" } };
    const updated = await provider.update({ urn, id, olds, oldInputs: inputs, news: without });
    role.tags = { team: "data" };
    const read = await provider.read({ urn, id, properties: updated.properties, inputs: without });
    expect(read.inputs).to.deep.equal(without);
    const request = { urn, id, olds: read.properties, oldInputs: read.inputs, news: without };
    expect((await provider.diff(request)).diffs).to.deep.equal(["tagsAll"]);
    await provider.update(request);
    expect(role.tags).to.deep.equal({ project: "tributary", team: "data" });
  });
});
