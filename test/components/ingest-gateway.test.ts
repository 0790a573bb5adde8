import { expect } from "chai";
import type { IngestGatewayArgs, IngestGatewayOptions } from "../../components/ingest-gateway/args.ts";
import { IngestGateway } from "../../components/ingest-gateway/ingest-gateway.ts";
import { record, refusal, resolved, statementsOf } from "../support/mocks.ts";

const stream = { name: "clicks", arn: "arn:aws:kinesis:eu-west-1:111111111111:stream/clicks" };

function recordGateway(args: Partial<IngestGatewayArgs> = {}, options?: IngestGatewayOptions) {
  return record(() => new IngestGateway("gate", { stream, ...args }, options));
}

let recorded: ReturnType<typeof recordGateway> | undefined;

/** The gateway with nothing but its stream, recorded once. */
function recordDefault() {
  recorded ??= recordGateway();
  return recorded;
}

describe("IngestGateway", () => {
  it("makes exactly these resources by default, each named after it and its child", async () => {
    const run = await recordDefault();
    expect(run.resources.map((each) => `${each.type.split(":").at(-1)} ${each.name}`).sort()).to.deep.equal([
      "Account gate-account",
      "ApiKey gate-api-key",
      "Deployment gate-deployment",
      "Integration gate-integration-post-events",
      "Integration gate-integration-post-events-batch",
      "IntegrationResponse gate-integration-response-post-events-200",
      "IntegrationResponse gate-integration-response-post-events-400",
      "IntegrationResponse gate-integration-response-post-events-500",
      "IntegrationResponse gate-integration-response-post-events-batch-200",
      "IntegrationResponse gate-integration-response-post-events-batch-400",
      "IntegrationResponse gate-integration-response-post-events-batch-500",
      "LogGroup gate-access-log",
      "Method gate-method-post-events",
      "Method gate-method-post-events-batch",
      "MethodResponse gate-method-response-post-events-200",
      "MethodResponse gate-method-response-post-events-400",
      "MethodResponse gate-method-response-post-events-500",
      "MethodResponse gate-method-response-post-events-batch-200",
      "MethodResponse gate-method-response-post-events-batch-400",
      "MethodResponse gate-method-response-post-events-batch-500",
      "Model gate-model-events",
      "Model gate-model-events-batch",
      "RequestValidator gate-request-validator",
      "Resource gate-resource-events",
      "Resource gate-resource-events-batch",
      "Response gate-gateway-response-access-denied",
      "Response gate-gateway-response-bad-request-body",
      "Response gate-gateway-response-default-4xx",
      "Response gate-gateway-response-default-5xx",
      "Response gate-gateway-response-quota-exceeded",
      "Response gate-gateway-response-throttled",
      "RestApi gate-api",
      "Role gate-account-role",
      "Role gate-role",
      "RolePolicy gate-account-policy",
      "RolePolicy gate-policy",
      "Stage gate-stage",
      "UsagePlan gate-usage-plan",
      "UsagePlanKey gate-usage-plan-key",
    ]);
    for (const each of run.resources) expect(each.parent, each.name).to.equal("gate");
  });

  it("asks for a key and checks bodies by default, and no answer depends on what is not declared", async () => {
    const run = await recordDefault();
    for (const [name, model] of [
      ["events", "Event"],
      ["events-batch", "EventBatch"],
    ]) {
      expect(run.named(`gate-method-post-${name}`).inputs).to.deep.equal({
        restApi: "gate-api-id",
        resourceId: `gate-resource-${name}-id`,
        httpMethod: "POST",
        authorization: "NONE",
        apiKeyRequired: true,
        requestModels: { "application/json": model },
        requestValidatorId: "gate-request-validator-id",
      });
    }
    expect(run.named("gate-request-validator").inputs).to.deep.equal({
      restApi: "gate-api-id",
      validateRequestBody: true,
      validateRequestParameters: false,
    });
    expect(run.named("gate-api").inputs).to.deep.equal({
      description: "Takes events over HTTPS into a Kinesis stream.",
      endpointConfiguration: { types: "REGIONAL" },
      apiKeySource: "HEADER",
    });
  });

  it("calls Kinesis in the stream's region, as its own role, with the content type that Kinesis wants, and nothing unmapped passes", async () => {
    const run = await recordDefault();
    for (const [name, action, types] of [
      ["events", "PutRecord", ["application/json"]],
      ["events-batch", "PutRecords", ["application/json", "application/x-ndjson"]],
    ] as const) {
      const { requestTemplates, ...inputs } = run.named(`gate-integration-post-${name}`).inputs;
      expect(inputs).to.deep.equal({
        restApi: "gate-api-id",
        resourceId: `gate-resource-${name}-id`,
        httpMethod: "POST",
        type: "AWS",
        integrationHttpMethod: "POST",
        uri: `arn:aws:apigateway:eu-west-1:kinesis:action/${action}`,
        credentials: "arn:aws:iam::111111111111:role/gate-role-1a2b3c4",
        passthroughBehavior: "NEVER",
        timeoutMilliseconds: 29000,
        requestParameters: { "integration.request.header.Content-Type": "'application/x-amz-json-1.1'" },
      });
      expect(Object.keys(requestTemplates as object)).to.deep.equal(types);
    }
  });

  it("maps 2xx to 200, 4xx to a template, and whatever else to 500, on both routes", async () => {
    const run = await recordDefault();
    for (const name of ["events", "events-batch"]) {
      const patterns = ["200", "400", "500"].map((status) => {
        const { selectionPattern } = run.named(`gate-integration-response-post-${name}-${status}`).inputs;
        return [status, selectionPattern];
      });
      expect(patterns).to.deep.equal([
        ["200", "2\\d{2}"],
        ["400", "4\\d{2}"],
        ["500", undefined],
      ]);
    }
  });

  it("may only put records, into this one stream", async () => {
    const run = await recordDefault();
    expect(statementsOf(run.named("gate-policy").inputs["policy"])).to.deep.equal([
      { Sid: "PutRecord", Effect: "Allow", Action: ["kinesis:PutRecord"], Resource: [stream.arn] },
      { Sid: "PutRecords", Effect: "Allow", Action: ["kinesis:PutRecords"], Resource: [stream.arn] },
    ]);
    expect(statementsOf(run.named("gate-role").inputs["assumeRolePolicy"])).to.deep.equal([
      {
        Sid: "AssumedByService",
        Effect: "Allow",
        Principal: { Service: "apigateway.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
  });

  it("may make data keys for a stream with a key of its own, and for no other", async () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/one";
    const run = await recordGateway({ stream: { ...stream, kmsKeyArn } });
    expect(statementsOf(run.named("gate-policy").inputs["policy"]).slice(2)).to.deep.equal([
      {
        Sid: "EncryptStream",
        Effect: "Allow",
        Action: ["kms:GenerateDataKey"],
        Resource: [kmsKeyArn],
        Condition: { StringEquals: { "kms:EncryptionContext:aws:kinesis:arn": stream.arn } },
      },
    ]);
  });

  it("encrypts its access log by a key of its own", async () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/logs";
    const run = await recordGateway({ stream, accessLog: { kmsKeyArn } });
    expect(run.named("gate-access-log").inputs["kmsKeyId"]).to.equal(kmsKeyArn);
  });

  it("deploys after everything that is deployed, and logs only after the account has a role", async () => {
    const run = await recordDefault();
    const { dependsOn } = run.named("gate-deployment");
    const deployed = run.resources
      .filter((each) =>
        /:(Model|Method|MethodResponse|Integration|IntegrationResponse|Response|Resource)$/.test(each.type),
      )
      .map((each) => each.name);
    expect(deployed).to.have.length(26);
    expect(dependsOn).to.include.members([...deployed, "gate-policy"]);
    expect(run.named("gate-stage").dependsOn).to.include("gate-account");
    expect(run.named("gate-account").dependsOn).to.include("gate-account-policy");
  });

  it("leaves the account's role and setting in place when it goes, because other APIs use them", async () => {
    const run = await recordDefault();
    const retained = run.resources.filter((each) => each.retainOnDelete).map((each) => each.name);
    expect(retained.sort()).to.deep.equal([
      "gate-access-log",
      "gate-account",
      "gate-account-policy",
      "gate-account-role",
    ]);
  });

  it("takes the account's role and setting along when nothing is to be left", async () => {
    const run = await recordGateway({ removalPolicy: "destroy" });
    expect(run.resources.filter((each) => each.retainOnDelete).map((each) => each.name)).to.deep.equal([]);
  });

  it("relies on the account's role when told that there is one", async () => {
    const run = await recordGateway({ apiGatewayAccount: "existing" });
    expect(run.of("aws:apigateway/account:Account")).to.have.length(0);
    expect(run.resources.filter((each) => each.name.includes("account"))).to.have.length(0);
    expect(run.named("gate-stage").inputs).to.have.property("accessLogSettings");
  });

  it("logs one line of JSON per request, with its ids and without anything that a client writes freely", async () => {
    const run = await recordGateway({ accessLog: { retentionDays: 7 }, removalPolicy: "destroy" });
    const settings = run.named("gate-stage").inputs["accessLogSettings"] as { destinationArn: string; format: string };
    expect(settings.destinationArn).to.equal("arn:aws:logs:us-east-1:111111111111:log-group:gate-access-log-1a2b3c4");
    const fields = JSON.parse(settings.format) as Record<string, string>;
    expect(fields).to.include({ requestId: "$context.requestId", extendedRequestId: "$context.extendedRequestId" });
    for (const value of Object.values(fields)) expect(value).to.not.match(/userAgent|context\.path|querystring|header/);
    expect(run.named("gate-access-log").inputs).to.deep.equal({ retentionInDays: 7 });
    expect(run.named("gate-access-log").retainOnDelete).to.equal(false);
  });

  it("makes no log, and needs no account role, when the log is off", async () => {
    const run = await recordGateway({ accessLog: { enabled: false } });
    expect(run.of("aws:cloudwatch/logGroup:LogGroup")).to.have.length(0);
    expect(run.of("aws:apigateway/account:Account")).to.have.length(0);
    expect(run.named("gate-stage").inputs).to.not.have.property("accessLogSettings");
  });

  it("meters a client at 1,000 requests/s, bursts of 2,000 and no quota, and the stage limits nothing more", async () => {
    const run = await recordDefault();
    expect(run.named("gate-usage-plan").inputs).to.deep.equal({
      description: "What a client of gate may send.",
      apiStages: [{ apiId: "gate-api-id", stage: "v1" }],
      throttleSettings: { rateLimit: 1000, burstLimit: 2000 },
    });
    expect(run.named("gate-usage-plan-key").inputs).to.deep.equal({
      keyId: "gate-api-key-id",
      keyType: "API_KEY",
      usagePlanId: "gate-usage-plan-id",
    });
    expect(run.of("aws:apigateway/methodSettings:MethodSettings")).to.have.length(0);
  });

  it("takes other limits for clients and for the stage", async () => {
    const run = await recordGateway({
      usagePlan: { rateLimit: 5, burstLimit: 10, quota: { limit: 1000, period: "DAY" } },
      throttling: { rateLimit: 50, burstLimit: 100 },
    });
    expect(run.named("gate-usage-plan").inputs).to.include.keys("quotaSettings");
    expect(run.named("gate-usage-plan").inputs["throttleSettings"]).to.deep.equal({ rateLimit: 5, burstLimit: 10 });
    expect(run.named("gate-usage-plan").inputs["quotaSettings"]).to.deep.equal({ limit: 1000, period: "DAY" });
    expect(run.named("gate-method-settings").inputs).to.deep.equal({
      restApi: "gate-api-id",
      stageName: "v1",
      methodPath: "*/*",
      settings: { throttlingRateLimit: 50, throttlingBurstLimit: 100 },
    });
  });

  it("is signed by IAM, or public, without any key", async () => {
    for (const [authorization, method] of [
      ["iam", "AWS_IAM"],
      ["public-anyone-may-send", "NONE"],
    ]) {
      const run = await recordGateway({ authorization });
      expect(run.named("gate-method-post-events").inputs).to.include({ authorization: method, apiKeyRequired: false });
      expect(run.resources.filter((each) => /ApiKey|UsagePlan/.test(each.type))).to.have.length(0);
      expect(run.result.apiKeyValue).to.equal(undefined);
      expect(run.result.apiKeyId).to.equal(undefined);
    }
  });

  it("gives the URL without a slash at the end, and the key as a secret", async () => {
    const states = {
      "gate-stage": { invokeUrl: "https://a.execute-api.eu-west-1.amazonaws.com/v1/" },
      "gate-api-key": { value: "k".repeat(20) },
    };
    const run = await record(() => new IngestGateway("gate", { stream }), { states });
    const { url, apiKeyValue, apiKeyId, restApiId, stageName } = run.result;
    expect(await resolved(url)).to.equal("https://a.execute-api.eu-west-1.amazonaws.com/v1");
    expect(await resolved(apiKeyValue!)).to.equal("k".repeat(20));
    expect(await (apiKeyValue as unknown as { isSecret: Promise<boolean> }).isSecret).to.equal(true);
    expect([await resolved(apiKeyId!), await resolved(restApiId), await resolved(stageName)]).to.deep.equal([
      "gate-api-key-id",
      "gate-api-id",
      "v1",
    ]);
  });

  it("answers preflights and puts the CORS headers on every answer, errors too", async () => {
    const run = await recordGateway({
      partitionKey: { source: "header", header: "X-User" },
      cors: { allowOrigins: ["https://app.example.com"], allowHeaders: ["X-Trace"], maxAgeSeconds: 60 },
    });
    expect(run.of("aws:apigateway/response:Response")).to.have.length(6);
    for (const each of run.of("aws:apigateway/response:Response")) {
      expect(each.inputs["responseParameters"], each.name).to.include({
        "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'",
        "gatewayresponse.header.Access-Control-Expose-Headers": "'Retry-After'",
      });
    }
    for (const each of run.of("aws:apigateway/integrationResponse:IntegrationResponse")) {
      const parameters = each.inputs["responseParameters"] as Record<string, string>;
      expect(parameters, each.name).to.include({
        "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      });
      const declared = run.named(each.name.replace("integration-response", "method-response"));
      expect(declared.inputs["responseParameters"]).to.have.all.keys(Object.keys(parameters));
    }
    expect(run.named("gate-integration-response-options-events-204").inputs["responseParameters"]).to.deep.equal({
      "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      "method.response.header.Access-Control-Expose-Headers": "'Retry-After'",
      "method.response.header.Access-Control-Allow-Methods": "'OPTIONS,POST'",
      "method.response.header.Access-Control-Allow-Headers": "'Content-Type,X-Api-Key,X-User,X-Trace'",
      "method.response.header.Access-Control-Max-Age": "'60'",
    });
    expect(run.named("gate-method-options-events").inputs).to.include({ authorization: "NONE", apiKeyRequired: false });
    expect(run.named("gate-integration-options-events").inputs).to.include({ type: "MOCK" });
  });

  it("says which of several origins may read an answer in its template, and lets any page read the gateway's own errors", async () => {
    const origins = ["https://app.example.com", "https://other.example.com"];
    const run = await recordGateway({ cors: { allowOrigins: origins } });
    const answers = run.of("aws:apigateway/integrationResponse:IntegrationResponse");
    expect(answers).to.have.length(8);
    for (const { name, inputs } of answers) {
      const parameters = inputs["responseParameters"] as Record<string, string>;
      expect(parameters, name).to.include({ "method.response.header.Vary": "'Origin'" });
      expect(parameters, name).not.to.have.property("method.response.header.Access-Control-Allow-Origin");
      for (const origin of origins) {
        expect((inputs["responseTemplates"] as Record<string, string>)["application/json"], name).to.contain(
          `"${origin}"`,
        );
      }
      const declared = run.named(name.replace("integration-response", "method-response"));
      expect(declared.inputs["responseParameters"]).to.have.all.keys(Object.keys(parameters));
    }
    for (const { name, inputs } of run.of("aws:apigateway/response:Response")) {
      expect(inputs["responseParameters"], name).to.include({
        "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
      });
    }
    const alone = await recordGateway({
      cors: { allowOrigins: ["https://app.example.com", "https://app.example.com"] },
    });
    const text = await recordGateway({ cors: { allowOrigins: ["https://app.example.com"] } });
    expect(alone.resources.map(({ inputs }) => inputs)).to.deep.equal(text.resources.map(({ inputs }) => inputs));
  });

  it("refuses origins that cannot stand together", async () => {
    const told = async (allowOrigins: string[]) => {
      const failure = await record(() => new IngestGateway("gate", { stream, cors: { allowOrigins } })).then(
        () => "",
        (error: Error) => error.message,
      );
      return failure.split("\n").slice(1);
    };
    expect(await told([])).to.deep.equal([
      '- cors.allowOrigins is an empty list; leave cors out if no page may send, or write cors.allowOrigins: ["https://app.example.com"]',
    ]);
    expect(await told(["https://a.example", "*"])).to.deep.equal([
      '- cors.allowOrigins has * among other origins; * is all of them: write cors.allowOrigins: ["*"], or leave it out of the list',
    ]);
    expect(await told(["https://a.example", "null", "https://A.example"])).to.deep.equal([
      '- cors.allowOrigins[1] is "null"; allowed is one origin (scheme, host and perhaps a port, in lower case), or *: write cors.allowOrigins[1]: "https://app.example.com"',
      '- cors.allowOrigins[2] is "https://A.example"; allowed is one origin (scheme, host and perhaps a port, in lower case), or *: write cors.allowOrigins[2]: "https://app.example.com"',
    ]);
  });

  it("asks throttled clients to wait, and tells what is wrong with a body", async () => {
    const run = await recordDefault();
    expect(run.named("gate-gateway-response-throttled").inputs["responseParameters"]).to.deep.equal({
      "gatewayresponse.header.Retry-After": "'1'",
    });
    expect(run.named("gate-gateway-response-quota-exceeded").inputs["responseParameters"]).to.deep.equal({
      "gatewayresponse.header.Retry-After": "'3600'",
    });
    const { responseTemplates } = run.named("gate-gateway-response-bad-request-body").inputs;
    expect((responseTemplates as Record<string, string>)["application/json"]).to.contain(
      '"details":"$context.error.validationErrorString"',
    );
  });

  it("lets transform reach every kind of child, and deploys again when it changes what is deployed", async () => {
    const seen: string[] = [];
    const note = (_args: unknown, _opts: unknown, name: string) => {
      seen.push(name);
    };
    const kinds = [
      ...["restApi", "resource", "model", "requestValidator", "method", "methodResponse", "integration"],
      ...["integrationResponse", "gatewayResponse", "integrationRole", "integrationPolicy", "accountRole"],
      ...["accountPolicy", "account", "logGroup", "deployment", "stage", "methodSettings", "apiKey", "usagePlan"],
      "usagePlanKey",
    ];
    const transform = Object.fromEntries(kinds.map((kind) => [kind, note])) as IngestGatewayOptions["transform"];
    const run = await recordGateway({ throttling: { rateLimit: 1, burstLimit: 1 } }, { transform });
    expect(seen.sort()).to.deep.equal(run.resources.map((each) => each.name).sort());

    const changed = await recordGateway(
      {},
      { transform: { integration: (args) => Object.assign(args, { timeoutMilliseconds: 1000 }) } },
    );
    expect(triggerOf(changed)).to.not.equal(triggerOf(run));
  });

  it("deploys again when a template, a model, an answer, a route's protection or CORS changes, and only then", async () => {
    const first = triggerOf(await recordDefault());
    expect(first).to.match(/^[0-9a-f]{64}$/);
    expect(triggerOf(await recordGateway())).to.equal(first);
    const irrelevant = await recordGateway({
      usagePlan: { rateLimit: 1 },
      accessLog: { retentionDays: 1 },
      apiGatewayAccount: "existing",
    });
    expect(triggerOf(irrelevant)).to.equal(first);
    const changes: Partial<IngestGatewayArgs>[] = [
      { stream: { ...stream, name: "other" } },
      { stream: { ...stream, maximumRecordSizeKiB: 2048 } },
      { partitionKey: { source: "header" } },
      { partitionKey: { source: "bodyPath", path: "user.id" } },
      { authorization: "iam" },
      { cors: { allowOrigins: ["*"] } },
    ];
    const triggers = await changes.reduce<Promise<string[]>>(
      async (before, change) => [...(await before), triggerOf(await recordGateway(change))],
      Promise.resolve([first]),
    );
    expect(new Set(triggers).size).to.equal(changes.length + 1);
  });

  it("lives twice in one stack", async () => {
    const run = await record(() => [
      new IngestGateway("left", { stream }),
      new IngestGateway("right", { stream, apiGatewayAccount: "existing" }),
    ]);
    const names = run.resources.map((each) => each.name);
    expect(new Set(names).size).to.equal(names.length);
    expect(run.named("left-method-post-events").inputs["restApi"]).to.equal("left-api-id");
    expect(run.named("right-method-post-events").inputs["restApi"]).to.equal("right-api-id");
  });

  it("refuses what cannot work before anything is made, all of it at once", async () => {
    const refused = await refusal(
      () =>
        new IngestGateway("gate", {
          stream,
          authorization: "none",
          usagePlan: { quota: { limit: 1, period: "YEAR" } },
          apiGatewayAccount: "mine",
          stageName: "v 1",
          partitionKey: { source: "bodyPath", header: "X" },
          cors: { allowOrigins: ["example.com"], maxAgeSeconds: -1 },
          accessLog: { retentionDays: 2 },
          removalPolicy: "keep",
        }),
    );
    expect(refused.isWithoutStack).to.equal(true);
    expect(refused.resources).to.have.length(0);
    expect(refused.lines).to.deep.equal([
      '"gate" has args that cannot work:',
      '- authorization is "none"; if anyone on the internet shall send events, write authorization: "public-anyone-may-send"',
      '- usagePlan is given; it counts by API key: write authorization: "apiKey", or throttling instead of it',
      '- usagePlan.quota.period is "YEAR"; allowed is "DAY" or "WEEK" or "MONTH": write usagePlan.quota.period: "DAY"',
      '- apiGatewayAccount is "mine"; allowed is "manage" or "existing": write apiGatewayAccount: "manage"',
      '- partitionKey.header is given; it belongs to a key from a header: write partitionKey.source: "header"',
      '- partitionKey.path is missing; a key from the body needs it: write partitionKey.path: "user.id"',
      '- stageName is "v 1"; allowed is 1 to 128 letters, digits, - and _: write stageName: "v1"',
      '- cors.allowOrigins[0] is "example.com"; allowed is one origin (scheme, host and perhaps a port, in lower case), or *: write cors.allowOrigins[0]: "https://app.example.com"',
      "- cors.maxAgeSeconds is -1; allowed is a whole number from 0 to 86400: write cors.maxAgeSeconds: 0",
      "- accessLog.retentionDays is 2; allowed is 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653: write accessLog.retentionDays: 30",
      '- removalPolicy is "keep"; allowed is "retain" or "destroy": write removalPolicy: "retain"',
    ]);
  });

  it("refuses names that would break out of a template", async () => {
    for (const [partitionKey, problem] of [
      [{ source: "header", header: 'X")#stop' }, "partitionKey.header"],
      [{ source: "bodyPath", path: "a')].b" }, "partitionKey.path"],
    ] as const) {
      const refused = await refusal(() => new IngestGateway("gate", { stream, partitionKey }));
      expect(refused.lines[1]).to.contain(problem);
      expect(refused.resources).to.have.length(0);
    }
  });
});

function triggerOf(run: Awaited<ReturnType<typeof recordGateway>>): string {
  return (run.named("gate-deployment").inputs["triggers"] as Record<string, string>)["deployed"] ?? "";
}
