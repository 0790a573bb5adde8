import { createHash, createHmac } from "node:crypto";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { Sha256 } from "@aws-crypto/sha256-js";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import type { Credentials } from "../../local/accounts/principal.ts";
import { ClockMode } from "../../local/clock.ts";
import { Cloud } from "../../local/cloud.ts";
import { noFaults } from "../../local/faults.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import type { Properties } from "../../local/provider/resource-type.ts";
import { resourceTypes } from "../../local/services/s3/resources.ts";

const ACCOUNT = "111111111111";
const MINUTE_MS = 60_000;

interface Signed {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly path?: string;
}

describe("front door", () => {
  let cloud: Cloud;
  let door: FrontDoor;
  let endpoint: string;
  let host: string;
  let credentials: Credentials;

  beforeEach(async () => {
    cloud = new Cloud({ clockMode: ClockMode.Manual });
    credentials = cloud.accounts.ensure(ACCOUNT).administrator.credentials;
    door = new FrontDoor(cloud);
    const { port, endpointUrl } = await door.listen();
    endpoint = endpointUrl;
    host = `127.0.0.1:${port}`;
  });

  afterEach(async () => {
    await door.close();
    await cloud.close();
  });

  const config = () => ({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });

  /** A request as one of AWS's services gets it, signed. */
  async function sign(
    service: string,
    request: Signed,
    options: { at?: number; keys?: Credentials } = {},
  ): Promise<Signed> {
    const signer = new SignatureV4({
      service,
      region: "us-east-1",
      credentials: options.keys ?? credentials,
      sha256: Sha256,
      uriEscapePath: service !== "s3",
    });
    const [hostname = "", port] = host.split(":");
    const { headers } = await signer.sign(
      {
        ...request,
        protocol: "http:",
        hostname,
        port: Number(port),
        path: request.path ?? "/",
        query: {},
        headers: { host, ...request.headers },
      },
      { signingDate: new Date(options.at ?? cloud.clock.now()) },
    );
    return { ...request, headers };
  }

  const logsCall = (): Signed => ({
    method: "POST",
    headers: { "x-amz-target": "Logs_20140328.DescribeLogGroups", "content-type": "application/x-amz-json-1.1" },
    body: "{}",
  });
  const stsCall = (): Signed => ({
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
  });
  const calls: Record<string, () => Signed> = {
    logs: logsCall,
    sts: stsCall,
    lambda: () => ({ method: "GET", path: "/2015-03-31/functions/", headers: {} }),
    s3: () => ({ method: "GET", headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } }),
  };

  async function send(request: Signed) {
    const { host: _host, ...headers } = request.headers;
    const response = await fetch(`${endpoint}${request.path ?? "/"}`, {
      method: request.method,
      headers,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await response.text();
    const code = /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? (text.startsWith("{") ? JSON.parse(text).__type : undefined);
    const message =
      /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? (text.startsWith("{") ? JSON.parse(text).message : "");
    return {
      status: response.status,
      code: code ?? response.headers.get("x-amzn-errortype"),
      message,
      headers: response.headers,
      text,
    };
  }

  const answerOf = async (service: string, options: { at?: number; keys?: Credentials } = {}) => {
    const { status, code } = await send(await sign(service, calls[service]!(), options));
    return `${status} ${code}`;
  };

  it("listens on the loopback address only, and tells the cloud where", () => {
    expect(endpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(cloud.endpointUrl).to.equal(endpoint);
  });

  it("says which port is taken", async () => {
    const second = new FrontDoor(cloud);
    const port = Number(host.split(":")[1]);
    const error = await second.listen(port).catch((caught: Error) => caught);
    expect(String(error)).to.match(new RegExp(`^UserError: Port ${port} is in use\\.`));
  });

  it("answers HTTP/1.1 and h2c clients on one port", async () => {
    const http1 = new CloudWatchLogsClient(config());
    const h2c = new KinesisClient(config());
    const versions: string[] = [];
    for (const client of [http1, h2c]) {
      client.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          const body = (result.response as { body: { constructor: { name: string } } }).body;
          versions.push(body.constructor.name);
          return result;
        },
        { step: "deserialize", priority: "low" },
      );
    }
    try {
      expect((await http1.send(new DescribeLogGroupsCommand({}))).logGroups).to.deep.equal([]);
      expect((await h2c.send(new ListStreamsCommand({}))).StreamNames).to.deep.equal([]);
      expect(versions).to.deep.equal(["IncomingMessage", "ClientHttp2Stream"]);
    } finally {
      http1.destroy();
      h2c.destroy();
    }
  });

  it("takes a connection whose first bytes come one by one", async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(host.split(":")[1]), "127.0.0.1");
      let text = "";
      socket.setNoDelay(true);
      socket.on("data", (chunk) => {
        text += chunk.toString();
        if (text.includes("cloudTime")) socket.destroy();
      });
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
      const request = "PUT /_tributary/health HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n";
      socket.write(request[0]!, () => setImmediate(() => socket.write(request.slice(1))));
    });
    expect(answer).to.match(/^HTTP\/1\.1 200 OK/);
  });

  it("says that it is well, and which services it has", async () => {
    const response = await fetch(`${endpoint}/_tributary/health`);
    const body = (await response.json()) as { status: string; cloudTime: string; services: string[] };
    expect(body.status).to.equal("ok");
    expect(body.cloudTime).to.equal(new Date(cloud.clock.now()).toISOString());
    expect(body.services).to.include.members(["kinesis", "dynamodb", "streams.dynamodb", "s3", "sts"]);
  });

  it("names the service that it does not have, and those that it has", async () => {
    const answer = await send(await sign("sqs", { method: "POST", headers: {}, body: "{}" }));
    expect(`${answer.status} ${answer.code}`).to.equal("400 NotSupportedByLocalCloud");
    expect(answer.message).to.match(/^The local cloud does not support the service "sqs"\. It supports: .*kinesis/);
  });

  it("names the operation that it does not have, and those that it has", async () => {
    const request = logsCall();
    const answer = await send(
      await sign("logs", { ...request, headers: { ...request.headers, "x-amz-target": "Logs_20140328.StartQuery" } }),
    );
    expect(answer.message).to.match(/does not support logs:StartQuery\. It supports: .*PutLogEvents/);
  });

  describe("refuses, in the words of each service,", () => {
    const unknown: Credentials = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" };
    const refusals: readonly [string, () => { at?: number; keys?: Credentials }, Record<string, string>][] = [
      [
        "an unknown key",
        () => ({ keys: unknown }),
        {
          logs: "400 UnrecognizedClientException",
          lambda: "403 UnrecognizedClientException",
          sts: "403 InvalidClientTokenId",
          s3: "403 InvalidAccessKeyId",
        },
      ],
      [
        "a signature by another secret",
        () => ({ keys: { ...credentials, secretAccessKey: "x" } }),
        {
          logs: "400 InvalidSignatureException",
          lambda: "403 InvalidSignatureException",
          sts: "403 SignatureDoesNotMatch",
          s3: "403 SignatureDoesNotMatch",
        },
      ],
      [
        "a session token that is not the key's",
        () => ({ keys: { ...credentials, sessionToken: "x" } }),
        {
          logs: "400 UnrecognizedClientException",
          lambda: "403 UnrecognizedClientException",
          sts: "403 InvalidClientTokenId",
          s3: "400 InvalidToken",
        },
      ],
      [
        "a request that was signed 16 minutes ago",
        () => ({ at: cloud.clock.now() - 16 * MINUTE_MS }),
        {
          logs: "400 InvalidSignatureException",
          lambda: "403 InvalidSignatureException",
          sts: "403 SignatureDoesNotMatch",
          s3: "403 RequestTimeTooSkewed",
        },
      ],
    ];
    for (const [what, options, expected] of refusals) {
      it(what, async () => {
        const answers: Record<string, string> = {};
        for (const service of Object.keys(calls)) answers[service] = await answerOf(service, options());
        expect(answers).to.deep.equal(expected);
      });
    }

    it("an expired session", async () => {
      const role = cloud.services.iam.createRole(ACCOUNT, "aws", {
        name: "role",
        path: "/",
        trustPolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
        },
        description: "",
        maxSessionDurationSeconds: 3600,
        tags: {},
      });
      const session = cloud.accounts.issueRoleSession({
        roleArn: role.arn,
        roleId: role.roleId,
        sessionName: "short",
        durationSeconds: 900,
      });
      expect(await answerOf("sts", { keys: session.credentials })).to.equal("200 null");
      await cloud.clock.advance(900_000);
      const answers: Record<string, string> = {};
      for (const service of Object.keys(calls))
        answers[service] = await answerOf(service, { keys: session.credentials });
      expect(answers).to.deep.equal({
        logs: "400 ExpiredTokenException",
        lambda: "403 ExpiredTokenException",
        sts: "403 ExpiredToken",
        s3: "400 ExpiredToken",
      });
    });

    it("a request without a signature", async () => {
      const answers: Record<string, string> = {};
      for (const [service, call] of Object.entries(calls)) {
        const { status, code } = await send(call());
        answers[service] = `${status} ${code}`;
      }
      expect(answers).to.deep.equal({
        logs: "400 MissingAuthenticationTokenException",
        lambda: "403 MissingAuthenticationTokenException",
        sts: "403 MissingAuthenticationToken",
        s3: "403 AccessDenied",
      });
    });

    it("an Authorization header that is not SigV4's", async () => {
      const answer = await send({ ...logsCall(), headers: { ...logsCall().headers, authorization: "Bearer x" } });
      expect(`${answer.status} ${answer.code}`).to.equal("400 IncompleteSignatureException");
      const half = await send({
        ...stsCall(),
        headers: { ...stsCall().headers, authorization: "AWS4-HMAC-SHA256 Credential=a" },
      });
      expect(`${half.status} ${half.code}`).to.equal("400 IncompleteSignature");
    });
  });

  it("refuses a request whose body, header, path or query was changed after it was signed", async () => {
    const signed = await sign("logs", logsCall());
    expect((await send(signed)).status).to.equal(200);
    const headers = { ...signed.headers, "x-amz-target": "Logs_20140328.CreateLogGroup" };
    for (const tampered of [
      { ...signed, body: '{"limit":1}' },
      { ...signed, headers },
      { ...signed, path: "/x" },
      { ...signed, path: "/?a=b" },
    ]) {
      expect((await send(tampered)).code).to.equal("InvalidSignatureException");
    }
  });

  it("takes a request that is in time by cloud time or by this machine's, and refuses one that is by neither", async () => {
    await cloud.clock.advance(120 * MINUTE_MS);
    expect(await answerOf("logs", { at: cloud.clock.now() + 14 * MINUTE_MS })).to.equal("200 null");
    expect(await answerOf("logs", { at: Date.now() - 14 * MINUTE_MS })).to.equal("200 null");
    expect(await answerOf("logs", { at: Date.now() + 60 * MINUTE_MS })).to.equal("400 InvalidSignatureException");
    expect(await answerOf("logs", { at: cloud.clock.now() + 16 * MINUTE_MS })).to.equal(
      "400 InvalidSignatureException",
    );
  });

  it("dates its answers by cloud time, so that an SDK whose clock is ten hours wrong mends it and gets through", async () => {
    await cloud.clock.advance(24 * 60 * MINUTE_MS);
    const client = new STSClient({ ...config(), systemClockOffset: 600 * MINUTE_MS, maxAttempts: 2 });
    try {
      expect((await client.send(new GetCallerIdentityCommand({}))).Account).to.equal(ACCOUNT);
      expect(Math.abs(client.config.systemClockOffset - (cloud.clock.now() - Date.now()))).to.be.below(5_000);
    } finally {
      client.destroy();
    }
  });

  it("takes a presigned URL until it ends", async () => {
    const signer = new SignatureV4({ service: "sts", region: "us-east-1", credentials, sha256: Sha256 });
    const { query } = await signer.presign(
      {
        method: "GET",
        protocol: "http:",
        hostname: "127.0.0.1",
        path: "/",
        headers: { host },
        query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      },
      { expiresIn: 60, signingDate: new Date(cloud.clock.now()) },
    );
    const url = `${endpoint}/?${new URLSearchParams(query as Record<string, string>)}`;
    expect(await (await fetch(url)).text()).to.include(`<Account>${ACCOUNT}</Account>`);
    expect((await fetch(url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"))).status).to.equal(403);
    const late = { expiresIn: 60, signingDate: new Date(cloud.clock.now() - 61_000) };
    const expired = await signer.presign(
      {
        method: "GET",
        protocol: "http:",
        hostname: "127.0.0.1",
        path: "/",
        headers: { host },
        query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      },
      late,
    );
    const answer = await fetch(`${endpoint}/?${new URLSearchParams(expired.query as Record<string, string>)}`);
    expect(answer.status).to.equal(403);
    expect(await answer.text()).to.include("Signature expired");
  });

  describe("bodies in chunks", () => {
    let s3: S3Client;

    beforeEach(async () => {
      s3 = new S3Client(config());
      const bucketType = resourceTypes.find(({ token }) => token === "aws:s3/bucket:Bucket");
      await bucketType?.create(bucketType.inputs.parse({ bucket: "bucket" }) as Properties, {
        cloud,
        accountId: ACCOUNT,
        region: "us-east-1",
        partition: "aws",
        urn: "",
        defaultTags: {},
        isPreview: false,
      });
    });

    afterEach(() => s3.destroy());

    const stored = async (Key: string) =>
      (await s3.send(new GetObjectCommand({ Bucket: "bucket", Key }))).Body?.transformToString();

    it("come as an SDK streams them, with a checksum behind", async () => {
      const text = "a line\n".repeat(30_000);
      const seen: string[] = [];
      s3.middlewareStack.add(
        (next) => (args) => {
          seen.push((args.request as { headers: Record<string, string> }).headers["x-amz-content-sha256"] ?? "");
          return next(args);
        },
        { step: "finalizeRequest", priority: "low" },
      );
      const put = { Bucket: "bucket", Key: "dir/a b+c.txt", Body: Readable.from([text]), ContentLength: text.length };
      await s3.send(new PutObjectCommand(put));
      expect(seen).to.deep.equal(["STREAMING-UNSIGNED-PAYLOAD-TRAILER"]);
      expect(await stored("dir/a b+c.txt")).to.equal(text);
    });

    const hex = (data: string) => createHash("sha256").update(data).digest("hex");

    async function signedChunks(change: (body: string) => string = (body) => body): Promise<Signed> {
      const signed = await sign("s3", {
        method: "PUT",
        path: "/bucket/chunks",
        headers: {
          "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "x-amz-decoded-content-length": "10",
          "content-encoding": "aws-chunked",
        },
      });
      const hmac = (key: Buffer | string, data: string) => createHmac("sha256", key).update(data).digest();
      const timestamp = signed.headers["x-amz-date"] ?? "";
      const scope = [timestamp.slice(0, 8), "us-east-1", "s3", "aws4_request"];
      const key = scope.reduce<Buffer | string>((last, part) => hmac(last, part), `AWS4${credentials.secretAccessKey}`);
      let previous = /Signature=(\w+)/.exec(signed.headers["authorization"] ?? "")?.[1] ?? "";
      const body = ["hello ", "gate", ""]
        .map((chunk) => {
          const text = ["AWS4-HMAC-SHA256-PAYLOAD", timestamp, scope.join("/"), previous, hex(""), hex(chunk)].join(
            "\n",
          );
          previous = hmac(key, text).toString("hex");
          return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
        })
        .join("");
      return { ...signed, body: change(body) };
    }

    it("come signed, each with the signature of the one before in its own", async () => {
      expect((await send(await signedChunks())).status).to.equal(200);
      expect(await stored("chunks")).to.equal("hello gate");
    });

    it("are refused when one was changed, or when they end too early", async () => {
      expect((await send(await signedChunks((body) => body.replace("gate", "gute")))).code).to.equal(
        "SignatureDoesNotMatch",
      );
      expect((await send(await signedChunks((body) => body.slice(0, 120)))).code).to.equal("IncompleteBody");
    });

    it("are not needed: a body whose hash is not the one in its header is refused", async () => {
      const headers = { "x-amz-content-sha256": hex("hello") };
      const put = (body: string) => sign("s3", { method: "PUT", path: "/bucket/plain", headers, body });
      expect((await send(await put("hello"))).status).to.equal(200);
      expect((await send({ ...(await put("hello")), body: "jello" })).code).to.equal("XAmzContentSHA256Mismatch");
    });

    it("are found in a bucket that stands in the host", async () => {
      await s3.send(new PutObjectCommand({ Bucket: "bucket", Key: "key", Body: "in the host" }));
      const hostHeader = `bucket.localhost:${host.split(":")[1]}`;
      const signed = await sign("s3", {
        method: "GET",
        path: "/key",
        headers: { host: hostHeader, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
      });
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(host.split(":")[1]), "127.0.0.1");
        let text = "";
        socket.on("data", (chunk) => {
          text += chunk.toString();
        });
        socket.on("close", () => resolve(text));
        socket.on("error", reject);
        const lines = Object.entries({ ...signed.headers, connection: "close" }).map(
          ([name, value]) => `${name}: ${value}`,
        );
        socket.write(`GET /key HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      });
      expect(answer).to.match(/^HTTP\/1\.1 200 OK[\s\S]*\r\n\r\nin the host$/);
    });
  });

  it("tells DynamoDB Streams from DynamoDB, which sign alike, by the target", async () => {
    const call = (target: string) =>
      sign("dynamodb", { method: "POST", headers: { "x-amz-target": target }, body: "{}" });
    const answer = await send(await call("DynamoDBStreams_20120810.Nothing"));
    expect(answer.message).to.include("streams.dynamodb:Nothing");
    expect((await send(await call("DynamoDB_20120810.Nothing"))).message).to.include(" dynamodb:Nothing");
  });

  it("holds the clock while a request is in flight, and lets it go afterwards", async () => {
    const held: boolean[] = [];
    cloud.faults = {
      around: (_call, params, run) => {
        held.push(cloud.clock.isHeld());
        return run(params);
      },
    };
    expect(cloud.clock.isHeld()).to.equal(false);
    await send(await sign("sts", stsCall()));
    await cloud.clock.whenIdle();
    expect(held).to.deep.equal([true]);
    expect(cloud.clock.isHeld()).to.equal(false);
  });

  it("answers 500 to what nobody expected, and says it on stderr with the request's id", async () => {
    cloud.faults = {
      around: () => {
        throw new Error("the bottom fell out");
      },
    };
    const written: string[] = [];
    const { write } = process.stderr;
    process.stderr.write = ((text: string) => written.push(text) > 0) as typeof write;
    let answer: Awaited<ReturnType<typeof send>>;
    try {
      answer = await send(await sign("sts", stsCall()));
    } finally {
      process.stderr.write = write;
      cloud.faults = noFaults;
    }
    expect(`${answer.status} ${answer.code}`).to.equal("500 InternalFailure");
    expect(answer.text).not.to.include("bottom");
    const requestId = answer.headers.get("x-amzn-requestid");
    expect(written.join("")).to.match(
      new RegExp(`sts:GetCallerIdentity \\(request ${requestId}\\): Error: the bottom fell out`),
    );
  });

  it("hands unsigned requests below /_aws/execute-api/ to API Gateway", async () => {
    const seen: string[] = [];
    cloud.services.apigateway.handle = async (request) => {
      seen.push(`${request.method} ${request.path}?${request.query} ${request.body.toString()}`);
      return { status: 207, headers: { "content-type": "text/plain" }, body: "many" };
    };
    const response = await fetch(`${endpoint}/_aws/execute-api/abc/live/events?a=%20b`, { method: "POST", body: "x" });
    expect(`${response.status} ${await response.text()}`).to.equal("207 many");
    expect(seen).to.deep.equal(["POST /_aws/execute-api/abc/live/events?a=%20b x"]);
  });
});
