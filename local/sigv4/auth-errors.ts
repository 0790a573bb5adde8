import { AwsError } from "../kernel/errors.ts";
import type { AuthDialect } from "../kernel/service.ts";

/** Failures of a request's authentication. */
export const AuthFailure = {
  Missing: "missing",
  Malformed: "malformed",
  Version2: "version 2",
  UnknownKey: "unknown key",
  BadToken: "bad token",
  Expired: "expired",
  Skewed: "skewed",
  BadSignature: "bad signature",
} as const;
export type AuthFailure = (typeof AuthFailure)[keyof typeof AuthFailure];

const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
const INVALID_TOKEN = "The security token included in the request is invalid.";
const EXPIRED_TOKEN = "The security token included in the request is expired";

const VERSION_2 = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";

/** Code and message of each failure; the status only where it differs from the dialect's. */
const json: Readonly<Record<AuthFailure, readonly [string, string, number?]>> = {
  missing: ["MissingAuthenticationTokenException", "Missing Authentication Token"],
  malformed: ["IncompleteSignatureException", ""],
  "version 2": ["IncompleteSignatureException", VERSION_2],
  "unknown key": ["UnrecognizedClientException", INVALID_TOKEN],
  "bad token": ["UnrecognizedClientException", INVALID_TOKEN],
  expired: ["ExpiredTokenException", EXPIRED_TOKEN],
  skewed: ["InvalidSignatureException", ""],
  "bad signature": ["InvalidSignatureException", MISMATCH],
};

const words: Readonly<Record<AuthDialect, Readonly<Record<AuthFailure, readonly [string, string, number?]>>>> = {
  json,
  "rest-json": json,
  query: {
    missing: ["MissingAuthenticationToken", "Request is missing Authentication Token"],
    malformed: ["IncompleteSignature", "", 400],
    "version 2": ["IncompleteSignature", VERSION_2, 400],
    "unknown key": ["InvalidClientTokenId", INVALID_TOKEN],
    "bad token": ["InvalidClientTokenId", INVALID_TOKEN],
    expired: ["ExpiredToken", EXPIRED_TOKEN],
    skewed: ["SignatureDoesNotMatch", ""],
    "bad signature": ["SignatureDoesNotMatch", MISMATCH],
  },
  "rest-xml": {
    missing: ["AccessDenied", "Access Denied"],
    malformed: ["AuthorizationHeaderMalformed", "", 400],
    // The behaviour of every region opened since 2014 (S3 User Guide, "Authenticating Requests: AWS Signature Version
    // 4").
    "version 2": ["InvalidRequest", VERSION_2, 400],
    "unknown key": ["InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."],
    "bad token": ["InvalidToken", "The provided token is malformed or otherwise invalid.", 400],
    expired: ["ExpiredToken", "The provided token has expired.", 400],
    skewed: ["RequestTimeTooSkewed", "The difference between the request time and the current time is too large."],
    "bad signature": [
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ],
  },
};

/** The error of a service with this dialect. @param detail the message where AWS has no fixed one. */
export function authError(dialect: AuthDialect, failure: AuthFailure, detail = ""): AwsError {
  const [code, message, status] = words[dialect][failure];
  return new AwsError(code, message || detail, status ?? (dialect === "json" ? 400 : 403));
}
