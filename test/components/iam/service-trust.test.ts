import { expect } from "chai";
import { ServiceRole, serviceTrustJson, serviceTrusts } from "../../../components/iam/service-trust.ts";
import { PrivateBucket } from "../../../components/private-bucket/private-bucket.ts";
import { record, resolved } from "../../support/mocks.ts";
import { servicePrincipal } from "../../support/service-principals.ts";

/** The trust policies of all roles that services assume. */
async function allTrusts(): Promise<Record<string, unknown>> {
  const run = await record(() => {
    const parent = new PrivateBucket("parent");
    return Object.values(ServiceRole).map((role) => [role, serviceTrustJson(role, parent)] as const);
  });
  const trusts = run.result.map(async ([role, text]) => [role, JSON.parse(await resolved(text)) as unknown] as const);
  return Object.fromEntries(await Promise.all(trusts));
}

const trust = (service: string, more: object = {}) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "AssumedByService",
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      ...more,
    },
  ],
});

describe("roles that an AWS service assumes", () => {
  it("trust the service, for the role's own account where an AWS page shows that condition in that role", async () => {
    const ownAccount = { Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } };
    expect(await allTrusts()).to.deep.equal({
      function: trust("lambda.amazonaws.com", ownAccount),
      delivery: trust("firehose.amazonaws.com"),
      integration: trust("apigateway.amazonaws.com"),
      accessLogs: trust("apigateway.amazonaws.com"),
    });
  });

  it("have each its page of AWS's documentation", () => {
    for (const [role, { page }] of Object.entries(serviceTrusts))
      expect(page, role).to.match(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#[\w-]+)?$/);
  });

  it("ask for nothing that the service does not send in the local cloud either", () => {
    for (const [role, { service, sendsSourceAccount }] of Object.entries(serviceTrusts))
      expect(servicePrincipal(service).sendsSourceAccount, role).to.equal(sendsSourceAccount);
  });
});
