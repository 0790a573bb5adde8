import { expect } from "chai";
import { assumeForService } from "../../../../local/accounts/service-role.ts";
import type { Principal } from "../../../../local/kernel/principal.ts";
import { servicePrincipal } from "../../../support/service-principals.ts";
import { accountId, allow, closeClouds, LambdaFixture, refusalOf, region } from "./fixture.ts";

const PERMISSION = "aws:lambda/permission:Permission";
const functionArn = `arn:aws:lambda:${region}:${accountId}:function:f`;
const echo = "export const handler = async (event) => event;";

const service = (name: string): Principal => ({ kind: "service", accountId: "", arn: name, userId: "" });

/** Adds a statement, as the AWS CLI does. */
function add(fixture: LambdaFixture, more: Record<string, unknown> = {}): Promise<{ Statement: string }> {
  return fixture.call("lambda", "AddPermission", {
    FunctionName: "f",
    Action: "lambda:InvokeFunction",
    StatementId: "s3",
    Principal: "s3.amazonaws.com",
    ...more,
  });
}

const policyOf = async (fixture: LambdaFixture): Promise<{ Statement: object[] }> => {
  const { Policy } = await fixture.call<{ Policy: string }>("lambda", "GetPolicy", { FunctionName: "f" });
  return JSON.parse(Policy) as { Statement: object[] };
};

