import { connect } from "node:net";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { KinesisClient, ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { expect } from "chai";
import { FrontDoor } from "../../../local/front-door/front-door.ts";
import type { Faults } from "../../../local/kernel/fault-port.ts";
import { calls, FrontDoorStage, type WireAnswer } from "./stage.ts";

describe("front door", () => {
  let stage: FrontDoorStage;

  beforeEach(async () => {
    stage = await new FrontDoorStage().open();
  });

  afterEach(() => stage.close());

  it("listens on the loopback address only, and tells the cloud where", () => {
    expect(stage.endpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(stage.cloud.endpointUrl).to.equal(stage.endpoint);
  });

  it("says which port is taken", async () => {
    const second = new FrontDoor(stage.cloud);
    const port = stage.port;
    const error = await second.listen(port).catch((caught: Error) => caught);
    expect(String(error)).to.match(new RegExp(`^UserError: Port ${port} is in use\\.`));
  });

  it("closes at once although a client keeps its HTTP/2 session", async () => {
    const h2c = new KinesisClient(stage.clientConfig());
    await h2c.send(new ListStreamsCommand({}));
    await stage.close();
    h2c.destroy();
  });

  it("answers HTTP/1.1 and h2c clients on one port", async () => {
    const http1 = new CloudWatchLogsClient(stage.clientConfig());
    const h2c = new KinesisClient(stage.clientConfig());
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
      const socket = connect(stage.port, "127.0.0.1");
      let text = "";
      socket.setNoDelay(true);
      socket.on("data", (chunk) => {
        text += chunk.toString();
        if (text.includes("cloudTime")) socket.destroy();
      });
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
      const request = "PUT /_tributary/health HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n";
      socket.write(request[0]!, () => setImmediate(() => socket.write(request.slice(1))));
    });
    expect(answer).to.match(/^HTTP\/1\.1 200 OK/);
  });

  it("says that it is well, and which services it has", async () => {
    const response = await fetch(`${stage.endpoint}/_tributary/health`);
    const body = (await response.json()) as { status: string; cloudTime: string; services: string[] };
    expect(body.status).to.equal("ok");
    expect(body.cloudTime).to.equal(new Date(stage.cloud.clock.now()).toISOString());
    expect(body.services).to.include.members(["kinesis", "dynamodb", "streams.dynamodb", "s3", "sts"]);
  });

  it("names the service that it does not have, and those that it has", async () => {
    const answer = await stage.send(await stage.sign("ses", { method: "POST", headers: {}, body: "{}" }));
    expect(`${answer.status} ${answer.code}`).to.equal("400 NotSupportedByLocalCloud");
    expect(answer.message).to.match(/^The local cloud does not support the service "ses"\. It supports: .*kinesis/);
  });

  it("names the operation that it does not have, and those that it has", async () => {
    const request = calls.logs();
    const answer = await stage.send(
      await stage.sign("logs", {
        ...request,
        headers: { ...request.headers, "x-amz-target": "Logs_20140328.StartQuery" },
      }),
    );
    expect(answer.message).to.match(/does not support logs:StartQuery\. It supports: .*PutLogEvents/);
  });

  it("refuses a call of more than 32 MiB", async () => {
    const request = calls.logs();
    const headers = { ...request.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
    const answer = await stage.send(
      await stage.sign("logs", { ...request, headers, body: " ".repeat(32 * 1024 ** 2 + 1) }),
    );
    expect(`${answer.status} ${answer.code}`).to.equal("413 RequestEntityTooLarge");
  });

  it("tells DynamoDB Streams from DynamoDB, which sign alike, by the target", async () => {
    const call = (target: string) =>
      stage.sign("dynamodb", { method: "POST", headers: { "x-amz-target": target }, body: "{}" });
    const answer = await stage.send(await call("DynamoDBStreams_20120810.Nothing"));
    expect(answer.message).to.include("streams.dynamodb:Nothing");
    expect((await stage.send(await call("DynamoDB_20120810.Nothing"))).message).to.include(" dynamodb:Nothing");
  });

  it("holds the clock while a request is in flight, and lets it go afterwards", async () => {
    const held: boolean[] = [];
    const noting: Faults = {
      around: (_call, params, run) => {
        held.push(stage.cloud.clock.isHeld());
        return run(params);
      },
    };
    expect(stage.cloud.clock.isHeld()).to.equal(false);
    await stage.cloud.withFaults(noting, async () => stage.send(await stage.sign("sts", calls.sts())));
    await stage.cloud.clock.whenIdle();
    expect(held).to.deep.equal([true]);
    expect(stage.cloud.clock.isHeld()).to.equal(false);
  });

  it("answers 500 to what nobody expected, and says it on stderr with the request's id", async () => {
    const breaking: Faults = {
      around: () => {
        throw new Error("the bottom fell out");
      },
    };
    const written: string[] = [];
    const { write } = process.stderr;
    process.stderr.write = ((text: string) => written.push(text) > 0) as typeof write;
    let answer: WireAnswer;
    try {
      answer = await stage.cloud.withFaults(breaking, async () => stage.send(await stage.sign("sts", calls.sts())));
    } finally {
      process.stderr.write = write;
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
    stage.cloud.services.apigateway.site.bodyLimit = () => 1;
    stage.cloud.services.apigateway.site.handle = async (request) => {
      seen.push(`${request.method} ${request.path}?${request.query} ${request.body.toString()}`);
      return { status: 207, headers: { "content-type": "text/plain" }, body: "many" };
    };
    const response = await fetch(`${stage.endpoint}/_aws/execute-api/abc/live/events?a=%20b`, {
      method: "POST",
      body: "x",
    });
    expect(`${response.status} ${await response.text()}`).to.equal("207 many");
    expect(seen).to.deep.equal(["POST /_aws/execute-api/abc/live/events?a=%20b x"]);
  });
});
