import * as grpc from "@grpc/grpc-js";
import { expect } from "chai";
import { Empty, engineServices } from "../../../local/kernel/pulumi-protocol.ts";
import { testRegistry } from "../../fixtures/engine/registry.ts";
import { WireStage, wireConfig } from "../../support/wire-stage.ts";

const urn = "urn:pulumi:dev::wire::aws:test/thing:Thing::nearly";
const news = { size: 99 };

/** An engine that takes log messages, or refuses them. */
async function logEngine(isTaking: boolean) {
  const taken: string[] = [];
  const server = new grpc.Server();
  server.addService(engineServices.EngineService, {
    log(call: grpc.ServerUnaryCall<LogMessage, unknown>, callback: grpc.sendUnaryData<unknown>) {
      const { request } = call;
      if (!isTaking) return callback({ code: grpc.status.UNAVAILABLE, details: "no" });
      taken.push(`${request.getSeverity()} ${request.getUrn()} ${request.getMessage()}`);
      return callback(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { taken, address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

interface LogMessage {
  getSeverity(): number;
  getUrn(): string;
  getMessage(): string;
}

describe("warnings of a provider over gRPC", () => {
  let stage: WireStage;
  beforeEach(async () => {
    stage = await WireStage.start(testRegistry());
  });
  afterEach(() => stage.close());

  async function checkWith(address: string): Promise<string[]> {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      const provider = stage.connect();
      await provider.attach(address);
      await provider.configure({ args: wireConfig() });
      const { inputs, failures } = await provider.check({ urn, news, randomSeed: new Uint8Array(32) });
      expect([inputs["size"], failures]).to.deep.equal([99, []]);
    } finally {
      console.warn = warn;
    }
    return said;
  }

  it("are logged by the engine that attached itself, under the resource", async () => {
    const engine = await logEngine(true);
    expect(await checkWith(engine.address)).to.deep.equal([]);
    // 2 is a warning.
    expect(engine.taken).to.deep.equal([`2 ${urn} nearly: size: is nearly too much`]);
    engine.close();
  });

  it("are printed by the local cloud without an engine, and the check is answered", async () => {
    const engine = await logEngine(false);
    const said = ["warning: nearly: size: is nearly too much"];
    expect(await checkWith(engine.address)).to.deep.equal(said);
    expect(await checkWith("")).to.deep.equal(said);
    engine.close();
  });
});
