import { expect } from "chai";
import { archive, closeClouds, type Invocation, LambdaFixture, refusalOf } from "./lambda-fixture.ts";

interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

const errorOf = (answer: Invocation): FunctionError => {
  expect(answer.FunctionError).to.equal("Unhandled");
  return answer.value as FunctionError;
};

describe("a Lambda function", () => {
  afterEach(closeClouds);

  it("answers what the handler returns, by ARN, partial ARN and name", async () => {
    const fixture = new LambdaFixture();
    const { arn } = await fixture.function("echo", "export const handler = async (event) => ({ got: event });");
    for (const name of ["echo", "111111111111:function:echo", String(arn), `${arn}:$LATEST`]) {
      const answer = await fixture.invoke(name, { a: 1 });
      expect(answer).to.include({ StatusCode: 200, ExecutedVersion: "$LATEST" });
      expect(answer.FunctionError).to.equal(undefined);
      expect(answer.value).to.deep.equal({ got: { a: 1 } });
    }
  });

  it("loads CommonJS, ES modules by the package's type, and handlers in folders", async () => {
    const fixture = new LambdaFixture();
    const packages = {
      cjs: {
        files: { "index.js": "exports.handler = async () => require('node:path').sep && 'cjs';" },
        handler: "index.handler",
      },
      esm: {
        files: {
          "index.js": "import 'node:path'; export const handler = () => 'esm';",
          "package.json": '{"type":"module"}',
        },
        handler: "index.handler",
      },
      nested: { files: { "src/app.cjs": "exports.api = { run: async () => 'nested' };" }, handler: "src/app.api.run" },
    };
    for (const [name, { files, handler }] of Object.entries(packages)) {
      await fixture.function(name, "", { code: archive(files), handler });
      expect((await fixture.invoke(name)).value).to.equal(name);
    }
  });

  it("takes callback handlers on nodejs22.x and refuses them on nodejs24.x, as AWS does", async () => {
    const fixture = new LambdaFixture();
    const source =
      "export const handler = (event, context, callback) => { setTimeout(() => callback(event.fail, 'called back'), 1); };";
    await fixture.function("old", source, { runtime: "nodejs22.x" });
    await fixture.function("new", source);
    expect((await fixture.invoke("old")).value).to.equal("called back");
    expect(errorOf(await fixture.invoke("old", { fail: "no" })).errorMessage).to.equal("no");
    expect(errorOf(await fixture.invoke("new")).errorType).to.equal("Runtime.CallbackHandlerDeprecated");
  });

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
    const first = (await fixture.invoke("time")).value as Record<string, number | string>;
    expect(first["loaded"]).to.be.within(startAt, startAt + 5_000);
    expect(first["now"]).to.be.within(startAt, startAt + 5_000);
    expect(first["created"]).to.be.within(startAt, startAt + 5_000);
    expect(first["text"]).to.include("2031");
    expect(first["fixed"]).to.equal("1970-01-02T00:00:00.000Z");
    expect(first["isDate"]).to.equal(true);
    expect(first["waited"]).to.be.within(15, 1_000);
    expect(first["epoch"]).to.be.within(Date.now() - 3_600_000, Date.now());
    await fixture.cloud.clock.wait(3_600_000, "data");
    const second = (await fixture.invoke("time")).value as Record<string, number>;
    expect(second["loaded"]).to.equal(first["loaded"]);
    expect(Number(second["now"]) - Number(first["now"])).to.be.within(3_600_000, 3_605_000);
  });

  it("gives the handler Lambda's context", async () => {
    const fixture = new LambdaFixture();
    const { arn } = await fixture.function(
      "context",
      "export const handler = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });",
      { timeout: 10 },
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
    expect(context["remaining"]).to.be.within(9_000, 10_000);
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

  it("ends an invocation at its timeout and does not use the environment again", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "slow",
      "let count = 0; export const handler = async ({ hang }) => { count++; if (hang) for (;;); return count; };",
      { timeout: 1 },
    );
    expect((await fixture.invoke("slow")).value).to.equal(1);
    const error = errorOf(await fixture.invoke("slow", { hang: true }));
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

  it("answers a thrown error by name and message and stays warm; an unhandled rejection ends the environment", async () => {
    const fixture = new LambdaFixture();
    await fixture.function(
      "fails",
      `let count = 0;
       export const handler = async ({ how }) => {
         count++;
         if (how === 'throw') throw new RangeError('too far');
         if (how === 'text') throw 'plain';
         if (how === 'cycle') { const self = {}; self.self = self; return self; }
         if (how === 'reject') { void Promise.reject(new TypeError('nobody looks')); await new Promise((r) => setTimeout(r, 500)); }
         if (how === 'later') { setTimeout(() => { throw new TypeError('uncaught'); }, 1); await new Promise((r) => setTimeout(r, 500)); }
         return count;
       };`,
    );
    expect(errorOf(await fixture.invoke("fails", { how: "throw" }))).to.include({
      errorType: "RangeError",
      errorMessage: "too far",
    });
    expect(errorOf(await fixture.invoke("fails", { how: "text" }))).to.include({
      errorType: "string",
      errorMessage: "plain",
    });
    expect(errorOf(await fixture.invoke("fails", { how: "cycle" })).errorType).to.equal("Runtime.MarshalError");
    expect((await fixture.invoke("fails")).value).to.equal(4);
    expect(errorOf(await fixture.invoke("fails", { how: "reject" }))).to.include({
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "TypeError: nobody looks",
    });
    expect((await fixture.invoke("fails")).value).to.equal(1);
    expect(errorOf(await fixture.invoke("fails", { how: "later" }))).to.include({
      errorType: "TypeError",
      errorMessage: "uncaught",
    });
    expect((await fixture.invoke("fails")).value).to.equal(1);
  });

  it("says why a module or a handler cannot be used", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("no-file", "export const handler = 1;", { handler: "main.handler" });
    await fixture.function("no-export", "export const other = () => 1;");
    await fixture.function("no-import", "import 'not-there'; export const handler = () => 1;");
    await fixture.function("broken", "export const handler = (;");
    await fixture.function("throws", "throw new EvalError('at load'); export const handler = () => 1;");
    expect(errorOf(await fixture.invoke("no-file"))).to.include({
      errorType: "Runtime.ImportModuleError",
      errorMessage: "Error: Cannot find module 'main'",
    });
    expect(errorOf(await fixture.invoke("no-export"))).to.include({
      errorType: "Runtime.HandlerNotFound",
      errorMessage: "index.handler is undefined or not exported",
    });
    expect(errorOf(await fixture.invoke("no-import")).errorType).to.equal("Runtime.ImportModuleError");
    expect(errorOf(await fixture.invoke("broken")).errorType).to.equal("Runtime.UserCodeSyntaxError");
    expect(errorOf(await fixture.invoke("throws"))).to.include({ errorType: "EvalError", errorMessage: "at load" });
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

  it("refuses payloads over 6 MB, in and out", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("large", "export const handler = async ({ size }) => 'x'.repeat(size ?? 0);");
    const limit = 6 * 1024 * 1024;
    const fits = "x".repeat(limit - '{"text":""}'.length);
    expect((await fixture.invoke("large", { text: fits })).value).to.equal("");
    const refused = await refusalOf(fixture.invoke("large", { text: `${fits}x` }));
    expect(refused).to.include({ code: "RequestEntityTooLargeException", status: 413 });
    expect(errorOf(await fixture.invoke("large", { size: limit })).errorType).to.equal("Function.ResponseSizeTooLarge");
  });

  it("throttles what is over the reserved concurrency", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("stopped", "export const handler = () => 1;", { reservedConcurrentExecutions: 0 });
    await fixture.function("single", "export const handler = () => new Promise((r) => setTimeout(r, 30, 'done'));", {
      reservedConcurrentExecutions: 1,
    });
    const stopped = await refusalOf(fixture.invoke("stopped"));
    expect(stopped).to.include({ code: "TooManyRequestsException", status: 429 });
    expect(stopped.details["Reason"]).to.equal("ReservedFunctionConcurrentInvocationLimitExceeded");
    const [first, second] = await Promise.allSettled([fixture.invoke("single"), fixture.invoke("single")]);
    expect(first.status === "fulfilled" && first.value.value).to.equal("done");
    expect(second.status === "rejected" && second.reason.code).to.equal("TooManyRequestsException");
    expect((await fixture.invoke("single")).value).to.equal("done");
  });

  it("checks its caller's permission and payload, and answers a dry run with 204", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("guarded", "export const handler = () => { throw new Error('ran'); };");
    const roleArn = await fixture.role("stranger", []);
    const role = fixture.cloud.services.iam.findRole(roleArn)!;
    const { principal } = fixture.cloud.accounts.issueRoleSession({
      roleArn,
      roleId: role.roleId,
      sessionName: "s",
      durationSeconds: 900,
    });
    const denied = await refusalOf(
      fixture.call("lambda", "Invoke", { FunctionName: "guarded", Payload: "{}" }, principal),
    );
    expect(denied).to.include({ code: "AccessDeniedException", status: 403 });
    expect(denied.message).to.include(
      "not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:111111111111:function:guarded",
    );
    expect(await fixture.invoke("guarded", {}, { InvocationType: "DryRun" })).to.include({ StatusCode: 204 });
    expect(await refusalOf(fixture.invoke("guarded", {}, { InvocationType: "Event" }))).to.include({
      code: "NotSupportedByLocalCloud",
    });
    expect(await refusalOf(fixture.call("lambda", "Invoke", { FunctionName: "guarded", Payload: "{" }))).to.include({
      code: "InvalidRequestContentException",
    });
    expect(await refusalOf(fixture.invoke("nobody"))).to.include({ code: "ResourceNotFoundException", status: 404 });
    expect(await refusalOf(fixture.invoke("guarded", {}, { Qualifier: "7" }))).to.include({
      code: "NotSupportedByLocalCloud",
    });
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
    expect(endsAt - fixture.cloud.clock.now()).to.be.within(11.9 * 3_600_000, 12 * 3_600_000);
  });
});
