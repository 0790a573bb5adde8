import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { UNKNOWN } from "../../../../local/resource-types/wire-values.ts";
import { ProviderStage } from "../../../support/provider-stage.ts";

const ACCOUNT = "111111111111";
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const policy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "kinesis:PutRecord", Resource: "*" }],
};

describe("IAM, when arguments are checked,", () => {
  let stage: ProviderStage;
  beforeEach(async () => {
    stage = await ProviderStage.start();
  });
  afterEach(() => stage.close());

  const failures = async (token: string, inputs: Properties) => {
    const urn = `urn:pulumi:dev::stage::${token}::thing`;
    const checked = await stage.provider.check({ urn, news: inputs });
    return checked.failures.map(({ property, reason }) => `${property}: ${reason}`);
  };
  const long = (count: number) => ({
    Version: "2012-10-17",
    Statement: Array.from({ length: count }, (_, index) => ({
      Effect: "Allow",
      Action: "kinesis:PutRecord",
      Resource: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${"x".repeat(50)}${index}`,
    })),
  });

  it("says all that is wrong with a role at once", async () => {
    const inputs = {
      name: "a b",
      path: "app",
      assumeRolePolicy: "{",
      description: "it’s",
      maxSessionDuration: 60,
      inlinePolicies: [{ name: "one", policy: trust }, { name: "two" }],
      managedPolicyArns: ["AdministratorAccess"],
      tags: { "aws:x": "1", Team: "a", team: "b" },
      permissionsBoundary: "AdministratorAccess",
    };
    const told = await failures("aws:iam/role:Role", inputs);
    expect(told.map((line) => line.split(": ")[0]).sort()).to.deep.equal([
      "assumeRolePolicy",
      "description",
      "inlinePolicies[0].policy",
      "inlinePolicies[1].policy",
      "managedPolicyArns[0]",
      "maxSessionDuration",
      "name",
      "path",
      "permissionsBoundary",
      "tags.team",
      'tags["aws:x"]',
    ]);
    expect(told).to.include.members([
      "assumeRolePolicy: This policy contains invalid Json",
      "inlinePolicies[0].policy: Policy document should not specify a principal.",
      "maxSessionDuration: must be 3,600 to 43,200 seconds",
      "tags.team: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    ]);
  });

  it("refuses managed policies of AWS that are not known here, by name, and those of another partition", async () => {
    const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const arn = "arn:aws:iam::aws:policy/PowerUserAccess";
    const unknown =
      `The local cloud does not support the AWS managed policy ${arn}: its document is not known here. If AWS has it, ` +
      "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html shows the document; write " +
      "that into a policy of your own. It supports: AdministratorAccess, ";
    const [told = "", ...others] = await failures(attachment, { role: "writer", policyArn: arn });
    expect([told.startsWith(`policyArn: ${unknown}`), others]).to.deep.equal([true, []], told);
    // In the first preview the role's name is not known yet.
    expect(await failures(attachment, { role: UNKNOWN, policyArn: arn })).to.deep.equal([told]);
    const role = { assumeRolePolicy: trust, managedPolicyArns: [arn], permissionsBoundary: arn };
    const ofRole = await failures("aws:iam/role:Role", role);
    expect(ofRole.map((line) => line.slice(0, line.indexOf(unknown)))).to.deep.equal([
      "managedPolicyArns[0]: ",
      "permissionsBoundary: ",
    ]);
    const ofGovCloud = "arn:aws-us-gov:iam::aws:policy/AdministratorAccess";
    expect(await failures(attachment, { role: "writer", policyArn: ofGovCloud })).to.deep.equal([
      `policyArn: ${ofGovCloud} is a policy of the partition aws-us-gov, and the account is in aws: write arn:aws:iam::aws:policy/AdministratorAccess`,
    ]);
    expect(await failures(attachment, { role: "writer", policyArn: UNKNOWN })).to.deep.equal([]);
  });

  it("knows how large policies may be, alone and together, and how many a role may have", async () => {
    const role = { assumeRolePolicy: trust };
    const arns = Array.from({ length: 11 }, (_, index) => `arn:aws:iam::${ACCOUNT}:policy/p${index}`);
    const inlinePolicies = ["a", "b"].map((name) => ({ name, policy: long(40) }));
    expect(await failures("aws:iam/role:Role", { ...role, inlinePolicies, managedPolicyArns: arns })).to.deep.equal([
      "managedPolicyArns: Cannot exceed quota for PoliciesPerRole: 10",
      "inlinePolicies: Maximum policy size of 10240 bytes exceeded for a role",
    ]);
    const trustsMany = {
      ...trust,
      Statement: Array.from({ length: 20 }, (_, index) => ({ ...trust.Statement[0], Sid: `Statement${index}` })),
    };
    expect(await failures("aws:iam/role:Role", { assumeRolePolicy: trustsMany })).to.deep.equal([
      "assumeRolePolicy: Cannot exceed quota for ACLSizePerRole: 2048",
    ]);
    expect(await failures("aws:iam/policy:Policy", { policy: long(60) })).to.deep.equal([
      "policy: Cannot exceed quota for PolicySize: 6144",
    ]);
    expect(await failures("aws:iam/policy:Policy", { policy: JSON.stringify(long(35), null, 8) })).to.deep.equal([]);
    expect(await failures("aws:iam/rolePolicy:RolePolicy", { role: "writer", policy: long(100) })).to.deep.equal([
      "policy: Maximum policy size of 10240 bytes exceeded for a role",
    ]);
  });

  it("wants a role by its name and a policy by its ARN", async () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/writer`;
    expect(await failures("aws:iam/rolePolicy:RolePolicy", { role: arn, policy })).to.deep.equal([
      "role: must be the role's name, not its ARN: such as role.name instead of role.arn",
    ]);
    expect(
      await failures("aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "a/b", policyArn: arn }),
    ).to.deep.equal([
      "role: must be a role's name: 1 to 64 characters of [\\w+=,.@-]",
      "policyArn: must be the ARN of a policy",
    ]);
  });

  it("counts the provider's default tags among a role's", async () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, ""]));
    expect(await failures("aws:iam/role:Role", { assumeRolePolicy: trust, tags })).to.deep.equal([
      "tags: with the provider's defaultTags: has 51 tags; a resource has at most 50: remove some",
    ]);
  });

  it("says nothing of a policy that a preview does not know all of", async () => {
    const inputs = { assumeRolePolicy: { Statement: [{ Effect: UNKNOWN }] } };
    const urn = "urn:pulumi:dev::stage::aws:iam/role:Role::thing";
    const checked = await stage.provider.check({ urn, news: inputs });
    expect(checked.failures).to.deep.equal([]);
    expect(checked.inputs["assumeRolePolicy"]).to.equal(UNKNOWN);
  });
});
