import type { HttpRequest, WireProtocol } from "../../kernel/service.ts";
import { cborProtocol, isCborRequest } from "../../wire/cbor.ts";
import { jsonProtocol } from "../../wire/json.ts";
import { serviceModel } from "../../wire/model.ts";
import { queryProtocol } from "../../wire/query.ts";

const model = serviceModel("cloudwatch");
const cbor = cborProtocol(model);
const query = queryProtocol(model);
const json = jsonProtocol("1.0", "GraniteServiceVersion20100801");

/**
 * CloudWatch talks three protocols, and every client its own: Smithy RPC v2 CBOR (new SDKs, the AWS CLI), JSON 1.0 and
 * Query/XML. The answer comes
 * in the protocol of the request.
 */
export const cloudWatchProtocol: WireProtocol = {
  decode: (request) => protocolOf(request).decode(request),
  encode: (operation, output, requestId, request) => protocolOf(request).encode(operation, output, requestId, request),
  encodeError: (error, requestId, request) => protocolOf(request).encodeError(error, requestId, request),
};

function protocolOf(request: HttpRequest | undefined): WireProtocol {
  if (request && isCborRequest(request)) return cbor;
  return request?.headers["x-amz-target"] === undefined ? query : json;
}
