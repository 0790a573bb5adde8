import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { FrontDoor } from "../../../../local/front-door/front-door.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { ProviderStage } from "../../../support/provider-stage.ts";
import { queueArn } from "../../../support/queue-calls.ts";
import { ServiceStage, STAGE_ACCOUNT, STAGE_REGION } from "../../../support/service-stage.ts";

const ARN = queueArn("orders");

describe("SQS, when somebody changes what a program made,", () => {
  const stage = new ServiceStage(new Cloud());
  const frontDoor = new FrontDoor(stage.cloud);
  let client: SQSClient;
  let QueueUrl = "";

  before(async () => {
    const { endpointUrl } = await frontDoor.listen();
    const { credentials } = stage.cloud.accounts.ensure(STAGE_ACCOUNT).administrator;
    client = new SQSClient({ endpoint: endpointUrl, region: STAGE_REGION, credentials, maxAttempts: 1 });
    await stage.make("aws:sqs/queue:Queue", { name: "dead" });
  });
  beforeEach(async () => {
    QueueUrl = (await stage.make("aws:sqs/queue:Queue", { name: "orders", tags: { team: "data" } })).id;
  });
  afterEach(async () => {
    if (stage.cloud.services.sqs.store.find(ARN)) await client.send(new DeleteQueueCommand({ QueueUrl }));
  });
  after(async () => {
    client.destroy();
    await frontDoor.close();
    await stage.close();
  });

  const set = (Attributes: Record<string, string>) =>
    client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  const attributes = async () =>
    (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes ?? {};
  const tags = async () => (await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags;
  const tag = (Tags: Record<string, string>) => client.send(new TagQueueCommand({ QueueUrl, Tags }));

  it("sets a queue's attributes, and takes back those that it can be without", async () => {
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: ARN },
    });
    const changed = {
      DelaySeconds: "1",
      MaximumMessageSize: "1024",
      MessageRetentionPeriod: "60",
      Policy,
      ReceiveMessageWaitTimeSeconds: "2",
      RedriveAllowPolicy: '{"redrivePermission":"denyAll"}',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 3 }),
      VisibilityTimeout: "3",
    };
    await set(changed);
    expect(await attributes()).to.include(changed);
    await set({ Policy: "", RedriveAllowPolicy: "", RedrivePolicy: "" });
    expect(await attributes()).to.not.have.any.keys("Policy", "RedriveAllowPolicy", "RedrivePolicy");
  });

  it("has one kind of encryption at a time", async () => {
    await set({ KmsMasterKeyId: "alias/aws/sqs", KmsDataKeyReusePeriodSeconds: "60" });
    expect(await attributes()).to.include({ SqsManagedSseEnabled: "false", KmsDataKeyReusePeriodSeconds: "60" });
    expect(await failureOf(set({ SqsManagedSseEnabled: "true" }))).to.contain("one type of server-side encryption");
    await set({ KmsMasterKeyId: "" });
    expect(await attributes())
      .to.include({ SqsManagedSseEnabled: "false" })
      .and.not.have.property("KmsMasterKeyId");
    await set({ SqsManagedSseEnabled: "true" });
    expect(await attributes()).to.include({ SqsManagedSseEnabled: "true" });
  });

  it("refuses what an attribute cannot be, and then changes none of them", async () => {
    const refused = (more: Record<string, string>) => failureOf(set({ DelaySeconds: "9", ...more }));
    expect(await refused({ MaximumMessageSize: "1023" })).to.contain(
      "parameter MaximumMessageSize. Reason: must be an",
    );
    expect(await refused({ VisibilityTimeout: "soon" })).to.contain("parameter VisibilityTimeout");
    expect(await refused({ SqsManagedSseEnabled: "yes" })).to.contain("parameter SqsManagedSseEnabled");
    expect(await refused({ RedrivePolicy: "{" })).to.contain("not JSON");
    expect(await refused({ Policy: "{}" })).to.contain("Invalid value for the parameter Policy.");
    const nowhere = JSON.stringify({ deadLetterTargetArn: queueArn("nowhere"), maxReceiveCount: 1 });
    expect(await refused({ RedrivePolicy: nowhere })).to.contain("Dead letter target does not exist");
    expect(await refused({ KmsMasterKeyId: "alias/mine" })).to.contain("alias/mine");
    expect(await refused({ Colour: "red" })).to.equal("Unknown Attribute Colour.");
    expect(await refused({ FifoThroughputLimit: "perQueue" })).to.contain("does not support the attribute FifoThrough");
    expect(await attributes()).to.include({ DelaySeconds: "0" });
  });

  it("tags and untags a queue within AWS's limits", async () => {
    await tag({ owner: "ops" });
    expect(await tags()).to.deep.equal({ team: "data", owner: "ops" });
    await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["team", "nothing"] }));
    expect(await tags()).to.deep.equal({ owner: "ops" });
    expect(await failureOf(tag({ "aws:own": "x" }))).to.contain("reserved for AWS");
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, "v"]));
    expect(await failureOf(tag(many))).to.contain("At most 50 tags");
    await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["owner"] }));
    expect(await tags()).to.equal(undefined);
  });

  it("asks IAM about the queue", async () => {
    const other = stage.administrator("222222222222");
    const refused = async (operation: string, params: object) =>
      (await stage.refusal("sqs", operation, { QueueUrl, ...params }, other)).message;
    const onQueue = (action: string) => `sqs:${action} on resource: ${ARN}`;
    expect(await refused("TagQueue", { Tags: {} })).to.contain(onQueue("TagQueue"));
    expect(await refused("UntagQueue", { TagKeys: [] })).to.contain(onQueue("UntagQueue"));
    expect(await refused("ListQueueTags", {})).to.contain(onQueue("ListQueueTags"));
    expect(await refused("SetQueueAttributes", { Attributes: {} })).to.contain(onQueue("SetQueueAttributes"));
    expect(await refused("DeleteQueue", {})).to.contain(onQueue("DeleteQueue"));
  });

  it("deletes a queue once", async () => {
    await client.send(new DeleteQueueCommand({ QueueUrl }));
    expect(await failureOf(client.send(new DeleteQueueCommand({ QueueUrl })))).to.equal(
      "The specified queue does not exist.",
    );
  });
});

