import { expect } from "chai";
import { zipFile } from "../../../support/zip-file.ts";
import { accountId, closeClouds, LambdaFixture, refusalOf, region } from "./fixture.ts";
import { makeConsumer } from "./mappings/mapping-fixture.ts";

const source = "export const handler = async () => process.env.MODE ?? 'none';";
const functionArn = `arn:aws:lambda:${region}:${accountId}:function:f`;
const zipped = (text: string) => zipFile({ "index.mjs": text }).toString("base64");

type Described = Readonly<Record<string, unknown>>;

describe("Lambda changes over the wire", () => {
  let fixture: LambdaFixture;
  beforeEach(() => {
    fixture = new LambdaFixture();
  });
  afterEach(closeClouds);

  const call = <T = Described>(operation: string, params: object) => fixture.call<T>("lambda", operation, params);
  const refusal = async (operation: string, params: object) => {
    const { code, message } = await refusalOf(call(operation, params));
    return `${code}: ${message}`;
  };
  const configure = (params: object) => call("UpdateFunctionConfiguration", { FunctionName: "f", ...params });

  describe("a function's settings", () => {
    it("as far as they are given, from the next invocation on", async () => {
      await fixture.function("f", source, { environment: { variables: { MODE: "one" } }, memorySize: 256 });
      expect((await fixture.invoke("f")).value).to.equal("one");
      const answer = await configure({ Timeout: 9, Environment: { Variables: { MODE: "two" } } });
      expect(answer).to.deep.include({ MemorySize: 256, Timeout: 9, Environment: { Variables: { MODE: "two" } } });
      expect((await fixture.invoke("f")).value).to.equal("two");
      await configure({ Description: "kept" });
      expect((await fixture.invoke("f")).value).to.equal("two");
      expect(await configure({ Environment: {} })).not.to.have.property("Environment");
      expect((await fixture.invoke("f")).value).to.equal("none");
    });

    it("of its logging part by part; levels come and go with the format JSON", async () => {
      await fixture.function("f", source);
      const logging = async (LoggingConfig: object) => (await configure({ LoggingConfig }))["LoggingConfig"];
      const LogGroup = "/aws/lambda/f";
      const INFO = { ApplicationLogLevel: "INFO", SystemLogLevel: "INFO" };
      expect(await logging({ LogGroup: "cool" })).to.deep.equal({ LogFormat: "Text", LogGroup: "cool" });
      expect(await logging({ LogGroup, LogFormat: "JSON" })).to.deep.equal({ LogFormat: "JSON", LogGroup, ...INFO });
      const debug = { ...INFO, SystemLogLevel: "DEBUG" };
      expect(await logging({ SystemLogLevel: "DEBUG" })).to.deep.equal({ LogFormat: "JSON", LogGroup, ...debug });
      expect(await logging({ LogFormat: "Text" })).to.deep.equal({ LogFormat: "Text", LogGroup });
      expect(await logging({ LogFormat: "JSON" })).to.deep.equal({ LogFormat: "JSON", LogGroup, ...INFO });
      expect(
        await refusal("UpdateFunctionConfiguration", {
          FunctionName: "f",
          LoggingConfig: { LogFormat: "Text", SystemLogLevel: "DEBUG" },
        }),
      ).to.equal("InvalidParameterValueException: log levels need logFormat JSON");
    });

    it("not at all when one of them is refused", async () => {
      await fixture.function("f", source);
      const stranger = await fixture.role("for-firehose", [], "firehose.amazonaws.com");
      const refused = async (params: object) =>
        refusal("UpdateFunctionConfiguration", { FunctionName: "f", Timeout: 9, ...params });
      expect(await refused({ Environment: { Variables: { AWS_REGION: "x" } } })).to.equal(
        "InvalidParameterValueException: Lambda sets these itself: AWS_REGION",
      );
      // A variable's name and value are never repeated.
      expect(await refused({ Environment: { Variables: { "1st": "y" } } })).to.equal(
        "ValidationException: 1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+, Member must not be null]",
      );
      expect(await refused({ Runtime: "PYTHON3.9" })).to.match(
        /^InvalidParameterValueException: Value PYTHON3\.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs, .*\] or be a valid ARN$/,
      );
      expect(await refused({ Runtime: "python3.14" })).to.include("does not support the value python3.14");
      expect(await refused({ Role: stranger })).to.match(
        /The role defined for the function cannot be assumed by Lambda/,
      );
      expect(await refused({ TracingConfig: { Mode: "Active" } })).to.match(/PutTraceSegments on XRAY$/);
      expect(await refused({ MemorySize: 10_241 })).to.include("Value '10241' at 'memorySize'");
      expect(await refused({ VpcConfig: {} })).to.include("VpcConfig");
      expect(await call("GetFunctionConfiguration", { FunctionName: "f" })).to.include({ Timeout: 3 });
      expect(await refusal("UpdateFunctionConfiguration", { FunctionName: "nobody" })).to.equal(
        `ResourceNotFoundException: Function not found: arn:aws:lambda:${region}:${accountId}:function:nobody`,
      );
    });
  });

  describe("a function's code", () => {
    const deploy = (params: object) => call("UpdateFunctionCode", { FunctionName: "f", ...params });

    it("that comes as a ZIP file, and only checks it in a dry run", async () => {
      const made = await fixture.function("f", source);
      const ZipFile = zipped("export const handler = async () => 'new';");
      expect(await deploy({ ZipFile, DryRun: true })).to.include({ CodeSha256: made["codeSha256"] });
      expect((await fixture.invoke("f")).value).to.equal("none");
      const answer = await deploy({ ZipFile, Architectures: ["arm64"] });
      expect(answer).to.deep.include({ Architectures: ["arm64"], CodeSize: 41 });
      expect(answer["CodeSha256"]).not.to.equal(made["codeSha256"]);
      expect((await fixture.invoke("f")).value).to.equal("new");
      expect(await deploy({ ZipFile: zipped(source) })).to.include({ CodeSha256: made["codeSha256"] });
    });

    it("but not what cannot be read, is empty, is elsewhere, or is to be a version", async () => {
      await fixture.function("f", source);
      const refused = (params: object) => refusal("UpdateFunctionCode", { FunctionName: "f", ...params });
      expect(await refused({ ZipFile: Buffer.from("no archive").toString("base64") })).to.match(
        /^InvalidParameterValueException: Could not unzip uploaded file/,
      );
      expect(await refused({ ZipFile: zipFile({}).toString("base64") })).to.include("non-empty zip");
      expect(await refused({ S3Bucket: "bucket", S3Key: "k" })).to.include("does not support the parameter S3Bucket");
      expect(await refused({})).to.equal("InvalidParameterValueException: Please provide a source for function code.");
      expect(await refused({ ZipFile: zipped(source), Publish: true })).to.include("does not support Publish");
      expect((await fixture.invoke("f")).value).to.equal("none");
    });
  });

  it("a function's reserved concurrency, as long as 100 executions are left for the others", async () => {
    await fixture.function("f", source);
    await fixture.function("g", source, { role: await fixture.role("other", []), reservedConcurrentExecutions: 400 });
    const put = { FunctionName: "f", ReservedConcurrentExecutions: 500 };
    expect(await call("PutFunctionConcurrency", put)).to.deep.equal({ ReservedConcurrentExecutions: 500 });
    const concurrency = async () => (await call("GetFunction", { FunctionName: "f" }))["Concurrency"];
    expect(await concurrency()).to.deep.equal({ ReservedConcurrentExecutions: 500 });
    expect(await refusal("PutFunctionConcurrency", { ...put, ReservedConcurrentExecutions: 501 })).to.equal(
      "InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    );
    const made = fixture.function("h", source, {
      role: await fixture.role("third", []),
      reservedConcurrentExecutions: 1,
    });
    expect((await refusalOf(made)).message).to.include("below its minimum value of [100]");
    await call("DeleteFunctionConcurrency", { FunctionName: "f" });
    expect(await concurrency()).to.equal(undefined);
  });

  it("the tags of functions and mappings, by ARN", async () => {
    await makeConsumer(fixture);
    const { outputs } = await fixture.mapping({
      functionName: "consumer",
      eventSourceArn: await fixture.stream("events"),
    });
    await fixture.function("f", source, { tags: { team: "data" } });
    for (const [Resource, other] of [
      [functionArn, `${functionArn}0`],
      [String(outputs["arn"]), String(outputs["arn"]).replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
    ] as const) {
      await call("TagResource", { Resource, Tags: { owner: "ops", A: "b" } });
      await call("UntagResource", { Resource, TagKeys: ["team", "A", "none"] });
      expect(await call("ListTags", { Resource })).to.deep.equal({ Tags: { owner: "ops" } });
      const Tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, ""]));
      expect(await refusal("TagResource", { Resource, Tags })).to.equal(
        "InvalidParameterValueException: Number of tags exceeds resource tag limit.",
      );
      expect(await refusal("ListTags", { Resource: other })).to.match(
        /^ResourceNotFoundException: (Function|Event source mapping) not found: /,
      );
    }
    expect(await refusal("ListTags", { Resource: `${functionArn}:1` })).to.equal(
      "InvalidParameterValueException: Tags on function aliases and versions are not supported. Please specify a function ARN.",
    );
  });

  it("deletes a function, not its $LATEST", async () => {
    await fixture.function("f", source);
    expect(await refusal("DeleteFunction", { FunctionName: "f", Qualifier: "$LATEST" })).to.match(
      /\$LATEST version cannot be deleted/,
    );
    await call("DeleteFunction", { FunctionName: functionArn });
    expect(await refusal("DeleteFunction", { FunctionName: "f" })).to.equal(
      `ResourceNotFoundException: Function not found: ${functionArn}`,
    );
  });

  it("a mapping as far as it is told, and checks it as when it was made", async () => {
    await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const role = `arn:aws:iam::${accountId}:role/consumer-role`;
    await fixture.function("other", source, { role });
    await fixture.mapping({ functionName: "other", eventSourceArn });
    const { id: UUID } = await fixture.mapping({ functionName: "consumer", eventSourceArn, batchSize: 300 });
    const update = (params: object) => call("UpdateEventSourceMapping", { UUID, ...params });
    const filters = { Filters: [{ Pattern: '{"data":{"kind":["click"]}}' }] };
    const answer = await update({
      MaximumRecordAgeInSeconds: 60,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: filters,
      TumblingWindowInSeconds: 0,
    });
    expect(answer).to.deep.include({
      BatchSize: 300,
      MaximumRecordAgeInSeconds: 60,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: filters,
      State: "Updating",
    });
    expect(await call("GetEventSourceMapping", { UUID })).to.include({ State: "Enabled" });
    expect(await update({ FilterCriteria: {}, FunctionResponseTypes: [] })).to.deep.include({
      FunctionResponseTypes: [],
    });
    const refused = (params: object) => refusal("UpdateEventSourceMapping", { UUID, ...params });
    expect(await refused({ FilterCriteria: { Filters: [{ Pattern: "{}" }] } })).to.equal(
      "InvalidParameterValueException: Invalid filter pattern definition. ({}: the pattern is empty: name at least one field)",
    );
    expect(await refused({ FunctionName: "other" })).to.match(/^ResourceConflictException: The event source arn/);
    expect(await refused({ BatchSize: 0 })).to.include("Value '0' at 'batchSize'");
    expect(await refused({ TumblingWindowInSeconds: 1 })).to.include("does not support tumbling windows");
    expect(await refused({ MaximumRecordAgeInSeconds: 59 })).to.equal(
      "InvalidParameterValueException: must be -1 (for ever) or 60 to 604800",
    );
    expect(await refused({ DestinationConfig: { OnFailure: { Destination: "arn:aws:s3:::none" } } })).to.match(
      /The destination bucket does not exist/,
    );
    expect(await refused({ ScalingConfig: {} })).to.include("ScalingConfig");
    expect(await call("GetEventSourceMapping", { UUID })).to.include({ BatchSize: 300 });
  });

  it("asks IAM about what is changed", async () => {
    await fixture.function("f", source);
    const FunctionName = "f";
    await configure({});
    await call("UpdateFunctionCode", { FunctionName, ZipFile: zipped(source) });
    await call("PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: 1 });
    await call("DeleteFunctionConcurrency", { FunctionName });
    await call("TagResource", { Resource: functionArn, Tags: {} });
    await call("UntagResource", { Resource: functionArn, TagKeys: [] });
    await call("ListTags", { Resource: functionArn });
    await call("DeleteFunction", { FunctionName });
    const UUID = "00000000-0000-4000-8000-000000000000";
    await refusalOf(call("DeleteEventSourceMapping", { UUID }));
    const calls = fixture.cloud.trace.records().filter((record) => record.call.startsWith("lambda:"));
    const asked = calls.flatMap(({ authorizations }) => authorizations);
    expect(asked.map(({ action, resource }) => `${action} ${resource.split(":").slice(5).join(":")}`)).to.deep.equal([
      ...[
        "UpdateFunctionConfiguration",
        "UpdateFunctionCode",
        "PutFunctionConcurrency",
        "DeleteFunctionConcurrency",
      ].map((action) => `lambda:${action} function:f`),
      ...["TagResource", "UntagResource", "ListTags", "DeleteFunction"].map((action) => `lambda:${action} function:f`),
      `lambda:DeleteEventSourceMapping event-source-mapping:${UUID}`,
    ]);
  });
});
