import type { HttpRequest, HttpResponse, WireProtocol } from "../../kernel/service.ts";
import { readParameters } from "./protocol/read.ts";
import { route } from "./protocol/route.ts";
import { answer } from "./protocol/write.ts";
import { toXml } from "./protocol/xml.ts";

/**
 * S3's REST protocol: method, path and query select the operation; parameters are in headers, query and XML; errors are
 * XML.
 */
export const restXmlProtocol: WireProtocol = {
  decode(request: HttpRequest) {
    const inPath = bucketInPath(request);
    const target = route(inPath);
    return { operation: target.operation, params: readParameters(target, inPath) };
  },

  encode(operation: string, output: unknown, requestId: string): HttpResponse {
    const response = answer(operation, output as Readonly<Record<string, unknown>>);
    return { ...response, headers: { ...response.headers, ...commonHeaders(requestId) } };
  },

  encodeError(error, requestId): HttpResponse {
    const headers: Record<string, string> = { ...commonHeaders(requestId) };
    if (typeof error.details["Region"] === "string") headers["x-amz-bucket-region"] = error.details["Region"];
    if (error.status === 304) return { status: 304, headers, body: "" };
    headers["content-type"] = "application/xml";
    const code = error.code === "ValidationException" ? "InvalidArgument" : error.code;
    return {
      status: error.status,
      headers,
      body: toXml(
        "Error",
        { Code: code, Message: error.message, ...error.details, RequestId: requestId, HostId: requestId },
        false,
      ),
    };
  },
};

/** Clients put the bucket into the host on `localhost`: `<bucket>.localhost:<port>`. */
function bucketInPath(request: HttpRequest): HttpRequest {
  const bucket = /^(.+)\.localhost(:\d+)?$/.exec(request.headers["host"] ?? "")?.[1];
  return bucket ? { ...request, path: `/${bucket}${request.path}` } : request;
}

function commonHeaders(requestId: string): Record<string, string> {
  return { "x-amz-request-id": requestId, "x-amz-id-2": requestId, server: "AmazonS3" };
}
