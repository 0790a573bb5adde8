import { expect } from "chai";
import type { Alarm } from "../../local/services/cloudwatch/alarms.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

/** Alarms on what does not happen in an ordinary run; such metrics are published only when it does. */
const silentWhenAllIsWell = [
  "tributary-archive-consumer-failed-deliveries",
  "tributary-archive-consumer-throttles",
  "tributary-events-write-throttles",
  "tributary-replicator-consumer-failed-deliveries",
  "tributary-replicator-consumer-throttles",
];

describe("the alarms of both stacks", () => {
  let system: TestSystem;

  before(async () => {
    system = await startSystem();
    await system.empty();
    await system.send(['{"n":1}']);
    // What the gateway takes without reading it.
    await system.call(system.source.administrator, "kinesis", "PutRecord", {
      StreamName: system.source.outputs["streamName"],
      Data: Buffer.from("not json").toString("base64"),
      PartitionKey: "one shard",
    });
    await system.settle();
  });

  const alarms = (): readonly Alarm[] =>
    [system.source, system.target].flatMap((account) => system.cloud.services.cloudwatch.store.list(account));
  /** The name as the program gives it, without Pulumi's random end. */
  const nameOf = ({ name }: Alarm) => name.replace(/-[0-9a-f]{7}$/, "");

  it("fire for a parked record, and for nothing else when the rest is healthy", () => {
    const { metrics } = system.cloud.services.cloudwatch.store;
    expect(alarms()).to.have.length(13);
    const parked = alarms().find((alarm) => nameOf(alarm) === "tributary-replicator-records-parked");
    const { namespace = "", metricName: name = "", dimensions = {} } = parked?.settings ?? {};
    const [minute] = metrics.find({ ...system.source, namespace, name, dimensions })?.minutes.keys() ?? [];
    const speaking = alarms().filter((alarm) => {
      // As CloudWatch saw it in the minute in which the record was parked; since then the clock has jumped over the buffers.
      alarm.evaluate(metrics, minute ?? 0);
      return alarm.state === "ALARM";
    });
    expect(speaking.map(nameOf)).to.deep.equal(["tributary-replicator-records-parked"]);
  });

  it("watch published metrics, with the dimensions that they are published with", () => {
    const deaf = alarms().filter(
      ({ accountId, region, settings: { namespace, metricName: name, dimensions } }) =>
        system.cloud.services.cloudwatch.store.metrics.find({ accountId, region, namespace, name, dimensions }) ===
        undefined,
    );
    expect(deaf.map(nameOf).sort()).to.deep.equal(silentWhenAllIsWell);
  });
});
