import { expect } from "chai";
import { closeClouds, LambdaFixture, readAnyKinesisStream, writeLogs } from "./lambda-fixture.ts";

describe("Lambda functions", () => {
  afterEach(closeClouds);

  it("answers what the handler returns", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("echo", "export const handler = async (event) => ({ got: event });");
    const answer = await fixture.invoke("echo", { a: 1 });
    expect(answer).to.include({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(answer.value).to.deep.equal({ got: { a: 1 } });
  });

  it("is fed by a mapping from a stream", async () => {
    const fixture = new LambdaFixture();
    const role = await fixture.role("consumer", [readAnyKinesisStream, writeLogs]);
    await fixture.function(
      "consumer",
      "const seen = []; export const handler = async (event) => { if (event.Records) seen.push(...event.Records.map((r) => atob(r.kinesis.data))); return seen; };",
      { role },
    );
    const eventSourceArn = await fixture.stream("events");
    await fixture.put("events", ["one", "two"]);
    await fixture.mapping({ functionName: "consumer", eventSourceArn });
    await fixture.put("events", ["three"]);
    await fixture.cloud.clock.whenIdle();
    expect(fixture.cloud.services.lambda.isCaughtUp()).to.equal(true);
    expect((await fixture.invoke("consumer")).value).to.deep.equal(["one", "two", "three"]);
  });
});
