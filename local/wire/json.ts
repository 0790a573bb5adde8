import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import type { WireProtocol } from "../kernel/service.ts";

/** Default protocol of the Java SDKs for Kinesis. */
const CBOR = "application/x-amz-cbor";
const NO_CBOR = "The SDKs for Java send it with AWS_CBOR_DISABLE=true, or the system property aws.cborEnabled=false";

/**
 * AWS JSON 1.0 or 1.1: the operation is the second part of `X-Amz-Target`, parameters and responses are JSON bodies.
 * @param targetPrefix such as `Kinesis_20131202`.
 * @param errorType `__type` of an error code; default: the code itself.
 */
export function jsonProtocol(
  version: "1.0" | "1.1",
  targetPrefix: string,
  errorType: (code: string) => string = (code) => code,
): WireProtocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    decode(request) {
      const target = request.headers["x-amz-target"] ?? "";
      const [prefix, operation, ...more] = target.split(".");
      if (prefix !== targetPrefix || !operation || more.length > 0) {
        throw new AwsError(
          "UnknownOperationException",
          `X-Amz-Target is "${target}", expected "${targetPrefix}.<operation>".`,
        );
      }
      const sentType = request.headers["content-type"] ?? "";
      if (sentType.startsWith(CBOR)) throw new NotSupportedError(`bodies of ${sentType}`, `${contentType}. ${NO_CBOR}`);
      try {
        return { operation, params: request.body.length === 0 ? {} : JSON.parse(request.body.toString("utf8")) };
      } catch {
        throw new AwsError("SerializationException", "The request body is not JSON.");
      }
    },
    encode: (_operation, output, requestId) => ({
      status: 200,
      headers: { "content-type": contentType, "x-amzn-requestid": requestId },
      body: output === undefined ? "" : JSON.stringify(output),
    }),
    encodeError: (error, requestId) => ({
      status: error.status,
      headers: { "content-type": contentType, "x-amzn-requestid": requestId, "x-amzn-errortype": error.code },
      body: JSON.stringify({
        __type: errorType(error.code),
        // From kinesalite's and dynalite's tests against AWS.
        [error.code === "SerializationException" ? "Message" : "message"]: error.message,
        ...error.details,
      }),
    }),
  };
}