describe("SQS resource types, when arguments are wrong,", () => {
  it("tell all mistakes at once", async () => {
    const stage = await ProviderStage.start();
    const mistakes = async (token: string, news: object) => {
      const { failures } = await stage.provider.check({ urn: stage.urn(token, "thing"), news: news as never });
      return failures.map(({ property }) => property);
    };
    const wrong = {
      name: "orders.fifo",
      delaySeconds: 901,
      maxMessageSize: 1023,
      messageRetentionSeconds: 59,
      receiveWaitTimeSeconds: 21,
      visibilityTimeoutSeconds: "30",
      kmsDataKeyReusePeriodSeconds: 59,
      kmsMasterKeyId: "alias/mine",
      policy: '{"Statement":[]}',
      redrivePolicy: "{",
      redriveAllowPolicy: "no",
      deduplicationScope: "queue",
      namePrefix: "x",
    };
    expect(await mistakes("aws:sqs/queue:Queue", wrong)).to.have.members(Object.keys(wrong));
    for (const sqsManagedSseEnabled of [true, false]) {
      const both = { kmsMasterKeyId: "1234", sqsManagedSseEnabled, delaySeconds: -1 };
      expect(await mistakes("aws:sqs/queue:Queue", both)).to.have.members(["delaySeconds", "kmsMasterKeyId"]);
    }
    expect(await mistakes("aws:sqs/queuePolicy:QueuePolicy", { policy: "{" })).to.have.members(["queueUrl", "policy"]);
    await stage.close();
  });
});
