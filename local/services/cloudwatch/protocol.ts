import { cbor, tag, tagSymbol } from "@smithy/core/cbor";
import { AwsError } from "../../kernel/errors.ts";
import type { HttpRequest, WireProtocol } from "../../kernel/service.ts";
import { jsonProtocol } from "../../wire/json.ts";
import { queryProtocol } from "../../wire/query.ts";

const TARGET = "GraniteServiceVersion20100801";
const CBOR_PATH = new RegExp(`^/service/${TARGET}/operation/(\\w+)$`);
const CBOR_HEADERS = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };

/** Members of answers that are times: epoch seconds inside. */
const TIMESTAMPS = ["Timestamp", "Timestamps", "StateUpdatedTimestamp", "AlarmConfigurationUpdatedTimestamp"];

const query = queryProtocol({
  service: "cloudwatch",
  version: "2010-08-01",
  xmlNamespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
  timestamps: TIMESTAMPS,
});
const json = jsonProtocol("1.0", TARGET);

/**
 * CloudWatch talks three protocols, and every client its own: Smithy RPC v2 CBOR (new SDKs, the AWS CLI), JSON 1.0 and Query/XML. The answer comes
 * in the protocol of the request.
 */
export const cloudWatchProtocol: WireProtocol = {
  decode(request) {
    const operation = CBOR_PATH.exec(request.path)?.[1];
    if (operation) return { operation, params: decodeCbor(request.body) };
    return protocolOf(request).decode(request);
  },
  encode(operation, output, requestId, request) {
    if (!isCbor(request)) return protocolOf(request).encode(operation, output, requestId, request);
    return {
      status: 200,
      headers: { ...CBOR_HEADERS, "x-amzn-requestid": requestId },
      body: Buffer.from(cbor.serialize(withTimeTags(output ?? {}))),
    };
  },
  encodeError(error, requestId, request) {
    if (!isCbor(request)) return protocolOf(request).encodeError(error, requestId, request);
    return {
      status: error.status,
      headers: { ...CBOR_HEADERS, "x-amzn-requestid": requestId },
      body: Buffer.from(cbor.serialize({ __type: error.code, message: error.message })),
    };
  },
};

function isCbor(request: HttpRequest | undefined): boolean {
  return request !== undefined && CBOR_PATH.test(request.path);
}

function protocolOf(request: HttpRequest | undefined): WireProtocol {
  return request?.headers["x-amz-target"] === undefined ? query : json;
}

function decodeCbor(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return withoutTimeTags(cbor.deserialize(body));
  } catch {
    throw new AwsError("SerializationException", "The request body is not CBOR.");
  }
}

/** A tagged time → epoch seconds. */
function withoutTimeTags(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimeTags);
  if (typeof value !== "object" || value === null) return value;
  if (tagSymbol in value) return Number((value as unknown as { value: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutTimeTags(member)]));
}

/** Epoch seconds → a tagged time, where the member's name says that it is one. What is undefined is left out. */
function withTimeTags(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((member) => withTimeTags(member, name));
  if (typeof value === "number") return TIMESTAMPS.includes(name) ? tag({ tag: 1, value, [tagSymbol]: true }) : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, withTimeTags(member, key)]),
  );
}
