import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { ProviderStage } from "../../../support/provider-stage.ts";
import { refusalOf } from "../../../support/refusal-of.ts";
import { STAGE_ACCOUNT } from "../../../support/service-stage.ts";
import { aMethod, aMock, cli, token } from "../../provider/samples/apigateway-parts.ts";

const json = (template: string) => ({ "application/json": template });
const CONFLICT = "ConflictException";

describe("refusals of the local API Gateway's resource types", () => {
  let stage: ProviderStage;

  beforeEach(async () => {
    stage = await ProviderStage.start();
  });

  afterEach(() => stage.close());

  const make = (type: string, inputs: Properties, name = type) => stage.make(token(type), inputs, name);

  it("refuse what is there already, as API Gateway does", async () => {
    const method = await aMock(stage);
    const { restApi, resourceId } = method;
    const answers = { ...method, statusCode: "200" };
    await make("IntegrationResponse", answers);
    const { id: deployment } = await make("Deployment", { restApi });
    const schema = '{"type":"object"}';
    await make("Model", { restApi, name: "Event", contentType: "application/json", schema });
    await make("Stage", { restApi, deployment, stageName: "v1" });
    const key = await make("ApiKey", { value: "k".repeat(20) });
    const plan = await make("UsagePlan", { apiStages: [{ apiId: restApi, stage: "v1" }] });
    const other = await make("UsagePlan", { apiStages: [{ apiId: restApi, stage: "v1" }] });
    const inPlan = { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id };
    await make("UsagePlanKey", inPlan);
    const { rootResourceId } = (await cli(stage, "GetRestApi", { restApiId: restApi })) as { rootResourceId: string };

    const table: readonly [string, Properties, string][] = [
      [
        "Resource",
        { restApi, parentId: rootResourceId, pathPart: "events" },
        "Another resource with the same parent already has this name: events",
      ],
      ["Method", { ...method, authorization: "NONE" }, "Method already exists for this resource"],
      ["MethodResponse", answers, "Response already exists for this resource"],
      [
        "IntegrationResponse",
        { ...answers, statusCode: "400" },
        "Integration response with selection pattern default already exists",
      ],
      ["Model", { restApi, name: "Event", contentType: "a/b", schema }, "Model name already exists for this REST API"],
      ["Model", { restApi, name: "Empty", contentType: "a/b", schema }, "Model name already exists for this REST API"],
      ["Stage", { restApi, deployment, stageName: "v1" }, "Stage already exists"],
      ["ApiKey", { value: "k".repeat(20) }, "API Key already exists"],
      ["UsagePlanKey", inPlan, `Usage Plan ${plan.id} already has the API Key ${key.id}`],
      [
        "UsagePlanKey",
        { ...inPlan, usagePlanId: other.id },
        `The API Key ${key.id} is in the Usage Plan ${plan.id} of the same API Stage ${restApi}:v1 already`,
      ],
    ];
    for (const [type, inputs, words] of table) {
      expect(await refusalOf(make(type, inputs, "again")), type).to.equal(`${CONFLICT}: ${words}`);
    }
    const children = { restApi, parentId: resourceId };
    const variable = await make("Resource", { ...children, pathPart: "{id}" });
    const badRequests: readonly [Properties, string][] = [
      [
        { ...children, pathPart: "{proxy+}" },
        "A sibling ({id}) of this resource already has a variable path part -- only one is allowed",
      ],
      [
        { restApi, parentId: rootResourceId, pathPart: "ping" },
        "/ping is reserved for API Gateway's own health checks",
      ],
    ];
    for (const [inputs, words] of badRequests) {
      expect(await refusalOf(make("Resource", inputs, "again"))).to.equal(`BadRequestException: ${words}`);
    }
    const { urn, inputs: oldInputs } = variable;
    const olds = { ...oldInputs, parentId: rootResourceId, pathPart: "events" };
    const news = { ...olds, parentId: variable.id };
    const cycle = stage.provider.update({ urn, id: resourceId, olds, oldInputs: olds, news });
    expect(await refusalOf(cycle)).to.equal("BadRequestException: Resources cannot be cyclical.");
  });

  it("refuse what is not there, as API Gateway does", async () => {
    const method = await aMethod(stage);
    const { restApi } = method;
    const api = `NotFoundException: Invalid API identifier specified ${STAGE_ACCOUNT}:nope`;
    const table: readonly [string, Properties, string][] = [
      ["Resource", { restApi: "nope", parentId: "nope", pathPart: "a" }, api],
      [
        "Resource",
        { restApi, parentId: "nope", pathPart: "a" },
        "NotFoundException: Invalid Resource identifier specified",
      ],
      ["Deployment", { restApi: "nope" }, api],
      ["Deployment", { restApi }, "BadRequestException: No integration defined for method"],
      ["Stage", { restApi, deployment: "nope", stageName: "v1" }, "BadRequestException: Deployment id does not exist"],
      [
        "MethodResponse",
        { ...method, httpMethod: "PUT", statusCode: "200" },
        "NotFoundException: Invalid Method identifier specified",
      ],
      ["IntegrationResponse", { ...method, statusCode: "200" }, "NotFoundException: No integration defined for method"],
      [
        "Method",
        { ...method, httpMethod: "PUT", authorization: "NONE", requestValidatorId: "nope" },
        "BadRequestException: Invalid Request Validator identifier specified",
      ],
      [
        "Method",
        { ...method, httpMethod: "PUT", authorization: "NONE", requestModels: json("Nope") },
        "BadRequestException: Invalid model identifier specified: Nope",
      ],
      [
        "MethodSettings",
        { restApi, stageName: "v1", methodPath: "*/*", settings: {} },
        "NotFoundException: Invalid stage identifier specified",
      ],
      [
        "UsagePlanKey",
        { keyId: "nope", keyType: "API_KEY", usagePlanId: "nope" },
        "NotFoundException: Invalid Usage Plan ID specified",
      ],
    ];
    for (const [type, inputs, words] of table) expect(await refusalOf(make(type, inputs)), type).to.equal(words);
    const plan = refusalOf(make("UsagePlan", { apiStages: [{ apiId: restApi, stage: "v9" }] }));
    expect(await plan).to.match(
      /^NotFoundException: Invalid API Stage \{api: \w+, stage: v9\} specified for usageplan \w+$/,
    );
  });

  it("refuse what cannot be, in AWS's words, and what is not supported, by name", async () => {
    const method = await aMock(stage);
    const { restApi } = method;
    const answers = { ...method, statusCode: "200" };
    const action = (name: string) => `arn:aws:apigateway:us-east-1:${name}`;
    const credentials = `arn:aws:iam::${STAGE_ACCOUNT}:role/r`;
    const integration = { ...method, type: "AWS", integrationHttpMethod: "POST", credentials };
    const put = { ...integration, uri: action("kinesis:action/PutRecord") };
    const another = { ...method, httpMethod: "PUT", authorization: "NONE" };
    const model = { restApi, name: "a", contentType: "application/json" };
    const log = { destinationArn: "arn:aws:logs:us-east-1:111111111111:log-group:a", format: "$context.requestId" };
    const stageOf = { restApi, deployment: "a", stageName: "v1" };
    const table: readonly [string, Properties, string][] = [
      ["Integration", { ...integration, uri: action("sqs:path/queue") }, "the integration URI"],
      ["Integration", { ...integration, type: "HTTP_PROXY", uri: "https://a" }, "type"],
      ["Integration", { ...put, cacheKeyParameters: ["a"] }, "cacheKeyParameters"],
      ["Integration", { ...put, credentials: undefined }, "the credentials"],
      [
        "Integration",
        { ...put, integrationHttpMethod: undefined },
        "Enumeration value for HttpMethod must be non-empty",
      ],
      ["Integration", { ...put, requestTemplates: json("#stop()") }, "#stop"],
      ["Integration", { ...put, requestTemplates: json("$context.authorizer.claims") }, "$context.authorizer"],
      [
        "IntegrationResponse",
        { ...answers, responseParameters: { "method.response.header.Y": "'a'" } },
        "Invalid mapping expression parameter specified: method.response.header.Y",
      ],
      ["IntegrationResponse", { ...answers, selectionPattern: "(" }, "Invalid selection pattern"],
      ["MethodResponse", { ...answers, statusCode: "700" }, "must be a status"],
      ["MethodResponse", { ...answers, responseParameters: { "X-Kind": true } }, "Invalid mapping expression"],
      ["Method", { ...another, authorization: "CUSTOM" }, "authorization"],
      ["Method", { ...another, requestParameters: { "X-Kind": true } }, "Invalid mapping expression"],
      [
        "Method",
        { ...another, requestParameters: { "method.request.header.a": true, "method.request.path.a": true } },
        "Parameter names must be unique across querystring, header and path",
      ],
      ["Model", { ...model, name: "a-b", schema: "{}" }, "Model name must be alphanumeric"],
      ["Model", { ...model, name: undefined, schema: "{}" }, "Model name must be alphanumeric"],
      ["Model", model, "Model schema must have at least 1 property or array items defined"],
      ["Model", { ...model, schema: "{" }, "Invalid model"],
      ["Model", { ...model, schema: '{"type":"nope"}' }, "Invalid model"],
      ["Response", { restApiId: restApi, responseType: "TEAPOT" }, "responseType"],
      [
        "Response",
        { restApiId: restApi, responseType: "THROTTLED", responseParameters: { "X-Kind": "'a'" } },
        "Invalid mapping expression specified: X-Kind",
      ],
      ["RestApi", { name: "a", binaryMediaTypes: ["*/*"] }, "binaryMediaTypes"],
      ["RestApi", { name: "a", endpointConfiguration: { types: "PRIVATE" } }, "endpointConfiguration.types"],
      ["Stage", { ...stageOf, xrayTracingEnabled: true }, "xrayTracingEnabled"],
      ["Stage", { ...stageOf, accessLogSettings: { ...log, format: "$context.status" } }, "Invalid access log format"],
      ["Stage", { ...stageOf, accessLogSettings: { ...log, destinationArn: "a" } }, "Invalid ARN specified"],
      ["MethodSettings", { restApi, stageName: "v1", methodPath: "/events/POST", settings: {} }, "methodPath"],
      ["MethodSettings", { restApi, stageName: "v1", methodPath: "events/*", settings: {} }, "methodPath"],
      ["Account", { cloudwatchRoleArn: "me" }, "must be the ARN of a role"],
      ["ApiKey", { value: "short" }, "at least 20 characters"],
      ["UsagePlan", { quotaSettings: { limit: 1, period: "DAY", offset: 1 } }, "an offset of a usage plan's quota"],
    ];
    for (const [type, inputs, words] of table) {
      expect(await refusalOf(make(type, inputs, "refused")), `${type} ${words}`).to.contain(words);
    }
  });

  it("warn of a template that tests the truth of what may be missing, and take it", async () => {
    const method = await aMock(stage);
    const template = json("#if($input.path('$.a'))x#end");
    for (const [type, inputs, property] of [
      ["Integration", { ...method, type: "MOCK", requestTemplates: template }, "requestTemplates"],
      ["IntegrationResponse", { ...method, statusCode: "200", responseTemplates: template }, "responseTemplates"],
    ] as const) {
      const { failures, warnings } = await stage.provider.check({ urn: stage.urn(token(type), "x"), news: inputs });
      expect(failures).to.deep.equal([]);
      expect(warnings?.map((one) => [one.property, one.reason.slice(0, 52)])).to.deep.equal([
        [`${property}["application/json"]`, "line 1 tests the truth of $input.path('$.a'), which "],
      ]);
      // The gateway component warns of its own, and the engine's log would have it twice.
      const urn = stage.urn(`tributary:ingest:IngestGateway$${token(type)}`, "gate-integration-post-events");
      expect(await stage.provider.check({ urn, news: inputs })).not.to.have.property("warnings");
    }
  });
});
