import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { PolicyKind, parsePolicy } from "../../../local/accounts/parse-policy.ts";
import { HANG_LIMIT_MS } from "../../../local/kernel/hang-limit.ts";
import { callMethod } from "../../../local/services/apigateway/vtl/methods.ts";
import { ExpressionTokens } from "../../../local/services/dynamodb/expressions/expression-tokens.ts";
import { normalizeNumber } from "../../../local/services/dynamodb/number.ts";
import { checkMessage } from "../../../local/services/sqs/message.ts";

const LONG = 2_000_000;
const long = (text: string) => text.repeat(LONG);

/** What `work` comes to: the error's message when it throws, cut. Ended by the limit, which is no measure of time, where it would never end. */
function outcome(work: () => unknown): unknown {
  try {
    return runInNewContext("work()", { work }, { timeout: HANG_LIMIT_MS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return (error as Error).message.slice(0, 60);
  }
}

/** What a client may send comes to an end, however long it is: a pattern that begins anew at each of its characters would stop the whole cloud. */
describe("a long input comes to an end:", () => {
  it("a text with spaces in it that a template trims", () => {
    expect(outcome(() => callMethod(` \t\u0000a${long(" ")}b \n`, "trim", []))).to.equal(`a${long(" ")}b`);
  });

  it("a number with zeros in it", () => {
    expect(outcome(() => normalizeNumber(`1${long("0")}1`))).to.match(/^Number overflow/);
    expect(outcome(() => normalizeNumber(`0.1${long("0")}1`))).to.match(
      /^Attempting to store more than 38 significant/,
    );
    expect(outcome(() => normalizeNumber(`0.1${long("0")}`))).to.equal("0.1");
  });

  it("an expression of spaces", () => {
    const tokens = (spaces: string) =>
      outcome(() => new ExpressionTokens("KeyConditionExpression", `a = :a${spaces}`).peek(3) ?? "no more");
    expect(tokens(" ".repeat(4090))).to.equal("no more");
    expect(tokens(long(" "))).to.equal("Invalid KeyConditionExpression: Expression size has exceeded");
  });

  it("a message attribute that is nearly a number", () => {
    const attributes = { size: { DataType: "Number", StringValue: `${long("1")}x` } };
    expect(outcome(() => checkMessage({ MessageBody: "x", MessageAttributes: attributes }))).to.match(
      /^Can't cast the value of message \(user\) attribute 'size'/,
    );
  });

  it("a policy that begins many variables", () => {
    const document = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${long("${")}` }],
    };
    expect(outcome(() => parsePolicy(JSON.stringify(document), PolicyKind.Identity) && "parsed")).to.match(
      /^The local cloud does not support the policy variable \$\{/,
    );
  });
});
