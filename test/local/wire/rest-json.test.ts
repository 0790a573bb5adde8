import { expect } from "chai";
import type { HttpRequest } from "../../../local/kernel/service.ts";
import { modelWire } from "../../../local/wire/model-wire.ts";

const { protocol } = modelWire("lambda", { hint: "what is new comes by a program" });
const request = (method: string, path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method,
  path,
  query: "",
  headers: {},
  body: Buffer.alloc(0),
  sourceIp: "127.0.0.1",
  ...more,
});
const functions = "/2015-03-31/functions";

describe("A request of REST-JSON", () => {
  it("is the operation of its method and path, with parameters from path, query, headers and body", () => {
    const body = Buffer.from('{"Timeout": 3}');
    expect(protocol.decode(request("PUT", `${functions}/a%3Ab/configuration`, { body }))).to.deep.equal({
      operation: "UpdateFunctionConfiguration",
      params: { FunctionName: "a:b", Timeout: 3 },
    });
    expect(protocol.decode(request("GET", `${functions}/`, { query: "MaxItems=7&Marker=m" }))).to.deep.equal({
      operation: "ListFunctions",
      params: { MaxItems: 7, Marker: "m" },
    });
    const untag = request("DELETE", "/2017-03-31/tags/arn", { query: "tagKeys=a&tagKeys=b" });
    expect(protocol.decode(untag)).to.deep.equal({
      operation: "UntagResource",
      params: { Resource: "arn", TagKeys: ["a", "b"] },
    });
    const headers = { "x-amz-invocation-type": "DryRun" };
    const invoke = request("POST", `${functions}/f/invocations`, { headers, body: Buffer.from("{}") });
    expect(protocol.decode(invoke)).to.deep.equal({
      operation: "Invoke",
      params: { FunctionName: "f", InvocationType: "DryRun", Payload: "e30=" },
    });
  });

  it("is refused for what nobody reads, for a body that is no JSON object, and for a number that is none", () => {
    const refused = (one: HttpRequest, words: string) => expect(() => protocol.decode(one)).to.throw(words);
    refused(request("GET", `${functions}/f`, { query: "Foo=1" }), "the query parameter Foo of lambda:GetFunction");
    const inBody = { body: Buffer.from('{"FunctionName": "g"}') };
    refused(
      request("PUT", `${functions}/f/configuration`, inBody),
      "the parameter FunctionName in the body of lambda:UpdateFunctionConfiguration",
    );
    for (const text of ["[]", "1", "{"]) {
      refused(request("PUT", `${functions}/f/code`, { body: Buffer.from(text) }), "is not a JSON object");
    }
    refused(request("GET", functions, { query: "MaxItems=many" }), "The text many cannot be converted to a number");
    refused(
      request("GET", "/2020-01-01/nothing"),
      "does not support lambda GET /2020-01-01/nothing. It supports: AddPermission",
    );
    refused(request("PATCH", functions), "; what is new comes by a program.");
  });
});

describe("An answer of REST-JSON", () => {
  it("has the model's status, its headers and its body", () => {
    const { status, headers, body } = protocol.encode(
      "Invoke",
      { StatusCode: 202, FunctionError: "Unhandled", Payload: "e30=", LogResult: undefined },
      "id",
    );
    expect({ status, body: String(body) }).to.deep.equal({ status: 202, body: "{}" });
    expect(headers).to.include({ "x-amz-function-error": "Unhandled" }).and.not.have.property("x-amz-log-result");
    expect(protocol.encode("AddPermission", { Statement: "{}" }, "id")).to.include({
      status: 201,
      body: '{"Statement":"{}"}',
    });
    expect(protocol.encode("TagResource", undefined, "id")).to.include({ status: 204, body: "" });
  });
});
