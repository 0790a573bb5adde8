import { expect } from "chai";
import { allow, closeClouds, LambdaFixture, readAnyKinesisStream, region, writeLogs } from "../fixture.ts";
import { makeConsumer, settle } from "./mapping-fixture.ts";

describe("an event source mapping of a Kinesis stream", () => {
  afterEach(closeClouds);

  it("delivers records in Lambda's event form, from the horizon on, in batches of its size", async () => {
    const fixture = new LambdaFixture();
    const role = await fixture.role("echo-role", [readAnyKinesisStream, writeLogs]);
    await fixture.function(
      "echo",
      "let last; export const handler = async (event) => event.Records ? void (last = event) : last;",
      { role },
    );
    const eventSourceArn = await fixture.stream("events");
    const sentAt = fixture.cloud.clock.now();
    const [sequenceNumber] = await fixture.put("events", ["hello"], () => "key");
    const takenBy = fixture.cloud.clock.now();
    await fixture.mapping({ functionName: "echo", eventSourceArn });
    await settle(fixture);
    const event = (await fixture.invoke("echo")).value as { Records: { kinesis: Record<string, unknown> }[] };
    const arrival = Number(event.Records[0]?.kinesis["approximateArrivalTimestamp"]);
    expect(arrival).to.be.within(sentAt / 1000, takenBy / 1000);
    expect(event).to.deep.equal({
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: "1.0",
            partitionKey: "key",
            sequenceNumber,
            data: Buffer.from("hello").toString("base64"),
            approximateArrivalTimestamp: arrival,
          },
          eventSource: "aws:kinesis",
          eventVersion: "1.0",
          eventID: `shardId-000000000000:${sequenceNumber}`,
          eventName: "aws:kinesis:record",
          invokeIdentityArn: role,
          awsRegion: region,
          eventSourceARN: eventSourceArn,
        },
      ],
    });
  });

  it("cuts batches by size and keeps the order of every shard", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events", 2);
    const texts = Array.from({ length: 50 }, (_, index) => `${index}`);
    for (const text of texts) await fixture.put("events", [text], () => `key-${Number(text) % 7}`);
    await fixture.mapping({
      functionName: "consumer",
      eventSourceArn,
      batchSize: 8,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
    await settle(fixture);
    const { batches } = invocations;
    expect(Math.max(...batches.map((batch) => batch.length))).to.equal(8);
    const all = batches.flat();
    expect([...all].sort()).to.deep.equal([...texts].sort());
    for (let key = 0; key < 7; key++) {
      const ofKey = all.map(Number).filter((text) => text % 7 === key);
      expect(ofKey).to.deep.equal([...ofKey].sort((left, right) => left - right));
    }
  });

  it("starts at LATEST with what comes after it", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["before"]);
    await fixture.cloud.clock.wait(2_000, "data");
    await fixture.mapping({ functionName: "consumer", eventSourceArn, startingPosition: "LATEST" });
    await settle(fixture);
    await fixture.cloud.clock.wait(20 * 60_000, "data");
    await fixture.put("events", ["after"]);
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([["after"]]);
  });

  it("waits for a batch window in cloud time", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.mapping({ functionName: "consumer", eventSourceArn, maximumBatchingWindowInSeconds: 300 });
    await settle(fixture);
    const { clock } = fixture.cloud;
    const [jumpedBefore, startedAt] = [clock.jumpedMs(), clock.now()];
    await fixture.put("events", ["a"]);
    await fixture.put("events", ["b"]);
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([["a", "b"]]);
    expect(clock.jumpedMs() - jumpedBefore).to.be.within(1, 302_000);
    expect(clock.now() - startedAt).to.be.at.least(300_000);
  });

  it("invokes for several keys of a shard at once, each key in order", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const keys = Array.from({ length: 12 }, (_, index) => `key-${index}`);
    for (const round of ["1", "2", "3"])
      await fixture.put(
        "events",
        keys.map((key) => `${key}:${round}`),
        (text) => text.split(":")[0]!,
      );
    await fixture.put(
      "events",
      keys.map(() => "slow"),
      () => `key-${invocations.batches.length}`,
    );
    await fixture.mapping({ functionName: "consumer", eventSourceArn, parallelizationFactor: 3, batchSize: 4 });
    await settle(fixture);
    expect(invocations.mostAtOnce).to.equal(3);
    const all = invocations.batches.flat().filter((text) => text !== "slow");
    expect(all).to.have.length(36);
    for (const key of keys)
      expect(all.filter((text) => text.startsWith(`${key}:`))).to.deep.equal([`${key}:1`, `${key}:2`, `${key}:3`]);
  });

  it("parks nothing and loses nothing when a record is reported: what is before it is done, it comes again until it is good", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["a", "b", "bad", "c"]);
    await fixture.mapping({
      functionName: "consumer",
      eventSourceArn,
      functionResponseTypes: ["ReportBatchItemFailures"],
      maximumRetryAttempts: 2,
    });
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([
      ["a", "b", "bad", "c"],
      ["bad", "c"],
      ["bad", "c"],
      ["bad", "c"],
    ]);
  });

  it("takes every answer for success without ReportBatchItemFailures", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["bad"]);
    await fixture.mapping({ functionName: "consumer", eventSourceArn });
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([["bad"]]);
  });

  it("isolates a record that throws and writes it to the on-failure bucket as the function's role", async () => {
    const fixture = new LambdaFixture();
    await fixture.create("aws:s3/bucket:Bucket", { bucket: "parked-records" });
    const invocations = await makeConsumer(fixture, [
      allow("s3:PutObject", "arn:aws:s3:::parked-records/*"),
      allow("s3:ListBucket", "arn:aws:s3:::parked-records"),
    ]);
    const eventSourceArn = await fixture.stream("events");
    const numbers = await fixture.put("events", ["a", "throw", "b", "c"], () => "key");
    const { id } = await fixture.mapping({
      functionName: "consumer",
      eventSourceArn,
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 1,
      destinationConfig: { onFailure: { destinationArn: "arn:aws:s3:::parked-records" } },
    });
    await settle(fixture);
    expect(invocations.batches).to.deep.equal([
      ["a", "throw", "b", "c"],
      ["a", "throw"],
      ["a"],
      ["throw"],
      ["throw"],
      ["b", "c"],
    ]);
    const list = await fixture.call<{ Contents: { Key: string }[] }>("s3", "ListObjectsV2", {
      Bucket: "parked-records",
    });
    expect(list.Contents.map(({ Key }) => Key.split("/").slice(0, 4).join("/"))).to.deep.equal([
      `aws/lambda/${id}/shardId-000000000000`,
    ]);
    const { Body } = await fixture.call<{ Body: Buffer }>("s3", "GetObject", {
      Bucket: "parked-records",
      Key: list.Contents[0]?.Key,
    });
    const body = JSON.parse(Body.toString()) as Record<string, Record<string, unknown>> & { payload: string };
    expect(body["requestContext"]).to.include({ condition: "RetryAttemptsExhausted", approximateInvokeCount: 4 });
    expect(body["responseContext"]).to.deep.equal({
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: "Unhandled",
    });
    expect(body["KinesisBatchInfo"]).to.include({
      batchSize: 1,
      startSequenceNumber: numbers[1],
      streamArn: eventSourceArn,
    });
    const event = JSON.parse(body.payload) as { Records: { kinesis: { sequenceNumber: string; data: string } }[] };
    expect(event.Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString())).to.deep.equal(["throw"]);
    const [put] = fixture.cloud.trace.records().filter((record) => record.call === "s3:PutObject");
    expect(put?.principal).to.equal(`arn:aws:sts::111111111111:assumed-role/consumer-role/awslambda-${id}`);
  });

  it("tells the iterator age of what it delivers", async () => {
    const fixture = new LambdaFixture();
    await makeConsumer(fixture);
    const eventSourceArn = await fixture.stream("events");
    const sentAt = fixture.cloud.clock.now();
    await fixture.put("events", ["old"]);
    await fixture.cloud.clock.wait(7_200_000, "data");
    await fixture.mapping({ functionName: "consumer", eventSourceArn });
    await settle(fixture);
    const metric = fixture.cloud.services.cloudwatch.store.metrics.find({
      accountId: "111111111111",
      region,
      namespace: "AWS/Lambda",
      name: "IteratorAge",
      dimensions: { FunctionName: "consumer" },
    });
    const [minute] = [...(metric?.minutes.values() ?? [])];
    expect(minute?.maximum).to.be.within(7_200_000, fixture.cloud.clock.now() - sentAt);
  });
});

