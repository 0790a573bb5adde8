import {
  APIGatewayClient,
  DeleteApiKeyCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetDeploymentsCommand,
  GetGatewayResponseCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIntegrationCommand,
  UpdateIntegrationResponseCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import type { Session } from "../../../../local/kernel/principal.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { type MadeResource, ProviderStage } from "../../../support/provider-stage.ts";
import { STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";
import { aKeyAndAPlan, aRole, arn, token } from "../../provider/samples/apigateway-parts.ts";

const replace = (path: string, value: string) => ({ op: "replace", path, value }) as const;
const remove = (path: string, value?: string) => ({ op: "remove", path, value }) as const;

describe("the operations of the local API Gateway, by an SDK", () => {
  let stage: ProviderStage;
  let frontDoor: FrontDoor;
  let client: APIGatewayClient;
  let made: Awaited<ReturnType<typeof aKeyAndAPlan>>;
  let restApiId: string;
  let endpoint: string;

  const clientOf = ({ credentials }: Session) =>
    new APIGatewayClient({ endpoint, region: STAGE_REGION, credentials, maxAttempts: 1 });

  beforeEach(async () => {
    stage = await ProviderStage.start();
    made = await aKeyAndAPlan(stage);
    restApiId = made.restApi;
    frontDoor = new FrontDoor(stage.cloud);
    endpoint = (await frontDoor.listen(0)).endpointUrl;
    client = clientOf(stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator);
  });

  afterEach(async () => {
    client.destroy();
    await frontDoor.close();
    await stage.close();
  });

  const resourceIdOf = async () => {
    const { items = [] } = await client.send(new GetResourcesCommand({ restApiId }));
    return items.find(({ path }) => path === "/events")?.id;
  };
  const ofMethod = async () => ({ restApiId, resourceId: await resourceIdOf(), httpMethod: "POST" });

  it("list keys and plans of their account and region only", async () => {
    const elsewhere = new APIGatewayClient({
      endpoint,
      region: "eu-central-1",
      credentials: stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator.credentials,
    });
    const listed = async (of: APIGatewayClient) => {
      const keys = await of.send(new GetApiKeysCommand({}));
      const plans = await of.send(new GetUsagePlansCommand({}));
      return [keys.items?.length, plans.items?.length];
    };
    expect(await listed(client)).to.deep.equal([1, 1]);
    expect(await listed(elsewhere)).to.deep.equal([0, 0]);
    elsewhere.destroy();
    const { items = [] } = await client.send(new GetUsagePlansCommand({ keyId: "none" }));
    expect(items).to.deep.equal([]);
  });

  it("read everything that a program makes", async () => {
    const { items } = await client.send(new GetRestApisCommand({}));
    expect(items?.map(({ id, name }) => [id, name])).to.deep.equal([[restApiId, "gate"]]);
    const resources = await client.send(new GetResourcesCommand({ restApiId }));
    expect(resources.items?.map(({ path, pathPart }) => [path, pathPart])).to.deep.equal([
      ["/", undefined],
      ["/events", "events"],
    ]);
    const method = await client.send(new GetMethodCommand(await ofMethod()));
    expect(method).to.deep.include({ httpMethod: "POST", authorizationType: "NONE", apiKeyRequired: false });
    expect(Object.keys(method.methodResponses ?? {})).to.deep.equal(["200", "400"]);
    expect(method.methodIntegration?.integrationResponses?.["200"]?.responseTemplates).to.deep.equal({
      "application/json": "second",
    });
    const models = await client.send(new GetModelsCommand({ restApiId }));
    expect(models.items?.map(({ name }) => name)).to.deep.equal(["Empty", "Error"]);
    expect((await client.send(new GetDeploymentsCommand({ restApiId }))).items).to.have.length(2);
    const stages = await client.send(new GetStagesCommand({ restApiId }));
    expect(stages.item?.map(({ stageName }) => stageName)).to.deep.equal(["v1"]);
    const answer = await client.send(new GetGatewayResponseCommand({ restApiId, responseType: "THROTTLED" }));
    expect(answer).to.deep.include({ defaultResponse: true, statusCode: "429" });
    const key = await client.send(new GetApiKeyCommand({ apiKey: made.key.id, includeValue: true }));
    expect(key.value).to.be.a("string").with.length(40);
    expect((await client.send(new GetApiKeyCommand({ apiKey: made.key.id }))).value).to.equal(undefined);
  });

  it("patch what the types have, all of it or nothing", async () => {
    const updated = await client.send(
      new UpdateRestApiCommand({
        restApiId,
        patchOperations: [replace("/name", "mine"), replace("/description", "d")],
      }),
    );
    expect(updated).to.deep.include({ name: "mine", description: "d" });
    const settings = await client.send(
      new UpdateStageCommand({
        restApiId,
        stageName: "v1",
        patchOperations: [
          replace("/variables/kind", "mine"),
          replace("/*/*/throttling/rateLimit", "5"),
          replace("/~1events/POST/throttling/burstLimit", "7"),
        ],
      }),
    );
    expect(settings.variables).to.deep.equal({ kind: "mine" });
    expect(settings.methodSettings).to.deep.equal({
      "*/*": { throttlingRateLimit: 5, throttlingBurstLimit: 5_000 },
      "events/POST": { throttlingRateLimit: 10_000, throttlingBurstLimit: 7 },
    });
    const method = await ofMethod();
    const template = replace("/requestTemplates/application~1json", '{"statusCode": 400}');
    await client.send(new UpdateIntegrationCommand({ ...method, patchOperations: [template] }));
    const integration = await client.send(new GetIntegrationCommand(method));
    expect(integration.requestTemplates).to.deep.equal({ "application/json": '{"statusCode": 400}' });

    const half = [replace("/description", "half"), remove("/*/*"), remove("/events/PUT")];
    const refused = new UpdateStageCommand({ restApiId, stageName: "v1", patchOperations: half });
    expect(await failureOf(client.send(refused))).to.contain("Cannot remove method setting events/PUT");
    const after = await client.send(new GetStageCommand({ restApiId, stageName: "v1" }));
    expect(after.description).to.equal(undefined);
    expect(Object.keys(after.methodSettings ?? {})).to.deep.equal(["*/*", "events/POST"]);
  });

  it("refuse other paths by name, and what a path does not take", async () => {
    const method = await ofMethod();
    const table: readonly [() => Promise<unknown>, string][] = [
      [
        () =>
          client.send(
            new UpdateRestApiCommand({ restApiId, patchOperations: [replace("/minimumCompressionSize", "1")] }),
          ),
        "the patch path /minimumCompressionSize of UpdateRestApi. It supports: /description, /endpointConfiguration",
      ],
      [
        () =>
          client.send(
            new UpdateStageCommand({
              restApiId,
              stageName: "v1",
              patchOperations: [replace("/tracingEnabled", "true")],
            }),
          ),
        "the patch path /tracingEnabled of UpdateStage",
      ],
      [
        () =>
          client.send(
            new UpdateStageCommand({ restApiId, stageName: "v1", patchOperations: [replace("/deploymentId", "nope")] }),
          ),
        "Deployment id does not exist",
      ],
      [
        () =>
          client.send(
            new UpdateResourceCommand({
              ...{ restApiId, resourceId: method.resourceId },
              patchOperations: [remove("/pathPart")],
            }),
          ),
        "Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
      ],
      [
        () =>
          client.send(new UpdateIntegrationCommand({ ...method, patchOperations: [replace("/timeoutInMillis", "5")] })),
        "Timeout should be between 50 ms and 29000 ms",
      ],
      [
        () =>
          client.send(
            new UpdateIntegrationResponseCommand({
              ...{ ...method, statusCode: "200" },
              patchOperations: [remove("/responseParameters/method.response.header.X-Kind")],
            }),
          ),
        "Invalid parameter name specified",
      ],
      [
        () =>
          client.send(
            new UpdateUsagePlanCommand({ usagePlanId: made.plan.id, patchOperations: [remove("/apiStages", "v1")] }),
          ),
        "Invalid API Stage specified",
      ],
      [
        () => client.send(new UpdateRestApiCommand({ restApiId, patchOperations: [{ op: "move", path: "/name" }] })),
        "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
      ],
      [
        () =>
          client.send(
            new UpdateRestApiCommand({
              restApiId,
              patchOperations: [{ op: "replace", path: "/name" }],
            }),
          ),
        "Invalid null or empty value in /name",
      ],
      [
        () =>
          client.send(
            new UpdateRestApiCommand({
              restApiId,
              patchOperations: [{ op: "replace", path: "/endpointConfiguration/ipAddressType", value: "ipv5" }],
            }),
          ),
        "Invalid value for /endpointConfiguration/ipAddressType: ipv5 (must be one of ipv4, dualstack)",
      ],
      [
        () => client.send(new GetRestApisCommand({ limit: 501 })),
        "Value '501' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 500",
      ],
      [
        () => client.send(new GetStagesCommand({ restApiId: "nope" })),
        "Invalid API identifier specified 111111111111:nope",
      ],
    ];
    for (const [send, words] of table) expect(await failureOf(send())).to.contain(words);
  });

  it("delete as API Gateway does, and what is gone is gone for a refresh", async () => {
    const usagePlanId = made.plan.id;
    const read = async ({ urn, id, outputs, inputs }: MadeResource) =>
      (await stage.provider.read({ urn, id, properties: outputs, inputs })).id;
    const used = `Cannot delete Usage Plan ${usagePlanId} because there are API Stages associated with it, including`;
    expect(await failureOf(client.send(new DeleteUsagePlanCommand({ usagePlanId })))).to.contain(used);
    const inPlan = { keyId: made.key.id, keyType: "API_KEY", usagePlanId };
    const planKey = await stage.make(token("UsagePlanKey"), inPlan, "plan-key");
    const keys = await client.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    expect(keys.items?.map(({ id }) => id)).to.deep.equal([made.key.id]);
    await client.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: made.key.id }));
    expect(await read(planKey)).to.equal("");
    await client.send(new DeleteStageCommand({ restApiId, stageName: "v1" }));
    await client.send(new DeleteUsagePlanCommand({ usagePlanId }));
    await client.send(new DeleteApiKeyCommand({ apiKey: made.key.id }));
    await client.send(new DeleteRestApiCommand({ restApiId }));
    for (const one of [made.plan, made.key]) expect(await read(one)).to.equal("");
    const stageOf = { restApi: restApiId, stageName: "v1" };
    const gone = await stage.provider.read({ urn: stage.urn(token("Stage"), "s"), id: "ags", properties: stageOf });
    expect(gone.id).to.equal("");
  });

  it("tag what has tags, by its ARN", async () => {
    const { urn, id } = made.key;
    for (const path of [`/restapis/${restApiId}`, `/restapis/${restApiId}/stages/v1`, `/apikeys/${id}`]) {
      const resourceArn = arn(path);
      await client.send(new TagResourceCommand({ resourceArn, tags: { owner: "me", kind: "test" } }));
      await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["kind", "project"] }));
      expect((await client.send(new GetTagsCommand({ resourceArn }))).tags).to.deep.equal({ owner: "me" });
    }
    const { properties } = await stage.provider.read({ urn, id });
    expect([properties["tags"], properties["tagsAll"]]).to.deep.equal([{ owner: "me" }, { owner: "me" }]);
    const tags = { "aws:own": "x" };
    const reserved = client.send(new TagResourceCommand({ resourceArn: arn(`/apikeys/${id}`), tags }));
    expect(await failureOf(reserved)).to.contain("reserved for AWS");
    const noPlace = client.send(new GetTagsCommand({ resourceArn: arn(`/vpclinks/${id}`) }));
    expect(await failureOf(noPlace)).to.contain("Invalid resource identifier specified");
  });

  it("ask IAM for the verb on the path, and for the role that is handed over", async () => {
    const assumeRolePolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: STAGE_ACCOUNT }, Action: "sts:AssumeRole" }],
    });
    await stage.make("aws:iam/role:Role", { name: "reader", assumeRolePolicy }, "reader");
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "apigateway:GET", Resource: arn(`/restapis/${restApiId}*`) },
        { Effect: "Allow", Action: "apigateway:PATCH", Resource: [arn("/account"), arn(`/restapis/${restApiId}`)] },
      ],
    });
    await stage.make("aws:iam/rolePolicy:RolePolicy", { name: "read", role: "reader", policy }, "read");
    const { Credentials } = await stage.call<{ Credentials: { AccessKeyId: string } }>("sts", "AssumeRole", {
      RoleArn: `arn:aws:iam::${STAGE_ACCOUNT}:role/reader`,
      RoleSessionName: "test",
    });
    const reader = clientOf(stage.cloud.accounts.find(Credentials.AccessKeyId) as Session);
    try {
      await reader.send(new UpdateRestApiCommand({ restApiId, patchOperations: [replace("/name", "mine")] }));
      const denied: readonly [() => Promise<unknown>, string][] = [
        [
          () => reader.send(new UpdateStageCommand({ restApiId, stageName: "v1", patchOperations: [] })),
          `apigateway:PATCH on resource: ${arn(`/restapis/${restApiId}/stages/v1`)}`,
        ],
        [() => reader.send(new DeleteRestApiCommand({ restApiId })), "apigateway:DELETE"],
        [
          () => reader.send(new TagResourceCommand({ resourceArn: arn(`/restapis/${restApiId}`), tags: {} })),
          "apigateway:PUT on resource: arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway",
        ],
      ];
      for (const [send, words] of denied) expect(await failureOf(send())).to.contain(words);
      const params = { patchOperations: [replace("/cloudwatchRoleArn", String(await aRole(stage, "log")))] };
      const { principal } = stage.cloud.accounts.find(Credentials.AccessKeyId) as Session;
      const call = { service: "apigateway", operation: "UpdateAccount", params, principal, region: STAGE_REGION };
      expect(await failureOf(stage.cloud.call(call))).to.contain("iam:PassRole");
    } finally {
      reader.destroy();
    }
  });
});
