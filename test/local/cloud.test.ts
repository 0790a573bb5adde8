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
