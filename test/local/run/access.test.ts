import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { accessLines, accessOf, sendLines } from "../../../local/run/access.ts";

/** The environment of a shell into which these lines were pasted. */
function pasted(lines: readonly string[], before: Record<string, string> = {}): Record<string, string> {
  const { stdout, status } = spawnSync("sh", ["-e"], {
    input: `${lines.join("\n")}\nenv\n`,
    env: before,
    encoding: "utf8",
  });
  expect(status).to.equal(0);
  return Object.fromEntries(
    stdout.split("\n").map((line) => [line.split("=", 1)[0] ?? "", line.slice(line.indexOf("=") + 1)]),
  );
}

describe("the lines to paste into a shell", () => {
  const cloud = new Cloud();
  after(() => cloud.close());
  cloud.endpointUrl = "http://127.0.0.1:65535";
  const account = accessOf(cloud, { name: "poc", accountId: "222222222222", region: "ap-southeast-4" });

  it("sets the variables for the AWS CLI and SDKs, and unsets those that would override them", () => {
    const before = {
      PATH: process.env["PATH"] ?? "",
      AWS_PROFILE: "work",
      AWS_SESSION_TOKEN: "old",
      AWS_REGION: "eu-west-1",
    };
    const environment = pasted(accessLines(account, { TABLE_NAME: "it's mine" }), before);
    expect(environment).to.include({
      AWS_ENDPOINT_URL: "http://127.0.0.1:65535",
      AWS_REGION: "ap-southeast-4",
      AWS_DEFAULT_REGION: "ap-southeast-4",
      AWS_ACCESS_KEY_ID: account.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
      TABLE_NAME: "it's mine",
    });
    expect(environment).not.to.have.any.keys("AWS_PROFILE", "AWS_SESSION_TOKEN");
  });

  it("sends an event with the variables that it sets", () => {
    const url = "http://127.0.0.1:65535/_aws/execute-api/abcdefghij/v1";
    const curl = `curl() { printf 'ARG=%s\\n' "$@"; }`;
    const key = "k".repeat(40);
    const run = (lines: readonly string[]) =>
      spawnSync("sh", ["-e"], { input: [curl, ...lines, ""].join("\n"), encoding: "utf8" });
    const args = [
      "-sS",
      `${url}/events`,
      "-H",
      `x-api-key: ${key}`,
      "-H",
      "content-type: application/json",
      "-d",
      '{"hello":"world"}',
    ];
    expect(run(sendLines(url, key)).stdout.trim().split("\n")).to.deep.equal(args.map((arg) => `ARG=${arg}`));
    expect(run(sendLines(url, undefined)).stdout).not.to.contain("x-api-key");
  });

  it("fits into 80 columns, indented by two", () => {
    const lines = [
      ...accessLines(account),
      ...sendLines("http://127.0.0.1:65535/_aws/execute-api/abcdefghij/v1", "k".repeat(40)),
    ];
    expect(lines.filter((line) => line.length > 78)).to.deep.equal([]);
  });
});
