import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { policyJson, tlsOnlyBucketPolicyJson, trustJson } from "../../../components/iam/policy.ts";
import { resolved } from "../../support/mocks.ts";

const parsed = async (json: pulumi.Output<string>) => JSON.parse(await resolved(json)) as unknown;

describe("IAM policy builders", () => {
  it("names actions, resources and conditions, and leaves out conditions where there are none", async () => {
    const policy = policyJson([
      { sid: "Read", actions: ["s3:GetObject"], resources: [pulumi.output("arn:aws:s3:::a/b")] },
      {
        sid: "Find",
        actions: ["s3:ListBucket"],
        resources: ["arn:aws:s3:::a"],
        conditions: { StringEquals: { "s3:ResourceAccount": pulumi.output("111111111111") } },
      },
    ]);
    expect(await parsed(policy)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a/b"] },
        {
          Sid: "Find",
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: ["arn:aws:s3:::a"],
          Condition: { StringEquals: { "s3:ResourceAccount": "111111111111" } },
        },
      ],
    });
  });

  it("keeps a policy with a secret in it a secret", async () => {
    const policy = trustJson({
      sid: "One",
      principal: { AWS: "arn:aws:iam::111111111111:root" },
      conditions: { StringEquals: { "sts:ExternalId": pulumi.secret("hidden") } },
    });
    expect(await pulumi.isSecret(policy)).to.equal(true);
  });

  it("forbids where a statement says so", async () => {
    const policy = policyJson([{ sid: "No", effect: "Deny", actions: ["s3:GetObject"], resources: ["*"] }]);
    expect(await parsed(policy)).to.deep.equal({
      Version: "2012-10-17",
      Statement: [{ Sid: "No", Effect: "Deny", Action: ["s3:GetObject"], Resource: ["*"] }],
    });
  });

  it("refuses requests without TLS on a bucket and on what is in it", async () => {
    expect(await parsed(tlsOnlyBucketPolicyJson("arn:aws:s3:::a"))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "RefuseWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::a", "arn:aws:s3:::a/*"],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
});
