import { expect } from "chai";
import program from "../../index.ts";
import { record, refusal, resolved } from "../support/mocks.ts";
import { POC, pocOutputs, prodOptions, runProd } from "./committed-stacks.ts";

describe("production's target", () => {
  const explicit = {
    "tributary:targetRoleArn": `arn:aws:iam::${POC}:role/their/writer`,
    "tributary:targetTableName": "their-table",
    "tributary:targetRegion": "eu-west-1",
  };

  it("comes from explicit configuration without reading another stack", async () => {
    const run = await runProd(explicit, {});
    expect(run.of("pulumi:pulumi:StackReference")).to.have.length(0);
    expect(run.named("tributary-replicator-consumer-function").inputs["environment"]).to.deep.nested.include({
      "variables.TARGET_ROLE_ARN": `arn:aws:iam::${POC}:role/their/writer`,
      "variables.TARGET_REGION": "eu-west-1",
      "variables.TARGET_TABLE_NAME": "their-table",
    });
  });

  it("comes from the configured stack, in this one's organization and project", async () => {
    const run = await record(program, {
      ...prodOptions({ "tributary:pocStack": "poc-eu" }),
      stackOutputs: { "organization/tributary/poc-eu": pocOutputs },
    });
    expect(run.of("pulumi:pulumi:StackReference").map(({ inputs }) => inputs["name"])).to.deep.equal([
      "organization/tributary/poc-eu",
    ]);
  });

  it("must have been deployed: a stack without its outputs is refused with what to type, and nothing is made", async () => {
    const { lines, isWithoutStack, resources } = await refusal(program, prodOptions({}, { region: "us-east-1" }));
    expect(lines).to.deep.equal([
      'The stack "organization/tributary/poc" does not have the outputs that this one needs: writerRoleArn, tableName, indexedAttributes, ttlAttribute, ttlSeconds. Deploy it first, with this version of the program: pulumi up --stack poc',
      "If its state cannot be read from here, give tributary:targetRoleArn, tributary:targetTableName and tributary:targetRegion instead.",
    ]);
    expect(isWithoutStack).to.equal(true);
    expect(resources).to.deep.equal([]);
  });

  it("must be in pocAccountId's account", async () => {
    const outputs = { ...pocOutputs, writerRoleArn: "arn:aws:iam::333333333333:role/writer" };
    const { lines, isWithoutStack, resources } = await refusal(program, prodOptions({}, outputs));
    expect(lines).to.deep.equal([
      'The stack "organization/tributary/poc" belongs to account 333333333333, but tributary:pocAccountId is 222222222222. Name the right stack (pulumi config set tributary:pocStack …), or the right account: pulumi config set tributary:pocAccountId 333333333333 --stack prod',
    ]);
    expect(isWithoutStack).to.equal(true);
    expect(resources).to.deep.equal([]);
  });
});

describe("production's gateway", () => {
  it("requires a metered API key, unless public-anyone-may-send", async () => {
    const guarded = await runProd({
      "tributary:gatewayRatePerSecond": "50",
      "tributary:gatewayBurst": "60",
      "tributary:gatewayQuotaLimit": "70",
      "tributary:gatewayQuotaPeriod": "DAY",
    });
    expect(guarded.of("aws:apigateway/usagePlan:UsagePlan")[0]?.inputs).to.deep.include({
      throttleSettings: { rateLimit: 50, burstLimit: 60 },
      quotaSettings: { limit: 70, period: "DAY" },
    });
    const open = await runProd({
      "tributary:gatewayAuthorization": "public-anyone-may-send",
      "tributary:gatewayStageRatePerSecond": "80",
      "tributary:gatewayStageBurst": "90",
    });
    expect(open.of("aws:apigateway/methodSettings:MethodSettings")[0]?.inputs["settings"]).to.deep.include({
      throttlingRateLimit: 80,
      throttlingBurstLimit: 90,
    });
    expect(open.of("aws:apigateway/usagePlan:UsagePlan")).to.have.length(0);
    expect(open.of("aws:apigateway/apiKey:ApiKey")).to.have.length(0);
    expect(await resolved(open.result)).not.to.have.property("apiKey");
  });
});

describe("production's network", () => {
  it("does not exist, and does not load awsx, unless enabled", async () => {
    const run = await runProd();
    expect(run.registrations.filter(({ type }) => /^awsx:|^aws:ec2/.test(type))).to.deep.equal([]);
    expect(run.named("tributary-replicator-consumer-function").inputs).not.to.have.property("vpcConfig");
  });

  it("contains the replicator when enabled", async () => {
    const run = await runProd({ "tributary:replicatorNetwork": "true" });
    expect(run.of("awsx:ec2:Vpc").map(({ name, parent }) => [name, parent])).to.deep.equal([
      ["tributary-network-vpc", "tributary-network"],
    ]);
    expect(run.named("tributary-replicator-consumer-function").inputs["vpcConfig"]).to.deep.equal({
      subnetIds: ["subnet-0000000000000000a", "subnet-0000000000000000b"],
      securityGroupIds: ["tributary-network-function-sg-id"],
    });
  });

  it("is refused where the target is in another region", async () => {
    const { lines } = await refusal(
      program,
      prodOptions({ "tributary:replicatorNetwork": "true" }, { ...pocOutputs, region: "eu-west-1" }),
    );
    expect(lines[0]).to.equal('"tributary-network" has args that cannot work:');
    expect(lines[1]).to.match(/^- targetRegion is "eu-west-1"; allowed is the network's own region, "us-east-1"/);
  });
});
