import { expect } from "chai";
import { withoutDefaultsMark } from "../../../../local/resource-types/auto-name.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { SIGNATURE_KEY, Signature } from "../../../../local/resource-types/wire-values.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { type MadeResource, ProviderStage } from "../../../support/provider-stage.ts";
import { refusalOf } from "../../../support/refusal-of.ts";
import {
  aKeyAndAPlan,
  aMock,
  anApi,
  aStage,
  cli,
  token,
  twoDeployments,
} from "../../provider/samples/apigateway-parts.ts";

const secret = (value: unknown) => ({ [SIGNATURE_KEY]: Signature.Secret, value });
const json = (template: string) => ({ "application/json": template });

describe("resource types of the local API Gateway", () => {
  let stage: ProviderStage;

  beforeEach(async () => {
    stage = await ProviderStage.start();
  });

  afterEach(() => stage.close());

  const make = (type: string, inputs: Properties, name = type) => stage.make(token(type), inputs, name);
  const update = async (made: MadeResource, changes: Properties) => {
    const { urn, id, outputs: olds, inputs: oldInputs } = made;
    const news = await stage.check(urn, { ...withoutDefaultsMark(oldInputs), ...changes }, oldInputs);
    const { properties } = await stage.provider.update({ urn, id, olds, oldInputs, news });
    return { ...made, inputs: news, outputs: properties };
  };
  const remove = ({ urn, id, outputs }: MadeResource) => stage.provider.delete({ urn, id, properties: outputs });
  /** What a client gets from `POST /v1/events`. */
  const answer = async (restApi: string, headers: Record<string, string> = {}) => {
    const path = `/_aws/execute-api/${restApi}/v1/events`;
    const request = { method: "POST", path, query: "", headers, body: Buffer.from("{}"), sourceIp: "127.0.0.1" };
    const { status, body } = await stage.cloud.services.apigateway.site.handle(request);
    return `${status} ${body}`;
  };

  it("change what is served only by a new deployment that the stage is moved to; the old one goes when no stage needs it", async () => {
    const { restApi, first, second, response } = await twoDeployments(stage);
    const served = await make("Stage", { restApi, deployment: first.id, stageName: "v1" });
    expect(await answer(restApi)).to.equal("200 first");
    await update(response, { responseTemplates: json("third") });
    expect(await answer(restApi)).to.equal("200 first");
    expect(await refusalOf(remove(first))).to.contain(
      "Active stages pointing to this deployment must be moved or deleted",
    );

    const third = await make("Deployment", { restApi, triggers: { words: "third" } });
    expect(await answer(restApi)).to.equal("200 first");
    const moved = await update(served, { deployment: third.id });
    expect(await answer(restApi)).to.equal("200 third");
    await remove(first);
    await update(moved, { deployment: second.id });
    expect(await answer(restApi)).to.equal("200 second");
  });

  it("change limits, keys and plans at once", async () => {
    const method = await aMock(stage);
    const { restApi } = method;
    await make("IntegrationResponse", { ...method, statusCode: "200" });
    const urn = stage.urn(token("Method"), "method");
    const news = { ...method, authorization: "NONE", apiKeyRequired: true };
    await stage.provider.update({ urn, id: "", olds: method, news });
    const { id: deployment } = await make("Deployment", { restApi });
    await make("Stage", { restApi, deployment, stageName: "v1" });
    const key = await make("ApiKey", { name: "client", value: "k".repeat(20) });
    const plan = await make("UsagePlan", { apiStages: [] });
    const planKey = await make("UsagePlanKey", { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id });
    const status = async () => (await answer(restApi, { "x-api-key": "k".repeat(20) })).slice(0, 3);

    expect(await status()).to.equal("403");
    const open = await update(plan, { apiStages: [{ apiId: restApi, stage: "v1" }] });
    expect(await status()).to.equal("200");
    const limits = await make("MethodSettings", {
      ...{ restApi, stageName: "v1", methodPath: "events/POST" },
      settings: { throttlingBurstLimit: 0 },
    });
    expect(await status()).to.equal("429");
    await update(limits, { settings: {} });
    expect(await status()).to.equal("200");
    await remove(limits);
    await update(open, { throttleSettings: { rateLimit: 1 } });
    expect(await status()).to.equal("429");
    await update(open, { throttleSettings: undefined });
    expect(await status()).to.equal("200");
    const off = await update(key, { enabled: false });
    expect(await status()).to.equal("403");
    await update(off, { enabled: true });
    await remove(planKey);
    expect(await status()).to.equal("403");
  });

  it("refuse to take away what is used, leave a validator that is used, and take all that is below", async () => {
    const { restApi, resourceId } = await anApi(stage);
    const model = await make("Model", {
      ...{ restApi, name: "Event", contentType: "application/json" },
      schema: '{"type":"object"}',
    });
    const validator = await make("RequestValidator", { restApi });
    const below = await make("Resource", { restApi, parentId: resourceId, pathPart: "{id}" });
    const settings = { authorization: "NONE", requestValidatorId: validator.id, requestModels: json("Event") };
    const method = await make("Method", { restApi, resourceId: below.id, httpMethod: "PUT", ...settings });
    const used = `ConflictException: Cannot delete model 'Event', is referenced in method request: /events/{id}/PUT`;
    expect(await refusalOf(remove(model))).to.equal(used);
    await remove(validator);
    const { urn, outputs } = validator;
    const read = () => stage.provider.read({ urn, id: validator.id, properties: outputs });
    expect((await read()).id).to.equal(validator.id);
    const parent = { urn: below.urn, id: resourceId, properties: { restApi } };
    await stage.provider.delete(parent);
    for (const made of [below, method]) {
      const gone = await stage.provider.read({ urn: made.urn, id: made.id, properties: made.outputs });
      expect(gone.id).to.equal("");
    }
    await remove(model);
    await remove(validator);
    expect((await read()).id).to.equal("");
  });

  it("are deleted without an error when somebody else deleted them; what has the name since stays", async () => {
    const { restApi } = await anApi(stage);
    const response = await make("Response", { restApiId: restApi, responseType: "DEFAULT_4XX" });
    await cli(stage, "DeleteGatewayResponse", { restApiId: restApi, responseType: "DEFAULT_4XX" });
    await remove(response);
    const { key, plan } = await aKeyAndAPlan(stage);
    const member = await make("UsagePlanKey", { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id });
    await cli(stage, "DeleteApiKey", { apiKey: key.id });
    await remove(member);
    await remove(key);
    const named = { name: "Event", contentType: "application/json", schema: '{"type":"object"}' };
    const model = await make("Model", { restApi, ...named });
    await cli(stage, "DeleteModel", { restApiId: restApi, modelName: named.name });
    await make("Model", { restApi, ...named }, "another");
    await remove(model);
    expect(await cli(stage, "GetModel", { restApiId: restApi, modelName: named.name })).to.include(named);
  });

  it("take another status of an answer as a change in place: a method has none, an integration keeps the old one", async () => {
    const method = await aMock(stage);
    const answers = { ...method, statusCode: "200", selectionPattern: "a" };
    const declared = { urn: stage.urn(token("MethodResponse"), "200"), id: "", inputs: answers, outputs: answers };
    const { statusCode: _statusCode, selectionPattern: _pattern, ...rest } = answers;
    const own = { ...declared, inputs: { ...rest, statusCode: "200" } };
    expect(await refusalOf(update(own, { statusCode: "500" }))).to.contain("Invalid Response status code specified");

    const response = await make("IntegrationResponse", answers);
    const changed = await update(response, { statusCode: "400", selectionPattern: "b" });
    const ofMethod = { restApiId: method.restApi, resourceId: method.resourceId, httpMethod: "POST" };
    const integration = await cli<{ integrationResponses: object }>(stage, "GetIntegration", ofMethod);
    expect(Object.keys(integration.integrationResponses)).to.deep.equal(["200", "400"]);
    expect(changed.outputs["statusCode"]).to.equal("400");
    await remove(changed);
    const after = await cli<{ integrationResponses: object }>(stage, "GetIntegration", ofMethod);
    expect(Object.keys(after.integrationResponses)).to.deep.equal(["200"]);
  });

  it("tell all mistakes at once, before anything is made", async () => {
    const inputs = {
      ...{ restApi: "a", resourceId: "b", httpMethod: "FETCH", type: "AWS", integrationHttpMethod: "POST" },
      ...{ uri: "https://example.com", credentials: "me", timeoutMilliseconds: 30_000, cacheKeyParameters: ["a"] },
      requestParameters: { "integration.request.header.X": "'a'" },
      requestTemplates: { "application/json": "#stop()", "text/plain": "$context.authorizer.claims" },
    };
    const urn = stage.urn(token("Integration"), "wrong");
    const { failures } = await stage.provider.check({ urn, news: inputs });
    expect(failures.map(({ property }) => property).sort()).to.deep.equal([
      "cacheKeyParameters",
      "credentials",
      "httpMethod",
      'requestParameters["integration.request.header.X"]',
      'requestTemplates["application/json"]',
      'requestTemplates["text/plain"]',
      "timeoutMilliseconds",
      "uri",
    ]);
    const reasonOf = (name: string) => failures.find(({ property }) => property === name)?.reason;
    expect(reasonOf("timeoutMilliseconds")).to.equal("Timeout should be between 50 ms and 29000 ms");
    expect(reasonOf("uri")).to.contain('the integration URI "https://example.com"');
    expect(stage.cloud.services.apigateway.store.apis.list().length).to.equal(0);
  });

  it("keep a key secret: in what they answer, in a preview, in an import, in errors and in the trace", async () => {
    const value = "the-secret-of-a-client";
    const { key, plan } = await aKeyAndAPlan(stage);
    const given = await make("ApiKey", { value }, "given");
    const planKey = await make("UsagePlanKey", { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id });
    expect(given.outputs["value"]).to.deep.equal(secret(value));
    expect(planKey.outputs["value"]).to.deep.equal(key.outputs["value"]);
    expect(key.outputs["value"]).to.have.property(SIGNATURE_KEY, Signature.Secret);
    const imported = await stage.provider.read({ urn: given.urn, id: given.id });
    expect([imported.properties["value"], imported.inputs["value"]]).to.deep.equal([secret(value), secret(value)]);
    const properties = await stage.check(given.urn, { value });
    const preview = await stage.provider.create({ urn: given.urn, properties, preview: true });
    expect(preview.properties["value"]).to.deep.equal(secret(value));
    const tooLong = value.repeat(10);
    const said = [
      await refusalOf(make("ApiKey", { value }, "again")),
      await failureOf(stage.check(given.urn, { value: tooLong })),
      JSON.stringify(stage.cloud.trace.records()),
    ];
    expect(said.join("\n")).to.not.contain(value);
    expect(said[1]).to.contain("API Key value should be at most 128 characters");
  });

  it("say what an import's name has to look like, and that nothing is there by it", async () => {
    const { restApi, stageName } = await aStage(stage);
    const read = (type: string, id: string) => stage.provider.read({ urn: stage.urn(token(type), "old"), id });
    const table: readonly [string, string][] = [
      ["Stage", "REST-API-ID/STAGE-NAME"],
      ["Method", "REST-API-ID/RESOURCE-ID/HTTP-METHOD"],
      ["IntegrationResponse", "REST-API-ID/RESOURCE-ID/HTTP-METHOD/STATUS-CODE"],
      ["Deployment", "REST-API-ID/DEPLOYMENT-ID"],
      ["UsagePlanKey", "USAGE-PLAN-ID/USAGE-PLAN-KEY-ID"],
      ["MethodSettings", "REST-API-ID/STAGE-NAME/METHOD-PATH"],
    ];
    for (const [type, format] of table) {
      expect(await failureOf(read(type, "abc")), type).to.equal(`Unexpected format of ID ("abc"), expected ${format}`);
    }
    expect((await read("Stage", `${restApi}/${stageName}`)).id).to.equal(`ags-${restApi}-v1`);
    for (const [type, id] of [
      ["Stage", `${restApi}/v2`],
      ["Stage", "nope/v1"],
      ["Model", `${restApi}/Nope`],
      ["Resource", `${restApi}/nope`],
      ["ApiKey", "nope"],
    ] as const) {
      expect((await read(type, id)).id, `${type} ${id}`).to.equal("");
    }
  });

  it("see APIs, keys and plans of their own account and region only", async () => {
    const { restApi, key, plan } = await aKeyAndAPlan(stage);
    const elsewhere = { region: "eu-west-1" };
    const inEurope = [
      refusalOf(make("Resource", { ...elsewhere, restApi, parentId: "a", pathPart: "b" })),
      refusalOf(make("UsagePlanKey", { ...elsewhere, keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id })),
    ];
    expect((await Promise.all(inEurope)).map((one) => one.split(":")[0])).to.deep.equal(
      Array(2).fill("NotFoundException"),
    );
    for (const made of [key, plan]) {
      const properties = { ...made.outputs, ...elsewhere };
      expect((await stage.provider.read({ urn: made.urn, id: made.id, properties })).id).to.equal("");
    }
  });
});
