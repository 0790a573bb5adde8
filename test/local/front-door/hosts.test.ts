import { request } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { expect } from "chai";
import { FrontDoorStage } from "./stage.ts";

const HEALTH = "/_tributary/health";

describe("front door, hosts", () => {
  let stage: FrontDoorStage;

  before(async () => {
    stage = await new FrontDoorStage().open();
  });

  after(() => stage.close());

  const answerTo = (host: string, path = HEALTH) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const sent = request(
        { port: stage.port, host: "127.0.0.1", path, headers: { host }, agent: false },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (part: string) => (text += part));
          response.on("end", () => resolve({ status: response.statusCode, text }));
        },
      );
      sent.on("error", reject).end();
    });

  for (const host of [
    "127.0.0.1",
    "127.0.0.1:4566",
    "127.9.8.7:1",
    "localhost",
    "LocalHost:80",
    "[::1]:4566",
    "my-bucket.localhost:4566",
    "my.dotted.bucket.localhost",
  ]) {
    it(`answers a request for ${host}`, async () => {
      expect((await answerTo(host)).status).to.equal(200);
    });
  }

  for (const host of [
    "evil.example",
    "evil.example:4566",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil-localhost",
    "evil.example/.localhost",
    "evil.example@127.0.0.1",
    "127.0.0.1@evil.example",
    "10.0.0.1",
    "0.0.0.0",
    "[::]",
    "2130706433",
    "my-bucket.s3.amazonaws.com",
    ".localhost",
    "localhost.",
  ]) {
    it(`refuses a request for "${host}", whatever it is for`, async () => {
      for (const path of [HEALTH, "/_aws/execute-api/abc/v1/events", "/bucket/key"]) {
        const { status, text } = await answerTo(host, path);
        expect(status).to.equal(421);
        expect(text).to.include(
          `The host \\"${host}\\" is none of the local cloud's. Use one of: 127.0.0.1, localhost`,
        );
      }
    });
  }

  it("refuses a request that names no host", async () => {
    for (const head of ["1.0", "1.1", "1.1\r\nhost:"]) {
      const answer = await new Promise<string>((resolve, reject) => {
        let text = "";
        const socket = connect(stage.port, "127.0.0.1").setEncoding("utf8");
        socket.on("data", (part: string) => (text += part)).on("error", reject);
        socket.on("close", () => resolve(text));
        socket.write(`GET ${HEALTH} HTTP/${head}\r\nconnection: close\r\n\r\n`);
      });
      expect(answer).to.match(/^HTTP\/1\.1 421 /);
    }
  });

  it("looks at every host of an HTTP/2 request", async () => {
    const session = connectHttp2(stage.endpoint);
    const statusOf = (headers: Record<string, string>) =>
      new Promise((resolve) => {
        const stream = session.request({ ":path": HEALTH, ...headers });
        stream.on("response", (answer) => resolve(answer[":status"])).resume();
      });
    try {
      expect(await statusOf({})).to.equal(200);
      expect(await statusOf({ host: "localhost" })).to.equal(200);
      expect(await statusOf({ ":authority": "evil.example" })).to.equal(421);
      expect(await statusOf({ ":authority": "evil.example", host: "localhost" })).to.equal(421);
      expect(await statusOf({ ":authority": stage.host, host: "evil.example" })).to.equal(421);
    } finally {
      session.destroy();
    }
  });

  it("quotes the beginning of a long one", async () => {
    const { text } = await answerTo(`${"a".repeat(5_000)}.example`);
    expect(text).to.include(`\\"${"a".repeat(100)}\\" is none`);
  });
});
