import { expect } from "chai";
import { closeClouds, type Invocation, LambdaFixture } from "./fixture.ts";

interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

const errorOf = (answer: Invocation): FunctionError => {
  expect(answer.FunctionError).to.equal("Unhandled");
  return answer.value as FunctionError;
};

describe("an execution environment of a Lambda function", () => {
  afterEach(closeClouds);

  it("sees its own variables and Lambda's, and nothing of this machine's environment", async () => {
    process.env["SECRET_OF_THIS_MACHINE"] = "do not tell";
    const fixture = new LambdaFixture();
    fixture.cloud.endpointUrl = "http://127.0.0.1:1";
    await fixture.function("env", "export const handler = async () => process.env;", {
      environment: { variables: { TABLE: "events" } },
      memorySize: 256,
    });
    const env = (await fixture.invoke("env")).value as Record<string, string>;
    delete process.env["SECRET_OF_THIS_MACHINE"];
    expect(Object.keys(env).sort()).to.deep.equal([
      "AWS_ACCESS_KEY_ID",
      "AWS_CONFIG_FILE",
      "AWS_DEFAULT_REGION",
      "AWS_ENDPOINT_URL",
      "AWS_EXECUTION_ENV",
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
      "AWS_LAMBDA_FUNCTION_NAME",
      "AWS_LAMBDA_FUNCTION_VERSION",
      "AWS_LAMBDA_INITIALIZATION_TYPE",
      "AWS_LAMBDA_LOG_GROUP_NAME",
      "AWS_LAMBDA_LOG_STREAM_NAME",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "AWS_SHARED_CREDENTIALS_FILE",
      "LAMBDA_RUNTIME_DIR",
      "LAMBDA_TASK_ROOT",
      "LANG",
      "TABLE",
      "TZ",
      "_HANDLER",
      "_X_AMZN_TRACE_ID",
    ]);
    expect(env).to.include({
      TABLE: "events",
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      AWS_LAMBDA_FUNCTION_NAME: "env",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/env",
      _HANDLER: "index.handler",
    });
    const session = fixture.cloud.accounts.find(env["AWS_ACCESS_KEY_ID"] ?? "");
    expect(session?.principal.arn).to.equal("arn:aws:sts::111111111111:assumed-role/env-role/env");
  });

  it("reads cloud time, from before the module loads and anew at each invocation; timers and performance stay real", async () => {
    const startAt = Date.UTC(2031, 4, 6, 7, 8, 9);
    const fixture = new LambdaFixture({ startAt });
    await fixture.function(
      "time",
      `const loaded = Date.now();
       export const handler = async () => {
         const [now, timer] = [Date.now(), performance.now()];
         await new Promise((resolve) => setTimeout(resolve, 20));
         return { loaded, now, created: new Date().getTime(), text: Date(), fixed: new Date(86400000).toISOString(),
           isDate: new Date() instanceof Date && new Date().constructor === Date, waited: performance.now() - timer,
           epoch: performance.timeOrigin };
       };`,
    );
    const realStart = performance.now();
    const first = (await fixture.invoke("time")).value as Record<string, number | string>;
    const realMs = performance.now() - realStart;
    const readBy = fixture.cloud.clock.now();
    expect(first["loaded"]).to.be.within(startAt, readBy);
    expect(first["now"]).to.be.within(startAt, readBy);
    expect(first["created"]).to.be.within(startAt, readBy);
    expect(first["text"]).to.include("2031");
    expect(first["fixed"]).to.equal("1970-01-02T00:00:00.000Z");
    expect(first["isDate"]).to.equal(true);
    expect(first["waited"]).to.be.within(15, realMs);
    expect(first["epoch"]).to.be.within(Date.now() - 3_600_000, Date.now());
    await fixture.cloud.clock.wait(3_600_000, "data");
    const second = (await fixture.invoke("time")).value as Record<string, number>;
    expect(second["loaded"]).to.equal(first["loaded"]);
    expect(Number(second["now"])).to.be.within(readBy + 3_600_000, fixture.cloud.clock.now());
  });

  it("gives the handler Lambda's context", async () => {
    const fixture = new LambdaFixture();
    const { arn } = await fixture.function(
      "context",
      "export const handler = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });",
      { timeout: 900 },
    );
    const ClientContext = Buffer.from('{"custom":{"a":"b"}}').toString("base64");
    const context = (await fixture.invoke("context", {}, { ClientContext })).value as Record<string, unknown>;
    expect(context).to.include({
      functionName: "context",
      functionVersion: "$LATEST",
      invokedFunctionArn: arn,
      memoryLimitInMB: "128",
      logGroupName: "/aws/lambda/context",
    });
    expect(context["clientContext"]).to.deep.equal({ custom: { a: "b" } });
    expect(context["remaining"]).to.be.within(1, 900_000);
    expect(context["awsRequestId"]).to.match(/^[0-9a-f-]{36}$/);
    expect(context["logStreamName"]).to.match(/^\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}$/);
  });

  it("runs invocations after one another in one environment, and at once in as many as they are", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "warm",
      "let count = 0; export const handler = async ({ wait }) => { count++; await new Promise((r) => setTimeout(r, wait)); return count; };",
    );
    const values = [];
    for (let index = 0; index < 3; index++) values.push((await fixture.invoke("warm", { wait: 0 })).value);
    expect(values).to.deep.equal([1, 2, 3]);
    const parallel = await Promise.all([1, 2, 3].map(() => fixture.invoke("warm", { wait: 30 })));
    expect(parallel.map((answer) => answer.value).sort()).to.deep.equal([1, 1, 4]);
  });

  it("lets an invocation for a stream wait for a busy environment, but not for one that stays busy", async () => {
    const fixture = new LambdaFixture();
    const { arn } = await fixture.function(
      "shared",
      "let count = 0; export const handler = async ({ hangs }) => { count++; if (hangs) await new Promise(() => {}); return count; };",
    );
    const fn = fixture.cloud.services.lambda.store.findFunction(String(arn))!;
    const count = async (event: unknown) => (await fn.invoke(JSON.stringify(event), { canWait: true })).payload;
    expect((await Promise.all([count({}), count({}), count({})])).sort()).to.deep.equal(["1", "2", "3"]);
    void count({ hangs: true });
    expect(await count({})).to.equal("1");
  });

  it("ends an invocation at its timeout and does not use the environment again", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "slow",
      // A loop without an end. Most of the time before its timeout it does not use the processor.
      `let count = 0;
       const hang = () => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 950); for (;;); };
       export const handler = async ({ hangs }) => { count++; if (hangs) hang(); return count; };`,
      { timeout: 1 },
    );
    expect((await fixture.invoke("slow")).value).to.equal(1);
    const error = errorOf(await fixture.invoke("slow", { hangs: true }));
    expect(error.errorType).to.equal("Sandbox.Timedout");
    expect(error.errorMessage).to.match(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
    expect((await fixture.invoke("slow")).value).to.equal(1);
  });

  it("answers Runtime.ExitError when the handler ends its process, and begins anew", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "exits",
      "let count = 0; export const handler = async ({ code }) => { count++; if (code !== undefined) process.exit(code); return count; };",
    );
    await fixture.invoke("exits");
    const nonZero = errorOf(await fixture.invoke("exits", { code: 3 }));
    expect(nonZero.errorType).to.equal("Runtime.ExitError");
    expect(nonZero.errorMessage).to.match(/ Error: Runtime exited with error: exit status 3$/);
    const zero = errorOf(await fixture.invoke("exits", { code: 0 }));
    expect(zero.errorMessage).to.match(/ Error: Runtime exited without providing a reason$/);
    expect((await fixture.invoke("exits")).value).to.equal(1);
  });

  it("answers Runtime.ExitError when the memory is used up", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "greedy",
      "export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };",
      {
        timeout: 30,
      },
    );
    const error = errorOf(await fixture.invoke("greedy"));
    expect(error.errorType).to.equal("Runtime.ExitError");
    expect(error.errorMessage).to.match(/ Error: Runtime exited with error: signal: killed$/);
  });

  it("refuses connections that leave this machine", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "outbound",
      `import net from 'node:net';
       import { lookup } from 'node:dns/promises';
       const attempt = (work) => work.then(() => 'reached', (error) => error.cause?.message ?? error.message);
       export const handler = async () => ({
         fetch: await attempt(fetch('http://example.com/')),
         socket: await attempt(new Promise((resolve, reject) => net.connect(443, '192.0.2.1', resolve).on('error', reject))),
         lookup: await attempt(lookup('example.com')),
         loopback: await attempt(fetch('http://127.0.0.1:9/')),
       });`,
    );
    const answer = (await fixture.invoke("outbound")).value as Record<string, string>;
    const refusal = (host: string) =>
      `A function in the local cloud may connect to this machine only, not to ${host}. AWS clients find the local cloud by AWS_ENDPOINT_URL: give them no other endpoint.`;
    expect(answer["fetch"]).to.equal(refusal("example.com"));
    expect(answer["socket"]).to.equal(refusal("192.0.2.1"));
    expect(answer["lookup"]).to.equal(refusal("example.com"));
    expect(answer["loopback"]).not.to.include("may connect to this machine only");
  });

  it("refuses datagrams that leave this machine, and takes those that do not", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "datagrams",
      `import dgram from 'node:dgram';
       const text = (error) => error ? error.message : 'sent';
       const socket = () => dgram.createSocket('udp4');
       const sent = (...args) => new Promise((resolve) => socket().send(...args, (error) => resolve(text(error))));
       const connected = (...args) => new Promise((resolve) => socket().connect(...args, (error) => resolve(text(error))));
       const emitted = (use) => new Promise((resolve) => { const one = socket(); one.on('error', (error) => resolve(text(error))); use(one); });
       export const handler = async () => {
         const server = socket();
         await new Promise((resolve) => server.bind(0, '127.0.0.1', resolve));
         const { port } = server.address();
         const got = new Promise((resolve) => server.once('message', (message) => resolve(String(message))));
         const answer = {
           away: await sent('hi', 53, '192.0.2.1'),
           part: await sent(Buffer.from('hi'), 0, 2, 53, 'example.com'),
           group: await sent('hi', 5353, '224.0.0.251'),
           connect: await connected(53, '192.0.2.1'),
           quiet: await emitted((one) => one.send('hi', 53, '192.0.2.1')),
           here: await sent('hi', port, '127.0.0.1'),
           default: await sent('hi', port),
         };
         answer.got = await got;
         server.close();
         return answer;
       };`,
    );
    const answer = (await fixture.invoke("datagrams")).value as Record<string, string>;
    const refusal = (host: string) =>
      `A function in the local cloud may connect to this machine only, not to ${host}. AWS clients find the local cloud by AWS_ENDPOINT_URL: give them no other endpoint.`;
    expect(answer).to.deep.equal({
      away: refusal("192.0.2.1"),
      part: refusal("example.com"),
      group: refusal("224.0.0.251"),
      connect: refusal("192.0.2.1"),
      quiet: refusal("192.0.2.1"),
      here: "sent",
      default: "sent",
      got: "hi",
    });
  });

  it("refuses questions to name servers, in every way in which they can be asked", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "names",
      `import dns, { resolve4, Resolver } from 'node:dns';
       import * as promises from 'node:dns/promises';
       import { promisify } from 'node:util';
       const attempt = (work) => work.then(() => 'reached', (error) => error.code + ' ' + error.message);
       const { resolveTxt } = promises;
       export const handler = async () => ({
         resolve: await attempt(promisify(dns.resolve)('example.com', 'A')),
         named: await attempt(promisify(resolve4)('example.com')),
         reverse: await attempt(promisify(dns.reverse)('192.0.2.1')),
         service: await attempt(promisify(dns.lookupService)('192.0.2.1', 53)),
         resolver: await attempt(promisify((host, done) => new Resolver().resolveMx(host, done))('example.com')),
         promise: await attempt(promises.resolve('example.com')),
         namedPromise: await attempt(resolveTxt('example.com')),
         promiseResolver: await attempt(new promises.Resolver().resolve6('example.com')),
       });`,
    );
    const answer = (await fixture.invoke("names")).value as Record<string, string>;
    for (const [way, text] of Object.entries(answer)) {
      const host = way === "reverse" || way === "service" ? "192.0.2.1" : "example.com";
      expect(text, way).to.include(
        `ECONNREFUSED A function in the local cloud may connect to this machine only, not to ${host}.`,
      );
    }
    expect(Object.keys(answer)).to.have.length(8);
  });

  it("starts no other program, in no way", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "programs",
      `import childProcess, { spawn, execSync } from 'node:child_process';
       import { createRequire } from 'node:module';
       const required = createRequire(import.meta.url)('child_process');
       const attempt = (work) => { try { work(); return 'started'; } catch (error) { return error.code + ' ' + error.message; } };
       export const handler = async () => ({
         spawn: attempt(() => spawn('echo', ['hi'])),
         exec: attempt(() => childProcess.exec('echo hi', () => {})),
         execFile: attempt(() => required.execFile('echo', ['hi'], () => {})),
         fork: attempt(() => childProcess.fork('index.mjs')),
         spawnSync: attempt(() => childProcess.spawnSync('echo', ['hi'])),
         execSync: attempt(() => execSync('echo hi')),
         execFileSync: attempt(() => required.execFileSync('echo', ['hi'])),
       });`,
    );
    const answer = (await fixture.invoke("programs")).value as Record<string, string>;
    expect(Object.keys(answer)).to.have.length(7);
    for (const [way, text] of Object.entries(answer)) {
      expect(text, way).to.match(
        /^EPERM A function in the local cloud may not start another program \(\S.*\): it would run/,
      );
    }
  });

  it("gets new credentials before the old ones end", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("keys", "export const handler = async () => process.env.AWS_ACCESS_KEY_ID;");
    const first = (await fixture.invoke("keys")).value;
    await fixture.cloud.clock.wait(11 * 3_600_000, "data");
    expect((await fixture.invoke("keys")).value).to.equal(first);
    await fixture.cloud.clock.wait(50 * 60_000, "data");
    const second = String((await fixture.invoke("keys")).value);
    expect(second).not.to.equal(first);
    const endsAt = fixture.cloud.accounts.find(second)?.credentials.expiresAt ?? 0;
    expect(endsAt - fixture.cloud.clock.now()).to.be.within(11 * 3_600_000, 12 * 3_600_000);
  });

  it("stays warm when only the data is emptied; else it ends, with the invocation in flight", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "emptied",
      "let count = 0; export const handler = async ({ wait }) => { count++; await new Promise((r) => setTimeout(r, wait)); return count; };",
      { timeout: 60 },
    );
    expect((await fixture.invoke("emptied", { wait: 0 })).value).to.equal(1);
    await fixture.cloud.emptyAtRest({ keepsEnvironments: true });
    expect((await fixture.invoke("emptied", { wait: 0 })).value).to.equal(2);
    const inFlight = fixture.invoke("emptied", { wait: 50_000 });
    await new Promise((resolve) => setImmediate(resolve));
    await fixture.cloud.emptyAtRest();
    expect(errorOf(await inFlight).errorType).to.equal("Runtime.ExitError");
    expect((await fixture.invoke("emptied", { wait: 0 })).value).to.equal(1);
  });
});
