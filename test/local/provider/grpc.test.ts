import { expect } from "chai";
import type { Properties } from "../../../local/resource-types/resource-type.ts";
import { UNKNOWN } from "../../../local/resource-types/wire-values.ts";
import { failureOf } from "../../support/failure-of.ts";
import { computed, secret, textAsset, type WireResource } from "../../support/wire-program.ts";
import { WireStage, wireConfig } from "../../support/wire-stage.ts";

const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** A topic that fans out to a queue with a dead-letter queue, and an object in a bucket; arguments may be other ones. */
function program(other: Readonly<Record<string, Properties>> = {}): WireResource[] {
  return [
    { type: QUEUE, name: "dead", inputs: { ...other["dead"] } },
    {
      type: QUEUE,
      name: "orders",
      inputs: (of) => ({
        visibilityTimeoutSeconds: 45,
        redrivePolicy: computed([of("dead").arn], () =>
          JSON.stringify({ deadLetterTargetArn: of("dead").arn, maxReceiveCount: 3 }),
        ),
        ...other["orders"],
      }),
    },
    { type: TOPIC, name: "alarms", inputs: { displayName: secret("Alarms"), ...other["alarms"] } },
    {
      type: "aws:sns/topicSubscription:TopicSubscription",
      name: "fan",
      inputs: (of) => ({ topic: of("alarms").arn, protocol: "sqs", endpoint: of("orders").arn, ...other["fan"] }),
    },
    { type: "aws:s3/bucket:Bucket", name: "box", inputs: { bucket: "wire-box" } },
    {
      type: "aws:s3/bucketObjectv2:BucketObjectv2",
      name: "note",
      inputs: (of) => ({ bucket: of("box").bucket, key: "note.txt", source: textAsset("hello"), ...other["note"] }),
    },
  ];
}

const all = (step: string) => ({ dead: step, orders: step, alarms: step, fan: step, box: step, note: step });

