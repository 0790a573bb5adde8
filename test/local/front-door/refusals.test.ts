import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Dispatcher } from "../../../local/front-door/dispatcher.ts";
import { serveHttp1 } from "../../../local/front-door/http-edges.ts";
import { FrontDoorStage, type WireRequest } from "./stage.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };
const target = (name: string, type = "application/x-amz-json-1.1") => ({ "x-amz-target": name, "content-type": type });

describe("front door, refusals", () => {
  let stage: FrontDoorStage;

  before(async () => {
    stage = await new FrontDoorStage().open();
  });

  after(() => stage.close());

  const signed = async (service: string, request: WireRequest) => stage.send(await stage.sign(service, request));

  it("name a service that is not there in the form that its clients read", async () => {
    const refusal = /^The local cloud does not support the service .{3,20}\. It supports: iam, .*kinesis/;
    const query: WireRequest = { method: "POST", headers: form, body: "Action=DescribeVpcs&Version=2016-11-15" };
    const ec2 = await signed("ec2", query);
    expect(ec2.text).to.match(/^<Response><Errors><Error><Code>NotSupportedByLocalCloud<\/Code><Message>/);
    expect(ec2.headers.get("content-type")).to.equal("text/xml");
    expect(ec2.text).to.contain(`<RequestID>${ec2.headers.get("x-amzn-requestid")}</RequestID></Response>`);
    const stacks = await signed("cloudformation", query);
    expect(stacks.text).to.match(/^<ErrorResponse><Error><Code>NotSupportedByLocalCloud<\/Code><Message>/);
    const keys = await signed("kms", { method: "POST", headers: target("TrentService.ListKeys"), body: "{}" });
    expect(JSON.parse(keys.text)).to.have.all.keys("__type", "message");
    for (const answer of [ec2, stacks, keys]) {
      expect([answer.status, answer.code]).to.deep.equal([400, "NotSupportedByLocalCloud"]);
      expect(answer.message.replaceAll("&#34;", '"')).to.match(refusal);
    }
  });

  it("answers 500 when an answer cannot be written, so that nobody waits for ever", async () => {
    const dispatcher = new Dispatcher(stage.cloud);
    dispatcher.handle = async () => ({ status: 200, headers: { "x-odd": "two\nlines" }, body: "x" });
    const server = createServer(serveHttp1(dispatcher)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const errors: string[] = [];
    const { write } = process.stderr;
    process.stderr.write = (text) => errors.push(String(text)) > 0;
    const answer = await fetch(`http://127.0.0.1:${port}/`).finally(() => {
      process.stderr.write = write;
    });
    expect([answer.status, await answer.text()]).to.deep.equal([
      500,
      '{"__type":"InternalFailure","message":"The answer could not be written."}',
    ]);
    expect(errors.join("")).to.contain("Invalid character in header content");
    server.close();
    server.closeAllConnections();
  });

  it("take no target for an operation that has more behind it", async () => {
    const name = "Kinesis_20131202.ListStreams.x";
    const { status, code, message } = await signed("kinesis", { method: "POST", headers: target(name), body: "{}" });
    expect([status, code, message]).to.deep.equal([
      400,
      "UnknownOperationException",
      `X-Amz-Target is "${name}", expected "Kinesis_20131202.<operation>".`,
    ]);
  });

  it("name CBOR, and how the SDKs for Java do without it", async () => {
    const headers = target("Kinesis_20131202.ListStreams", "application/x-amz-cbor-1.1");
    const { status, code, message } = await signed("kinesis", { method: "POST", headers, body: "\u0001" });
    expect([status, code]).to.deep.equal([400, "NotSupportedByLocalCloud"]);
    expect(message).to.match(
      /^The local cloud does not support bodies of application\/x-amz-cbor-1\.1\. It supports: application\/x-amz-json-1\.1\. .*AWS_CBOR_DISABLE=true/,
    );
  });

  it("are those of a mistake for a path that is not percent-encoded UTF-8", async () => {
    const paths = { lambda: "/2015-03-31/functions/%ff", apigateway: "/restapis/%zz/resources" };
    for (const [service, path] of Object.entries(paths)) {
      const { status, code, message } = await signed(service, { method: "GET", headers: {}, path });
      expect([status, code], path).to.deep.equal([400, "SerializationException"]);
      expect(message, path).to.match(/^"%(ff|zz)" in the path is not percent-encoded UTF-8\.$/);
    }
  });
});
