import { AwsError } from "../../kernel/errors.ts";
import type { Wire } from "../../kernel/service.ts";
import { restXmlProtocol } from "./protocol.ts";

/** Longest body, in bytes, of one request. AWS takes 5 GiB; here all of it is in memory. */
const MAX_BODY_BYTES = 1024 ** 3;

/** S3's wire: what no other service takes is a bucket's, unsigned requests are let in where a policy lets everyone in, and bodies may be long. */
export const wire: Wire = {
  protocol: restXmlProtocol,
  dialect: "rest-xml",
  signing: { isPathEncodedOnce: true, isPresignedPayloadUnsigned: true },
  isAnonymousAllowed: true,
  body: {
    maxBytes: MAX_BODY_BYTES,
    tooLong: (isLengthSaid) =>
      isLengthSaid
        ? new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, {
            MaxSizeAllowed: MAX_BODY_BYTES,
          })
        : new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", 411),
  },
};
