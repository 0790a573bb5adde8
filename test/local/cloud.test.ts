import { expect } from "chai";
import { Cloud } from "../../local/cloud.ts";
import type { Faults } from "../../local/kernel/fault-port.ts";
import { failureOf } from "../support/failure-of.ts";

describe("the faults of a cloud", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());

  const down: Faults = {
    around: () => {
      throw new Error("down");
    },
  };
  const listStreams = () =>
    cloud.call({
      service: "kinesis",
      operation: "ListStreams",
      params: {},
      principal: cloud.accounts.ensure("111111111111").administrator.principal,
      region: "us-east-1",
    });

  it("are on for the work that is given with them, and off after its end, also when it fails", async () => {
    expect(await failureOf(cloud.withFaults(down, listStreams))).to.contain("down");
    expect(await listStreams()).to.have.property("StreamNames");
    const result = await cloud.withFaults(down, async () => [await failureOf(listStreams()), "done"]);
    expect(result).to.deep.equal(["down", "done"]);
    expect(await listStreams()).to.have.property("StreamNames");
  });

  it("are those of one work at a time", async () => {
    const nested = cloud.withFaults(down, () => cloud.withFaults(down, listStreams));
    expect(await failureOf(nested)).to.equal("other work is under faults already: wait for its end");
  });
});

describe("the end of a cloud", () => {
  it("closes all services, also after one that cannot be closed, and says what was wrong", async () => {
    const cloud = new Cloud();
    const closed: string[] = [];
    const services: readonly { name: string; close(): Promise<void> | void }[] = cloud.list();
    for (const service of services) {
      const { close } = service;
      service.close = async () => {
        closed.push(service.name);
        await close.call(service);
        if (service.name === "iam" || service.name === "kinesis") throw new Error(`${service.name} is stuck`);
      };
    }
    expect(await failureOf(cloud.close())).to.match(
      /^2 services could not be closed: .*iam is stuck.*kinesis is stuck/,
    );
    expect(closed).to.deep.equal(services.map(({ name }) => name));
  });
});
