import { expect } from "chai";
import type { Faults } from "../../../../../local/kernel/fault-port.ts";
import { closeClouds, LambdaFixture, readAnyKinesisStream, refusalOf } from "../fixture.ts";
import { consumer, MAPPING, makeConsumer, settle } from "./mapping-fixture.ts";

describe("the life of an event source mapping", () => {
  afterEach(closeClouds);

  it("ends with the cloud, which ends what runs: it does not wait for a timeout", async () => {
    const fixture = new LambdaFixture();
    const role = await fixture.role("role", [readAnyKinesisStream]);
    const source = "export const handler = () => new Promise(() => setInterval(() => {}, 1000));";
    const { arn } = await fixture.function("endless", source, { role, timeout: 20 });
    const lambda = fixture.cloud.services.lambda.store.findFunction(String(arn))!;
    const invoke = lambda.invoke.bind(lambda);
    const ends: Promise<string>[] = [];
    const begun = new Promise<void>((resolve) => {
      lambda.invoke = (payload, options) => {
        const invocation = invoke(payload, options);
        ends.push(invocation.then((result) => result.payload));
        resolve();
        return invocation;
      };
    });
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["a"]);
    await fixture.mapping({ functionName: "endless", eventSourceArn });
    await begun;
    await fixture.cloud.close();
    expect(ends).to.have.length(1);
    expect(await ends[0])
      .to.contain("Runtime exited")
      .and.not.to.contain("timed out");
  });

  it("polls as the function's role, and not at all once it has caught up", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["a"]);
    const { id } = await fixture.mapping({ functionName: "consumer", eventSourceArn });
    await settle(fixture);
    const polls = () => fixture.cloud.trace.records().filter((record) => record.call === "kinesis:GetRecords");
    const count = polls().length;
    expect(new Set(polls().map((record) => record.principal))).to.deep.equal(
      new Set([`arn:aws:sts::111111111111:assumed-role/consumer-role/awslambda-${id}`]),
    );
    await fixture.cloud.clock.wait(3_600_000, "data");
    expect(polls().length).to.equal(count);
    await fixture.put("events", ["b"]);
    await settle(fixture);
    expect(polls().length).to.be.greaterThan(count);
    expect(invocations.batches.flat()).to.deep.equal(["a", "b"]);
  });

  it("keeps its place while it is disabled, also that of a batch that waits for its retry", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["a", "bad"]);
    const { id, outputs } = await fixture.mapping({
      functionName: "consumer",
      eventSourceArn,
      functionResponseTypes: ["ReportBatchItemFailures"],
      maximumRetryAttempts: 2,
    });
    expect(outputs).to.include({ uuid: id, state: "Enabled", batchSize: 100, maximumRecordAgeInSeconds: -1 });
    await fixture.cloud.clock.wait(500, "data");
    await fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, Enabled: false });
    expect(invocations.batches).to.deep.equal([["a", "bad"]]);
    await fixture.put("events", ["c"]);
    await fixture.cloud.clock.wait(3_600_000, "data");
    expect(invocations.batches.splice(0)).to.deep.equal([["a", "bad"]]);
    expect(fixture.cloud.services.lambda.store.pendingRecords().get(id)).to.equal(1);
    await fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, Enabled: true });
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([["bad"], ["bad"], ["bad"], ["c"]]);
  });

  it("goes on with other settings after an update, and is made disabled when it should be", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const inputs = { functionName: "consumer", eventSourceArn, startingPosition: "TRIM_HORIZON", enabled: false };
    const { id, outputs } = await fixture.mapping(inputs);
    expect(outputs["state"]).to.equal("Disabled");
    await fixture.put("events", ["a", "b", "c"]);
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([]);
    const news = await fixture.update(MAPPING, id, { ...inputs, enabled: true, batchSize: 2 }, outputs);
    expect(news).to.include({ state: "Enabled", batchSize: 2 });
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([["a", "b"], ["c"]]);
  });

  it("forgets what it was about when the cloud is emptied, and begins again at its starting position", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["throw"]);
    await fixture.mapping({ functionName: "consumer", eventSourceArn });
    await fixture.cloud.clock.wait(500, "data");
    expect(invocations.batches).to.deep.equal([["throw"]]);
    fixture.cloud.emptyData();
    expect(fixture.cloud.services.lambda.store.isCaughtUp()).to.equal(false);
    await fixture.put("events", ["b"]);
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([["throw"], ["b"]]);
  });

  it("stays when its function is deleted, reads nothing, and goes on where it was with the next function of that name", async () => {
    const fixture = new LambdaFixture();
    await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const { id } = await fixture.mapping({ functionName: "consumer", eventSourceArn });
    const [first] = await fixture.put("events", ["a"]);
    await settle(fixture);
    await fixture.call("lambda", "DeleteFunction", { FunctionName: "consumer" });
    const mapping = fixture.cloud.services.lambda.store.findMapping(id);
    expect(mapping).to.include({ state: "Enabled", lastProcessingResult: "OK" });
    const [second] = await fixture.put("events", ["b"]);
    await settle(fixture);
    await fixture.cloud.clock.wait(3_600_000, "data");
    expect(mapping?.lastProcessingResult).to.match(/^PROBLEM: Function not found/);
    const change = fixture.call("lambda", "UpdateEventSourceMapping", { UUID: id, BatchSize: 1 });
    expect((await refusalOf(change)).message).to.match(/^Function does not exist/);
    const delivered = () =>
      fixture.cloud.trace
        .records()
        .filter(({ call }) => call === "lambda:Invoke")
        .map(({ facts }) => facts["first"]);
    expect(delivered()).to.deep.equal([first]);
    const role = "arn:aws:iam::111111111111:role/consumer-role";
    await fixture.function("consumer", consumer, { role, timeout: 10 });
    await settle(fixture);
    expect(delivered()).to.deep.equal([first, second]);
    expect(mapping?.lastProcessingResult).to.equal("OK");
  });

  it("begins again at its starting position when it is restarted, also while it starts", async () => {
    const fixture = new LambdaFixture();
    const { cloud } = fixture;
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.mapping({ functionName: "consumer", eventSourceArn });
    const [mapping] = cloud.services.lambda.store.listMappings();
    await fixture.put("events", ["a"]);
    await settle(fixture);
    await mapping?.disable("User action");
    let restarts = 0;
    const restarting: Faults = {
      around: (call, params, run) => {
        if (call.operation === "GetShardIterator" && restarts++ === 0) mapping?.restart();
        return run(params);
      },
    };
    await cloud.withFaults(restarting, async () => {
      await mapping?.enable();
      await settle(fixture);
    });
    expect(restarts).to.be.greaterThan(0);
    expect(invocations.batches).to.deep.equal([["a"], ["a"]]);
  });

  it("ends when it is deleted", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const { id, outputs } = await fixture.mapping({ functionName: "consumer", eventSourceArn });
    const deleted = await fixture.call("lambda", "DeleteEventSourceMapping", { UUID: id });
    expect(deleted).to.include({ UUID: id, State: "Deleting" });
    await fixture.put("events", ["a"]);
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([]);
    const type = fixture.type(MAPPING);
    expect(await type.read(id, outputs, fixture.context)).to.equal(undefined);
    await type.delete(id, outputs, fixture.context);
    const again = fixture.call("lambda", "DeleteEventSourceMapping", { UUID: id });
    expect((await refusalOf(again)).message).to.equal("The resource you requested does not exist.");
  });
});
