import type { Clock } from "../kernel/clock.ts";
import { AwsError } from "../kernel/errors.ts";
import type { Principal, Principals, Session } from "../kernel/principal.ts";
import type { AuthDialect, HttpRequest, Wire } from "../kernel/service.ts";
import { AuthFailure, authError } from "./auth-errors.ts";
import { decodeChunked, isStreamingPayload } from "./aws-chunked.ts";
import { expectedSignature, isSameSignature, type SignedRequest, SigningKeys, sha256, signedAt } from "./signature.ts";

/** Allowed difference between a request's time and the cloud's, in milliseconds. */
const MAX_SKEW_MS = 15 * 60_000;

const EMPTY_SHA256 = sha256("");
const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

/** The wire settings of a service that affect its signatures. */
export type SignedWire = Pick<Wire, "dialect" | "signing">;

/** The signer of a request, and the request with its decoded body (without aws-chunked). */
export interface Authenticated {
  readonly principal: Principal;
  readonly request: HttpRequest;
}

/** Checks signatures (SigV4, in the header or in the query), sessions, times and payload hashes. */
export class Authenticator {
  readonly #clock: Clock;
  readonly #principals: Principals;
  readonly #signingKeys = new SigningKeys();

  constructor({ clock, principals }: { readonly clock: Clock; readonly principals: Principals }) {
    this.#clock = clock;
    this.#principals = principals;
  }

  /**
   * The session of the access key in a request, before the body is read.
   * @throws AwsError in the words of the service in the signature.
   */
  identify(signed: SignedRequest, { dialect }: SignedWire): Session {
    const session = this.#principals.find(signed.accessKeyId);
    if (!session) throw authError(dialect, AuthFailure.UnknownKey);
    if (session.credentials.sessionToken !== signed.sessionToken) throw authError(dialect, AuthFailure.BadToken);
    return session;
  }

  /** Verifies a request. @throws AwsError in the words of the service in the signature. */
  authenticate(request: HttpRequest, signed: SignedRequest, wire: SignedWire): Authenticated {
    const { dialect, signing } = wire;
    const { credentials, principal } = this.identify(signed, wire);
    const payloadHash = this.#payloadHash(request, signed, wire);
    const signingKey = this.#signingKeys.get(signed, credentials.secretAccessKey);
    const expected = expectedSignature(request, signed, { payloadHash, signingKey, ...signing });
    if (!isSameSignature(expected, signed.signature)) throw authError(dialect, AuthFailure.BadSignature);
    this.#checkTime(signed, dialect);
    if (credentials.expiresAt !== undefined && this.#clock.now() >= credentials.expiresAt) {
      throw authError(dialect, AuthFailure.Expired);
    }
    return { principal, request: this.#withMeantBody(request, signed, payloadHash, signingKey) };
  }

  #payloadHash(request: HttpRequest, signed: SignedRequest, { dialect, signing }: SignedWire): string {
    if (signed.expiresInSeconds !== undefined && signing?.isPresignedPayloadUnsigned) {
      return request.headers["x-amz-content-sha256"] ?? UNSIGNED_PAYLOAD;
    }
    const given = request.headers["x-amz-content-sha256"];
    if (given !== undefined && (isStreamingPayload(given) || given === UNSIGNED_PAYLOAD)) return given;
    const actual = request.body.length === 0 ? EMPTY_SHA256 : sha256(request.body);
    if (given !== undefined && given !== actual) {
      if (dialect === "rest-xml") {
        throw new AwsError(
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
        );
      }
      throw authError(dialect, AuthFailure.BadSignature);
    }
    return actual;
  }

  /**
   * A request is in time if it was signed within 15 minutes of cloud time or of this machine's time: clients outside
   * the cloud do not see its jumps in time. A presigned URL has an expiry of its own.
   */
  #checkTime(signed: SignedRequest, dialect: AuthDialect): void {
    const at = signedAt(signed);
    const now = this.#clock.now();
    if (signed.expiresInSeconds !== undefined) {
      const end = at + signed.expiresInSeconds * 1000;
      if (Math.min(now, Date.now()) <= end && Math.max(now, Date.now()) >= at - MAX_SKEW_MS) return;
      if (dialect === "rest-xml") throw new AwsError("AccessDenied", "Request has expired", 403);
      throw authError(dialect, AuthFailure.Skewed, `Signature expired: ${signed.timestamp}`);
    }
    if (Math.abs(at - now) <= MAX_SKEW_MS || Math.abs(at - Date.now()) <= MAX_SKEW_MS) return;
    const [current, limit] = [now, at < now ? now - MAX_SKEW_MS : now + MAX_SKEW_MS].map(amzDate);
    const sign = at < now ? "-" : "+";
    throw authError(
      dialect,
      AuthFailure.Skewed,
      at < now
        ? `Signature expired: ${signed.timestamp} is now earlier than ${limit} (${current} ${sign} 15 min.)`
        : `Signature not yet current: ${signed.timestamp} is still later than ${limit} (${current} ${sign} 15 min.)`,
    );
  }

  #withMeantBody(request: HttpRequest, signed: SignedRequest, payloadHash: string, signingKey: Buffer): HttpRequest {
    if (!isStreamingPayload(payloadHash)) return request;
    const { body, trailers } = decodeChunked(request.body, payloadHash, signed, signingKey);
    const { "content-encoding": encoding = "", "x-amz-decoded-content-length": length, ...headers } = request.headers;
    if (length !== undefined && Number(length) !== body.length) {
      throw new AwsError(
        "IncompleteBody",
        "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header",
      );
    }
    const left = encoding
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "" && one !== "aws-chunked");
    return {
      ...request,
      body,
      headers: {
        ...headers,
        ...trailers,
        "content-length": String(body.length),
        ...(left.length > 0 ? { "content-encoding": left.join(", ") } : {}),
      },
    };
  }
}

function amzDate(time: number | undefined): string {
  return new Date(time ?? 0).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
