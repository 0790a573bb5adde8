import { expect } from "chai";
import { type DeployedGateway, deployGateway, type GatewayChoices } from "../../../support/gateway-stage.ts";
import { refusalOf } from "../../../support/refusal-of.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

const BATCH = "/events/batch";
/** A request id that a client chose. */
const FROM_A_CLIENT = "0f9619a3-3b1c-4f3e-9d38-0c6a6c1d7d11";
const DAY_MS = 86_400_000;
const jsonLines = { "content-type": "application/x-ndjson" };
const manyLines = (count: number) => ({ path: BATCH, headers: jsonLines, body: "{}\n".repeat(count) });

/** Statuses of `count` requests with this body, counted. */
async function statuses(gate: DeployedGateway, count: number, body = "{}"): Promise<Record<number, number>> {
  const found: Record<number, number> = {};
  for (let sent = 0; sent < count; sent++) {
    const { status } = await gate.send({ body });
    found[status] = (found[status] ?? 0) + 1;
  }
  return found;
}

describe("limits of the local API Gateway", () => {
  const stage = new ServiceStage();
  let shared: DeployedGateway;
  let made = 0;
  const gateway = (choices: GatewayChoices): Promise<DeployedGateway> =>
    deployGateway(stage, { apiGatewayAccount: "existing", ...choices }, `gate${++made}`);

  before(async () => {
    shared = await deployGateway(stage, { shards: 3 });
  });

  after(() => stage.close());

  it("lets a client burst, then refills at its rate in cloud time, and asks it to wait", async () => {
    const gate = await gateway({ usagePlan: { rateLimit: 5, burstLimit: 10 } });
    expect(await statuses(gate, 13)).to.deep.equal({ 200: 10, 429: 3 });
    const refused = await gate.send({ body: "{}" });
    expect(refused.headers).to.include({ "retry-after": "1", "x-amzn-errortype": "TooManyRequestsException" });
    expect(refused.json["message"]).to.equal("Too Many Requests");
    await stage.cloud.clock.advance(1_000);
    expect(await statuses(gate, 8)).to.deep.equal({ 200: 5, 429: 3 });
    await stage.cloud.clock.advance(60_000);
    expect(await statuses(gate, 13)).to.deep.equal({ 200: 10, 429: 3 });
  });

  it("counts a quota by key and UTC day, and says so", async () => {
    const gate = await gateway({ usagePlan: { quota: { limit: 3, period: "DAY" } } });
    expect(await statuses(gate, 5)).to.deep.equal({ 200: 3, 429: 2 });
    const refused = await gate.send({ body: "{}" });
    expect(refused.headers).to.include({ "retry-after": "3600", "x-amzn-errortype": "LimitExceededException" });
    expect(refused.json["message"]).to.equal("Limit Exceeded");
    await stage.cloud.clock.advance(DAY_MS / 2);
    expect(await statuses(gate, 4)).to.deep.equal({ 200: 3, 429: 1 });
  });

  it("limits the whole stage when it is told to", async () => {
    const gate = await gateway({ throttling: { rateLimit: 1, burstLimit: 2 } });
    expect(await statuses(gate, 4)).to.deep.equal({ 200: 2, 429: 2 });
    await stage.cloud.clock.advance(1_000);
    expect(await statuses(gate, 2)).to.deep.equal({ 200: 1, 429: 1 });
  });

  it("allows 2,000 at once by default, and forgets what was counted when the data is emptied", async () => {
    const gate = shared;
    // A request is counted before its body is validated, and one that is refused then costs least.
    expect(await statuses(gate, 2_001, "[]")).to.deep.equal({ 400: 2_000, 429: 1 });
    stage.cloud.emptyData();
    expect(await statuses(gate, 1)).to.deep.equal({ 200: 1 });
  });

  it("passes a shard's limit on as 429, and as 207 where it cut a batch in two", async () => {
    const gate = await gateway({ shards: 1 });
    expect((await gate.send(manyLines(500))).status).to.equal(200);
    expect((await gate.send(manyLines(400))).status).to.equal(200);

    const partly = await gate.send(manyLines(500));
    expect(partly.status).to.equal(207);
    expect(partly.json).to.include({ accepted: 100, failed: 400 });
    const results = partly.json["results"] as { status: number; sequenceNumber?: string }[];
    expect(results.map(({ status }) => status)).to.deep.equal([...Array(100).fill(200), ...Array(400).fill(429)]);
    const stored = new Set((await gate.records()).map(({ sequenceNumber }) => sequenceNumber));
    expect(stored.size).to.equal(1_000);
    for (const { status, sequenceNumber = "" } of results) expect(stored.has(sequenceNumber)).to.equal(status === 200);

    for (const request of [manyLines(2), { body: "{}" }]) {
      const refused = await gate.send(request);
      expect([refused.status, refused.headers["retry-after"]]).to.deep.equal([429, "1"]);
    }
    await stage.cloud.clock.advance(1_000);
    expect((await gate.send({ body: "{}" })).status).to.equal(200);
  });
});

