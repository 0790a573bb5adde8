import { expect } from "chai";
import { SIGNATURE_KEY, Signature } from "../../../local/resource-types/wire-values.ts";
import { ProviderStage } from "../../support/provider-stage.ts";

const ROLE = "aws:iam/role:Role";
const secret = (value: unknown) => ({ [SIGNATURE_KEY]: Signature.Secret, value });
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const trust = document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } });
const policy = (bucket: string) =>
  document({ Effect: "Allow", Action: "s3:ListBucket", Resource: `arn:aws:s3:::${bucket}` });

describe("a secret in a list", () => {
  let stage: ProviderStage;
  beforeEach(async () => {
    stage = await ProviderStage.start();
  });
  afterEach(() => stage.close());

  const make = () =>
    stage.make(ROLE, {
      name: "job",
      assumeRolePolicy: trust,
      inlinePolicies: [
        { name: "b", policy: policy("plain") },
        { name: "c", policy: secret(policy("hidden")) },
      ],
    });

  it("keeps its mark where it is when the list is the same", async () => {
    const { urn, id, inputs, outputs } = await make();
    const read = await stage.provider.read({ urn, id, properties: outputs, inputs });
    expect(read.inputs).to.deep.equal(inputs);
    expect(JSON.stringify(read)).to.contain("hidden");
  });

  it("marks the whole list as secret when it has changed, as the element's index may differ", async () => {
    const { urn, id, inputs, outputs } = await make();
    const PolicyDocument = policy("added");
    await stage.call("iam", "PutRolePolicy", { RoleName: "job", PolicyName: "a", PolicyDocument });
    const read = await stage.provider.read({ urn, id, properties: outputs, inputs });
    expect(read.inputs["inlinePolicies"]).to.have.keys(SIGNATURE_KEY, "value");
    expect(read.properties["inlinePolicies"]).to.have.keys(SIGNATURE_KEY, "value");
  });
});