describe("an event source mapping of a table's stream", () => {
  afterEach(closeClouds);

  it("delivers changes with their images, all of them, in the order of each item", async () => {
    const fixture = new LambdaFixture();
    const invocations = await makeConsumer(fixture);
    const { outputs } = await fixture.create("aws:dynamodb/table:Table", {
      name: "items",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
    });
    const eventSourceArn = String(outputs["streamArn"]);
    await fixture.mapping({ functionName: "consumer", eventSourceArn, parallelizationFactor: 2, batchSize: 1_000 });
    const padding = "x".repeat(3_000);
    for (let round = 0; round < 2; round++) {
      for (let start = 0; start < 400; start += 25) {
        const puts = Array.from({ length: 25 }, (_, offset) => ({
          PutRequest: {
            Item: {
              id: { S: `${start + offset}` },
              text: { S: `${round}-${start + offset}` },
              padding: { S: padding },
            },
          },
        }));
        await fixture.call("dynamodb", "BatchWriteItem", { RequestItems: { items: puts } });
      }
    }
    await settle(fixture);
    const values = invocations.batches.flat();
    expect(new Set(values).size).to.equal(800);
    for (let item = 0; item < 400; item++) {
      expect(values.indexOf(`0-${item}`)).to.be.lessThan(values.indexOf(`1-${item}`));
    }
  });
});