describe("deployments and stages of the local API Gateway", () => {
  const stage = new ServiceStage();
  let shared: DeployedGateway;

  before(async () => {
    shared = await deployGateway(stage);
  });

  beforeEach(() => stage.cloud.emptyData());

  after(() => stage.close());

  it("serve what was deployed: a change is live when it is deployed and the stage serves that", async () => {
    const own = new ServiceStage();
    const gate = await deployGateway(own);
    const { provider } = gate;
    const [answer, deployment, served] = [
      "gate-integration-response-post-events-200",
      "gate-deployment",
      "gate-stage",
    ].map((name) => gate.named(name));
    const change = async (resource: typeof answer, news: object) => {
      const { urn, id, outputs: olds, inputs } = resource!;
      return provider.update({ urn, id, olds, oldInputs: inputs, news: { ...inputs, ...news } });
    };
    const text = async () => (await gate.send({ body: "{}" })).body;

    await change(answer, { responseTemplates: { "application/json": "changed" } });
    expect(await text()).to.contain("sequenceNumber");

    const checked = { ...deployment!.inputs, triggers: { deployed: "other" } };
    const next = await provider.create({ urn: deployment!.urn, properties: checked });
    expect(await text()).to.contain("sequenceNumber");
    await change(served, { deployment: next.id });
    expect(await text()).to.equal("changed");

    await provider.delete({ urn: deployment!.urn, id: deployment!.id, properties: deployment!.outputs });
    expect(await text()).to.equal("changed");
    let refusal: unknown;
    try {
      await provider.delete({ urn: deployment!.urn, id: next.id, properties: next.properties });
    } catch (error) {
      refusal = error;
    }
    expect(String(refusal)).to.contain("Active stages pointing to this deployment must be moved or deleted");
    await own.close();
  });

  it("are replaced by a new trigger, and changed in place by a new deployment", async () => {
    const gate = shared;
    const { provider } = gate;
    const diff = async (name: string, news: object) => {
      const { urn, id, inputs, outputs } = gate.named(name);
      const { replaces, changes } = await provider.diff({
        urn,
        id,
        oldInputs: inputs,
        olds: outputs,
        news: { ...inputs, ...news },
      });
      return [changes, replaces];
    };
    expect(await diff("gate-deployment", {})).to.deep.equal(["none", []]);
    expect(await diff("gate-deployment", { triggers: { deployed: "x" } })).to.deep.equal(["some", ["triggers"]]);
    expect(await diff("gate-stage", { deployment: "x" })).to.deep.equal(["some", []]);
    expect(await diff("gate-model-events", { schema: "{}" })).to.deep.equal(["some", []]);
  });

  it("are gone from a new cloud, which says how to build them again", async () => {
    const gate = shared;
    const fresh = new ServiceStage();
    for (const { type, id, outputs, name } of gate.made) {
      if (!type.startsWith("aws:apigateway/") || type.includes("account")) continue;
      expect(await fresh.type(type).read(id, outputs, fresh.context), name).to.equal(undefined);
    }
    const { type, id, inputs, outputs } = gate.named("gate-stage");
    const updated = Promise.resolve(fresh.type(type).update(id, inputs, outputs, fresh.context));
    expect(await refusalOf(updated)).to.contain("pulumi up --refresh");
    await fresh.close();
  });

  it("write one line of JSON per request into the access log, as the account's role", async () => {
    const gate = shared;
    const ok = await gate.send({ body: "{}", headers: { "x-amzn-requestid": FROM_A_CLIENT } });
    const refused = await gate.send({ path: BATCH, body: "[]" });
    await gate.send({ body: "{}", headers: { "x-api-key": "wrong" } });
    await stage.cloud.clock.advance(0);
    const { events } = await stage.call<{ events: { message: string }[] }>("logs", "FilterLogEvents", {
      logGroupName: String(gate.named("gate-access-log").outputs["name"]),
    });
    const logged = events.map(({ message }) => JSON.parse(message) as Record<string, string>);
    expect(logged.map(({ status, resourcePath, responseType }) => [status, resourcePath, responseType])).to.deep.equal([
      ["200", "/events", "-"],
      ["400", "/events/batch", "BAD_REQUEST_BODY"],
      ["403", "/events", "INVALID_API_KEY"],
    ]);
    expect(logged[0]).to.include({
      requestId: FROM_A_CLIENT,
      extendedRequestId: ok.headers["x-amz-apigw-id"],
      sourceIp: "127.0.0.1",
      httpMethod: "POST",
      apiKeyId: gate.named("gate-api-key").id,
      integrationStatus: "200",
      responseLength: String(Buffer.byteLength(ok.body)),
    });
    expect(logged[1]?.["requestId"]).to.equal(refused.headers["x-amzn-requestid"]);
    const writes = stage.cloud.trace.records().filter(({ call }) => call === "logs:PutLogEvents");
    expect(writes.length).to.be.greaterThan(0);
    expect(writes[0]?.principal).to.match(/assumed-role\/gate-account-role-/);
  });

  it("refuse an access log before the account has a role, and a role that API Gateway cannot assume", async () => {
    const own = new ServiceStage();
    const error = await failure(deployGateway(own, { apiGatewayAccount: "existing" }));
    expect(error).to.equal("CloudWatch Logs role ARN must be set in account settings to enable logging");
    const untrusted = failure(
      own.make("aws:apigateway/account:Account", { cloudwatchRoleArn: `arn:aws:iam::${STAGE_ACCOUNT}:role/none` }),
    );
    expect(await untrusted).to.contain("The role ARN does not have required permissions configured.");
    await own.close();
  });

  it("go away with everything in them when they are destroyed", async () => {
    const own = new ServiceStage();
    const gate = await deployGateway(own);
    const apiTypes = gate.made.filter(({ type }) => type.startsWith("aws:apigateway/"));
    for (const { urn, id, outputs } of [...apiTypes].reverse()) {
      await gate.provider.delete({ urn, id, properties: outputs });
    }
    const { store } = own.cloud.services.apigateway;
    expect([store.apis, store.keys, store.plans].map((things) => things.list().length)).to.deep.equal([0, 0, 0]);
    expect(store.logRole({ accountId: STAGE_ACCOUNT, region: STAGE_REGION })).to.equal(undefined);
    expect((await gate.send({ body: "{}" })).status).to.equal(403);
    await own.close();
  });
});

/** Message that a promise is rejected with. */
async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("it was expected to fail");
}
