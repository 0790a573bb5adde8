import { createHmac, hash } from "node:crypto";
import type { SessionCredentials } from "../../../shared/assumed-role.ts";

const ALGORITHM = "AWS4-HMAC-SHA256";
const SIGNED_HEADERS =
  "content-length;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target";

/** What all requests of one client have in common. */
export interface SigningContext {
  readonly region: string;
  readonly service: string;
  readonly host: string;
  readonly contentType: string;
  /** The operation, as in the header X-Amz-Target. */
  readonly target: string;
}

/** Signs requests `POST /` by Signature Version 4. */
export interface Signer {
  /**
   * The headers of a request, as a list of names and values.
   * @param now milliseconds since the epoch, by the service's clock
   */
  sign(body: Buffer, credentials: SessionCredentials, now: number): string[];
}

/** What changes with the credentials and the day only. */
interface DailyKey {
  readonly credentials: SessionCredentials;
  readonly date: string;
  readonly scope: string;
  readonly key: Buffer;
}

/**
 * A signer that keeps the signing key of the last session and day.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function createSigner({ region, service, host, contentType, target }: SigningContext): Signer {
  let daily: DailyKey | undefined;

  const keyOf = (credentials: SessionCredentials, date: string): DailyKey => {
    if (daily?.credentials === credentials && daily.date === date) return daily;
    let key: Buffer | string = `AWS4${credentials.secretAccessKey}`;
    for (const part of [date, region, service, "aws4_request"]) key = hmac(key, part);
    daily = { credentials, date, scope: `${date}/${region}/${service}/aws4_request`, key: key as Buffer };
    return daily;
  };

  return {
    sign(body, credentials, now) {
      const timestamp = new Date(now).toISOString().replace(/\.\d+|[-:]/g, "");
      const { scope, key } = keyOf(credentials, timestamp.slice(0, 8));
      const length = String(body.length);
      const bodyHash = hash("sha256", body, "hex");
      const canonical =
        `POST\n/\n\ncontent-length:${length}\ncontent-type:${contentType}\nhost:${host}\n` +
        `x-amz-content-sha256:${bodyHash}\nx-amz-date:${timestamp}\n` +
        `x-amz-security-token:${credentials.sessionToken}\nx-amz-target:${target}\n\n${SIGNED_HEADERS}\n${bodyHash}`;
      const toSign = `${ALGORITHM}\n${timestamp}\n${scope}\n${hash("sha256", canonical, "hex")}`;
      const signature = createHmac("sha256", key).update(toSign).digest("hex");
      return [
        "host",
        host,
        "content-type",
        contentType,
        "content-length",
        length,
        "x-amz-target",
        target,
        "x-amz-date",
        timestamp,
        "x-amz-security-token",
        credentials.sessionToken,
        "x-amz-content-sha256",
        bodyHash,
        "authorization",
        `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`,
      ];
    },
  };
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
