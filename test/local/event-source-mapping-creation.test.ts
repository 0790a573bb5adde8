import { expect } from "chai";
import { consumer, MAPPING, makeConsumer } from "./event-source-mapping-fixture.ts";
import { allow, closeClouds, LambdaFixture, readAnyKinesisStream, refusalOf } from "./lambda-fixture.ts";

describe("what a new event source mapping is checked for", () => {
  afterEach(closeClouds);

  it("a role that may read the stream, in AWS's words", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    const actions = (readAnyKinesisStream.Action as readonly string[]).filter(
      (action) => action !== "kinesis:ListShards",
    );
    const role = await fixture.role("almost", [allow(actions, "*")]);
    await fixture.function("consumer", consumer, { role });
    const refused = await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn }));
    expect(refused.code).to.equal("InvalidParameterValueException");
    expect(refused.message).to.equal(
      `Cannot access stream ${eventSourceArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, DescribeStreamSummary, ListShards, and ListStreams Actions on your stream in IAM. (Not allowed: kinesis:ListShards.)`,
    );
    expect(fixture.cloud.services.lambda.mappings()).to.deep.equal([]);
  });

  it("a destination that exists and that the role may write and list", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    await makeConsumer(fixture, [allow("s3:PutObject", "arn:aws:s3:::parked-records/*")]);
    const destinationConfig = { onFailure: { destinationArn: "arn:aws:s3:::parked-records" } };
    const make = () => fixture.mapping({ functionName: "consumer", eventSourceArn, destinationConfig });
    expect((await refusalOf(make())).message).to.equal(
      "The destination bucket does not exist: arn:aws:s3:::parked-records",
    );
    await fixture.create("aws:s3/bucket:Bucket", { bucket: "parked-records" });
    expect((await refusalOf(make())).message).to.equal(
      "The provided execution role does not have permissions to call ListBucket on S3. (Destination: arn:aws:s3:::parked-records.)",
    );
  });

  it("a destination that the role may write everywhere, not only where failed batches go", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    const bucket = "arn:aws:s3:::parked-records";
    await fixture.create("aws:s3/bucket:Bucket", { bucket: "parked-records" });
    await makeConsumer(fixture, [allow("s3:PutObject", `${bucket}/aws/lambda/*`), allow("s3:ListBucket", bucket)]);
    const destinationConfig = { onFailure: { destinationArn: bucket } };
    const refused = await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn, destinationConfig }));
    expect(refused.message).to.equal(
      `The provided execution role does not have permissions to call PutObject on S3. (Destination: ${bucket}.)`,
    );
  });

  it("a function and a stream that exist, and no mapping between them yet", async () => {
    const fixture = new LambdaFixture();
    const eventSourceArn = await fixture.stream("events");
    await makeConsumer(fixture);
    expect(await refusalOf(fixture.mapping({ functionName: "nobody", eventSourceArn }))).to.include({
      code: "ResourceNotFoundException",
    });
    const missing = "arn:aws:kinesis:us-east-1:111111111111:stream/missing";
    expect((await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn: missing }))).message).to.equal(
      `Stream not found: ${missing}`,
    );
    const { id } = await fixture.mapping({ functionName: "consumer", eventSourceArn });
    const twin = await refusalOf(fixture.mapping({ functionName: "consumer", eventSourceArn }));
    expect(twin).to.include({ code: "ResourceConflictException", status: 409 });
    expect(twin.message).to.include(id);
  });

  it("arguments that the local cloud has; the others are refused by name", () => {
    const fixture = new LambdaFixture();
    const type = fixture.type(MAPPING);
    const refusal = (more: Record<string, unknown>): string => {
      const eventSourceArn = "arn:aws:kinesis:us-east-1:111111111111:stream/s";
      const parsed = type.inputs.safeParse({ functionName: "f", eventSourceArn, startingPosition: "LATEST", ...more });
      if (!parsed.success)
        return parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n");
      return (type.check?.(parsed.data, fixture.context) ?? [])
        .map(({ property, reason }) => `${property}: ${reason}`)
        .join("\n");
    };
    expect(refusal({})).to.equal("");
    expect(refusal({ filterCriteria: { filters: [] } })).to.equal(
      "filterCriteria: The local cloud does not support this argument: it delivers every record.",
    );
    expect(refusal({ tumblingWindowInSeconds: 30 })).to.include("tumblingWindowInSeconds: must be 0");
    expect(refusal({ startingPosition: "AT_TIMESTAMP" })).to.include(
      "startingPosition: must be TRIM_HORIZON or LATEST",
    );
    expect(
      refusal({ destinationConfig: { onFailure: { destinationArn: "arn:aws:sqs:us-east-1:111111111111:q" } } }),
    ).to.include("destinationConfig.onFailure.destinationArn: must be the ARN of an S3 bucket");
    expect(refusal({ topics: ["t"] })).to.include("topics: ");
    expect(refusal({ eventSourceArn: "arn:aws:sqs:us-east-1:111111111111:q" })).to.include(
      "eventSourceArn: The local cloud does not support the event source arn:aws:sqs",
    );
    expect(refusal({ maximumRecordAgeInSeconds: 59 })).to.include("must be -1 (for ever) or 60 to 604800");
    expect(refusal({ batchSize: 10_001 })).to.include("batchSize: ");
    expect(refusal({ parallelizationFactor: 11 })).to.include("parallelizationFactor: ");
  });
});
