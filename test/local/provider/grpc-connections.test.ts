import { connect } from "node:net";
import { expect } from "chai";
import { providerMessages, Struct } from "../../../local/kernel/pulumi-protocol.ts";
import { testRegistry } from "../../fixtures/engine/registry.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type GrpcProvider, ProviderCallError } from "../../support/grpc-provider.ts";
import { framed, RawConnection } from "../../support/raw-connection.ts";
import { STAGE_VERSION, WireStage, wireConfig } from "../../support/wire-stage.ts";

const QUEUE = "aws:sqs/queue:Queue";
const OTHER_ACCOUNT = "222222222222";
const ENDED = "This provider instance has ended, or was never configured.";
const urn = (name: string, type = QUEUE) => `urn:pulumi:dev::wire::${type}::${name}`;

const makeQueue = async (provider: GrpcProvider, name: string) => {
  const { inputs } = await provider.check({ urn: urn(name), news: { name } });
  return provider.create({ urn: urn(name), properties: inputs });
};

/** Resolves once this holds; what it waits for is on its way over a socket. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe("provider instances over gRPC", () => {
  let stage: WireStage;
  beforeEach(async () => {
    stage = await WireStage.start();
  });
  afterEach(() => stage.close());

  it("report the package's version, attached or not", async () => {
    expect(await stage.connect().pluginVersion()).to.equal(STAGE_VERSION);
    expect(await (await stage.configured()).pluginVersion()).to.equal(STAGE_VERSION);
  });

  it("have no handshake, which engines tolerate", async () => {
    const error = await stage
      .connect()
      .handshake()
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ProviderCallError).and.include({ code: 12 });
  });

  it("return no id for a missing resource, so that an import or a get fails", async () => {
    const provider = await stage.configured();
    const id = "https://sqs.us-east-1.amazonaws.com/111111111111/never-there";
    const none = { id: "", properties: {}, inputs: {} };
    expect(await provider.read({ urn: urn("q"), id })).to.deep.equal(none);
    expect(await provider.read({ urn: urn("q"), id, properties: { url: id }, inputs: { name: "q" } })).to.deep.equal(
      none,
    );
  });

  it("are one per connection: two accounts at once on one port", async () => {
    const [left, right] = [await stage.configured(), await stage.configured(OTHER_ACCOUNT)];
    const [a, b] = await Promise.all([makeQueue(left, "left"), makeQueue(right, "right")]);
    expect(a.properties["arn"]).to.equal("arn:aws:sqs:us-east-1:111111111111:left");
    expect(b.properties["arn"]).to.equal(`arn:aws:sqs:us-east-1:${OTHER_ACCOUNT}:right`);
    expect(await stage.contents()).to.deep.equal(["left"]);
    expect(await stage.contents(OTHER_ACCOUNT)).to.deep.equal(["right"]);
    expect(stage.server.instances).to.equal(2);
  });

  it("serve two engines at once, each with its own stack", async () => {
    const engines = ["one", "two"].map((stack) => stage.engine({ stack }));
    const program = ["a", "b", "c"].map((name) => ({ type: QUEUE, name, inputs: {} }));
    const runs = await Promise.all(engines.map((engine) => engine.up(program)));
    for (const { errors, steps } of runs) {
      expect([errors, steps]).to.deep.equal([[], { a: "create", b: "create", c: "create" }]);
    }
    expect(await stage.contents()).to.have.length(6);
    await Promise.all(engines.map((engine) => engine.destroy()));
    expect(await stage.contents()).to.deep.equal([]);
  });

  it("end alone when cancelled, and keep their resources", async () => {
    const [left, right] = [await stage.configured(), await stage.configured(OTHER_ACCOUNT)];
    await makeQueue(left, "left");
    await left.cancel();
    expect(await failureOf(makeQueue(left, "left2"))).to.equal(ENDED);
    await makeQueue(right, "right");
    expect(await stage.contents()).to.deep.equal(["left"]);
    expect(stage.server.instances).to.equal(1);
    await left.cancel();
    await left.configure({ args: wireConfig() });
    await makeQueue(left, "left2");
    expect(await stage.contents()).to.deep.equal(["left", "left2"]);
  });

  it("are replaced by another configuration, and configure alone suffices", async () => {
    const provider = stage.connect();
    await provider.configure({ args: wireConfig() });
    await makeQueue(provider, "a");
    await provider.configure({ args: wireConfig(OTHER_ACCOUNT) });
    await makeQueue(provider, "b");
    expect(await stage.contents()).to.deep.equal(["a"]);
    expect(await stage.contents(OTHER_ACCOUNT)).to.deep.equal(["b"]);
    expect(stage.server.instances).to.equal(1);
  });

  it("do not exist after a refused configuration, the old one neither", async () => {
    const provider = await stage.configured();
    expect(await failureOf(provider.configure({ args: { region: "us-east-1" } }))).to.match(/^aws:allowedAccountIds: /);
    expect(await failureOf(makeQueue(provider, "a"))).to.equal("The provider has not been configured.");
    expect(await stage.contents()).to.deep.equal([]);
  });

  it("that do not exist answer every call with an error", async () => {
    const provider = stage.connect();
    const [id, properties, news] = ["a", {}, {}];
    const request = { urn: urn("a"), id, olds: {}, oldInputs: {}, news, properties };
    const calls = [
      provider.checkConfig(request),
      provider.diffConfig(request),
      provider.check(request),
      provider.diff(request),
      provider.create(request),
      provider.create({ ...request, preview: true }),
      provider.read(request),
      provider.update(request),
      provider.delete(request),
      provider.invoke({ tok: "aws:index/getRegion:getRegion", args: {} }),
    ];
    for (const call of calls) expect(await failureOf(call)).to.equal(ENDED);
    await provider.attach();
    expect((await provider.checkConfig({ urn: "", news: wireConfig() })).failures).to.deep.equal([]);
    expect(await failureOf(provider.create(request))).to.equal("The provider has not been configured.");
  });

  it("go with their connection", async () => {
    const provider = await stage.configured();
    expect([stage.server.connections, stage.server.instances]).to.deep.equal([1, 1]);
    provider.close();
    await until(() => stage.server.connections === 0);
    expect(stage.server.instances).to.equal(0);
  });

  it("are not found again by a connection from the same port", async () => {
    // Other processes' connections come from 127.0.0.1, and could take the port; Linux alone has all of 127.0.0.0/8.
    const localAddress = process.platform === "linux" ? "127.0.0.2" : "127.0.0.1";
    const first = await RawConnection.open(stage.port, { localAddress });
    const { localPort } = first;
    expect(await first.call("Attach", framed(new Uint8Array()))).to.include({ status: "0" });
    const request = new providerMessages.CheckRequest();
    request.setUrn(urn("a"));
    const check = framed(request.serializeBinary());
    expect(await first.call("Check", check)).to.not.include({ message: ENDED });
    await first.kill();
    const second = await RawConnection.open(stage.port, { localAddress, localPort });
    expect(second.localPort).to.equal(localPort);
    expect(await second.call("Check", check)).to.deep.equal({ status: "2", message: ENDED });
    expect(await second.call("Attach", framed(new Uint8Array()))).to.include({ status: "0" });
    await until(() => stage.server.connections === 1);
    expect(stage.server.instances).to.equal(1);
    await second.kill();
  });
});

describe("a provider's port", () => {
  /** Creates of the thing `slow` begin, and end when they are let go. */
  function slowRegistry() {
    let begin = () => {};
    let letGo = () => {};
    const began = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const registry = testRegistry({
      slow: async () => {
        begin();
        await released;
      },
    });
    return { registry, began, letGo };
  }
  const thing = (name: string) => ({ urn: urn(name, "aws:test/thing:Thing"), properties: { name } });

  it("survives a client that dies during a call, and completes the call", async () => {
    const { registry, began, letGo } = slowRegistry();
    const stage = await WireStage.start(registry);
    const client = await RawConnection.open(stage.port);
    const config = new providerMessages.ConfigureRequest();
    config.setArgs(Struct.fromJavaScript(wireConfig() as Parameters<typeof Struct.fromJavaScript>[0]));
    await client.call("Configure", framed(config.serializeBinary()));
    const create = new providerMessages.CreateRequest();
    create.setUrn(thing("slow").urn);
    create.setProperties(Struct.fromJavaScript({ name: "slow" }));
    const call = client.call("Create", framed(create.serializeBinary()));
    await began;
    await client.kill();
    expect((await call).status).to.equal(undefined);
    await until(() => stage.server.connections === 0);
    letGo();
    await until(() => registry.things.has("slow"));
    const other = await stage.configured();
    await other.create(thing("next"));
    expect([...registry.things.keys()]).to.deep.equal(["slow", "next"]);
    await stage.close();
  });

  it("closes at once with open connections; calls in progress fail", async () => {
    const { registry, began, letGo } = slowRegistry();
    const stage = await WireStage.start(registry);
    const idle = await stage.configured();
    const busy = await stage.configured();
    const call = failureOf(busy.create(thing("slow")));
    await began;
    // Resolves although the call has not ended: nothing lets it go before.
    await stage.server.close();
    expect(await call).to.match(/\w/);
    expect(stage.server.connections).to.equal(0);
    await stage.server.close();
    letGo();
    const refused = new Promise((resolve) => connect(stage.port, "127.0.0.1").once("error", resolve));
    expect(await refused).to.include({ code: "ECONNREFUSED" });
    idle.close();
    await stage.close();
  });

  describe("with malformed requests", () => {
    let stage: WireStage;
    beforeEach(async () => {
      stage = await WireStage.start();
    });
    afterEach(() => stage.close());

    it("answers with an error, and serves on over the same connection", async () => {
      const provider = await stage.configured();
      const methods = ["CheckConfig", "DiffConfig", "Configure", "Check", "Diff", "Create", "Read", "Update", "Delete"];
      for (const method of [...methods, "Invoke"]) {
        const error = await provider.sendBytes(method, Buffer.from("ffffffff0f01", "hex")).catch((reason) => reason);
        expect(error, method).to.be.instanceOf(ProviderCallError);
      }
      for (const method of ["Check", "Create", "Delete"]) {
        expect(await failureOf(provider.sendBytes(method, Buffer.alloc(0))), method).to.contain("resource type");
      }
      expect(await failureOf(provider.sendBytes("Nothing", Buffer.alloc(0)))).to.contain("Nothing");
      expect(await failureOf(provider.sendBytes("Construct", Buffer.alloc(0)))).to.contain("not implement");
      await makeQueue(provider, "a");
    });

    it("ends a connection that does not speak its protocol, and no other", async () => {
      const provider = await stage.configured();
      for (const bytes of [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0000\u0001\u0002",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nxxxxxxxxxx",
      ]) {
        const socket = connect(stage.port, "127.0.0.1").on("error", () => {});
        socket.end(bytes);
        socket.resume();
        await new Promise((resolve) => socket.once("close", resolve));
      }
      const torn = await RawConnection.open(stage.port);
      expect((await torn.call("Attach", Buffer.from([0, 0, 0, 0, 99, 1]))).status).to.match(/^[1-9]/);
      await torn.kill();
      await until(() => stage.server.connections === 1);
      await makeQueue(provider, "a");
    });

    it("reports a mistake of any length, truncated", async () => {
      const provider = await stage.configured();
      const name = `${'"ü %\n'.repeat(30_000)}`;
      const message = await failureOf(provider.create({ urn: urn("a"), properties: { name } }));
      expect(message).to.contain("name: must be 1 to 80");
      const id = `http://127.0.0.1/${name}`;
      const long = await failureOf(provider.read({ urn: urn("a"), id }));
      expect(long)
        .to.match(/^InvalidAddress: The address http:\/\/127\.0\.0\.1\/"ü %\n/)
        .and.contain(" more characters");
      await makeQueue(provider, "a");
    });
  });
});
