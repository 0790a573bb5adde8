import { join } from "node:path";
import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import { Engine } from "../../local/engine/engine.ts";
import { FrontDoor } from "../../local/front-door/front-door.ts";
import { streamRecords } from "../../local/ledger/collect.ts";
import { startInProcess } from "../support/in-process.ts";
import { type ProvidersOverGrpc, serveProviders } from "../support/providers-over-grpc.ts";
import { projectDir } from "../support/system.ts";

interface Side {
  readonly url: string;
  readonly stream: string;
}

describe("two gateways side by side", () => {
  const cloud = new Cloud();
  const frontDoor = new FrontDoor(cloud);
  const sides = new Map<string, Side & { key: string }>();

  let providers: ProvidersOverGrpc;
  let engine: Engine;

  before(async () => {
    await frontDoor.listen();
    const fixture = join(projectDir, "test/fixtures/two-pipelines");
    providers = await serveProviders(cloud, fixture);
    engine = new Engine({ projectDir: fixture, newProvider: providers.newProvider, start: startInProcess });
    const { outputs } = await engine.up("both");
    for (const name of ["left", "right"]) {
      sides.set(name, { ...(outputs[name] as Side), key: (outputs[`${name}Key`] as { value: string }).value });
    }
  });
  after(async () => {
    await providers.close();
    await frontDoor.close();
    await cloud.close();
  });

  const send = (to: string, keyOf: string, event: string) =>
    fetch(`${sides.get(to)?.url}/events`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": sides.get(keyOf)?.key ?? "" },
      body: event,
    });

  async function events(side: string): Promise<string[]> {
    const principal = cloud.accounts.ensure("333333333333").administrator.principal;
    const found: string[] = [];
    for await (const { data } of streamRecords(
      { cloud, principal, region: "us-east-1" },
      sides.get(side)?.stream ?? "",
    )) {
      found.push(Buffer.from(data, "base64").toString());
    }
    return found;
  }

  it("write to their own stream only, and take their own keys only", async () => {
    expect((await send("left", "left", '{"to":"left"}')).status).to.equal(200);
    expect((await send("right", "right", '{"to":"right"}')).status).to.equal(200);
    expect((await send("left", "right", '{"to":"nobody"}')).status).to.equal(403);
    expect((await send("right", "left", '{"to":"nobody"}')).status).to.equal(403);
    expect(await events("left")).to.deep.equal(['{"to":"left"}']);
    expect(await events("right")).to.deep.equal(['{"to":"right"}']);
  });

  it("leave nothing behind when they are destroyed over gRPC", async () => {
    providers.takeCalls();
    expect((await engine.destroy("both")).deleted).to.be.greaterThan(50);
    const { atEngine, atProvider } = providers.takeCalls();
    expect(new Set(atEngine.map(({ method }) => method))).to.deep.equal(new Set(["delete"]));
    expect(atProvider).to.deep.equal(atEngine);
    const { principal } = cloud.accounts.ensure("333333333333").administrator;
    const list = (service: string, operation: string) =>
      cloud.call({ service, operation, params: {}, principal, region: "us-east-1" });
    expect(await list("apigateway", "GetRestApis")).to.deep.include({ item: [] });
    expect(await list("kinesis", "ListStreams")).to.deep.include({ StreamNames: [] });
    expect(await list("logs", "DescribeLogGroups")).to.deep.include({ logGroups: [] });
    expect(await list("iam", "ListRoles")).to.deep.include({ Roles: [] });
    expect(await list("monitoring", "DescribeAlarms")).to.deep.include({ MetricAlarms: [] });
  });
});
