import { expect } from "chai";
import { allow, closeClouds, LambdaFixture } from "./fixture.ts";

const startAt = Date.UTC(2031, 0, 2, 3, 4, 5);

describe("the log of a Lambda function", () => {
  afterEach(closeClouds);

  it("has START, what the function wrote, END and REPORT, in a stream named by the day", async () => {
    const fixture = new LambdaFixture({ startAt });
    await fixture.function(
      "logs",
      `console.log('loading %s', 'now');
       export const handler = async () => {
         console.info('info'); console.warn({ a: 1 }); console.error(new Error('bad').message); console.debug('two\\nlines');
         process.stdout.write('raw one\\nraw two');
         return 'ok';
       };`,
      { memorySize: 256 },
    );
    const { LogResult } = await fixture.invoke("logs", {}, { LogType: "Tail" });
    const messages = await fixture.logMessages("/aws/lambda/logs");
    const id = /^START RequestId: ([0-9a-f-]{36}) Version: \$LATEST$/.exec(messages[0] ?? "")?.[1];
    expect(id, messages[0]).to.be.a("string");
    const time = "2031-01-02T03:04:\\d{2}\\.\\d{3}Z";
    const expected = [
      /^START /,
      new RegExp(`^${time}\\t\\tINFO\\tloading now$`),
      new RegExp(`^${time}\\t${id}\\tINFO\\tinfo$`),
      new RegExp(`^${time}\\t${id}\\tWARN\\t{ a: 1 }$`),
      new RegExp(`^${time}\\t${id}\\tERROR\\tbad$`),
      new RegExp(`^${time}\\t${id}\\tDEBUG\\ttwo\nlines$`),
      /^raw one$/,
      /^raw two$/,
      new RegExp(`^END RequestId: ${id}$`),
      new RegExp(
        `^REPORT RequestId: ${id}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 256 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms\\t$`,
      ),
    ];
    expect(messages).to.have.length(expected.length);
    expected.forEach((pattern, index) => {
      expect(messages[index]).to.match(pattern);
    });
    expect(Buffer.from(LogResult ?? "", "base64").toString()).to.equal(`${messages.join("\n")}\n`);
    const { logStreams } = await fixture.call<{ logStreams: { logStreamName: string }[] }>(
      "logs",
      "DescribeLogStreams",
      {
        logGroupName: "/aws/lambda/logs",
      },
    );
    expect(logStreams).to.have.length(1);
    expect(logStreams[0]?.logStreamName).to.match(/^2031\/01\/02\/\[\$LATEST\][0-9a-f]{32}$/);
  });

  it("says how an invocation ended that did not answer", async () => {
    const fixture = new LambdaFixture({ startAt });
    await fixture.function(
      "ends",
      "export const handler = async ({ how }) => { if (how === 'exit') process.exit(2); throw new RangeError('far'); };",
    );
    await fixture.invoke("ends", { how: "exit" });
    await fixture.invoke("ends", { how: "throw" });
    const text = (await fixture.logMessages("/aws/lambda/ends")).join("\n");
    expect(text).to.match(
      /RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 2\nRuntime\.ExitError/,
    );
    expect(text).to.include("\tStatus: error\t");
    expect(text).to.match(
      /\tERROR\tInvoke Error {"errorType":"RangeError","errorMessage":"far","trace":\["RangeError: far"/,
    );
  });

  it("is JSON by loggingConfig, from its level on", async () => {
    const fixture = new LambdaFixture({ startAt });
    await fixture.function(
      "json",
      "export const handler = async () => { console.info('quiet'); console.warn({ a: 1 }); console.error('loud', 2); };",
      {
        loggingConfig: { logFormat: "JSON", logGroup: "/own/group", applicationLogLevel: "WARN" },
      },
    );
    await fixture.invoke("json");
    const lines = (await fixture.logMessages("/own/group")).map((line) => JSON.parse(line) as Record<string, unknown>);
    const requestId = (lines[0]?.["record"] as { requestId?: string } | undefined)?.requestId;
    expect(lines.map((line) => line["type"] ?? line["level"])).to.deep.equal([
      "platform.start",
      "WARN",
      "ERROR",
      "platform.report",
    ]);
    expect(lines[1]).to.deep.include({ level: "WARN", requestId, message: { a: 1 } });
    expect(lines[2]).to.deep.include({ level: "ERROR", requestId, message: "loud 2" });
    expect(lines[3]).to.have.nested.property("record.status", "success");
  });

  it("is refused without permission, which the trace shows and the function never feels", async () => {
    const fixture = new LambdaFixture();
    const role = await fixture.role("mute", [allow("logs:CreateLogGroup", "*")]);
    await fixture.function("mute", "export const handler = async () => { console.log('unheard'); return 1; };", {
      role,
    });
    expect((await fixture.invoke("mute")).value).to.equal(1);
    await fixture.cloud.clock.whenIdle();
    const refused = fixture.cloud.trace.records().filter((record) => record.decision === "denied");
    expect(refused.map((record) => [record.call, record.principal])).to.deep.equal([
      ["logs:CreateLogStream", "arn:aws:sts::111111111111:assumed-role/mute/mute"],
    ]);
  });

  it("gives CloudWatch the metrics that are written into it, and Lambda's own", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "metrics",
      `export const handler = async ({ fail }) => {
         if (fail) throw new Error('no');
         process.stdout.write(JSON.stringify({
           _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'Own', Dimensions: [['stream']], Metrics: [{ Name: 'Stored', Unit: 'Count' }] }] },
           stream: 'events', Stored: 7,
         }) + '\\n');
       };`,
    );
    await fixture.invoke("metrics");
    await fixture.invoke("metrics", { fail: true });
    await fixture.cloud.clock.whenIdle();
    const sum = async (Namespace: string, MetricName: string, dimensions: Readonly<Record<string, string>>) => {
      const now = fixture.cloud.clock.now() / 1000;
      const { Datapoints } = await fixture.call<{ Datapoints: { Sum: number }[] }>(
        "monitoring",
        "GetMetricStatistics",
        {
          Namespace,
          MetricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          StartTime: now - 3_600,
          EndTime: now + 60,
          Period: 3_660,
          Statistics: ["Sum"],
        },
      );
      return Datapoints.reduce((total, point) => total + point.Sum, 0);
    };
    const own = { FunctionName: "metrics" };
    expect(await sum("Own", "Stored", { stream: "events" })).to.equal(7);
    expect(await sum("AWS/Lambda", "Invocations", own)).to.equal(2);
    expect(await sum("AWS/Lambda", "Errors", own)).to.equal(1);
    expect(await sum("AWS/Lambda", "Duration", own)).to.be.greaterThan(0);
  });
});
