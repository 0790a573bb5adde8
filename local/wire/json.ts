import { AwsError, NotSupportedError } from "../kernel/errors.ts";
import type { WireProtocol } from "../kernel/service.ts";

/** What the SDKs for Java send to Kinesis unless told otherwise. */
const CBOR = "application/x-amz-cbor";
const NO_CBOR = "The SDKs for Java send it with AWS_CBOR_DISABLE=true, or the system property aws.cborEnabled=false";

/**
 * AWS JSON 1.0 or 1.1: the operation is the second part of `X-Amz-Target`, parameters and answers are JSON bodies.
 * @param targetPrefix such as `Kinesis_20131202`.
 * @param errorType what `__type` holds for an error code; default: the code itself.
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
        // As kinesalite's and dynalite's tests have it of AWS.
        [error.code === "SerializationException" ? "Message" : "message"]: error.message,
        ...error.details,
      }),
    }),
  };
}