describe("the provider over gRPC, driven as the pulumi CLI drives it,", () => {
  let stage: WireStage;
  beforeEach(async () => {
    stage = await WireStage.start();
  });
  afterEach(() => stage.close());

  const queueAttributes = async (QueueUrl: unknown) =>
    (
      await stage.call<{ Attributes: Record<string, string> }>("sqs", "GetQueueAttributes", {
        QueueUrl,
        AttributeNames: ["All"],
      })
    ).Attributes;

  it("previews: changes nothing, with known values and unknown ones", async () => {
    const engine = stage.engine();
    const { steps, outputs, failures, errors } = await engine.preview(program());
    expect([failures, errors]).to.deep.equal([[], []]);
    expect(steps).to.deep.equal(all("create"));
    expect(outputs["orders"]).to.include({
      visibilityTimeoutSeconds: 45,
      delaySeconds: 0,
      arn: UNKNOWN,
      url: UNKNOWN,
      redrivePolicy: UNKNOWN,
    });
    expect(outputs["orders"]?.["name"]).to.match(/^orders-[0-9a-f]{7}$/);
    expect(outputs["fan"]).to.include({
      topic: UNKNOWN,
      endpoint: UNKNOWN,
      protocol: "sqs",
      rawMessageDelivery: false,
    });
    expect(outputs["note"]).to.include({ bucket: "wire-box", key: "note.txt" });
    expect(await stage.contents()).to.deep.equal([]);
    expect(engine.state).to.equal('{"resources":[]}');
  });

  it("creates everything, and shows no change for the same program", async () => {
    const engine = stage.engine();
    const { steps, outputs, errors } = await engine.up(program());
    expect(errors).to.deep.equal([]);
    expect(steps).to.deep.equal(all("create"));
    expect(JSON.stringify(outputs)).to.not.contain(UNKNOWN);
    const names = ["dead", "orders", "alarms"].map((name) => outputs[name]?.["name"]);
    expect(await stage.contents()).to.have.members([...names, "wire-box"]);
    expect(await queueAttributes(outputs["orders"]?.["url"])).to.include({ VisibilityTimeout: "45" });

    for (const run of [() => engine.up(program()), () => engine.preview(program())]) {
      const again = await run();
      expect(again.steps).to.deep.equal(all("same"));
      expect(again.outputs).to.deep.equal(outputs);
      expect(engine.calls.filter((call) => !/^(check|diff) /.test(call))).to.deep.equal([]);
    }
  });

  it("updates in place, after a preview that changes nothing", async () => {
    const engine = stage.engine();
    const { outputs } = await engine.up(program());
    const changed = program({ orders: { visibilityTimeoutSeconds: 60 }, note: { source: textAsset("changed") } });
    const url = outputs["orders"]?.["url"];
    const preview = await engine.preview(changed);
    expect(preview.steps).to.deep.equal({ ...all("same"), orders: "update", note: "update" });
    expect(preview.outputs["orders"]).to.include({ url, visibilityTimeoutSeconds: 60 });
    expect(await queueAttributes(url)).to.include({ VisibilityTimeout: "45" });

    const { steps, diffs } = await engine.up(changed);
    expect(steps).to.deep.equal(preview.steps);
    expect(diffs["orders"]).to.deep.equal({
      changes: "some",
      diffs: ["visibilityTimeoutSeconds"],
      replaces: [],
      deleteBeforeReplace: false,
      detailedDiff: [{ path: "visibilityTimeoutSeconds", kind: "update", isReplacement: false }],
    });
    expect(diffs["note"]?.diffs).to.deep.equal(["source"]);
    expect(await queueAttributes(url)).to.include({ VisibilityTimeout: "60" });
    expect((await engine.up(changed)).steps).to.deep.equal(all("same"));
  });

  it("gets a changed configuration by diffConfig: new default tags apply to every resource", async () => {
    const engine = stage.engine();
    const { outputs } = await engine.up(program());
    engine.config = wireConfig(undefined, { team: "data" });
    const { steps, diffs } = await engine.up(program());
    expect(steps).to.include({ dead: "update", orders: "update", alarms: "update", fan: "same" });
    expect(diffs["dead"]?.diffs).to.deep.equal(["tagsAll"]);
    const { Tags } = await stage.call<{ Tags: object }>("sqs", "ListQueueTags", { QueueUrl: outputs["dead"]?.["url"] });
    expect(Tags).to.deep.equal({ team: "data" });
    expect((await engine.up(program())).steps).to.include({ dead: "same" });
  });

  it("keeps ignored changes", async () => {
    const engine = stage.engine();
    const queue = (visibilityTimeoutSeconds: number): WireResource[] => [
      { type: QUEUE, name: "dead", inputs: { visibilityTimeoutSeconds }, ignoreChanges: ["visibilityTimeoutSeconds"] },
    ];
    await engine.up(queue(1));
    expect((await engine.up(queue(2))).steps).to.deep.equal({ dead: "same" });
  });

  describe("replaces", () => {
    const group = (inputs: Properties): WireResource[] => [{ type: LOG_GROUP, name: "logs", inputs }];
    const standard = { logGroupClass: "STANDARD" };
    const infrequent = { logGroupClass: "INFREQUENT_ACCESS" };

    it("with the new one first, under another generated name", async () => {
      const engine = stage.engine();
      const before = await engine.up(group(standard));
      const preview = await engine.preview(group(infrequent));
      expect(preview.diffs["logs"]).to.deep.include({ replaces: ["logGroupClass"], deleteBeforeReplace: false });
      expect(preview.outputs["logs"]).to.include({ arn: UNKNOWN, id: "" });
      const after = await engine.up(group(infrequent));
      expect(after.steps).to.deep.equal({ logs: "replace" });
      expect(engine.calls).to.deep.equal(["check logs", "diff logs", "check logs", "create logs", "delete logs"]);
      expect(after.outputs["logs"]?.["name"])
        .to.match(/^logs-[0-9a-f]{7}$/)
        .and.not.equal(before.outputs["logs"]?.["name"]);
      expect(stage.cloud.services.logs.store.list({ accountId: "111111111111", region: "us-east-1" })).to.have.length(
        1,
      );
    });

    it("deleting the old one first, when the program gives the name", async () => {
      const engine = stage.engine();
      await engine.up(group({ name: "given", ...standard }));
      const { steps, outputs } = await engine.up(group({ name: "given", ...infrequent }));
      expect(steps).to.deep.equal({ logs: "replace" });
      expect(engine.calls).to.deep.equal(["check logs", "diff logs", "delete logs", "check logs", "create logs"]);
      expect(outputs["logs"]).to.include({ name: "given", logGroupClass: "INFREQUENT_ACCESS" });
    });

    it("dependents too, deleting the old ones last", async () => {
      const engine = stage.engine();
      const { outputs } = await engine.up(program());
      const renamed = program({ alarms: { name: "given" } });
      expect((await engine.preview(renamed)).diffs["fan"]).to.deep.include({ replaces: ["topic"] });
      const { steps } = await engine.up(renamed);
      expect(steps).to.deep.equal({ ...all("same"), alarms: "replace", fan: "replace" });
      expect(engine.calls.slice(-2)).to.deep.equal(["delete fan", "delete alarms"]);
      expect(await stage.contents())
        .to.include("given")
        .and.not.include(outputs["alarms"]?.["name"]);
    });
  });

  describe("refreshes", () => {
    it("drift, so that the next up reverts it", async () => {
      const engine = stage.engine();
      const { outputs } = await engine.up(program());
      const before = engine.state;
      expect(await engine.refresh()).to.deep.equal({ drift: {}, gone: [] });
      // What is read of an asset that the engine no longer has is its hash.
      const withoutContent = JSON.parse(before.replaceAll(',"text":"hello"', ""));
      expect(JSON.parse(engine.state)).to.deep.equal(withoutContent);
      const QueueUrl = outputs["orders"]?.["url"];
      await stage.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { VisibilityTimeout: "7" } });
      await stage.call("sqs", "TagQueue", { QueueUrl, Tags: { owner: "ops" } });
      expect(await engine.refresh()).to.deep.equal({
        drift: { orders: ["tags", "visibilityTimeoutSeconds"] },
        gone: [],
      });
      const { steps, diffs } = await engine.up(program());
      expect(steps).to.deep.equal({ ...all("same"), orders: "update" });
      expect(diffs["orders"]?.diffs).to.deep.equal(["tags", "visibilityTimeoutSeconds"]);
      expect(await queueAttributes(QueueUrl)).to.include({ VisibilityTimeout: "45" });
      expect(await stage.call("sqs", "ListQueueTags", { QueueUrl })).to.deep.equal({});
    });

    it("deleted resources, so that the next up creates them again", async () => {
      const engine = stage.engine();
      const { outputs } = await engine.up(program());
      await stage.call("sns", "DeleteTopic", { TopicArn: outputs["alarms"]?.["arn"] });
      const lost = await engine.up(program({ alarms: { displayName: "Other" } }));
      expect(lost.errors[0]).to.match(
        /^alarms: ResourceNotFoundException: aws:sns\/topic:Topic .* run `pulumi up --refresh` to build it again\.$/,
      );
      expect(await engine.refresh()).to.deep.equal({ drift: {}, gone: ["alarms", "fan"] });
      const { steps } = await engine.up(program());
      expect(steps).to.deep.equal({ ...all("same"), alarms: "create", fan: "create" });
    });
  });

  it("deletes resources removed from the program, and finally all, dependents first", async () => {
    const engine = stage.engine();
    await engine.up(program());
    const rest = program().filter(({ name }) => name !== "fan" && name !== "alarms");
    expect((await engine.up(rest)).steps).to.include({ fan: "delete", alarms: "delete", orders: "same" });
    expect(engine.calls.slice(-2)).to.deep.equal(["delete fan", "delete alarms"]);
    expect(await engine.destroy()).to.deep.equal([]);
    expect(engine.calls.indexOf("delete note")).to.be.lessThan(engine.calls.indexOf("delete box"));
    expect(engine.calls.indexOf("delete orders")).to.be.lessThan(engine.calls.indexOf("delete dead"));
    expect(await stage.contents()).to.deep.equal([]);
    expect(JSON.parse(engine.state).resources).to.deep.equal([]);
  });

  describe("answers", () => {
    it("all mistakes in arguments at once, by property and without a stack, and creates no invalid resource", async () => {
      const engine = stage.engine();
      const wrong = program({
        orders: { visibilityTimeoutSeconds: 43_201, delaySeconds: "5", colour: "red", redrivePolicy: undefined },
        alarms: { policy: "{", displayName: secret("x".repeat(101)) },
      });
      for (const run of [() => engine.preview(wrong), () => engine.up(wrong)]) {
        const { failures, errors, steps } = await run();
        expect(failures.map((line) => line.split(":").slice(0, 2).join(":"))).to.have.members([
          "orders: visibilityTimeoutSeconds",
          "orders: delaySeconds",
          "orders: colour",
          "alarms: policy",
          "alarms: displayName",
        ]);
        expect(failures.join("\n")).to.not.match(/\n\s+at |\.ts:/);
        expect(failures.join("\n")).to.not.contain("xxx");
        expect(errors).to.deep.equal([]);
        expect(steps).to.deep.equal({ dead: "create", box: "create", note: "create" });
      }
    });

    it("a service's error in AWS's words with its code, and keeps created resources", async () => {
      const engine = stage.engine();
      const twice = program({ dead: { name: "taken" }, orders: { name: "taken", redrivePolicy: undefined } });
      const [dead, orders, ...rest] = twice as [WireResource, WireResource, ...WireResource[]];
      const first = await engine.up([dead, ...rest]);
      expect(first.errors).to.deep.equal([]);
      const { errors, failures, steps } = await engine.up([dead, orders, ...rest]);
      expect([errors, failures]).to.deep.equal([
        ["orders: QueueNameExists: A queue already exists with the name taken."],
        [],
      ]);
      expect(steps).to.include({ dead: "same", alarms: "same" }).and.not.have.property("fan");
      expect((await engine.up(program({ dead: { name: "taken" } }))).steps).to.deep.equal({
        ...all("create"),
        dead: "same",
        alarms: "same",
        box: "same",
        note: "same",
      });
    });

    it("AWS's error for a refused delete, and keeps the resource in the state", async () => {
      const engine = stage.engine();
      await engine.up(program());
      const principal = stage.cloud.accounts.ensure("111111111111").administrator.principal;
      await stage.cloud.call({
        service: "s3",
        operation: "PutObject",
        params: { Bucket: "wire-box", Key: "other.txt", Body: Buffer.from("x") },
        principal,
        region: "us-east-1",
      });
      const errors = await engine.destroy();
      expect(errors).to.have.length(1);
      expect(errors[0]).to.match(/^box: BucketNotEmpty: The bucket you tried to delete is not empty/);
      expect(JSON.parse(engine.state).resources.map(({ name }: { name: string }) => name)).to.deep.equal(["box"]);
    });

    it("an unsupported type or function by its name", async () => {
      const engine = stage.engine();
      const { errors } = await engine.up([{ type: "aws:ec2/vpc:Vpc", name: "net", inputs: {} }]);
      expect(errors[0]).to.match(/^net: The local cloud does not support the resource type aws:ec2\/vpc:Vpc\. It supp/);
      const provider = await stage.configured();
      const ask = (tok: string, args: Properties = {}) => provider.invoke({ tok, args });
      expect(await failureOf(ask("aws:ec2/getVpc:getVpc"))).to.match(
        /^The local cloud does not support the function aws:ec2\/getVpc:getVpc\. It supports: .*getCallerIdentity/,
      );
      const { return: identity } = await ask("aws:index/getCallerIdentity:getCallerIdentity");
      expect(identity).to.include({ accountId: "111111111111" });
      const { failures } = await ask("aws:index/getRegion:getRegion", { colour: "red" });
      expect(failures.map(({ property }) => property)).to.deep.equal(["colour"]);
    });
  });
});
