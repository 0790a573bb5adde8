import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { ConnectionResetError } from "../../../local/faults/errors.ts";
import { FaultPlan } from "../../../local/faults/fault-plan.ts";
import { parseFaults } from "../../../local/faults/spec.ts";
import { Clock, ClockMode } from "../../../local/kernel/clock.ts";
import { type AwsError, UserError } from "../../../local/kernel/errors.ts";
import type { FaultPoint } from "../../../local/kernel/fault-port.ts";

/** All services, each with what may go wrong with it. */
const services = new Cloud().faultable;
const putRecords: FaultPoint = { service: "kinesis", operation: "PutRecords", accountId: "111111111111" };
const records = (...texts: string[]) => ({
  Records: texts.map((text) => ({ Data: Buffer.from(text).toString("base64"), PartitionKey: text })),
});
const accept = async (params: unknown) => ({
  FailedRecordCount: 0,
  Records: (params as { Records: { PartitionKey: string }[] }).Records.map(({ PartitionKey }) => ({
    SequenceNumber: `stored ${PartitionKey}`,
  })),
});

function plan(text: string, seed = 1) {
  const clock = new Clock({ mode: ClockMode.Manual, startAt: 0 });
  const lost: string[] = [];
  const expired: string[] = [];
  const faults = new FaultPlan(parseFaults(text, services), seed, {
    clock,
    services,
    expireSession: (principal) => expired.push(principal),
    loseEnvironments: (name) => lost.push(name),
  });
  return { clock, faults, lost, expired };
}

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "ok",
    (error: AwsError) => error.code,
  );
}

describe("the fault specification", () => {
  it("reads faults by line and by semicolon, with rate, calls, account and duration", () => {
    const specs = parseFaults(
      "# a comment\nkinesis:PutRecords@prod partial 12.5%; lambda:Invoke crash-in #3,7\nsts:AssumeRole error from 10s for 5m",
      services,
    );
    expect(specs.map(({ text, ...spec }) => JSON.parse(JSON.stringify(spec)))).to.deep.equal([
      { service: "kinesis", operation: "PutRecords", account: "prod", kind: "partial", rate: 0.125, fromMs: 0 },
      { service: "lambda", operation: "Invoke", kind: "crash-in", calls: [3, 7], fromMs: 0 },
      { service: "sts", operation: "AssumeRole", kind: "error", rate: 1, fromMs: 10_000, forMs: 300_000 },
    ]);
  });

  it("reports every mistake with what is allowed", () => {
    const wrong = [
      ["kinesis:PutRecord partial 5%", "cannot fail in part"],
      ["kinesis:Nonsense throttle", 'kinesis has no operation "Nonsense"'],
      ["sqs:SendMessage throttle", 'there is no service "sqs"'],
      ["s3:PutObject explode 5%", 'there is no kind "explode"'],
      ["s3:PutObject throttle 500%", "the rate is 500%"],
      ["s3:PutObject throttle for soon", '"soon" is no duration'],
      ["s3:PutObject latency 5%", "latency needs its milliseconds"],
      ["dynamodb:BatchWriteItem crash-in 5%", "crash-in belongs to lambda:Invoke"],
      ["lambda:Invoke lost 5%", "lost belongs to lambda:Checkpoint"],
      ["everything breaks", "form of a fault"],
    ];
    try {
      parseFaults(wrong.map(([fault]) => fault).join("\n"), services);
    } catch (error) {
      expect(error).to.be.instanceOf(UserError);
      for (const [fault, sentence] of wrong)
        expect((error as Error).message).to.match(new RegExp(`fault "${fault}": [^\\n]*${sentence}`));
      expect((error as Error).message).to.contain("kinds: throttle, error");
      return;
    }
    expect.fail("accepted");
  });
});

