import { AwsError } from "../../kernel/errors.ts";
import type { Wire } from "../../kernel/service.ts";
import { MAX_BODY_BYTES } from "./limits.ts";
import { restXmlProtocol } from "./protocol.ts";

/**
 * S3 has no paths of its own: requests that no other service claims are for a bucket. Bucket policies can allow
 * unsigned requests.
 */
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
