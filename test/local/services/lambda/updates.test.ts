import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature, UNKNOWN } from "../../../../local/resource-types/wire-values.ts";
import { type MadeResource, ProviderStage } from "../../../support/provider-stage.ts";
import { zipFile } from "../../../support/zip-file.ts";

const FUNCTION = "aws:lambda/function:Function";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

const archive = (source: string): Properties => ({
  [SIGNATURE_KEY]: Signature.Archive,
  assets: { "index.mjs": { [SIGNATURE_KEY]: Signature.Asset, text: source } },
});

/** Logs what it reads, after its version. */
const reader = (version: string) =>
  archive(`export const handler = async ({ Records = [] }) => {
    console.log("${version}", ...Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString()));
    return "${version}";
  };`);

/** Tells what it runs with. */
const teller = archive(`export const handler = async (_event, context) => ({
  mode: process.env.MODE,
  memory: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  seconds: Math.ceil(context.getRemainingTimeInMillis() / 1000),
});`);

describe("an update by a program takes effect in the running cloud", () => {
  let stage: ProviderStage;
  beforeEach(async () => {
    stage = await ProviderStage.start();
  });
  afterEach(() => stage.close());

  const role = async (name: string) => {
    const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
    const allow = { Effect: "Allow", Action: ["kinesis:*", "logs:*"], Resource: "*" };
    const { outputs } = await stage.make("aws:iam/role:Role", { name, assumeRolePolicy: document(trust) }, name);
    await stage.make("aws:iam/rolePolicy:RolePolicy", { role: name, policy: document(allow) }, `${name}-policy`);
    return outputs["arn"];
  };
  const makeFunction = async (more: Properties) =>
    stage.make(FUNCTION, {
      name: "consumer",
      role: await role("consumer"),
      handler: "index.handler",
      runtime: "nodejs24.x",
      ...more,
    });
  /** What an engine does when the program has changed; undefined takes an argument away. */
  const change = async (made: MadeResource, more: Properties): Promise<MadeResource> => {
    const { urn, id, inputs: oldInputs, outputs: olds } = made;
    const given = Object.fromEntries(
      Object.entries({ ...oldInputs, ...more }).filter(([, value]) => value !== undefined),
    );
    const news = await stage.check(urn, given, oldInputs);
    const { replaces } = await stage.provider.diff({ urn, id, olds, oldInputs, news });
    expect(replaces).to.deep.equal([]);
    const { properties } = await stage.provider.update({ urn, id, olds, oldInputs, news });
    return { urn, id, inputs: news, outputs: properties };
  };
  const invoke = async (): Promise<unknown> => {
    const answer = await stage.call<{ Payload: string }>("lambda", "Invoke", { FunctionName: "consumer" });
    return JSON.parse(answer.Payload);
  };
  const put = (...texts: string[]) =>
    stage.call("kinesis", "PutRecords", {
      StreamName: "events",
      Records: texts.map((text) => ({ Data: Buffer.from(text).toString("base64"), PartitionKey: "one" })),
    });
  /** What the function logged itself, once all is delivered. */
  const logged = async (): Promise<readonly string[]> => {
    await stage.cloud.clock.advance(10_000);
    expect(stage.cloud.services.lambda.store.isCaughtUp()).to.equal(true);
    const { events } = await stage.call<{ events: { message: string }[] }>("logs", "FilterLogEvents", {
      logGroupName: "/aws/lambda/consumer",
      filterPattern: "INFO",
    });
    return events.map(({ message }) => message.trim().split("INFO\t").at(-1) ?? "");
  };
  const makeMapping = async (more: Properties) => {
    const stream = await stage.make("aws:kinesis/stream:Stream", { name: "events", shardCount: 1 }, "events");
    return stage.make(MAPPING, {
      functionName: "consumer",
      eventSourceArn: stream.outputs["arn"],
      startingPosition: "TRIM_HORIZON",
      ...more,
    });
  };

  it("a new bundle runs from the next invocation on", async () => {
    const made = await makeFunction({ code: reader("one") });
    expect(await invoke()).to.equal("one");
    const changed = await change(made, { code: reader("two") });
    expect(await invoke()).to.equal("two");
    expect(changed.outputs["codeSha256"]).not.to.equal(made.outputs["codeSha256"]);
  });

  it("variables, memory, timeout and role hold from the next invocation on; variables that are taken away are gone", async () => {
    const made = await makeFunction({ code: teller, environment: { variables: { MODE: "first" } }, timeout: 5 });
    expect(await invoke()).to.deep.equal({ mode: "first", memory: "128", seconds: 5 });
    const other = await change(made, {
      environment: { variables: { MODE: "second" } },
      memorySize: 256,
      timeout: 9,
      role: await role("other"),
    });
    expect(await invoke()).to.deep.equal({ mode: "second", memory: "256", seconds: 9 });
    const callers = stage.cloud.trace.records().filter(({ call }) => call === "logs:PutLogEvents");
    expect(callers.map(({ principal }) => principal.split("/")[1])).to.deep.equal(["consumer", "other"]);
    await change(other, { environment: undefined });
    expect(await invoke()).to.deep.equal({ memory: "256", seconds: 9 });
  });

  it("a reservation of concurrency stops a function at 0, and lets it run when it is taken away", async () => {
    const made = await makeFunction({ code: reader("one"), reservedConcurrentExecutions: 0 });
    const refused = await invoke().catch((error: Error) => error);
    expect(refused).to.have.property("name", "TooManyRequestsException");
    await change(made, { reservedConcurrentExecutions: undefined });
    expect(await invoke()).to.equal("one");
  });

  it("a batch size changes the running mapping, which goes on where it is", async () => {
    await makeFunction({ code: reader("read") });
    const mapping = await makeMapping({ batchSize: 2 });
    await put("a", "b", "c");
    const first = ["read a b", "read c"];
    expect(await logged()).to.have.members(first);
    const changed = await change(mapping, { batchSize: 3 });
    expect(changed.id).to.equal(mapping.id);
    await put("d", "e", "f", "g");
    expect(await logged()).to.have.members([...first, "read d e f", "read g"]);
  });

  it("a new bundle reads what comes next, and a mapping that is disabled and enabled misses nothing", async () => {
    const made = await makeFunction({ code: reader("one") });
    const mapping = await makeMapping({});
    await put("a");
    expect(await logged()).to.deep.equal(["one a"]);
    const disabled = await change(mapping, { enabled: false });
    await change(made, { code: reader("two") });
    await put("b");
    expect(await logged()).to.deep.equal(["one a"]);
    await change(disabled, { enabled: true });
    expect(await logged()).to.have.members(["one a", "two b"]);
  });

  it("what AWS keeps when the program leaves it out stays in the running mapping", async () => {
    await makeFunction({ code: reader("one") });
    const mapping = await makeMapping({ maximumRetryAttempts: 2, parallelizationFactor: 3 });
    await change(mapping, { maximumRetryAttempts: undefined, parallelizationFactor: undefined, batchSize: 7 });
    const settings = stage.cloud.services.lambda.store.findMapping(mapping.id)?.settings;
    expect(settings).to.include({ maximumRetryAttempts: 2, parallelizationFactor: 3, batchSize: 7 });
  });

  it("a mapping of another region is not there, as GetEventSourceMapping answers", async () => {
    await makeFunction({ code: reader("one") });
    const { urn, id, outputs } = await makeMapping({});
    expect((await stage.provider.read({ urn, id, properties: outputs })).id).to.equal(id);
    const elsewhere = { ...outputs, region: "eu-west-1" };
    expect((await stage.provider.read({ urn, id, properties: elsewhere })).id).to.equal("");
  });

  it("a preview does not know what the update makes anew, and nothing else", async () => {
    const made = await makeFunction({ code: reader("one"), tags: { team: "data" } });
    const { urn, id, inputs: oldInputs, outputs: olds } = made;
    const unknown = async (more: Properties) => {
      const news = await stage.check(urn, { ...oldInputs, ...more }, oldInputs);
      const { properties } = await stage.provider.update({ urn, id, olds, oldInputs, news, preview: true });
      return Object.keys(properties).filter((name) => properties[name] === UNKNOWN);
    };
    expect(await unknown({ code: reader("two") })).to.have.members(["codeSha256", "lastModified", "sourceCodeSize"]);
    expect(await unknown({ memorySize: 256 })).to.deep.equal(["lastModified"]);
    expect(await unknown({ tags: {}, reservedConcurrentExecutions: 3 })).to.deep.equal([]);
  });

  it("tags and reservations leave a function's last change and its environments alone", async () => {
    const made = await makeFunction({ code: archive("let count = 0; export const handler = async () => ++count;") });
    expect(await invoke()).to.equal(1);
    await stage.cloud.clock.advance(60_000);
    const changed = await change(made, { tags: { owner: "ops" }, reservedConcurrentExecutions: 3 });
    expect(await invoke()).to.equal(2);
    expect(changed.outputs["lastModified"]).to.equal(made.outputs["lastModified"]);
    const after = await change(changed, { description: "changed" });
    expect(await invoke()).to.equal(1);
    expect(after.outputs["lastModified"]).to.equal("2026-01-31T12:01:00.250+0000");
  });

  it("code that somebody else deployed shows in what is read, and stays until the program has other code or another hash", async () => {
    const made = await makeFunction({ code: reader("program"), sourceCodeHash: "first" });
    const ZipFile = zipFile({ "index.mjs": "export const handler = async () => 'somebody';" }).toString("base64");
    await stage.call("lambda", "UpdateFunctionCode", { FunctionName: "consumer", ZipFile });
    expect(await invoke()).to.equal("somebody");
    const { urn, id, inputs, outputs } = made;
    const read = await stage.provider.read({ urn, id, properties: outputs, inputs });
    expect(read.inputs).to.deep.equal(inputs);
    expect(read.properties["codeSha256"]).not.to.equal(outputs["codeSha256"]);
    expect(read.properties["sourceCodeSize"]).not.to.equal(outputs["sourceCodeSize"]);
    const refreshed = await change({ urn, id, inputs: read.inputs, outputs: read.properties }, { memorySize: 256 });
    expect(await invoke()).to.equal("somebody");
    const mended = await change(refreshed, { sourceCodeHash: "second" });
    expect(await invoke()).to.equal("program");
    expect(mended.outputs["codeSha256"]).to.equal(outputs["codeSha256"]);
  });

  it("code that somebody else deployed is a change where the program says which code it is to be", async () => {
    const made = await makeFunction({ code: reader("program") });
    const pinned = await change(made, { codeSha256: made.outputs["codeSha256"] });
    expect(pinned.outputs["lastModified"]).to.equal(made.outputs["lastModified"]);
    const ZipFile = zipFile({ "index.mjs": "export const handler = async () => 'somebody';" }).toString("base64");
    await stage.call("lambda", "UpdateFunctionCode", { FunctionName: "consumer", ZipFile });
    const { urn, id, inputs, outputs } = pinned;
    const read = await stage.provider.read({ urn, id, properties: outputs, inputs });
    expect(read.inputs["codeSha256"]).not.to.equal(inputs["codeSha256"]);
    await change({ urn, id, inputs: read.inputs, outputs: read.properties }, { codeSha256: inputs["codeSha256"] });
    expect(await invoke()).to.equal("program");
  });
});

