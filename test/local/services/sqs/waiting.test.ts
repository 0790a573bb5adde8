import { expect } from "chai";
import { Cloud } from "../../../../local/cloud.ts";
import { failureOf } from "../../../support/failure-of.ts";
import { queueArn, queueCalls } from "../../../support/queue-calls.ts";
import { ServiceStage } from "../../../support/service-stage.ts";

const SECOND = 1_000;

describe("SQS, long polls and dead-letter queues", () => {
  let stage: ServiceStage;
  const { url, call, make, send, receive, bodies, attributes, counts } = queueCalls(() => stage);
  const advance = (ms: number) => stage.cloud.clock.advance(ms);
  /** A poll under way, and what has come of it so far. */
  const poll = (more: object = {}) => {
    const state: { answer?: string[] } = {};
    const done = bodies({ WaitTimeSeconds: 20, ...more }).then((answer) => {
      state.answer = answer;
    });
    return { state, done };
  };

  beforeEach(() => {
    stage = new ServiceStage();
  });
  afterEach(() => stage.close());

  it("waits for a message in cloud time, and comes back empty at the end of the wait", async () => {
    await make();
    const { state, done } = poll();
    await advance(20 * SECOND - 1);
    expect(state.answer).to.equal(undefined);
    await advance(1);
    await done;
    expect(state.answer).to.deep.equal([]);
  });

  it("comes back as soon as a message is sent, shown again, or past its delay", async () => {
    await make();
    const sent = poll();
    await advance(5 * SECOND);
    await send("sent");
    await sent.done;
    expect(sent.state.answer).to.deep.equal(["sent"]);

    const delayed = poll();
    await send("delayed", { DelaySeconds: 7 });
    await advance(7 * SECOND - 1);
    expect(delayed.state.answer).to.equal(undefined);
    await advance(1);
    await delayed.done;
    expect(delayed.state.answer).to.deep.equal(["delayed"]);

    await advance(12 * SECOND);
    const expired = poll();
    await advance(11 * SECOND - 1);
    expect(expired.state.answer).to.equal(undefined);
    await advance(1);
    await expired.done;
    expect(expired.state.answer).to.deep.equal(["sent"]);

    await advance(7 * SECOND);
    const [inFlight] = await receive();
    const shown = poll();
    await call("ChangeMessageVisibility", { ReceiptHandle: inFlight?.ReceiptHandle, VisibilityTimeout: 0 });
    await shown.done;
    expect([inFlight?.Body, shown.state.answer]).to.deep.equal(["delayed", ["delayed"]]);
  });

  it("waits as long as the queue says when the call does not", async () => {
    await make({ receiveWaitTimeSeconds: 3 });
    const { state, done } = poll({ WaitTimeSeconds: undefined });
    await advance(3 * SECOND - 1);
    expect(state.answer).to.equal(undefined);
    await advance(1);
    await done;
    expect(await bodies({ WaitTimeSeconds: 0 })).to.deep.equal([]);
  });

  it("gives one message to one of those who wait", async () => {
    await make();
    const polls = [poll(), poll()];
    await send("one");
    await advance(20 * SECOND);
    await Promise.all(polls.map(({ done }) => done));
    expect(polls.flatMap(({ state }) => state.answer)).to.deep.equal(["one"]);
  });

  it("ends the wait when the queue is deleted, and when the cloud closes", async () => {
    const { id, outputs } = await make();
    const deleted = failureOf(poll().done);
    await stage.type("aws:sqs/queue:Queue").delete(id, outputs, stage.context);
    expect(await deleted).to.equal("The specified queue does not exist.");
    await make();
    const { state, done } = poll();
    await stage.close();
    await done;
    expect(state.answer).to.deep.equal([]);
  });

  it("lets a cloud that jumps go on while somebody waits, and does not jump to the end of the wait", async () => {
    await stage.close();
    stage = new ServiceStage(new Cloud());
    await make();
    const startedAt = stage.cloud.clock.now();
    const { state, done } = poll();
    await send("delayed", { DelaySeconds: 15 });
    await done;
    expect(state.answer).to.deep.equal(["delayed"]);
    expect(stage.cloud.clock.now() - startedAt).to.be.at.least(15 * SECOND);
    expect(stage.cloud.clock.jumpedMs()).to.be.within(1, 15 * SECOND);
    const idle = poll();
    await stage.cloud.clock.whenIdle();
    expect(idle.state.answer).to.equal(undefined);
    await stage.close();
    await idle.done;
  });

  it("moves a message that was received too often to the dead-letter queue, as it is", async () => {
    await make({ name: "dead" });
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 2 });
    await make({ redrivePolicy, visibilityTimeoutSeconds: 0 });
    expect((await attributes())?.["RedrivePolicy"]).to.equal(redrivePolicy);
    const { MessageId } = await send("poison");
    expect([await bodies(), await bodies()]).to.deep.equal([["poison"], ["poison"]]);
    await advance(SECOND);
    const waiting = poll({ QueueUrl: url("dead") });
    expect(await bodies()).to.deep.equal([]);
    await waiting.done;
    expect(waiting.state.answer).to.deep.equal(["poison"]);
    expect(await counts()).to.deep.equal([0, 0, 0]);
    await advance(30 * SECOND);
    const [dead] = await receive({ QueueUrl: url("dead"), MessageSystemAttributeNames: ["All"] });
    expect(dead?.MessageId).to.equal(MessageId);
    expect(dead?.Attributes).to.include({
      ApproximateReceiveCount: "4",
      DeadLetterQueueSourceArn: queueArn("orders"),
      SentTimestamp: String(stage.cloud.clock.now() - 31 * SECOND),
    });
  });

  it("counts the retention in the dead-letter queue from the first sending", async () => {
    await make({ name: "dead", messageRetentionSeconds: 100 });
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 1 });
    await make({ redrivePolicy, visibilityTimeoutSeconds: 0 });
    await send("poison");
    await bodies();
    await advance(60 * SECOND);
    await bodies();
    expect(await counts("dead")).to.deep.equal([1, 0, 0]);
    await advance(40 * SECOND);
    expect(await counts("dead")).to.deep.equal([0, 0, 0]);
  });

  it("keeps messages whose dead-letter queue is gone", async () => {
    const dead = await make({ name: "dead" });
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 1 });
    await make({ redrivePolicy, visibilityTimeoutSeconds: 0 });
    await send("poison");
    await stage.type("aws:sqs/queue:Queue").delete(dead.id, dead.outputs, stage.context);
    expect([await bodies(), await bodies()]).to.deep.equal([["poison"], ["poison"]]);
  });
});
