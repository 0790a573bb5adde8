import {
  DeleteDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type ExtendedS3DestinationUpdate,
  FirehoseClient,
  ListTagsForDeliveryStreamCommand,
  StartDeliveryStreamEncryptionCommand,
  StopDeliveryStreamEncryptionCommand,
  TagDeliveryStreamCommand,
  UntagDeliveryStreamCommand,
  UpdateDestinationCommand,
} from "@aws-sdk/client-firehose";
import { expect } from "chai";
import { assumeForService } from "../../../../local/accounts/service-role.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import type { Properties } from "../../../../local/resource-types/resource-type.ts";
import { servicePrincipal } from "../../../support/service-principals.ts";
import { refusal } from "../s3/stage.ts";
import { ACCOUNT, FirehoseStage, REGION, ROLE } from "./stage.ts";

const target = { DeliveryStreamName: "to-archive" };
const ARN = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/to-archive`;
const DestinationId = "destinationId-000000000001";

describe("local cloud: changes of delivery streams by the SDK", () => {
  let stage: FirehoseStage;
  let door: FrontDoor;
  let client: FirehoseClient;

  beforeEach(async () => {
    stage = new FirehoseStage();
    door = new FrontDoor(stage.cloud);
    const { endpointUrl } = await door.listen();
    client = new FirehoseClient({
      endpoint: endpointUrl,
      region: REGION,
      maxAttempts: 1,
      systemClockOffset: stage.cloud.clock.offsetMs(),
      credentials: stage.cloud.accounts.ensure(ACCOUNT).administrator.credentials,
    });
    await stage.stream();
  });
  afterEach(async () => {
    client.destroy();
    await door.close();
    await stage.cloud.close();
  });

  const update = (change: ExtendedS3DestinationUpdate, CurrentDeliveryStreamVersionId = "1") =>
    client.send(
      new UpdateDestinationCommand({
        ...target,
        CurrentDeliveryStreamVersionId,
        DestinationId,
        ExtendedS3DestinationUpdate: change,
      }),
    );
  const described = async () => {
    const { DeliveryStreamDescription: all } = await client.send(new DescribeDeliveryStreamCommand(target));
    return { ...all, destination: all?.Destinations?.[0]?.ExtendedS3DestinationDescription };
  };
  const errorOf = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
      () => new Error("not refused"),
      (thrown: Error) => thrown,
    );

  it("change what they name, and leave the rest", async () => {
    await update({ Prefix: "later/", BufferingHints: { SizeInMBs: 2, IntervalInSeconds: 0 } });
    const { destination, ...stream } = await described();
    expect(stream).to.deep.include({ VersionId: "2", LastUpdateTimestamp: new Date(stage.cloud.clock.now()) });
    expect(destination).to.deep.include({
      Prefix: "later/",
      BufferingHints: { SizeInMBs: 2, IntervalInSeconds: 0 },
      RoleARN: ROLE,
      CompressionFormat: "UNCOMPRESSED",
    });
  });

  it("name the version that they change, and Firehose's words for what is wrong", async () => {
    await update({ Prefix: "one/" });
    expect((await errorOf(update({ Prefix: "two/" }))).name).to.equal("ConcurrentModificationException");
    const wrong: [ExtendedS3DestinationUpdate, string][] = [
      [{ RoleARN: `arn:aws:iam::${ACCOUNT}:role/none` }, "unable to assume role"],
      [{ Prefix: "!{timestamp:yyyy}/" }, "errorOutputPrefix: must be given when prefix contains expressions"],
      [{ CloudWatchLoggingOptions: { Enabled: true } }, "logGroupName and logStreamName must be given"],
    ];
    for (const [change, reason] of wrong) {
      const error = await errorOf(update(change, "2"));
      expect([error.name, error.message.includes(reason)], error.message).to.deep.equal([
        "InvalidArgumentException",
        true,
      ]);
    }
    expect(await described()).to.deep.include({ VersionId: "2" });
    expect((await described()).destination?.Prefix).to.equal("one/");
  });

  it("refuse by name what the local cloud does not do", async () => {
    const refused = async (change: Properties) =>
      (await errorOf(update(change as ExtendedS3DestinationUpdate))).message;
    expect(await refused({ ProcessingConfiguration: { Enabled: false } })).to.contain("ProcessingConfiguration");
    expect(await refused({ CompressionFormat: "ZIP" })).to.contain(
      "does not support the value ZIP for the parameter ExtendedS3DestinationUpdate.CompressionFormat of firehose:UpdateDestination",
    );
    expect(await refused({ S3BackupMode: "Enabled" })).to.contain(
      "does not support the value Enabled for the parameter ExtendedS3DestinationUpdate.S3BackupMode",
    );
    expect(await refused({ BufferingHints: { SizeInMBs: 129, IntervalInSeconds: 60 } })).to.equal(
      "1 validation error detected: Value '129' at 'extendedS3DestinationUpdate.bufferingHints.sizeInMBs' failed to satisfy constraint: Member must have value less than or equal to 128",
    );
    expect(await refused({ BufferingHints: { SizeInMBs: 1 } })).to.contain("must be given together");
    expect(await refused({ FileExtension: `.${"a".repeat(50)}` })).to.contain("at most 50 characters");
    expect(await refused({ CustomTimeZone: "Mars/Olympus" })).to.contain(
      "CustomTimeZone: must be the name of a time zone",
    );
    const encrypt = client.send(
      new StartDeliveryStreamEncryptionCommand({
        ...target,
        DeliveryStreamEncryptionConfigurationInput: { KeyType: "CUSTOMER_MANAGED_CMK" },
      }),
    );
    expect((await errorOf(encrypt)).message).to.contain("a key's ARN is needed with the key type CUSTOMER_MANAGED_CMK");
  });

  it("encrypt and do not", async () => {
    const status = async () => (await described()).DeliveryStreamEncryptionConfiguration?.Status;
    await client.send(new StartDeliveryStreamEncryptionCommand(target));
    expect(await status()).to.equal("ENABLED");
    await client.send(new StopDeliveryStreamEncryptionCommand(target));
    expect(await status()).to.equal("DISABLED");
  });

  it("encrypt by a key of one's own, for who may make a grant of it", async () => {
    const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/delivery`;
    const DeliveryStreamEncryptionConfigurationInput = { KeyType: "CUSTOMER_MANAGED_CMK", KeyARN: key } as const;
    await client.send(
      new StartDeliveryStreamEncryptionCommand({ ...target, DeliveryStreamEncryptionConfigurationInput }),
    );
    expect((await described()).DeliveryStreamEncryptionConfiguration).to.deep.equal({
      KeyType: "CUSTOMER_MANAGED_CMK",
      KeyARN: key,
      Status: "ENABLED",
    });
    expect(stage.cloud.trace.records().find(({ call }) => call === "firehose:StartDeliveryStreamEncryption"))
      .to.have.property("authorizations")
      .that.deep.includes({ action: "kms:CreateGrant", resource: key });
    stage.allow(["firehose:StartDeliveryStreamEncryption"], [ARN]);
    const { principal } = assumeForService(stage.cloud, {
      roleArn: ROLE,
      servicePrincipal: servicePrincipal("firehose.amazonaws.com"),
      sessionName: "test",
    });
    const start = (more: Properties = {}) =>
      stage.call("firehose", "StartDeliveryStreamEncryption", { ...target, ...more }, principal);
    await start();
    const refused = await refusal(start({ DeliveryStreamEncryptionConfigurationInput }));
    expect(refused.message).to.contain(`kms:CreateGrant on resource: ${key}`);
  });

  it("assume the role anew for a change of the destination: it may trust Firehose no more", async () => {
    const { arn } = stage.cloud.services.iam.store.requireRole(ACCOUNT, "delivery");
    const update = { CurrentDeliveryStreamVersionId: "1", DestinationId: "destinationId-000000000001" };
    const change = (Prefix: string, version: string) =>
      client.send(
        new UpdateDestinationCommand({
          ...{ ...target, ...update, CurrentDeliveryStreamVersionId: version },
          ExtendedS3DestinationUpdate: { RoleARN: arn, Prefix },
        }),
      );
    await change("one/", "1");
    const role = stage.cloud.services.iam.store.requireRole(ACCOUNT, "delivery");
    role.trustPolicy = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    };
    expect((await errorOf(change("two/", "2"))).message).to.contain("unable to assume role");
  });

  it("tag and untag, page by page", async () => {
    const Tags = ["c", "a", "b"].map((Key) => ({ Key, Value: Key.toUpperCase() }));
    await client.send(new TagDeliveryStreamCommand({ ...target, Tags }));
    await client.send(new TagDeliveryStreamCommand({ ...target, Tags: [{ Key: "b" }] }));
    await client.send(new UntagDeliveryStreamCommand({ ...target, TagKeys: ["c", "none"] }));
    const list = async (more: { Limit?: number; ExclusiveStartTagKey?: string } = {}) => {
      const page = await client.send(new ListTagsForDeliveryStreamCommand({ ...target, ...more }));
      return [page.Tags?.map(({ Key, Value }) => `${Key}=${Value}`).join(" "), page.HasMoreTags];
    };
    expect(await list()).to.deep.equal(["a=A b=", false]);
    expect(await list({ Limit: 1 })).to.deep.equal(["a=A", true]);
    expect(await list({ Limit: 1, ExclusiveStartTagKey: "a" })).to.deep.equal(["b=", false]);
    const tag = async (...keys: string[]) =>
      (await errorOf(client.send(new TagDeliveryStreamCommand({ ...target, Tags: keys.map((Key) => ({ Key })) }))))
        .name;
    expect(await tag("aws:x")).to.equal("ValidationException");
    expect(await tag(...Array.from({ length: 49 }, (_, index) => `k${index}`))).to.equal("LimitExceededException");
    expect(await list()).to.deep.equal(["a=A b=", false]);
  });

  it("take the stream away with what waits in it, which the trace says", async () => {
    await stage.put("lost", "too");
    await client.send(new DeleteDeliveryStreamCommand(target));
    expect((await errorOf(client.send(new DeleteDeliveryStreamCommand(target)))).name).to.equal(
      "ResourceNotFoundException",
    );
    const [record] = stage.cloud.trace.records().filter(({ call }) => call === "firehose:DeleteDeliveryStream");
    expect(record?.facts).to.deep.equal({
      deliveryStream: "to-archive",
      undeliveredRecords: 2,
      undeliveredBytes: 7,
    });
    await stage.cloud.clock.advance(300_000);
    expect(stage.objects()).to.deep.equal([]);
  });

  it("ask IAM, for another role too", async () => {
    const calls: [operation: string, params?: Properties][] = [
      ["TagDeliveryStream", { Tags: [{ Key: "a" }] }],
      ["ListTagsForDeliveryStream"],
      ["UntagDeliveryStream", { TagKeys: ["a"] }],
      ["StartDeliveryStreamEncryption"],
      ["StopDeliveryStreamEncryption"],
      [
        "UpdateDestination",
        { CurrentDeliveryStreamVersionId: "1", DestinationId, ExtendedS3DestinationUpdate: { Prefix: "x/" } },
      ],
      ["DeleteDeliveryStream"],
    ];
    const as = () =>
      assumeForService(stage.cloud, {
        roleArn: ROLE,
        servicePrincipal: servicePrincipal("firehose.amazonaws.com"),
        sessionName: "test",
      }).principal;
    const change = {
      CurrentDeliveryStreamVersionId: "1",
      DestinationId,
      ExtendedS3DestinationUpdate: { RoleARN: ROLE },
    };
    stage.allow(["firehose:UpdateDestination"], [ARN]);
    const passing = stage.call("firehose", "UpdateDestination", { ...target, ...change }, as());
    expect((await refusal(passing)).message).to.contain("iam:PassRole");
    for (const [operation, params] of calls) {
      stage.allow(["firehose:PutRecord"], [ARN]);
      const call = () => stage.call("firehose", operation, { ...target, ...params }, as());
      expect(await refusal(call()), operation).to.include({ code: "AccessDeniedException" });
      stage.allow([`firehose:${operation}`], [ARN]);
      await call();
    }
  });
});
