import { connect } from "node:http2";
import { expect } from "chai";
import { FrontDoorStage, type WireRequest } from "./stage.ts";

/** What every JavaScript object has without having been given it. */
const inherited = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];

describe("front door, names that every object has", () => {
  let stage: FrontDoorStage;

  before(async () => {
    stage = await new FrontDoorStage().open();
  });

  after(() => stage.close());

  const answerOf = async (service: string, request: WireRequest) => {
    const { status, code, message } = await stage.send(await stage.sign(service, request));
    return { status, code, message };
  };
  const target = (prefix: string, name: string): WireRequest => ({
    method: "POST",
    headers: { "x-amz-target": `${prefix}.${name}`, "content-type": "application/x-amz-json-1.1" },
    body: "{}",
  });
  const query = (name: string, version: string): WireRequest => ({
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `Action=${name}&Version=${version}`,
  });

  for (const name of inherited) {
    it(`are unknown operations: ${name}`, async () => {
      const requests: readonly [string, WireRequest, string][] = [
        ["kinesis", target("Kinesis_20131202", name), "UnknownOperationException"],
        ["dynamodb", target("DynamoDB_20120810", name), "com.amazon.coral.service#UnknownOperationException"],
        ["sqs", target("AmazonSQS", name), "com.amazonaws.sqs#UnknownOperationException"],
        ["sts", query(name, "2011-06-15"), "InvalidAction"],
        ["iam", query(name, "2010-05-08"), "InvalidAction"],
        ["sns", query(name, "2010-03-31"), "InvalidAction"],
        ["monitoring", query(name, "2010-08-01"), "InvalidAction"],
      ];
      for (const [service, request, unknown] of requests) {
        const { status, code, message } = await answerOf(service, request);
        expect([status, code, message.split(".")[0]]).to.deep.equal([
          400,
          unknown,
          `The local cloud does not support ${service}:${name}`,
        ]);
      }
    });

    it(`are unknown services and versions: ${name}`, async () => {
      const unknown = await answerOf(name, { method: "POST", headers: {}, body: "{}" });
      expect([unknown.status, unknown.code]).to.deep.equal([400, "NotSupportedByLocalCloud"]);
      const unsigned = await stage.send(query("GetCallerIdentity", name));
      expect([unsigned.status, unsigned.code]).to.deep.equal([403, "MissingAuthenticationToken"]);
    });

    it(`are headers like others: ${name}`, async () => {
      const request = { ...query("GetCallerIdentity", "2011-06-15") };
      // Node's own servers leave out a header that is called __proto__.
      const header = name === "__proto__" ? {} : { [name.toLowerCase()]: "x" };
      const signed = await stage.sign("sts", { ...request, headers: { ...request.headers, ...header } });
      expect((await stage.send(signed)).status).to.equal(200);
      const claimed = await stage.sign("sts", request);
      const authorization = claimed.headers["authorization"]!.replace("SignedHeaders=", `SignedHeaders=${name};`);
      const refused = await stage.send({ ...claimed, headers: { ...claimed.headers, authorization } });
      expect([refused.status, refused.code]).to.deep.equal([403, "SignatureDoesNotMatch"]);
    });
  }

  it("are no methods of S3", async () => {
    const session = connect(stage.endpoint);
    try {
      const stream = session.request({ ":method": "constructor", ":path": "/bucket/key" });
      const status = new Promise((resolve) => stream.on("response", (headers) => resolve(headers[":status"])));
      let text = "";
      stream.setEncoding("utf8").on("data", (part: string) => (text += part));
      const ended = new Promise((resolve) => stream.on("end", resolve));
      stream.end();
      expect(await status).to.equal(400);
      await ended;
      expect(text).to.include("s3: constructor on a object");
    } finally {
      session.destroy();
    }
  });
});
