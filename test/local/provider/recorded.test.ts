import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { ProviderStage } from "../../support/provider-stage.ts";
import { STAGE_ACCOUNT } from "../../support/service-stage.ts";

describe("the trace of a provider's operations", () => {
  let stage: ProviderStage;
  beforeEach(async () => {
    stage = await ProviderStage.start();
  });
  afterEach(() => stage.close());

  const token = "aws:sqs/queue:Queue";
  const records = () => stage.cloud.trace.records().filter(({ call }) => call.startsWith("pulumi:"));
  const calls = () => records().map(({ call, outcome }) => `${call} ${outcome}`);

  it("has one record for each create, update and delete: principal, type and outcome", async () => {
    const { urn, id, inputs, outputs } = await stage.make(token, { name: "jobs" });
    const news = await stage.check(urn, { name: "jobs", delaySeconds: 5 }, inputs);
    const updated = await stage.provider.update({ urn, id, olds: outputs, oldInputs: inputs, news });
    await stage.provider.delete({ urn, id, properties: updated.properties });
    expect(calls()).to.deep.equal(["pulumi:create ok", "pulumi:update ok", "pulumi:delete ok"]);
    const [created] = records();
    expect(created).to.deep.include({
      accountId: STAGE_ACCOUNT,
      principal: stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator.principal.arn,
      authorizations: [],
      decision: "not evaluated",
      facts: { type: token, urn },
    });
  });

  it("has the error code of a failure, and nothing of a preview", async () => {
    await stage.make(token, { name: "jobs" });
    await failureOf(stage.make(token, { name: "jobs" }, "same"));
    const urn = stage.urn(token, "planned");
    await stage.provider.create({ urn, properties: await stage.check(urn, { name: "planned" }), preview: true });
    expect(calls()).to.deep.equal(["pulumi:create ok", "pulumi:create QueueNameExists"]);
  });
});
