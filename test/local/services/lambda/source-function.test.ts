import { expect } from "chai";
import { assumeForService } from "../../../../local/accounts/service-role.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import { servicePrincipal } from "../../../support/service-principals.ts";
import { accountId, allow, closeClouds, LambdaFixture, region, writeLogs } from "./fixture.ts";
import { makeConsumer, settle } from "./mappings/mapping-fixture.ts";

/** Forbids the function's own code, and nothing that Lambda does by itself. */
const denyCode = (Action: string) => ({
  Effect: "Deny" as const,
  Action,
  Resource: "*",
  Condition: { Null: { "lambda:SourceFunctionArn": "false" } },
});

describe("lambda:SourceFunctionArn", () => {
  afterEach(closeClouds);

  const refusals = (fixture: LambdaFixture) =>
    fixture.cloud.trace
      .records()
      .filter(({ decision }) => decision === "denied")
      .map(({ authorizations }) => authorizations.at(-1)?.action);

  it("is on the requests of a function's code, with the function's ARN, and on those that write its log", async () => {
    const fixture = new LambdaFixture();
    const role = await fixture.role("code-role", [writeLogs, denyCode("logs:PutLogEvents")]);
    await fixture.function("code", "export const handler = async () => process.env.AWS_ACCESS_KEY_ID;", { role });
    const { value } = await fixture.invoke("code");
    await fixture.cloud.clock.whenIdle();
    expect(fixture.cloud.accounts.find(String(value))?.principal.context).to.deep.equal({
      "lambda:SourceFunctionArn": `arn:aws:lambda:${region}:${accountId}:function:code`,
    });
    expect(refusals(fixture)).to.deep.equal(["logs:PutLogEvents"]);
  });

  it("is not on what Lambda does by itself: reading a stream", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture, [denyCode("kinesis:*")]);
    await fixture.mapping({ functionName: "consumer", eventSourceArn: await fixture.stream("events") });
    await fixture.put("events", ["one"]);
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([["one"]]);
    expect(refusals(fixture)).to.deep.equal([]);
  });

  it("keeps code from the network interfaces that Lambda makes with the same role, whatever else allows them", async () => {
    const fixture = new LambdaFixture();
    const roleArn = await fixture.role("network-role", [
      allow("ec2:CreateNetworkInterface", "*"),
      denyCode("ec2:CreateNetworkInterface"),
    ]);
    const as = (sourceFunctionArn?: string) => {
      const { principal } = assumeForService(fixture.cloud, {
        roleArn,
        servicePrincipal: servicePrincipal("lambda.amazonaws.com"),
        sessionName: "session",
        ...(sourceFunctionArn && { context: { "lambda:SourceFunctionArn": sourceFunctionArn } }),
      });
      return mayCreate(fixture, principal);
    };
    expect(as()).to.equal(true);
    expect(as(`arn:aws:lambda:${region}:${accountId}:function:f`)).to.equal(false);
  });
});

function mayCreate({ cloud }: LambdaFixture, principal: Principal): boolean {
  const caller = { principal, accountId, region };
  return cloud.authorizer.evaluate(caller, { action: "ec2:CreateNetworkInterface", resource: "*" }).isAllowed;
}