describe("the faults", () => {
  it("hit the same calls with the same seed whatever the order, and others with another seed", async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `event ${index}`);
    const run = async (seed: number, order: readonly string[]) => {
      const { faults } = plan("kinesis:PutRecords throttle 30%", seed);
      const hit: string[] = [];
      for (const text of order) {
        if ((await outcome(faults.around(putRecords, records(text), accept))) !== "ok") hit.push(text);
      }
      return hit.sort();
    };
    const first = await run(7, texts);
    expect(first.length).to.be.within(35, 85);
    expect(await run(7, [...texts].reverse())).to.deep.equal(first);
    expect(await run(8, texts)).to.not.deep.equal(first);
  });

  it("judge a retry of the same call anew", async () => {
    const { faults } = plan("kinesis:PutRecords error 50%");
    const outcomes = [];
    for (let attempt = 0; attempt < 20; attempt++)
      outcomes.push(await outcome(faults.around(putRecords, records("same"), accept)));
    expect(new Set(outcomes)).to.deep.equal(new Set(["ok", "InternalFailure"]));
  });

  it("fail a part: the others are done once, the answer has every record in its place", async () => {
    const { faults } = plan("kinesis:PutRecords partial 40%");
    const done: string[] = [];
    const params = records(...Array.from({ length: 50 }, (_, index) => `r${index}`));
    const answer = (await faults.around(putRecords, params, async (part) => {
      const result = await accept(part);
      done.push(...result.Records.map(({ SequenceNumber }) => SequenceNumber));
      return result;
    })) as { FailedRecordCount: number; Records: { SequenceNumber?: string; ErrorCode?: string }[] };
    expect(answer.Records).to.have.length(50);
    expect(answer.FailedRecordCount)
      .to.equal(50 - done.length)
      .and.to.be.within(8, 32);
    for (const [index, record] of answer.Records.entries()) {
      expect(record.ErrorCode ?? record.SequenceNumber).to.equal(
        record.ErrorCode ? "InternalFailure" : `stored r${index}`,
      );
    }
  });

  it("return what BatchWriteItem did not do as UnprocessedItems", async () => {
    const { faults } = plan("dynamodb:BatchWriteItem partial 50%");
    const point = { service: "dynamodb", operation: "BatchWriteItem", accountId: "222222222222" };
    const writes = Array.from({ length: 25 }, (_, index) => ({
      PutRequest: { Item: { event: { N: String(index) } } },
    }));
    const done: unknown[] = [];
    const answer = (await faults.around(point, { RequestItems: { table: writes } }, async (params) => {
      done.push(...((params as { RequestItems: Record<string, unknown[]> }).RequestItems["table"] ?? []));
      return { UnprocessedItems: {} };
    })) as { UnprocessedItems: Record<string, unknown[]> };
    const unprocessed = answer.UnprocessedItems["table"] ?? [];
    expect(unprocessed.length).to.be.within(3, 22);
    expect([...done, ...unprocessed]).to.have.deep.members(writes);
  });

  it("break the connection before or after the effect", async () => {
    for (const [kind, effects] of [
      ["reset-before", 0],
      ["reset-after", 1],
    ] as const) {
      const { faults } = plan(`kinesis:PutRecords ${kind}`);
      let done = 0;
      const error = await faults
        .around(putRecords, records("a"), async () => ++done)
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );
      expect(error).to.be.instanceOf(ConnectionResetError);
      expect(done, kind).to.equal(effects);
    }
  });

  it("last as long as they say, in cloud time", async () => {
    const { clock, faults } = plan("kinesis:PutRecords missing from 10s for 20s");
    const seen = [];
    for (let step = 0; step < 4; step++) {
      seen.push(await outcome(faults.around(putRecords, records("a"), accept)));
      await clock.advance(10_000);
    }
    expect(seen).to.deep.equal(["ok", "ResourceNotFoundException", "ResourceNotFoundException", "ok"]);
  });

  it("hit exact calls, one account, one operation", async () => {
    const { faults } = plan("kinesis:PutRecords@111111111111 throttle #2,3");
    const seen = [];
    for (let call = 0; call < 4; call++) seen.push(await outcome(faults.around(putRecords, records("a"), accept)));
    expect(seen.map((code) => code !== "ok")).to.deep.equal([false, true, true, false]);
    const elsewhere = { ...putRecords, accountId: "222222222222" };
    expect(
      await outcome(plan("kinesis:PutRecords@111111111111 throttle").faults.around(elsewhere, records("a"), accept)),
    ).to.equal("ok");
  });

  it("use each service's own error and status", async () => {
    const cases = [
      ["kinesis", "PutRecords", "throttle", "ProvisionedThroughputExceededException", 400],
      ["firehose", "PutRecordBatch", "throttle", "ServiceUnavailableException", 503],
      ["s3", "PutObject", "throttle", "SlowDown", 503],
      ["s3", "PutObject", "missing", "NoSuchBucket", 404],
      ["dynamodb", "BatchWriteItem", "error", "InternalServerError", 500],
      ["sts", "AssumeRole", "throttle", "Throttling", 400],
    ] as const;
    for (const [service, operation, kind, code, status] of cases) {
      const { faults } = plan(`${service}:${operation} ${kind}`);
      const params = { Records: [{ Data: "e30=" }], RequestItems: {}, Key: "key" };
      const error = await faults
        .around({ service, operation, accountId: "1" }, params, async () => 1)
        .then(
          () => undefined,
          (reason: AwsError) => reason,
        );
      expect([error?.code, error?.status], `${service} ${kind}`).to.deep.equal([code, status]);
    }
  });

  it("end a doomed invocation after one of its own calls had its effect, and its environment with it", async () => {
    const { faults, lost } = plan("lambda:Invoke crash-in");
    const invoke: FaultPoint = { service: "lambda", operation: "Invoke", accountId: "1", functionName: "replicator" };
    const role = {
      kind: "assumed-role",
      accountId: "1",
      arn: "arn:aws:sts::1:assumed-role/r/replicator",
      userId: "u",
    } as const;
    let effects = 0;
    const work = faults.around(invoke, { FirstRecord: '{"kinesis":{"data":"e30="}}' }, async () => {
      while (lost.length === 0) {
        await faults.around(
          { service: "dynamodb", operation: "BatchWriteItem", accountId: "2", principal: role },
          { RequestItems: {} },
          async () => ++effects,
        );
      }
      return { payload: '{"batchItemFailures":[]}' };
    });
    expect(await outcome(work)).to.equal("Runtime.ExitError");
    expect(effects).to.be.within(1, 4);
    expect(lost).to.deep.equal(["replicator"]);
  });

  it("end a session's credentials now", async () => {
    const { faults, expired } = plan("dynamodb:BatchWriteItem expire #1");
    const principal = {
      kind: "assumed-role",
      accountId: "2",
      arn: "arn:aws:sts::2:assumed-role/writer/s",
      userId: "u",
    } as const;
    const point = { service: "dynamodb", operation: "BatchWriteItem", accountId: "2", principal };
    expect(await outcome(faults.around(point, { RequestItems: {} }, async () => 1))).to.equal("ExpiredTokenException");
    expect(expired).to.deep.equal([principal.arn]);
  });
});
