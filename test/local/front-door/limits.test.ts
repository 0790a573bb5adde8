import { type ClientHttp2Stream, connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { expect } from "chai";
import { FrontDoor } from "../../../local/front-door/front-door.ts";
import type { Faults } from "../../../local/kernel/fault-port.ts";
import { deployGateway } from "../../support/gateway-stage.ts";
import { ServiceStage } from "../../support/service-stage.ts";
import { calls, FrontDoorStage, type WireRequest } from "./stage.ts";

const MIB = 1024 ** 2;
const NOWHERE = "/_aws/execute-api/nope/v1/events";

/** A connection on which a request is written by hand, part by part. */
class RawClient {
  readonly #socket: Socket;
  #text = "";
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.setEncoding("latin1").on("data", (part: string) => {
      this.#text += part;
      this.#wake();
    });
    // A server may end a connection whose body it does not want.
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => {
      this.#isClosed = true;
      this.#wake();
    });
  }

  connected(): Promise<void> {
    return new Promise((resolve) => this.#socket.once("connect", () => resolve()));
  }

  write(text: string | Buffer): this {
    this.#socket.write(text);
    return this;
  }

  /** What has come once it matches; what came when the connection ended before. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#text) && !this.#isClosed) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#text;
  }

  /** All that came, once the server has ended the connection. */
  async untilClosed(): Promise<string> {
    while (!this.#isClosed) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#text;
  }

  close(): void {
    this.#socket.destroy();
  }
}

function headOf({ method, path = "/", headers }: WireRequest, more: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ ...headers, ...more }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** An answer, up to the first character of its body. */
const ANSWER = /HTTP\/1\.1 (?!100)\d+ .*?\r\n\r\n./s;

describe("front door, limits", () => {
  let stage: FrontDoorStage;
  let clients: RawClient[] = [];

  beforeEach(async () => {
    stage = await new FrontDoorStage().open();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await stage.close();
  });

  const open = (port = stage.port) => {
    const client = new RawClient(port);
    clients = [...clients, client];
    return client;
  };
  const post = (path: string): WireRequest => ({ method: "POST", path, headers: { host: stage.host } });

  describe("on cloud time:", () => {
    const requests: readonly [string, () => Promise<WireRequest>][] = [
      ["to a service", () => stage.sign("logs", calls.logs())],
      ["that is not signed", async () => ({ ...calls.sts(), headers: { ...calls.sts().headers, host: stage.host } })],
      [
        "to a bucket",
        () =>
          stage.sign("s3", { ...calls.s3(), method: "PUT", path: "/bucket/key", headers: { ...calls.s3().headers } }),
      ],
    ];
    for (const [what, request] of requests) {
      it(`goes on while half a request ${what} is there`, async () => {
        const client = open().write(headOf(await request(), { "content-length": "10", expect: "100-continue" }));
        expect(await client.until(/100 Continue/)).to.match(/^HTTP\/1\.1 100 Continue/);
        client.write("12345");
        expect(stage.cloud.clock.isHeld()).to.equal(false);
        const before = stage.cloud.clock.now();
        await stage.cloud.clock.advance(60_000);
        expect(stage.cloud.clock.now() - before).to.equal(60_000);
      });
    }

    it("goes on while half a request over HTTP/2 is there", async () => {
      const request = await stage.sign("logs", calls.logs());
      const session = connectHttp2(stage.endpoint);
      const stream = session.request({
        ...request.headers,
        ":method": "POST",
        ":path": "/",
        expect: "100-continue",
        "content-length": "10",
      });
      await new Promise((resolve) => stream.once("headers", resolve));
      stream.write("12345");
      expect(stage.cloud.clock.isHeld()).to.equal(false);
      await stage.cloud.clock.advance(60_000);
      session.destroy();
    });

    it("goes on while a client does not read its answer", async () => {
      const { cloud } = stage;
      const bucket = cloud.services.s3.store.add("big", { accountId: "111111111111", region: "us-east-1" });
      cloud.services.s3.store.putObject(bucket, {
        key: "key",
        body: Buffer.alloc(32 * MIB),
        etag: '"etag"',
        metadata: {},
        headers: {},
        encryption: { sseAlgorithm: "AES256", bucketKeyEnabled: false },
      });
      const request = await stage.sign("s3", { ...calls.s3(), path: "/big/key" });
      const socket = connect(stage.port, "127.0.0.1");
      socket.write(headOf(request, {}));
      await new Promise((resolve) => socket.once("readable", resolve));
      expect(cloud.clock.isHeld()).to.equal(false);
      socket.destroy();
    });
  });

  describe("on a request's time:", () => {
    let hasty: FrontDoor;
    let port = 0;

    beforeEach(async () => {
      hasty = new FrontDoor(stage.cloud, { requestTimeoutMs: 50 });
      port = (await hasty.listen()).port;
    });

    afterEach(() => hasty.close());

    it("half a head is answered 408 and ended", async () => {
      expect(await open(port).write("GET / HT").untilClosed()).to.match(/^HTTP\/1\.1 408 /);
    });

    it("half a head is answered 408 also when this process was busy until the time was over", async () => {
      const client = open(port);
      await client.connected();
      client.write("GET / HT");
      await new Promise((resolve) => setImmediate(resolve));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * 50);
      expect(await client.untilClosed()).to.match(/^HTTP\/1\.1 408 /);
    });

    it("half a body is answered 408 and ended", async () => {
      const half = `${headOf(post("/"), { "content-length": "10" })}12345`;
      expect(await open(port).write(half).untilClosed()).to.match(/^HTTP\/1\.1 408 /);
    });

    it("half of a connection's second request too", async () => {
      const client = open(port).write(headOf({ ...post("/_tributary/health"), method: "GET" }, {}));
      expect(await client.until(/"status":"ok"/)).to.match(/^HTTP\/1\.1 200 /);
      expect(await client.write("GET / HT").untilClosed()).to.match(/HTTP\/1\.1 408 /);
    });

    it("a connection that does not say which protocol it speaks is ended", async () => {
      expect(await open(port).write("PR").untilClosed()).to.equal("");
    });

    it("half a request over HTTP/2 is answered 408", async () => {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      const stream: ClientHttp2Stream = session.request({ ":method": "POST", ":path": "/" });
      stream.write("12345");
      const status = await new Promise((resolve) => stream.on("response", (headers) => resolve(headers[":status"])));
      expect(status).to.equal(408);
      stream.resume();
      await new Promise((resolve) => stream.on("close", resolve));
      session.destroy();
    });

    it("a whole request has all the time that it needs", async () => {
      const { promise, letGo } = gate();
      const waiting: Faults = { around: (_call, params, run) => promise.then(() => run(params)) };
      const answer = await stage.cloud.withFaults(waiting, async () => {
        const { body = "" } = calls.sts();
        const head = headOf(await stage.sign("sts", calls.sts()), { "content-length": String(body.length) });
        const client = open(port).write(head + body);
        // Another connection's end shows that the time is over.
        await open(port).write("GET / HT").untilClosed();
        letGo();
        return client.until(ANSWER);
      });
      expect(answer).to.match(/^HTTP\/1\.1 200 /);
    });
  });

  describe("on a body:", () => {
    const unknown = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" };

    it("none is read for a key that nobody has, whatever the service", async () => {
      for (const [service, code] of [
        ["logs", "400"],
        ["sts", "403"],
        ["s3", "403"],
      ] as const) {
        const put = { ...calls[service](), method: "PUT", path: "/bucket/key" };
        const request = await stage.sign(service, put, { keys: unknown });
        const head = headOf(request, { "content-length": String(600 * MIB), expect: "100-continue" });
        expect(await open().write(head).until(ANSWER), service).to.match(new RegExp(`^HTTP/1\\.1 ${code} `));
      }
    });

    it("none is read for a gateway that is not there, and what comes all the same is dropped", async () => {
      const said = headOf(post(NOWHERE), { "content-length": String(600 * MIB) });
      expect(await open().write(said).until(ANSWER)).to.match(/^HTTP\/1\.1 403 .*\{"message":"Forbidden"\}$/s);
      const unsaid = open().write(headOf(post(NOWHERE), { "transfer-encoding": "chunked" }));
      unsaid.write("5\r\n12345\r\n");
      expect(await unsaid.until(ANSWER)).to.match(/^HTTP\/1\.1 403 /);
      for (let part = 0; part < 16; part++)
        unsaid
          .write(`${MIB.toString(16)}\r\n`)
          .write(Buffer.alloc(MIB))
          .write("\r\n");
      unsaid.write("0\r\n\r\n").write(headOf({ ...post("/_tributary/health"), method: "GET" }, {}));
      expect(await unsaid.until(/"status":"ok"/)).to.match(/HTTP\/1\.1 200 /);
    });

    it("32 MiB are read of a call, said or not, signed or not", async () => {
      const signed = await stage.sign("logs", {
        ...calls.logs(),
        headers: { ...calls.logs().headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
      });
      const said = open().write(headOf(signed, { "content-length": String(32 * MIB + 1) }));
      expect(await said.until(ANSWER)).to.match(/^HTTP\/1\.1 413 .*RequestEntityTooLarge/s);
      for (const request of [signed, post("/")]) {
        const unsaid = open().write(headOf(request, { "transfer-encoding": "chunked" }));
        unsaid.write(`${(32 * MIB + 1).toString(16)}\r\n`).write(Buffer.alloc(32 * MIB, " "));
        unsaid.write(" ");
        expect(await unsaid.until(ANSWER)).to.match(/^HTTP\/1\.1 4\d\d /);
      }
    });

    it("of a bucket's call its own length is read: it must be said, and possible", async () => {
      const put = (more: Record<string, string> = {}) =>
        stage.sign("s3", { method: "PUT", path: "/bucket/key", headers: { ...calls.s3().headers, ...more } });
      const huge = open().write(headOf(await put(), { "content-length": String(1024 * MIB + 1) }));
      expect(await huge.until(ANSWER)).to.match(/^HTTP\/1\.1 400 .*<Code>EntityTooLarge<\/Code>/s);
      const silent = open()
        .write(headOf(await put(), { "transfer-encoding": "chunked" }))
        .write("5\r\n12345\r\n");
      expect(await silent.until(ANSWER)).to.match(/^HTTP\/1\.1 411 .*<Code>MissingContentLength<\/Code>/s);
      const decoded = await put({ "x-amz-decoded-content-length": "5" });
      const more = open().write(headOf(decoded, { "transfer-encoding": "chunked" }));
      more.write(`${MIB.toString(16)}\r\n`).write(Buffer.alloc(MIB));
      expect(await more.until(ANSWER)).to.match(/^HTTP\/1\.1 400 .*<Code>EntityTooLarge<\/Code>/s);
    });

    it("10 MiB are read by a gateway, which says so in its own answer", async () => {
      const services = new ServiceStage();
      const door = new FrontDoor(services.cloud);
      try {
        const { apiId } = await deployGateway(services);
        const { port } = await door.listen();
        const request = post(`/_aws/execute-api/${apiId}/v1/events`);
        const said = open(port).write(headOf(request, { "content-length": String(10 * MIB + 1) }));
        expect(await said.until(ANSWER)).to.match(/^HTTP\/1\.1 413 .*x-amz-apigw-id/s);
        const unsaid = open(port).write(headOf(request, { "transfer-encoding": "chunked" }));
        unsaid.write(`${(20 * MIB).toString(16)}\r\n`).write(Buffer.alloc(10 * MIB + 1));
        expect(await unsaid.until(ANSWER)).to.match(/^HTTP\/1\.1 413 .*x-amz-apigw-id/s);
      } finally {
        await door.close();
        await services.close();
      }
    });
  });
});

/** A promise that is kept when it is told to be. */
function gate(): { promise: Promise<void>; letGo: () => void } {
  let letGo = () => {};
  const promise = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { promise, letGo };
}