describe("a function's resource policy", () => {
  afterEach(closeClouds);

  it("is kept statement by statement, as AWS was recorded to answer it", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("f", echo);
    const { Statement } = await add(fixture, { SourceArn: "arn:aws:s3:::uploads" });
    const s3 = {
      Sid: "s3",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: functionArn,
      Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:s3:::uploads" } },
    };
    expect(Statement).to.equal(JSON.stringify(s3));
    await add(fixture, { StatementId: "account", Principal: "222222222222", SourceAccount: "333333333333" });
    const account = {
      Sid: "account",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::222222222222:root" },
      Action: "lambda:InvokeFunction",
      Resource: functionArn,
      Condition: { StringEquals: { "AWS:SourceAccount": "333333333333" } },
    };
    expect(await policyOf(fixture)).to.deep.equal({
      Version: "2012-10-17",
      Id: "default",
      Statement: [s3, account],
    });
    await fixture.call("lambda", "RemovePermission", { FunctionName: "f", StatementId: "s3" });
    expect((await policyOf(fixture)).Statement).to.deep.equal([account]);
    await fixture.call("lambda", "RemovePermission", { FunctionName: functionArn, StatementId: "account" });
    const gone = await refusalOf(fixture.call("lambda", "GetPolicy", { FunctionName: "f" }));
    expect(gone).to.include({
      code: "ResourceNotFoundException",
      status: 404,
      message: "The resource you requested does not exist.",
    });
  });

  it("refuses what AWS refuses, in its words", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("f", echo);
    const refusal = async (work: Promise<unknown>) => {
      const { code, message, status } = await refusalOf(work);
      return [code, message, status];
    };
    const remove = (FunctionName: string) =>
      fixture.call("lambda", "RemovePermission", { FunctionName, StatementId: "other" });
    const invalid = "InvalidParameterValueException";
    const missing = "ResourceNotFoundException";
    const noPrincipal = "The provided principal was invalid. Please check the principal and try again.";
    const noLatest = "We currently do not support adding policies for $LATEST.";
    for (const Principal of ["invalid.nonaws.com", `arn:aws:iam::${accountId}:role/missing`, "somebody"]) {
      expect(await refusal(add(fixture, { Principal })), Principal).to.deep.equal([invalid, noPrincipal, 400]);
    }
    expect(await refusal(add(fixture, { FunctionName: "f:$LATEST" }))).to.deep.equal([invalid, noLatest, 400]);
    expect(await refusal(add(fixture, { Qualifier: "$LATEST" }))).to.deep.equal([invalid, noLatest, 400]);
    expect(await refusal(add(fixture, { FunctionName: "nobody" }))).to.deep.equal([
      missing,
      `Function not found: arn:aws:lambda:${region}:${accountId}:function:nobody`,
      404,
    ]);
    expect(await refusal(remove("f"))).to.deep.equal([
      missing,
      "No policy is associated with the given resource.",
      404,
    ]);
    expect(await refusal(remove("nobody"))).to.deep.equal([
      missing,
      `No policy found for: arn:aws:lambda:${region}:${accountId}:function:nobody`,
      404,
    ]);
    await add(fixture);
    expect(await refusal(remove("f"))).to.deep.equal([
      missing,
      "Statement other is not found in resource policy.",
      404,
    ]);
    expect(await refusal(add(fixture))).to.deep.equal([
      "ResourceConflictException",
      "The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.",
      409,
    ]);
    expect(await refusal(add(fixture, { StatementId: "more", RevisionId: "old" }))).to.deep.equal([
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the latest Revision Id",
      412,
    ]);
    expect((await policyOf(fixture)).Statement).to.have.length(1);
  });

  it("has at most 20 KiB, and is as it was when one more statement would be too much", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("f", echo);
    let count = 0;
    const fill = async () => {
      for (; count < 200; count++) await add(fixture, { StatementId: `statement-${count}` });
    };
    const { code, message } = await refusalOf(fill());
    expect(code).to.equal("PolicyLengthExceededException");
    expect(message).to.match(/^The final policy size \(\d+\) is bigger than the limit \(20480\)\.$/);
    expect((await policyOf(fixture)).Statement).to.have.length(count);
    expect(JSON.stringify(await policyOf(fixture)).length).to.be.at.most(20_480);
  });

  it("lets a service invoke the function for the resource that it names, and for no other", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("f", echo);
    const invoke = (sourceArn: string, principal = "apigateway.amazonaws.com") =>
      fixture.cloud.call({
        service: "lambda",
        operation: "Invoke",
        params: { FunctionName: functionArn, Payload: '{"a":1}' },
        principal: service(principal),
        accountId,
        region,
        sourceArn,
      });
    const api = `arn:aws:execute-api:${region}:${accountId}:abc`;
    expect(await refusalOf(invoke(`${api}/live/GET/items`))).to.include({
      code: "AccessDeniedException",
      status: 403,
      message: `User: apigateway.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no resource-based policy allows the lambda:InvokeFunction action`,
    });
    await fixture.create(PERMISSION, {
      statementId: "api",
      function: "f",
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${api}/*/GET/items`,
    });
    expect(await invoke(`${api}/live/GET/items`)).to.include({ StatusCode: 200, Payload: '{"a":1}' });
    for (const [sourceArn, principal] of [
      [`${api}/live/POST/items`],
      [`arn:aws:execute-api:${region}:${accountId}:other/live/GET/items`],
      [`${api}/live/GET/items`, "sns.amazonaws.com"],
    ] as const) {
      expect((await refusalOf(invoke(sourceArn, principal))).code, sourceArn).to.equal("AccessDeniedException");
    }
  });

  it("lets another account in, whose own policies must let it out; a role that it names in its own account needs none", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("f", echo);
    const other = fixture.cloud.accounts.ensure("222222222222").administrator.principal;
    const invoke = (principal: Principal) => fixture.call("lambda", "Invoke", { FunctionName: functionArn }, principal);
    expect((await refusalOf(invoke(other))).code).to.equal("AccessDeniedException");
    await add(fixture, { Principal: "222222222222" });
    expect(await invoke(other)).to.include({ StatusCode: 200 });

    const roleArn = await fixture.role("caller", [allow("s3:GetObject", "*")]);
    const { principal } = assumeForService(fixture.cloud, {
      roleArn,
      servicePrincipal: servicePrincipal("lambda.amazonaws.com"),
      sessionName: "test",
    });
    expect((await refusalOf(invoke(principal))).code).to.equal("AccessDeniedException");
    await add(fixture, { StatementId: "role", Principal: roleArn });
    expect(await invoke(principal)).to.include({ StatusCode: 200 });
  });

  it("goes with its function", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("f", echo);
    await add(fixture);
    await fixture.call("lambda", "DeleteFunction", { FunctionName: "f" });
    await fixture.function("f", echo, { role: `arn:aws:iam::${accountId}:role/f-role` });
    expect((await refusalOf(policyOf(fixture))).code).to.equal("ResourceNotFoundException");
  });

  it("names its function as the program does, by its name or any ARN of it", async () => {
    const fixture = new LambdaFixture();
    await fixture.function("f", echo);
    const type = fixture.type(PERMISSION);
    for (const [statementId, named] of Object.entries({ a: "f", b: functionArn, c: `${accountId}:function:f` })) {
      const given = { statementId, function: named, action: "lambda:InvokeFunction", principal: "s3.amazonaws.com" };
      const { outputs } = await type.create(given, fixture.context);
      expect(outputs["function"]).to.equal(named);
      expect(await type.read(statementId, outputs, fixture.context)).to.deep.equal(outputs);
    }
  });

  it("refuses by name what the local cloud does not have", async () => {
    const fixture = new LambdaFixture();
    const type = fixture.type(PERMISSION);
    const given = { statementId: "s", function: "f", action: "lambda:InvokeFunction", principal: "*" };
    for (const [name, value] of [
      ["statementIdPrefix", "x"],
      ["qualifier", "live"],
      ["functionUrlAuthType", "NONE"],
      ["invokedViaFunctionUrl", true],
      ["principalOrgId", "o-1234567890"],
      ["eventSourceToken", "token"],
    ] as const) {
      const issues = type.inputs.safeParse({ ...given, [name]: value }).error?.issues ?? [];
      expect(
        issues.map(({ path }) => path.join(".")),
        name,
      ).to.deep.equal([name]);
      expect(issues[0]?.message).to.match(/^The local cloud does not support this argument: /);
    }
    expect(() => type.stateOf?.("f")).to.throw("imported as <function>/<statement id>");
  });
});
