import { expect } from "chai";
import type { HttpResponse } from "../../../../local/kernel/service.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { traceId } from "../../../../local/services/apigateway/trace-id.ts";
import { wire } from "../../../../local/services/apigateway/wire.ts";
import { ProviderStage } from "../../../support/provider-stage.ts";
import { refusalOf } from "../../../support/refusal-of.ts";
import { STAGE_REGION } from "../../../support/service-stage.ts";
import { aMethod, aMock, anApi, aRole, arn, cli, json, token } from "../../provider/samples/apigateway-parts.ts";

// Recorded on AWS by LocalStack's test suite (tests/aws/services/apigateway, July 2024 to August 2025).
describe("the local API Gateway, as AWS was recorded", () => {
  let stage: ProviderStage;
  beforeEach(async () => {
    stage = await ProviderStage.start();
  });
  afterEach(() => stage.close());

  let made = 0;
  const make = (type: string, inputs: Properties) => stage.make(token(type), inputs, `${type}-${++made}`);

  /** A method that answers these words by itself. */
  async function says(place: Properties, httpMethod: string, words: string): Promise<void> {
    const method = { ...place, httpMethod };
    await make("Method", { ...method, authorization: "NONE" });
    await make("MethodResponse", { ...method, statusCode: "200" });
    await make("Integration", { ...method, type: "MOCK", requestTemplates: json('{"statusCode": 200}') });
    await make("IntegrationResponse", { ...method, statusCode: "200", responseTemplates: json(words) });
  }

  /** Deploys the API as it is, and asks it. */
  async function deployed(restApi: unknown) {
    const stageName = `v${++made}`;
    const { id: deployment } = await make("Deployment", { restApi, triggers: { stageName } });
    await make("Stage", { restApi, deployment, stageName });
    return (
      method: string,
      path: string,
      headers: Readonly<Record<string, string>> = {},
      body = "",
    ): Promise<HttpResponse> =>
      stage.cloud.services.apigateway.site.handle({
        method,
        path: `/_aws/execute-api/${restApi}/${stageName}${path}`,
        query: "",
        headers,
        body: Buffer.from(body),
        sourceIp: "127.0.0.1",
      });
  }

  it("finds the resource that has the method, however many match the path", async () => {
    const { restApi, rootResourceId } = await anApi(stage);
    const { id: test } = await make("Resource", { restApi, parentId: rootResourceId, pathPart: "test" });
    const { id: any } = await make("Resource", { restApi, parentId: test, pathPart: "any" });
    const { id: proxy } = await make("Resource", { restApi, parentId: rootResourceId, pathPart: "{proxy+}" });
    await says({ restApi, resourceId: test }, "POST", "test");
    await says({ restApi, resourceId: any }, "ANY", "any");
    await says({ restApi, resourceId: proxy }, "OPTIONS", "proxy of $input.params('proxy')");
    const ask = await deployed(restApi);
    const said = async (method: string, path: string) => (await ask(method, path)).body.toString();
    expect(await said("OPTIONS", "/test")).to.equal("proxy of test");
    expect(await said("POST", "/test")).to.equal("test");
    expect(await said("OPTIONS", "/test/any")).to.equal("any");
    expect(await said("GET", "/test/any")).to.equal("any");
    expect(await said("OPTIONS", "/test/other")).to.equal("proxy of test/other");
    expect((await ask("GET", "/test")).status).to.equal(403);
  });

  it("calls an AWS action without a mapped content type as the service wants it, and the answer has a trace id", async () => {
    const method = await aMethod(stage);
    const credentials = await aRole(stage, "gate");
    const actions = ["kinesis:PutRecord", "dynamodb:ListTables"];
    const policy = {
      Version: "2012-10-17",
      Statement: actions.map((Action) => ({ Effect: "Allow", Action, Resource: "*" })),
    };
    await stage.make("aws:iam/rolePolicy:RolePolicy", { role: "gate", policy: JSON.stringify(policy) }, "policy");
    await stage.make("aws:kinesis/stream:Stream", { name: "clicks", shardCount: 1 }, "clicks");
    await make("MethodResponse", { ...method, statusCode: "200" });
    const answers = async (action: string, body: object) => {
      const uri = `arn:aws:apigateway:${STAGE_REGION}:${action}`;
      const settings = { type: "AWS", integrationHttpMethod: "POST", uri, credentials };
      await make("Integration", { ...method, ...settings });
      const ask = await deployed(method.restApi);
      return ask("POST", "/events", {}, JSON.stringify(body));
    };
    await make("Integration", { ...method, type: "MOCK" });
    await make("IntegrationResponse", { ...method, statusCode: "200" });
    const put = await answers("kinesis:action/PutRecord", { StreamName: "clicks", Data: "YQ==", PartitionKey: "a" });
    expect(JSON.parse(put.body.toString())).to.have.all.keys("SequenceNumber", "ShardId");
    expect(put.headers["x-amzn-trace-id"]).to.match(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
    const listed = await answers("dynamodb:action/ListTables", {});
    expect(JSON.parse(listed.body.toString())).to.deep.equal({ TableNames: [] });
  });

  it("keeps what a request has of a trace id, and has none of a MOCK", async () => {
    const full = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1";
    expect(traceId(full, 0)).to.equal(full);
    expect(traceId("Root=1-3152b799-8954dae64eda91bc9a23a7e8", 0)).to.match(
      /^Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=[0-9a-f]{16};Sampled=0$/,
    );
    for (const given of [undefined, "", "Root=1\r\nx", "Root=1-3152b799-8954dae64eda91bc9a23a7e8x"]) {
      expect(traceId(given, 0x3152b799_000)).to.not.contain("8954dae64eda91bc9a23a7e8");
    }
    const { restApi, resourceId } = await anApi(stage);
    await says({ restApi, resourceId }, "GET", "hello");
    const answer = await (await deployed(restApi))("GET", "/events", { "x-amzn-trace-id": full });
    expect([answer.status, answer.headers["x-amzn-trace-id"]]).to.deep.equal([200, undefined]);
  });

  it("puts an integration response before its method response, and answers 500 until that is there", async () => {
    const method = await aMethod(stage);
    await make("Integration", { ...method, type: "MOCK", requestTemplates: json('{"statusCode": 200}') });
    await make("IntegrationResponse", { ...method, statusCode: "200", responseTemplates: json("hello") });
    expect((await (await deployed(method.restApi))("POST", "/events")).status).to.equal(500);
    await make("MethodResponse", { ...method, statusCode: "200" });
    expect((await (await deployed(method.restApi))("POST", "/events")).status).to.equal(200);
  });

  it("answers the statuses of AWS's service model", () => {
    const { protocol } = wire;
    const expected: Readonly<Record<string, number>> = {
      DeleteMethod: 204,
      DeleteMethodResponse: 204,
      DeleteIntegration: 204,
      DeleteIntegrationResponse: 204,
      UpdateMethodResponse: 201,
      DeleteRequestValidator: 202,
      DeleteStage: 202,
      UpdateMethod: 200,
      CreateUsagePlanKey: 201,
      TagResource: 204,
    };
    const statuses = Object.keys(expected).map((operation) => [operation, protocol.encode(operation, {}, "id").status]);
    expect(Object.fromEntries(statuses)).to.deep.equal(expected);
  });

  it("leaves out maps, tags and descriptions that say nothing", async () => {
    const method = await aMock(stage);
    const ofMethod = { restApiId: method.restApi, resourceId: method.resourceId, httpMethod: "POST" };
    await make("IntegrationResponse", { ...method, statusCode: "200", selectionPattern: "" });
    const { cacheNamespace, ...integration } = await cli<Properties>(stage, "GetIntegration", ofMethod);
    expect(integration).to.deep.equal({
      type: "MOCK",
      passthroughBehavior: "WHEN_NO_MATCH",
      requestTemplates: json('{"statusCode": 200}'),
      timeoutInMillis: 29_000,
      cacheKeyParameters: [],
      integrationResponses: { "200": { statusCode: "200", selectionPattern: "" } },
    });
    expect(cacheNamespace).to.be.a("string");
    expect(await cli(stage, "GetMethodResponse", { ...ofMethod, statusCode: "200" })).to.deep.equal({
      statusCode: "200",
      responseParameters: { "method.response.header.X-Kind": true },
    });
    const {
      methodIntegration: _own,
      methodResponses: _all,
      ...rest
    } = await cli<Properties>(stage, "GetMethod", ofMethod);
    expect(rest).to.deep.equal({ httpMethod: "POST", authorizationType: "NONE", apiKeyRequired: false });
    const restApi = { restApiId: method.restApi };
    const { tags = {} } = await cli<{ tags?: object }>(stage, "GetRestApi", restApi);
    const resourceArn = arn(`/restapis/${method.restApi}`);
    await cli(stage, "UntagResource", { resourceArn, tagKeys: Object.keys(tags) });
    expect(await cli<Properties>(stage, "GetRestApi", restApi)).to.not.have.any.keys("tags", "description");
  });

  it("names the part when the API of a part is not there", async () => {
    const restApiId = "nothere";
    const method = { restApiId, resourceId: "r", httpMethod: "GET" };
    const validator = { restApiId, requestValidatorId: "v" };
    const resource = "NotFoundException: Invalid Resource identifier specified";
    const table: readonly [string, Properties, string][] = [
      ["GetMethod", method, resource],
      ["UpdateMethod", { ...method, patchOperations: [] }, resource],
      ["DeleteMethodResponse", { ...method, statusCode: "200" }, resource],
      ["GetIntegration", method, resource],
      ["DeleteIntegrationResponse", { ...method, statusCode: "200" }, resource],
      ["GetResource", { restApiId, resourceId: "r" }, resource],
      ["GetRequestValidator", validator, "NotFoundException: Invalid Request Validator identifier specified"],
      ["DeleteRequestValidator", validator, "NotFoundException: Invalid Request Validator identifier specified"],
      [
        "GetRequestValidators",
        { restApiId },
        "NotFoundException: Invalid API identifier specified 111111111111:nothere",
      ],
      [
        "GetModel",
        { restApiId, modelName: "M" },
        "NotFoundException: Invalid API identifier specified 111111111111:nothere",
      ],
    ];
    for (const [operation, params, refusal] of table) {
      expect(await refusalOf(cli(stage, operation, params)), operation).to.equal(refusal);
    }
  });

  it("replaces and removes of a method response only what it has", async () => {
    const { restApi: restApiId, ...place } = await aMock(stage);
    const patch = (op: string, path: string) =>
      cli<Properties>(stage, "UpdateMethodResponse", {
        ...{ restApiId, ...place, statusCode: "200" },
        patchOperations: [{ op, path, value: path.includes("Models") ? "Empty" : "true" }],
      });
    const table: readonly [string, string, string][] = [
      ["replace", "/responseParameters/wrong", "NotFoundException: Invalid parameter name specified"],
      ["remove", "/responseParameters/wrong", "NotFoundException: Invalid parameter name specified"],
      ["replace", "/responseModels/wrong", "NotFoundException: Content-Type specified was not found"],
      ["remove", "/responseModels/wrong", "NotFoundException: Content-Type specified was not found"],
    ];
    for (const [op, path, refusal] of table) expect(await refusalOf(patch(op, path)), path).to.equal(refusal);
    await patch("add", "/responseModels/application~1json");
    expect((await patch("replace", "/responseModels/application~1json"))["responseModels"]).to.deep.equal(
      json("Empty"),
    );
  });
});
