import { existsSync } from "node:fs";
import { expect } from "chai";
import { allow, archive, closeClouds, LambdaFixture, refusalOf } from "./fixture.ts";

const FUNCTION = "aws:lambda/function:Function";
const source = "export const handler = async () => 1;";

/** Why the inputs are refused, in one text. */
function refusal(fixture: LambdaFixture, more: Record<string, unknown>): string {
  const inputs = {
    name: "refused",
    code: archive({ "index.mjs": source }),
    role: "arn:aws:iam::111111111111:role/any",
    handler: "index.handler",
    runtime: "nodejs24.x",
    ...more,
  };
  const type = fixture.type(FUNCTION);
  const parsed = type.inputs.safeParse(inputs);
  if (!parsed.success)
    return parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n");
  const failures = type.check?.(parsed.data, fixture.context) ?? [];
  return failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n");
}

describe("aws.lambda.Function", () => {
  afterEach(closeClouds);

  it("has AWS's defaults and computed outputs", async () => {
    const fixture = new LambdaFixture({ startAt: Date.UTC(2031, 0, 2) });
    const outputs = await fixture.function("made", source, { tags: { owner: "us" } });
    const arn = "arn:aws:lambda:us-east-1:111111111111:function:made";
    expect(outputs).to.deep.include({
      arn,
      name: "made",
      region: "us-east-1",
      version: "$LATEST",
      qualifiedArn: `${arn}:$LATEST`,
      invokeArn: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      memorySize: 128,
      timeout: 3,
      architectures: ["x86_64"],
      packageType: "Zip",
      publish: false,
      reservedConcurrentExecutions: -1,
      sourceCodeSize: source.length,
      ephemeralStorage: { size: 512 },
      loggingConfig: { logFormat: "Text", logGroup: "/aws/lambda/made" },
      tracingConfig: { mode: "PassThrough" },
      tagsAll: { owner: "us" },
    });
    expect(outputs["lastModified"]).to.match(/^2031-01-02T00:00:\d{2}\.\d{3}\+0000$/);
    expect(outputs["codeSha256"]).to.match(/^[A-Za-z0-9+/]{43}=$/);
    expect(outputs["sourceCodeHash"]).to.equal("");
  });

  it("wants a role that exists and trusts Lambda", async () => {
    const fixture = new LambdaFixture();
    const stranger = await fixture.role("for-firehose", [], "firehose.amazonaws.com");
    for (const role of ["arn:aws:iam::111111111111:role/nobody", stranger]) {
      const refused = await refusalOf(fixture.function("roleless", source, { role }));
      expect(refused.code).to.equal("InvalidParameterValueException");
      expect(refused.message).to.match(/^The role defined for the function cannot be assumed by Lambda\./);
    }
  });

  it("wants a role that may send traces when tracing is active", async () => {
    const fixture = new LambdaFixture();
    const tracingConfig = { mode: "Active" };
    const refused = await refusalOf(fixture.function("untraced", source, { tracingConfig }));
    expect(refused.message).to.equal(
      "The provided execution role does not have permissions to call PutTraceSegments on XRAY",
    );
    const role = await fixture.role("tracer", [allow("xray:PutTraceSegments", "*")]);
    expect((await fixture.function("traced", source, { role, tracingConfig }))["tracingConfig"]).to.deep.equal(
      tracingConfig,
    );
  });

  it("refuses by name what it does not do, and says why", () => {
    const fixture = new LambdaFixture();
    const notSupported = "The local cloud does not support this argument";
    expect(refusal(fixture, {})).to.equal("");
    expect(refusal(fixture, { vpcConfig: { subnetIds: [], securityGroupIds: [] } })).to.include(
      `vpcConfig: ${notSupported}: its functions run on this machine`,
    );
    expect(refusal(fixture, { deadLetterConfig: { targetArn: "arn" } })).to.include(
      `deadLetterConfig: ${notSupported}: a dead-letter queue serves asynchronous`,
    );
    expect(refusal(fixture, { layers: ["arn"] })).to.include(`layers: ${notSupported}`);
    expect(refusal(fixture, { runtime: "nodejs20.x" })).to.equal(
      "runtime: must be one of nodejs24.x, nodejs22.x in the local cloud",
    );
    expect(refusal(fixture, { runtime: "python3.13" })).to.include("must be one of nodejs24.x");
    expect(refusal(fixture, { publish: true })).to.include("publish: must be false");
    expect(refusal(fixture, { durableConfig: {} })).to.include("durableConfig");
    expect(refusal(fixture, { code: { kind: "asset" } })).to.include("code: must be an archive");
    expect(refusal(fixture, { timeout: 901 })).to.include("timeout: ");
    expect(refusal(fixture, { memorySize: 64 })).to.include("memorySize: ");
  });

  it("refuses variables that Lambda sets itself, misnamed ones, and more than 4 KB", () => {
    const fixture = new LambdaFixture();
    const withVariables = (variables: Record<string, string>) => refusal(fixture, { environment: { variables } });
    expect(withVariables({ AWS_REGION: "x" })).to.equal("environment.variables: Lambda sets these itself: AWS_REGION");
    expect(withVariables({ "1st": "x" })).to.include("environment.variables: names begin with a letter");
    expect(withVariables({ BIG: "x".repeat(4_096 - '{"BIG":""}'.length) })).to.equal("");
    expect(withVariables({ BIG: "x".repeat(4_097 - '{"BIG":""}'.length) })).to.include("4097 bytes");
  });

  it("refuses a second function of the same name, and an empty package", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("twin", source);
    const role = await fixture.role("other", []);
    expect(await refusalOf(fixture.function("twin", source, { role }))).to.include({
      code: "ResourceConflictException",
      status: 409,
    });
    expect(await refusalOf(fixture.function("empty", source, { role, code: archive({}) }))).to.include({
      code: "InvalidParameterValueException",
    });
    const outside = fixture.function("outside", source, { role, code: archive({ "../escape.mjs": source }) });
    expect((await refusalOf(outside)).message).to.include("outside its folder");
  });

  it("runs the new code and settings after an update, while an invocation in flight ends with the old", async () => {
    const fixture = new LambdaFixture();
    const before =
      "export const handler = async ({ wait }) => { await new Promise((r) => setTimeout(r, wait)); return 'old'; };";
    const olds = await fixture.function("changing", before);
    const inFlight = fixture.invoke("changing", { wait: 80 });
    const inputs = {
      name: "changing",
      role: olds["role"],
      handler: "index.handler",
      runtime: "nodejs24.x",
      code: archive({ "index.mjs": "export const handler = async () => process.env.MODE;" }),
      environment: { variables: { MODE: "new" } },
    };
    const news = await fixture.update(FUNCTION, "changing", inputs, olds);
    expect(news["codeSha256"]).not.to.equal(olds["codeSha256"]);
    expect((await fixture.invoke("changing")).value).to.equal("new");
    expect((await inFlight).value).to.equal("old");
    expect(fixture.cloud.services.lambda.store.findFunction(String(olds["arn"]))?.settings.variables).to.deep.equal({
      MODE: "new",
    });
  });

  it("is gone after its deletion, with its files", async () => {
    const fixture = new LambdaFixture();
    const { arn } = await fixture.function("short-lived", source);
    await fixture.invoke("short-lived");
    const folder = fixture.cloud.services.lambda.store.findFunction(String(arn))?.code.taskRoot ?? "";
    expect(existsSync(folder)).to.equal(true);
    const type = fixture.type(FUNCTION);
    expect(await type.read("short-lived", {}, fixture.context)).to.have.property("arn", arn);
    await type.delete("short-lived", {}, fixture.context);
    expect(existsSync(folder)).to.equal(false);
    expect(await type.read("short-lived", {}, fixture.context)).to.equal(undefined);
    expect(await refusalOf(fixture.invoke("short-lived"))).to.include({ code: "ResourceNotFoundException" });
    const update = fixture.update(
      FUNCTION,
      "short-lived",
      {
        name: "short-lived",
        role: "arn:aws:iam::111111111111:role/r",
        handler: "a.b",
        runtime: "nodejs24.x",
        code: archive({ "a.mjs": "" }),
      },
      {},
    );
    expect((await refusalOf(update)).message).to.include("pulumi up --refresh");
  });

  it("leaves no file behind when the cloud closes", async () => {
    const fixture = new LambdaFixture();
    const { arn } = await fixture.function("temporary", source);
    await fixture.invoke("temporary");
    const folder = fixture.cloud.services.lambda.store.findFunction(String(arn))?.code.taskRoot ?? "";
    await fixture.cloud.close();
    expect(existsSync(folder)).to.equal(false);
  });
});