describe("what is wrong with functions and mappings is told all at once", () => {
  let stage: ProviderStage;
  beforeEach(async () => {
    stage = await ProviderStage.start();
  });
  afterEach(() => stage.close());

  const mistakes = async (token: string, news: Properties) => {
    const { failures } = await stage.provider.check({ urn: stage.urn(token, "thing"), news });
    return Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
  };

  it("of a function: names, ranges, roles, variables, levels, and what the local cloud does not have", async () => {
    const all = await mistakes(FUNCTION, {
      name: "no spaces",
      code: { [SIGNATURE_KEY]: Signature.Asset, text: "x" },
      role: "consumer",
      runtime: "nodejs20.x",
      memorySize: 64,
      timeout: 901,
      environment: { variables: { AWS_REGION: "x", "1st": "y" } },
      loggingConfig: { logFormat: "Text", systemLogLevel: "INFO" },
      layers: ["arn"],
      durableConfig: {},
    });
    expect(Object.keys(all).sort()).to.deep.equal([
      ...["code", "durableConfig", "environment.variables", "handler", "layers", "loggingConfig", "memorySize", "name"],
      ...["role", "runtime", "timeout"],
    ]);
    expect(all["role"]).to.equal("must be the ARN of a role");
    expect(all["code"]).to.match(/^must be an archive/);
  });

  it("of a mapping: numbers, and what its arguments are to each other", async () => {
    const eventSourceArn = "arn:aws:dynamodb:us-east-1:111111111111:table/events/stream/2026-11-21T00:00:00.000";
    const all = await mistakes(MAPPING, {
      eventSourceArn,
      startingPosition: "AT_TIMESTAMP",
      batchSize: 0,
      destinationConfig: { onFailure: { destinationArn: "kafka://topic" } },
      filterCriteria: { filters: [{ pattern: '{"eventName":["INSERT"]}' }, { pattern: '{"data":{"a":[1]}}' }] },
      queues: ["q"],
    });
    expect(Object.keys(all).sort()).to.deep.equal([
      "batchSize",
      "destinationConfig.onFailure.destinationArn",
      "filterCriteria.filters[1].pattern",
      "functionName",
      "queues",
      "startingPosition",
      "startingPositionTimestamp",
    ]);
    expect(
      await mistakes(MAPPING, { functionName: UNKNOWN, eventSourceArn: UNKNOWN, startingPosition: "LATEST" }),
    ).to.deep.equal({});
  });
});
