import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";
import { expect } from "chai";
import { readEndpoint } from "../../../../functions/replicator/adapters/direct/endpoint.ts";
import { createDirectTableWriter } from "../../../../functions/replicator/adapters/direct-table-writer.ts";
import { createSdkTableWriter } from "../../../../functions/replicator/adapters/sdk-table-writer.ts";
import type { EncodedItem } from "../../../../functions/replicator/core/item-value.ts";
import { createAssumedRole } from "../../../../functions/shared/assumed-role.ts";
import { judge, Verdict } from "../../../../functions/shared/aws-errors.ts";
import { expectedSignature, readSignature, SigningKeys, sha256 } from "../../../../local/sigv4/signature.ts";
import { answerWith, type Captured, CapturingServer } from "../../support/capturing-server.ts";
import { encoded, itemOf, textOf } from "../../support/encoded-items.ts";

const REGION = "eu-west-1";
const SECRET = "secret";
const ALL_PROCESSED = '{"UnprocessedItems":{}}';

const item = (n: number, event: object = { N: String(n) }): EncodedItem =>
  encoded({ seqNumbershardIdHash: { S: "h" }, sequenceNumber: { S: String(n) }, event: event as { N: string } });

describe("the direct table writer", () => {
  let server: CapturingServer;
  let sessions: number;

  beforeEach(async () => {
    server = await new CapturingServer().open();
    sessions = 0;
  });
  afterEach(() => server.close());

  function setup(options: { url?: string; now?: () => number } = {}) {
    const role = createAssumedRole({
      clock: { now: () => 0 },
      assume: async () => ({ accessKeyId: `ASIA${++sessions}`, secretAccessKey: SECRET, sessionToken: "tok//en+" }),
    });
    const settings = { region: REGION, role, tableName: "events" };
    const url = options.url ?? server.url;
    const endpoint = readEndpoint({ AWS_ENDPOINT_URL: url }, REGION, (text) => expect.fail(text));
    const direct = createDirectTableWriter({ ...settings, endpoint, now: options.now ?? Date.now });
    return { settings, write: (items: readonly EncodedItem[]) => direct.write(items, new AbortController().signal) };
  }

  const failure = async (work: Promise<unknown>): Promise<Error & { $metadata?: object; code?: string }> =>
    work.then(
      () => expect.fail("it did not fail"),
      (error: Error) => error,
    );

  it("sends what the AWS SDK sends: method, path, body, and what the headers mean", async () => {
    const items = [item(1), item(2, { S: 'é😀\u0001"\\\u2028' }), item(3, { M: { a: { L: [{ NULL: true }] } } })];
    const { settings, write } = setup();
    await write(items);
    const before = process.env["AWS_ENDPOINT_URL"];
    process.env["AWS_ENDPOINT_URL"] = server.url;
    try {
      await createSdkTableWriter(settings).write(items, new AbortController().signal);
    } finally {
      if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
      else process.env["AWS_ENDPOINT_URL"] = before;
    }
    const [direct, sdk] = server.requests as [Captured, Captured];
    expect([direct.method, direct.path, direct.body]).to.deep.equal([sdk.method, sdk.path, sdk.body]);
    const meaning = (headers: IncomingHttpHeaders) => {
      const { authorization = "", "x-amz-date": date, "user-agent": agent, ...rest } = headers;
      // The SDK's reports about itself.
      for (const name of ["amz-sdk-invocation-id", "amz-sdk-request", "x-amz-user-agent"]) delete rest[name];
      const credential = /Credential=([^,]+)/.exec(authorization)?.[1];
      expect(date).to.match(/^\d{8}T\d{6}Z$/);
      expect(agent).to.be.a("string");
      return { ...rest, credential };
    };
    expect(meaning(direct.headers)).to.deep.equal(meaning(sdk.headers));
    const signed = /SignedHeaders=([^,]+)/.exec(direct.headers.authorization ?? "")?.[1]?.split(";");
    expect(signed).to.have.members([
      ...["content-length", "content-type", "host", "x-amz-content-sha256"],
      ...["x-amz-date", "x-amz-security-token", "x-amz-target"],
    ]);
  });

  it("signs what it sends", async () => {
    await setup().write([item(1, { S: "é".repeat(5_000) })]);
    const { method, path, headers, body } = server.requests[0] as Captured;
    const request = { method, path, query: "", headers, body: Buffer.from(body) } as never;
    const signed = readSignature(request);
    if (signed === undefined) return expect.fail("no signature");
    const signingKey = new SigningKeys().get(signed, SECRET);
    expect(signed.signature).to.equal(expectedSignature(request, signed, { payloadHash: sha256(body), signingKey }));
  });

  it("sends each call its own bytes, whatever it sent before and sends beside", async () => {
    const { write } = setup();
    const call = (n: number) => [item(n, { S: String(n % 10).repeat(n % 3 === 0 ? 90_000 : n * 50) })];
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    server.answer = (response, request, count) =>
      answerWith(count % 5 === 0 ? 500 : 200, count % 5 === 0 ? "{}" : ALL_PROCESSED)(response, request, count);
    for (const n of numbers.slice(0, 20)) await write(call(n)).catch(() => undefined);
    await Promise.all(numbers.slice(20).map((n) => write(call(n)).catch(() => undefined)));
    const expected = numbers.map(
      (n) => `{"RequestItems":{"events":[{"PutRequest":{"Item":${textOf(call(n)[0] as EncodedItem)}}}]}}`,
    );
    expect(server.requests.map(({ body }) => body).sort()).to.deep.equal(expected.sort());
  });

  it("gives the positions of unprocessed items, matched by key", async () => {
    const sent = [item(1), item(2), item(3)];
    const { write } = setup();
    const unprocessed = (...items: EncodedItem[]) =>
      JSON.stringify({ UnprocessedItems: { events: items.map((each) => ({ PutRequest: { Item: itemOf(each) } })) } });
    server.answer = answerWith(200, unprocessed(sent[2]!, sent[0]!));
    expect(await write(sent)).to.deep.equal([0, 2]);
    server.answer = answerWith(200, unprocessed(item(9)));
    expect(await write(sent)).to.deep.equal([0, 1, 2]);
    server.answer = answerWith(200, unprocessed());
    expect(await write(sent)).to.deep.equal([]);
  });

  for (const [what, status, body, headers, name, verdict] of [
    [
      "a throttle",
      400,
      '{"__type":"com.amazon.coral.availability#ThrottlingException"}',
      {},
      "ThrottlingException",
      "retry",
    ],
    ["a refused item", 400, '{"__type":"c#ValidationException","message":"bad"}', {}, "ValidationException", "park"],
    ["a refused access", 400, '{"__type":"AccessDeniedException","Message":"no"}', {}, "AccessDeniedException", "fail"],
    ["an error named by a header", 400, "{}", { "x-amzn-errortype": "SlowDown:http://x/" }, "SlowDown", "retry"],
    ["a failure on the way", 502, "<html>", {}, "Unknown", "retry"],
    ["too many requests on the way", 429, "", {}, "Unknown", "retry"],
    [
      "an error with two names",
      400,
      '{"__type":"ThrottlingException"}',
      { "x-amzn-errortype": "ValidationException" },
      "ThrottlingException",
      "retry",
    ],
    ["a redirection", 307, "", { location: "/" }, "Unknown", "fail"],
    ["a refusal without a name", 400, "[]", {}, "Unknown", "fail"],
  ] as const) {
    it(`throws ${what} as the AWS SDK does: ${name}, judged ${verdict}`, async () => {
      server.answer = answerWith(status, body, { "x-amzn-requestid": "ID1", ...headers });
      const error = await failure(setup().write([item(1)]));
      expect(error.name).to.equal(name);
      expect(error.$metadata).to.deep.equal({ httpStatusCode: status, requestId: "ID1" });
      expect(judge(error)).to.equal(verdict);
    });
  }

  it("gives DynamoDB's own words for a refused item", async () => {
    server.answer = answerWith(400, '{"__type":"c#ValidationException","message":"Type mismatch"}');
    expect((await failure(setup().write([item(1)]))).message).to.equal("Type mismatch");
  });

  it("takes a new session once when the old one is refused", async () => {
    const expired = answerWith(400, '{"__type":"c#ExpiredTokenException"}');
    const stored = answerWith(200, ALL_PROCESSED);
    server.answer = (response, request, call) => (call === 1 ? expired : stored)(response, request, call);
    await setup().write([item(1)]);
    expect(
      server.requests.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1]),
    ).to.deep.equal(["ASIA1", "ASIA2"]);
  });

  it("takes an answer by its checksum, and one with another for a failure that may be retried", async () => {
    const body = '{"UnprocessedItems":{}}';
    const { write } = setup();
    server.answer = answerWith(200, body, { "x-amz-crc32": String(crc32(body)) });
    expect(await write([item(1)])).to.deep.equal([]);
    server.answer = answerWith(200, body, { "x-amz-crc32": "1" });
    const error = await failure(write([item(1)]));
    expect(error.name).to.equal("CorruptAnswerError");
    expect(judge(error)).to.equal(Verdict.Retry);
  });

  for (const body of ['{"Unproc', "", "{}", "null", "[]", '"ok"', '{"__type":"c#InternalServerError"}']) {
    it(`fails the invocation for an answer of success that does not say what was processed: ${body}`, async () => {
      server.answer = answerWith(200, body);
      expect(judge(await failure(setup().write([item(1)])))).to.equal(Verdict.Fail);
    });
  }

  it("corrects its clock by the service's, after a refusal and after a success, and not for a small difference", async () => {
    const serviceTime = Date.UTC(2026, 5, 1, 12);
    const date = new Date(serviceTime).toUTCString();
    let now = serviceTime - 3_600_000;
    const { write } = setup({ now: () => now });
    const times = () => server.requests.map(({ headers }) => headers["x-amz-date"]);
    server.answer = answerWith(400, '{"__type":"c#InvalidSignatureException","message":"Signature expired: …"}', {
      date,
    });
    expect(judge(await failure(write([item(1)])))).to.equal(Verdict.Retry);
    server.answer = answerWith(200, ALL_PROCESSED, { date });
    await write([item(1)]);
    expect(times()).to.deep.equal(["20260601T110000Z", "20260601T120000Z"]);
    now += 60_000;
    server.answer = answerWith(200, ALL_PROCESSED, { date: new Date(serviceTime + 1).toUTCString() });
    await write([item(1)]);
    await write([item(1)]);
    expect(times().slice(2)).to.deep.equal(["20260601T120100Z", "20260601T120100Z"]);
  });

  it("keeps its connections, and takes a new one when the server has closed them meanwhile", async () => {
    const { write } = setup();
    await Promise.all([write([item(1)]), write([item(2)]), write([item(3)])]);
    await write([item(4)]);
    expect(server.sockets.size).to.equal(3);
    // As after a freeze: the client learns of it when it sends.
    server.answer = (response, request, call) =>
      server.sockets.size > 3
        ? answerWith(200, ALL_PROCESSED)(response, request, call)
        : request.socket.resetAndDestroy();
    expect(await write([item(5)])).to.deep.equal([]);
    expect(server.requests.map(({ body }) => body.includes('"5"'))).to.deep.equal([
      ...[false, false, false, false],
      ...[true, true, true, true],
    ]);
  });

  it("throws a lost connection that is not an old one, and an answer that breaks off, both to be retried", async () => {
    server.answer = (_, request) => request.socket.resetAndDestroy();
    const lost = await failure(setup().write([item(1)]));
    expect(lost.code).to.equal("ECONNRESET");
    server.answer = (response, request) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{", () => request.socket.destroy());
    };
    const brokenOff = await failure(setup().write([item(1)]));
    expect(judge(brokenOff)).to.equal(Verdict.Retry);
    const refused = await failure(setup({ url: "http://127.0.0.1:1" }).write([item(1)]));
    expect([refused.code, judge(refused)]).to.deep.equal(["ECONNREFUSED", Verdict.Retry]);
  });
});
