import { gzipSync } from "node:zlib";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import { AwsError } from "../../../../local/kernel/errors.ts";
import type { Faults } from "../../../../local/kernel/fault-port.ts";
import type { Session } from "../../../../local/kernel/principal.ts";
import { watchIamRefusals } from "../../../../local/run/iam-refusals.ts";
import { type DeployedGateway, deployGateway, type GatewayChoices } from "../../../support/gateway-stage.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

const BATCH = "/events/batch";
const lines = { "content-type": "application/x-ndjson" };

describe("the local API Gateway", () => {
  const stage = new ServiceStage();
  let gate: DeployedGateway;
  let made = 0;
  /** Another gateway in the same cloud; the account's role is there already. */
  const another = (choices: GatewayChoices): Promise<DeployedGateway> =>
    deployGateway(stage, { apiGatewayAccount: "existing", ...choices }, `gate${++made}`);

  let madeSecond: Promise<DeployedGateway> | undefined;
  let madeOpen: Promise<DeployedGateway> | undefined;
  /** Another gateway like the first; every test gets the same one, and leaves it as it was. */
  const secondGateway = () => (madeSecond ??= another({}));
  /** A gateway that takes events from anyone; every test gets the same one. */
  const openGateway = () => (madeOpen ??= another({ authorization: "public-anyone-may-send" }));

  before(async () => {
    gate = await deployGateway(stage);
  });

  beforeEach(() => stage.cloud.emptyData());

  after(() => stage.close());

  it("puts one event into the stream and answers where it is", async () => {
    const answer = await gate.send({ body: '{"a": 1.10}' });
    expect(answer.status).to.equal(200);
    const [record] = await gate.records();
    expect(record?.data).to.equal('{"a": 1.10}');
    expect(answer.json).to.deep.equal({ sequenceNumber: record?.sequenceNumber, shardId: record?.shardId });
    expect(answer.headers["content-type"]).to.equal("application/json");
    expect(record?.partitionKey).to.equal(answer.headers["x-amz-apigw-id"]);
  });

  it("puts batches of both kinds into the stream, one result per event in order", async () => {
    const envelope = await gate.send({ path: BATCH, body: '{"events":[{"a":1.10},{"b":2}]}' });
    const jsonLines = await gate.send({ path: BATCH, headers: lines, body: '{"c": 3.10}\r\n\nnot json\n' });
    const records = await gate.records();
    expect(records.map(({ data }) => data)).to.deep.equal(['{"a":1.1}', '{"b":2}', '{"c": 3.10}', "not json"]);
    for (const [answer, from] of [
      [envelope, 0],
      [jsonLines, 2],
    ] as const) {
      expect(answer.status).to.equal(200);
      expect(answer.json).to.deep.equal({
        accepted: 2,
        failed: 0,
        results: records
          .slice(from, from + 2)
          .map(({ sequenceNumber, shardId }) => ({ status: 200, sequenceNumber, shardId })),
      });
    }
  });

  it("refuses bodies with what is wrong, and puts nothing", async () => {
    const gate = await another({ partitionKey: { source: "bodyPath", path: "user.id" } });
    const key = { user: { id: "k" } };
    const table: readonly [string, unknown, string][] = [
      ["/events", "[1]", '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
      ["/events", '"x"', '[instance type (string) does not match any allowed primitive type (allowed: ["object"])]'],
      ["/events", "{", "[Unknown error parsing request body]"],
      ["/events", "", "[Unknown error parsing request body]"],
      ["/events", {}, '[object has missing required properties (["user"])]'],
      ["/events", { user: {} }, '[object has missing required properties (["id"])]'],
      ["/events", { user: { id: "" } }, '[string "" is too short (length: 0, required minimum: 1)]'],
      [
        "/events",
        { user: { id: "é".repeat(257) } },
        `[string "${"é".repeat(257)}" is too long (length: 257, maximum allowed: 256)]`,
      ],
      [
        "/events",
        { user: { id: null } },
        '[instance type (null) does not match any allowed primitive type (allowed: ["number","string"])]',
      ],
      [BATCH, {}, '[object has missing required properties (["events"])]'],
      [BATCH, { events: [] }, "[array is too short: must have at least 1 elements but instance has 0 elements]"],
      [
        BATCH,
        { events: Array(501).fill(key) },
        "[array is too long: must have at most 500 elements but instance has 501 elements]",
      ],
      [
        BATCH,
        { events: [key], other: 1 },
        '[object instance has properties which are not allowed by the schema: ["other"]]',
      ],
      [BATCH, { events: [key, {}, {}] }, '[object has missing required properties (["user"])]'],
    ];
    for (const [path, given, details] of table) {
      const body = typeof given === "string" ? given : JSON.stringify(given);
      const answer = await gate.send({ path, body });
      expect(answer.status, body).to.equal(400);
      expect(answer.json, body).to.include({ message: "Invalid request body", details });
    }
    expect(await gate.records()).to.deep.equal([]);
  });

  it("refuses what a template cannot use with 400: bad keys, too many lines, none", async () => {
    const gate = await another({ partitionKey: { source: "header" } });
    const headers = { "X-Partition-Key": "k" };
    const keyText = "The header X-Partition-Key must hold a partition key of 1 to 256 characters.";
    const batchText = "A batch holds 1 to 500 events, in at most 1000 lines.";
    for (const [request, message] of [
      [{ body: "{}" }, keyText],
      [{ body: "{}", headers: { "x-partition-key": "k".repeat(257) } }, keyText],
      [{ path: BATCH, body: "{}\n{}", headers: lines }, keyText],
      [{ path: BATCH, body: "{}\n".repeat(501), headers: { ...headers, ...lines } }, batchText],
      [{ path: BATCH, body: "\n\n", headers: { ...headers, ...lines } }, batchText],
      [{ path: BATCH, body: "", headers: { ...headers, ...lines, "content-length": "0" } }, batchText],
    ] as const) {
      const answer = await gate.send(request);
      expect([answer.status, answer.json["message"]]).to.deep.equal([400, message]);
    }
    expect(await gate.records()).to.deep.equal([]);
    expect(
      (await gate.send({ path: BATCH, body: "{}\n".repeat(500), headers: { ...headers, ...lines } })).status,
    ).to.equal(200);
  });

  it("says 413 of an event over the stream's record size, alone or in a batch, and of a body over 10 MB", async () => {
    const gate = await another({ maximumRecordSizeKiB: 2048 });
    const event = (bytes: number) => JSON.stringify({ a: "x".repeat(bytes - 8) });
    const fits = 2048 * 1024 - 16;
    expect((await gate.send({ body: event(fits) })).status).to.equal(200);
    await stage.cloud.clock.advance(5_000);
    const message = "An event and its partition key may have 2048 KiB together, a batch 10 MiB.";
    for (const request of [
      { body: event(fits + 1) },
      { path: BATCH, body: `{"events":[{},${event(fits + 1)}]}` },
      { path: BATCH, headers: lines, body: `{}\n${event(fits + 1)}` },
    ]) {
      const answer = await gate.send(request);
      expect([answer.status, answer.json["message"]]).to.deep.equal([413, message]);
    }
    const huge = await gate.send({ body: Buffer.alloc(10 * 1024 * 1024 + 1, 32) });
    expect([huge.status, huge.json]).to.deep.equal([413, { message: "Request Too Long" }]);
    expect(await gate.records()).to.have.length(1);
  });

  it("says 415 of other content types, and takes a missing one, and one with parameters, as JSON", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/x-amz-json-1.1"]) {
      expect((await gate.send({ body: "{}", headers: { "content-type": type } })).status, type).to.equal(415);
    }
    expect((await gate.send({ body: "{}", headers: lines })).status).to.equal(415);
    const asJson: Record<string, string>[] = [{}, { "content-type": "Application/JSON; charset=utf-8" }];
    for (const headers of asJson) {
      expect((await gate.send({ body: "{}", headers })).status).to.equal(200);
      expect((await gate.send({ body: "[]", headers })).status).to.equal(400);
    }
  });

  it("takes what navigator.sendBeacon sends where anyone may send, checked as JSON is, and nowhere else", async () => {
    const open = await openGateway();
    // A string as sendBeacon sends it: its type cannot be chosen, and no header can be set.
    const beacon = { "content-type": "text/plain;charset=UTF-8", origin: "https://app.example.com" };
    const event = '{"left":"the page","n":12345678901234567890}';
    expect((await open.send({ body: event, headers: beacon })).status).to.equal(200);
    expect((await open.send({ path: BATCH, body: '{"events":[{"a":1},{"b":2}]}', headers: beacon })).status).to.equal(
      200,
    );
    expect((await open.records()).map(({ data }) => data)).to.have.members([event, '{"a":1}', '{"b":2}']);
    for (const [path, body] of [
      ["/events", "not json"],
      ["/events", "[1]"],
      [BATCH, '{"events":[]}'],
      [BATCH, '{"a":1}\n{"b":2}'],
    ] as const)
      expect((await open.send({ path, body, headers: beacon })).status, body).to.equal(400);
    const latin = { "content-type": "text/plain;charset=iso-8859-1" };
    expect((await open.send({ body: "{}", headers: latin })).status).to.equal(415);
    expect(await open.records()).to.have.length(3);
    expect((await gate.send({ body: event, headers: { ...beacon, "x-api-key": gate.apiKey } })).status).to.equal(415);
  });

  it("says 415 of another charset than UTF-8 on every route, and stores nothing", async () => {
    const latin1 = (text: string) => Buffer.from(text, "latin1");
    for (const [path, type, body] of [
      ["/events", "application/json", '{"caf\xe9":"\xfc"}'],
      [BATCH, "application/json", '{"events":[{"caf\xe9":"\xfc"}]}'],
      [BATCH, "application/x-ndjson", '{"caf\xe9":"\xfc"}\n{}'],
    ] as const) {
      for (const charset of ["iso-8859-1", '"ISO-8859-1"']) {
        const headers = { "content-type": `${type}; Charset=${charset}` };
        const answer = await gate.send({ path, headers, body: latin1(body) });
        expect([answer.status, answer.json["message"]], `${path} ${charset}`).to.deep.equal([
          415,
          "A body is UTF-8: send the content type without a charset, or with charset=utf-8.",
        ]);
      }
      const utf8 = { "content-type": `${type}; Charset="UTF-8"` };
      expect((await gate.send({ path, headers: utf8, body })).status).to.equal(200);
    }
    expect((await gate.records()).map(({ data }) => data)).to.have.members([
      '{"caf\xe9":"\xfc"}',
      '{"caf\xe9":"\xfc"}',
      '{"caf\xe9":"\xfc"}',
      "{}",
    ]);
  });

  it("takes {} as the only line of a batch, and refuses an empty body", async () => {
    const send = (body: string) =>
      gate.send({ path: BATCH, headers: { ...lines, "content-length": String(body.length) }, body });
    expect((await send("{}")).json).to.include({ accepted: 1, failed: 0 });
    expect((await send("")).status).to.equal(400);
    expect((await gate.records()).map(({ data }) => data)).to.deep.equal(["{}"]);
  });

  it("says 400 of an envelope with an exponent that the JSON engine cannot read, and stores nothing", async () => {
    const number = `0.4e006${"9".repeat(100)}`;
    const answer = await gate.send({ path: BATCH, body: `{"events":[{"v":${number}}]}` });
    expect(answer.status).to.equal(400);
    expect(await gate.records()).to.deep.equal([]);
    expect((await gate.send({ path: BATCH, headers: lines, body: `{"v":${number}}` })).status).to.equal(200);
    expect((await gate.records()).map(({ data }) => data)).to.deep.equal([`{"v":${number}}`]);
  });

  it("undoes gzip before it looks", async () => {
    const headers = { "content-encoding": "gzip" };
    expect((await gate.send({ headers, body: gzipSync('{"a":1}') })).status).to.equal(200);
    expect((await gate.send({ headers, body: gzipSync("[]") })).status).to.equal(400);
    expect((await gate.send({ headers, body: "{}" })).status).to.equal(400);
    expect((await gate.send({ headers, body: gzipSync(Buffer.alloc(11 * 1024 * 1024, 32)) })).status).to.equal(413);
    expect((await gate.records()).map(({ data }) => data)).to.deep.equal(['{"a":1}']);
  });

  it("lets nobody in without a key that is enabled and in the stage's plan", async () => {
    const other = await secondGateway();
    for (const key of ["", "wrong", `${gate.apiKey} `, other.apiKey]) {
      const answer = await gate.send({ body: "{}", headers: { "x-api-key": key } });
      expect([answer.status, answer.json["message"]], key).to.deep.equal([403, "Forbidden"]);
    }
    const enable = (value: "true" | "false") =>
      stage.call("apigateway", "UpdateApiKey", {
        apiKey: gate.named("gate-api-key").id,
        patchOperations: [{ op: "replace", path: "/enabled", value }],
      });
    await enable("false");
    expect((await gate.send({ body: "{}" })).status).to.equal(403);
    await enable("true");
    expect((await gate.send({ body: "{}" })).status).to.equal(200);
  });

  it("does not mix two gateways", async () => {
    const [left, right] = [gate, await secondGateway()];
    await left.send({ body: '{"side":"left"}' });
    await right.send({ body: '{"side":"right"}' });
    expect((await left.records()).map(({ data }) => data)).to.deep.equal(['{"side":"left"}']);
    expect((await right.records()).map(({ data }) => data)).to.deep.equal(['{"side":"right"}']);
  });

  it("answers an unknown route, verb, stage or API with 403, as AWS does", async () => {
    for (const request of [{ path: "/nope" }, { path: "/events/batch/more" }, { path: "" }, { method: "GET" }]) {
      const answer = await gate.send({ body: "{}", ...request });
      expect([answer.status, answer.json["message"]]).to.deep.equal([403, "Missing Authentication Token"]);
    }
    for (const path of [`/_aws/execute-api/${gate.apiId}/v2/events`, "/_aws/execute-api/nope/v1/events"]) {
      const request = { method: "POST", path, query: "", headers: {}, body: Buffer.from("{}"), sourceIp: "127.0.0.1" };
      const answer = await stage.cloud.services.apigateway.site.handle(request);
      expect([answer.status, answer.body]).to.deep.equal([403, '{"message":"Forbidden"}']);
    }
  });

  it("lets a client choose the request id, but not the extended one, nor a key by it", async () => {
    const chosen = "0F9619A3-3b1c-4f3e-9d38-0c6a6c1d7d11";
    const headers = { "x-amzn-requestid": chosen, "x-amz-apigw-id": "chosen" };
    const answer = await gate.send({ body: "{}", headers });
    expect(answer.headers["x-amzn-requestid"]).to.equal(chosen);
    expect(answer.headers["x-amz-apigw-id"]).to.match(/^[A-Za-z0-9+/]{15}=$/);
    expect((await gate.records())[0]?.partitionKey).to.equal(answer.headers["x-amz-apigw-id"]);
  });

  it("takes a request id from a client only if it is a UUID", async () => {
    const uuid = "0f9619a3-3b1c-4f3e-9d38-0c6a6c1d7d11";
    for (const given of [
      "chosen",
      `${uuid}0`,
      ` ${uuid}, ${uuid}`,
      uuid.replaceAll("-", ""),
      `${uuid}\n`,
      "../../x",
      "",
    ]) {
      const answer = await gate.send({ body: "{}", headers: { "x-amzn-requestid": given } });
      expect(answer.headers["x-amzn-requestid"]).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(answer.headers["x-amzn-requestid"]).not.to.equal(uuid);
    }
  });

  it("lets only those in by IAM who signed for it and may", async () => {
    const gate = await another({ authorization: "iam" });
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: STAGE_ACCOUNT }, Action: "sts:AssumeRole" }],
    };
    await stage.make("aws:iam/role:Role", { name: "sender", assumeRolePolicy: JSON.stringify(trust) });
    const allow = (resource: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: resource }],
      });
    await stage.make("aws:iam/rolePolicy:RolePolicy", {
      name: "send",
      role: "sender",
      policy: allow(`arn:aws:execute-api:${STAGE_REGION}:${STAGE_ACCOUNT}:${gate.apiId}/v1/POST/events`),
    });
    const { Credentials } = await stage.call<{ Credentials: { AccessKeyId: string } }>("sts", "AssumeRole", {
      RoleArn: `arn:aws:iam::${STAGE_ACCOUNT}:role/sender`,
      RoleSessionName: "test",
    });
    const sender = stage.cloud.accounts.find(Credentials.AccessKeyId)!;
    const { administrator } = stage.cloud.accounts.ensure(STAGE_ACCOUNT);
    const refusals = watchIamRefusals(stage.cloud.trace);

    expect((await signed(gate, administrator, "/events")).status).to.equal(200);
    expect((await signed(gate, sender, "/events")).status).to.equal(200);
    const refused = await signed(gate, sender, BATCH);
    expect([refused.status, refused.json["message"]]).to.deep.equal([403, "Forbidden"]);
    expect(refusals.count).to.equal(1);
    expect(refusals.ofRoles).to.deep.equal([
      `IAM refused execute-api:Invoke on arn:aws:execute-api:${STAGE_REGION}:${STAGE_ACCOUNT}:${gate.apiId}/v1/POST${BATCH} to arn:aws:sts::${STAGE_ACCOUNT}:assumed-role/sender`,
    ]);
    expect((await signed(gate, sender, "/events", { service: "kinesis" })).status).to.equal(403);
    expect((await signed(gate, sender, "/events", { body: '{"changed":1}' })).status).to.equal(403);
    const unsigned = await gate.send({ body: "{}" });
    expect([unsigned.status, unsigned.json["message"]]).to.deep.equal([403, "Missing Authentication Token"]);
    // IAM is not evaluated for requests without a valid signature.
    expect(refusals.count).to.equal(1);
    expect(await gate.records()).to.have.length(2);
  });

  it("needs no key when anyone may send", async () => {
    const gate = await openGateway();
    expect((await gate.send({ body: "{}" })).status).to.equal(200);
  });

  it("answers a page's preflight, and carries the CORS headers on every answer", async () => {
    const gate = await another({ cors: { allowOrigins: ["https://app.example.com"] } });
    const preflight = await gate.send({ method: "OPTIONS", path: BATCH, headers: { "x-api-key": "" } });
    expect([preflight.status, preflight.body]).to.deep.equal([204, ""]);
    expect(preflight.headers).to.include({
      "access-control-allow-methods": "OPTIONS,POST",
      "access-control-allow-headers": "Content-Type,X-Api-Key",
      "access-control-max-age": "600",
    });
    const answers = [
      preflight,
      await gate.send({ body: "{}" }),
      await gate.send({ body: "[]" }),
      await gate.send({ body: "{}", headers: { "x-api-key": "wrong" } }),
      await gate.send({ path: "/nope" }),
      await gate.send({ path: BATCH, headers: lines, body: "\n" }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([204, 200, 400, 403, 403, 400]);
    for (const { headers, status } of answers) {
      expect(headers["access-control-allow-origin"], String(status)).to.equal("https://app.example.com");
    }
  });

  it("names a page's own origin if it is one of several, and lets any page read the errors that API Gateway gives itself", async () => {
    const gate = await another({ cors: { allowOrigins: ["https://app.example.com", "http://localhost:3000"] } });
    const answersTo = async (origin: Record<string, string>) => [
      await gate.send({ method: "OPTIONS", path: BATCH, headers: { ...origin, "x-api-key": "" } }),
      await gate.send({ body: "{}", headers: origin }),
      await gate.send({ path: BATCH, headers: { ...lines, ...origin }, body: "{}" }),
      await gate.send({ path: BATCH, headers: { ...lines, ...origin }, body: "\n" }),
      await gate.send({ body: "[]", headers: origin }),
      await gate.send({ body: "{}", headers: { ...origin, "x-api-key": "wrong" } }),
    ];
    for (const [sent, allowed] of [
      ["https://app.example.com", "https://app.example.com"],
      ["http://localhost:3000", "http://localhost:3000"],
      ["https://evil.example.com", undefined],
      ["null", undefined],
      [undefined, undefined],
    ]) {
      const answers = await answersTo(sent === undefined ? {} : { Origin: sent });
      expect(answers.map(({ status }) => status)).to.deep.equal([204, 200, 200, 400, 400, 403]);
      expect(answers[0]!.body).to.equal("");
      for (const { headers } of answers.slice(0, 4)) {
        expect(headers["access-control-allow-origin"], String(sent)).to.equal(allowed);
        expect(headers["vary"]).to.equal("Origin");
      }
      for (const { headers } of answers.slice(4)) expect(headers["access-control-allow-origin"]).to.equal("*");
    }
  });

  it("says 500, and nothing of AWS, when the role may not write, the stream is gone, or Kinesis fails", async () => {
    const gate = await another({});
    const own = (name: string) => gate.named(gate.streamName.replace(/-stream$/, name));
    const expectFailure = async (what: string) => {
      for (const request of [{ body: "{}" }, { path: BATCH, body: '{"events":[{}]}' }]) {
        const answer = await gate.send(request);
        expect(answer.status, what).to.equal(500);
        expect(Object.keys(answer.json)).to.deep.equal(["message", "requestId"]);
        expect(answer.json["message"]).to.equal("The request could not be served; send again later.");
      }
    };
    const policy = own("-policy");
    const type = stage.type("aws:iam/rolePolicy:RolePolicy");
    await type.delete(policy.id, policy.outputs, stage.context);
    await expectFailure("no permission");
    await stage.make("aws:iam/rolePolicy:RolePolicy", {
      name: "again",
      role: own("-role").outputs["name"],
      policy: String(policy.inputs["policy"]),
    });
    expect((await gate.send({ body: "{}" })).status).to.equal(200);

    const failing: Faults = {
      around: (call, params, run) => {
        if (call.service === "kinesis") throw new AwsError("InternalFailure", "clicks of 111111111111", 500);
        return run(params);
      },
    };
    await stage.cloud.withFaults(failing, () => expectFailure("Kinesis fails"));
    await stage.call("kinesis", "DeleteStream", { StreamName: gate.streamName });
    await expectFailure("no stream");
  });

  it("says 500 when the role's trust does not name API Gateway", async () => {
    const gate = await another({
      options: {
        transform: {
          integrationRole: (args) => {
            args.assumeRolePolicy = JSON.stringify({
              Version: "2012-10-17",
              Statement: [
                { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
              ],
            });
          },
        },
      },
    });
    const answer = await gate.send({ body: "{}" });
    expect([answer.status, answer.json["message"]]).to.deep.equal([
      500,
      "The request could not be served; send again later.",
    ]);
  });
});

/** Sends a request signed by a session; `changes` are made after signing, but for the service, which is signed for. */
async function signed(
  gate: DeployedGateway,
  session: Session,
  path: string,
  changes: { service?: string; body?: string } = {},
) {
  const body = path === BATCH ? '{"events":[{}]}' : "{}";
  const signer = new SignatureV4({
    credentials: session.credentials as { accessKeyId: string; secretAccessKey: string },
    region: STAGE_REGION,
    service: changes.service ?? "execute-api",
    sha256: Sha256,
    uriEscapePath: true,
  });
  const host = "127.0.0.1:4566";
  const request = await signer.sign({
    method: "POST",
    protocol: "http:",
    hostname: "127.0.0.1",
    path: `/_aws/execute-api/${gate.apiId}/v1${path}`,
    headers: { host },
    body,
  });
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return gate.send({ path, headers, body: changes.body ?? body });
}
