import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { expect } from "chai";
import { deployGateway } from "../../support/gateway-stage.ts";
import { ServiceStage } from "../../support/service-stage.ts";
import { FrontDoorStage } from "./stage.ts";

const HEALTH = "/_tributary/health";

describe("front door, request targets", () => {
  let stage: FrontDoorStage;

  before(async () => {
    stage = await new FrontDoorStage().open();
  });

  after(() => stage.close());

  /** Sends bytes as they are, and reads until the other side ends the connection. */
  const exchange = (port: number, text: string) =>
    new Promise<string>((resolve, reject) => {
      let answer = "";
      const socket = connect(port, "127.0.0.1").setEncoding("utf8");
      socket.on("data", (part: string) => (answer += part)).on("error", reject);
      socket.on("close", () => resolve(answer));
      socket.write(text);
    });

  const get = (target: string, host?: string) =>
    exchange(
      stage.port,
      `GET ${target} HTTP/1.1\r\n${host === undefined ? "" : `host: ${host}\r\n`}connection: close\r\n\r\n`,
    );

  it("takes the absolute form, as clients of a proxy send it", async () => {
    for (const target of [
      `http://${stage.host}${HEALTH}`,
      `HTTP://localhost${HEALTH}?x=http://y/`,
      `https://[::1]:1${HEALTH}`,
    ]) {
      expect(await get(target, stage.host), target).to.match(/^HTTP\/1\.1 200 .*"status":"ok"/s);
      expect(await get(target), `${target} without a host`).to.match(/^HTTP\/1\.1 200 /);
    }
    const root = await get(`http://${stage.host}`, stage.host);
    expect(root.slice(0, 12)).to.equal((await get("/", stage.host)).slice(0, 12));
  });

  it("holds the host of an absolute form to be the request's, as well as the header's", async () => {
    expect(await get(`http://evil.example${HEALTH}`, stage.host)).to.match(/^HTTP\/1\.1 421 .*evil\.example/s);
    expect(await get(`http://${stage.host}${HEALTH}`, "evil.example")).to.match(/^HTTP\/1\.1 421 /);
    expect(await get(`http://${HEALTH}`, stage.host)).to.match(/^HTTP\/1\.1 421 /);
  });

  it("takes an event whose target is in absolute form, through the gateway", async () => {
    const gate = await deployGateway(new ServiceStage(stage.cloud));
    const target = `${stage.endpoint}/_aws/execute-api/${gate.apiId}/v1/events`;
    const head = `POST ${target} HTTP/1.1\r\nhost: ${stage.host}\r\nx-api-key: ${gate.apiKey}\r\nconnection: close\r\n`;
    expect(await exchange(stage.port, `${head}content-length: 7\r\n\r\n{"a":1}`)).to.match(/^HTTP\/1\.1 200 /);
    expect((await gate.records()).map(({ data }) => data)).to.deep.equal(['{"a":1}']);
  });

  it("answers every other form, an asterisk included", async () => {
    expect(
      await exchange(stage.port, `OPTIONS * HTTP/1.1\r\nhost: ${stage.host}\r\nconnection: close\r\n\r\n`),
    ).to.match(/^HTTP\/1\.1 4\d\d /);
  });

  it("answers 431 when request line and headers are over Node's 16 KiB, as the README says", async () => {
    const head = (bytes: number) =>
      `GET ${HEALTH} HTTP/1.1\r\nhost: ${stage.host}\r\nconnection: close\r\nx: ${"y".repeat(bytes)}\r\n\r\n`;
    expect(await exchange(stage.port, head(15 * 1024))).to.match(/^HTTP\/1\.1 200 /);
    expect(await exchange(stage.port, head(17 * 1024))).to.match(/^HTTP\/1\.1 431 /);
  });

  it("answers CONNECT with 405 and ends the connection, whatever host it names", async () => {
    for (const target of [stage.host, "example.com:443"]) {
      const answer = await exchange(stage.port, `CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\nmore`);
      expect(answer).to.match(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
      expect(answer).to.contain("CONNECT is not served: this is no proxy.");
    }
  });

  it("answers CONNECT over HTTP/2 alike", async () => {
    const session = connectHttp2(stage.endpoint);
    const status = await new Promise((resolve, reject) => {
      const stream = session.request({ ":method": "CONNECT", ":authority": "example.com:443" });
      stream.on("response", (headers) => resolve(headers[":status"])).on("error", reject);
      stream.resume().end();
    });
    session.close();
    expect(status).to.equal(405);
  });
});
