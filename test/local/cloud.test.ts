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

describe("a cloud that is emptied at rest", () => {
  it("has no data of work that was in flight", async () => {
    const cloud = new Cloud();
    const { principal } = cloud.accounts.ensure("111111111111").administrator;
    const params = { logGroupName: "group" };
    const call = (operation: string, more: object = {}) =>
      cloud.call({ service: "logs", operation, params: { ...params, ...more }, principal, region: "us-east-1" });
    const messages = async () => {
      const { events } = (await call("FilterLogEvents")) as { events: { message: string }[] };
      return events.map(({ message }) => message);
    };
    await call("CreateLogGroup");
    await call("CreateLogStream", { logStreamName: "stream" });
    const inFlight = cloud.clock.holding(async () => {
      // Not before the data is dropped for the first time.
      await Promise.resolve();
      const logEvents = [{ timestamp: cloud.clock.now(), message: "late" }];
      await call("PutLogEvents", { logStreamName: "stream", logEvents });
      return messages();
    });
    await cloud.emptyAtRest();
    expect([await inFlight, await messages()]).to.deep.equal([["late"], []]);
    await cloud.close();
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
