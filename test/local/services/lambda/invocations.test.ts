import { expect } from "chai";
import { archive, closeClouds, type Invocation, LambdaFixture, refusalOf } from "./fixture.ts";

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
    const role = fixture.cloud.services.iam.store.findRoleByArn(roleArn)!;
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
});
