import { expect } from "chai";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { type MadeResource, ProviderStage } from "../../../support/provider-stage.ts";
import { STAGE_ACCOUNT } from "../../../support/service-stage.ts";

const TOKEN = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const ROLE = `arn:aws:iam::${STAGE_ACCOUNT}:role/delivery`;

describe("local cloud: a delivery stream by the provider", () => {
  let stage: ProviderStage;
  let made: MadeResource;
  beforeEach(async () => {
    stage = await ProviderStage.start();
    stage.cloud.services.s3.store.add("archive", { accountId: STAGE_ACCOUNT, region: "us-east-1" });
    const assumeRolePolicy = policy({
      Action: "sts:AssumeRole",
      Principal: { Service: "firehose.amazonaws.com" },
    });
    await stage.make("aws:iam/role:Role", { name: "delivery", assumeRolePolicy }, "delivery");
    const deliver = policy({ Action: "s3:PutObject", Resource: "arn:aws:s3:::archive/*" });
    await stage.make("aws:iam/rolePolicy:RolePolicy", { role: "delivery", policy: deliver }, "deliver");
    made = await stage.make(TOKEN, inputs({}));
  });
  afterEach(() => stage.close());

  const policy = (statement: Properties) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  const inputs = (configuration: Properties, more: Properties = {}): Properties => ({
    name: "stream",
    destination: "extended_s3",
    extendedS3Configuration: { bucketArn: "arn:aws:s3:::archive", roleArn: ROLE, ...configuration },
    ...more,
  });
  const put = (text: string) =>
    stage.call("firehose", "PutRecord", {
      DeliveryStreamName: "stream",
      Record: { Data: Buffer.from(text).toString("base64") },
    });
  const objects = () => [...(stage.cloud.services.s3.store.find("archive")?.objects.objects() ?? [])];
  const update = async (configuration: Properties, more: Properties = {}) => {
    const news = await stage.check(made.urn, inputs(configuration, more), made.inputs);
    const request = { urn: made.urn, id: made.id, olds: made.outputs, oldInputs: made.inputs, news };
    return (await stage.provider.update(request)).properties;
  };
  const mistakes = async (news: Properties) => {
    const { failures } = await stage.provider.check({ urn: made.urn, news });
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  };

  it("delivers what it has gathered by its new configuration", async () => {
    await put("one");
    await stage.cloud.clock.advance(100_000);
    expect(objects()).to.deep.equal([]);
    const { versionId } = await update({ bufferingInterval: 120, prefix: "later/", compressionFormat: "GZIP" });
    expect(versionId).to.equal("2");
    await stage.cloud.clock.advance(19_999);
    expect(objects()).to.deep.equal([]);
    await stage.cloud.clock.advance(1);
    expect(objects().map(({ key }) => key)).to.have.length(1);
    expect(objects()[0]?.key).to.match(/^later\/2026\/01\/31\/12\/stream-2-.*\.gz$/);
  });

  it("delivers at once what has waited long enough, or is large enough, for its new configuration", async () => {
    await put("one");
    await stage.cloud.clock.advance(100_000);
    made = { ...made, outputs: await update({ bufferingInterval: 60 }) };
    await stage.cloud.clock.advance(0);
    expect(objects()).to.have.length(1);
    await put("x".repeat(900_000));
    await put("x".repeat(200_000));
    await update({ bufferingSize: 1 });
    await stage.cloud.clock.advance(0);
    expect(
      objects()
        .map(({ body }) => body.length)
        .sort(),
    ).to.deep.equal([1_100_000, 3]);
  });

  it("does not overwrite what somebody changed since the program last looked", async () => {
    const params = {
      DeliveryStreamName: "stream",
      CurrentDeliveryStreamVersionId: "1",
      DestinationId: "destinationId-000000000001",
      ExtendedS3DestinationUpdate: { Prefix: "by-hand/" },
    };
    await stage.call("firehose", "UpdateDestination", params);
    expect(await failureOf(update({ prefix: "mine/" }))).to.contain("another modification has already happened");
    const { properties } = await stage.provider.read({ urn: made.urn, id: made.id, properties: made.outputs });
    made = { ...made, outputs: properties };
    expect(await update({ prefix: "mine/" })).to.include({ versionId: "3" });
  });

  it("tags and encrypts without a new version of the destination, and with one", async () => {
    expect(await update({}, { tags: { a: "1" } })).to.include({ versionId: "1" });
    // the real provider updates the destination along with the encryption
    const outputs = await update({}, { serverSideEncryption: { enabled: true } });
    expect(outputs).to.deep.include({
      versionId: "2",
      serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
    });
  });

  it("stays as it is when its new role does not let Firehose in", async () => {
    const roleArn = `arn:aws:iam::${STAGE_ACCOUNT}:role/none`;
    expect(await failureOf(update({ roleArn, prefix: "later/" }))).to.contain("unable to assume role");
    const { properties } = await stage.provider.read({ urn: made.urn, id: made.id, properties: made.outputs });
    expect(properties).to.deep.equal(made.outputs);
  });

  it("goes with what waits in it, which the trace says", async () => {
    const { urn, id, outputs } = made;
    const deletions = () => stage.cloud.trace.records().filter(({ call }) => call === "firehose:DeleteDeliveryStream");
    await put("lost");
    await stage.provider.delete({ urn, id, properties: outputs });
    expect(deletions().map(({ facts }) => facts)).to.deep.equal([
      { deliveryStream: "stream", undeliveredRecords: 1, undeliveredBytes: 4 },
    ]);
    made = await stage.make(TOKEN, inputs({}));
    await stage.provider.delete({ urn, id, properties: outputs });
    expect(deletions()).to.have.length(1);
  });

  it("hears of all mistakes at once", async () => {
    const configuration = {
      roleArn: "delivery",
      bufferingSize: 0,
      bufferingInterval: 901,
      prefix: "!{timestamp:yyyy}/!{oops}",
      fileExtension: "json",
      cloudwatchLoggingOptions: { enabled: true },
    };
    const news = { ...inputs(configuration), name: "a b", destinationId: "1", tags: { "aws:a": "b" } };
    expect((await mistakes(news)).sort()).to.deep.equal([
      "destinationId: is always destinationId-000000000001: leave it out",
      "extendedS3Configuration.bufferingInterval: must be 0 to 900 seconds",
      "extendedS3Configuration.bufferingSize: must be 1 to 128 MiB",
      "extendedS3Configuration.cloudwatchLoggingOptions: logGroupName and logStreamName must be given when logging is enabled",
      "extendedS3Configuration.errorOutputPrefix: must be given when prefix contains expressions",
      "extendedS3Configuration.fileExtension: must be empty or a dot followed by 0-9 a-z ! - _ . * ' ( )",
      "extendedS3Configuration.prefix: !{ can only begin an expression of the form !{namespace:value}",
      "extendedS3Configuration.roleArn: must be an ARN of iam",
      "name: must be 1 to 64 of a-z, A-Z, 0-9, _ . -",
      'tags["aws:a"]: tag keys that begin with aws: are reserved for AWS (aws:a)',
    ]);
    expect(
      await mistakes(inputs({}, { arn: "arn:aws:firehose:us-east-1:111111111111:deliverystream/x" })),
    ).to.have.length(1);
    expect(await mistakes(inputs({}, { arn: made.id, versionId: "1" }))).to.deep.equal([]);
    expect(await failureOf(stage.make(TOKEN, inputs({}, { name: "new", versionId: "7" })))).to.contain("versionId");
  });
});
