import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { headerText } from "../kernel/header-text.ts";
import type { HttpRequest } from "../kernel/service.ts";

/** The claims of a signed request: its access key, time, region and service. */
export interface SignedRequest {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** 64 hex digits. */
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  /** Lifetime of a presigned URL, in seconds; undefined for a signature in the header. */
  readonly expiresInSeconds?: number;
  readonly sessionToken?: string;
}

/** The request has a signature, but a malformed one. */
export class MalformedSignature extends Error {}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** Whether a request is signed with Signature Version 2, in the header or in the query, as S3's older clients do. */
export function isSignedByVersion2({ headers, query }: HttpRequest): boolean {
  if (headers["authorization"]?.startsWith("AWS ")) return true;
  const names = new URLSearchParams(query);
  return names.has("AWSAccessKeyId") && names.has("Signature");
}

/**
 * Parses the signature in a request's `Authorization` header or query; undefined when there is none.
 * @throws MalformedSignature.
 */
export function readSignature(request: HttpRequest): SignedRequest | undefined {
  const header = request.headers["authorization"];
  if (header !== undefined) return readHeader(header, request);
  return request.query.includes("X-Amz-Signature=") ? readQuery(new URLSearchParams(request.query)) : undefined;
}

function readHeader(header: string, request: HttpRequest): SignedRequest {
  if (!header.startsWith(`${ALGORITHM} `)) {
    throw new MalformedSignature(`Unsupported authorization type: "${header.split(" ")[0]}", expected ${ALGORITHM}.`);
  }
  const parts: Record<string, string> = {};
  for (const part of header.slice(ALGORITHM.length + 1).split(",")) {
    const at = part.indexOf("=");
    parts[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  const timestamp = request.headers["x-amz-date"];
  for (const name of ["Credential", "SignedHeaders", "Signature"]) {
    if (!parts[name]) throw new MalformedSignature(`Authorization header requires '${name}' parameter.`);
  }
  if (!timestamp) throw new MalformedSignature("Authorization header requires the 'X-Amz-Date' header.");
  return build(parts["Credential"]!, parts["SignedHeaders"]!, parts["Signature"]!, timestamp, {
    sessionToken: request.headers["x-amz-security-token"],
  });
}

function readQuery(query: URLSearchParams): SignedRequest {
  const take = (name: string) => {
    const value = query.get(name);
    if (!value) throw new MalformedSignature(`A presigned URL requires the ${name} parameter.`);
    return value;
  };
  if (take("X-Amz-Algorithm") !== ALGORITHM) {
    throw new MalformedSignature(`X-Amz-Algorithm only supports "${ALGORITHM}".`);
  }
  const expiresInSeconds = Number(query.get("X-Amz-Expires") ?? 900);
  if (!(expiresInSeconds >= 1 && expiresInSeconds <= 604_800)) {
    throw new MalformedSignature("X-Amz-Expires must be 1 to 604800 seconds.");
  }
  return build(take("X-Amz-Credential"), take("X-Amz-SignedHeaders"), take("X-Amz-Signature"), take("X-Amz-Date"), {
    expiresInSeconds,
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
  });
}

function build(
  credential: string,
  signedHeaders: string,
  signature: string,
  timestamp: string,
  rest: { expiresInSeconds?: number; sessionToken?: string | undefined },
): SignedRequest {
  const [terminator, service, region, date, ...accessKeyId] = credential.split("/").reverse();
  if (terminator !== "aws4_request" || !service || !region || !date || accessKeyId.length === 0) {
    throw new MalformedSignature(
      `The credential "${credential}" is not <access key>/<date>/<region>/<service>/aws4_request.`,
    );
  }
  if (!/^\d{8}T\d{6}Z$/.test(timestamp) || !timestamp.startsWith(date)) {
    throw new MalformedSignature(`The date "${timestamp}" is not YYYYMMDDTHHMMSSZ, or not of the credential's day.`);
  }
  const headers = signedHeaders.toLowerCase().split(";");
  if (!headers.includes("host") && !headers.includes(":authority"))
    throw new MalformedSignature("'Host' must be a 'SignedHeader' in the request.");
  return {
    accessKeyId: accessKeyId.reverse().join("/"),
    date,
    region,
    service,
    signedHeaders: headers,
    signature: signature.toLowerCase(),
    timestamp,
    ...(rest.expiresInSeconds === undefined ? {} : { expiresInSeconds: rest.expiresInSeconds }),
    ...(rest.sessionToken === undefined ? {} : { sessionToken: rest.sessionToken }),
  };
}

/** Time of the signature, in milliseconds since the epoch. */
export function signedAt(signed: SignedRequest): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signed.timestamp)?.map(Number) ?? [];
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
}

/** Cache of signing keys: each takes four HMACs per access key, day, region and service. */
export class SigningKeys {
  readonly #keys = new Map<string, Buffer>();

  get(signed: SignedRequest, secretAccessKey: string): Buffer {
    const name = `${signed.accessKeyId}/${signed.date}/${signed.region}/${signed.service}`;
    const known = this.#keys.get(name);
    if (known) return known;
    if (this.#keys.size >= 1_000) this.#keys.clear();
    let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
    for (const part of [signed.date, signed.region, signed.service, "aws4_request"]) key = hmac(key, part);
    this.#keys.set(name, key);
    return key;
  }
}

/** Inputs of a signature besides the request. */
export interface SignatureParts {
  /** Hex, or the special value of `x-amz-content-sha256`. */
  readonly payloadHash: string;
  readonly signingKey: Buffer;
  /** See `SigningRules`. */
  readonly isPathEncodedOnce?: boolean;
}

/** The correct signature of a request. */
export function expectedSignature(
  request: HttpRequest,
  signed: SignedRequest,
  { payloadHash, signingKey, isPathEncodedOnce = false }: SignatureParts,
): string {
  const canonical = [
    request.method,
    isPathEncodedOnce ? normalizeEncoding(request.path) : encodePath(request.path),
    canonicalQuery(request.query),
    ...signed.signedHeaders.map((name) => `${name}:${signedValue(request.headers[name] ?? "")}`),
    "",
    signed.signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
  const scope = `${signed.date}/${signed.region}/${signed.service}/aws4_request`;
  return hmac(signingKey, [ALGORITHM, signed.timestamp, scope, sha256(canonical)].join("\n")).toString("hex");
}

/** A header's value as clients sign it: their text, not the received bytes. */
function signedValue(value: string): string {
  return headerText(value).trim().replace(/\s+/g, " ");
}

/** Compares two signatures in constant time. */
export function isSameSignature(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** SHA-256 in hex. */
export function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** HMAC-SHA-256. */
export function hmac(key: Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

/** Percent-encodes by RFC 3986: everything but letters, digits, `-`, `.`, `_`, `~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The received path, encoded once more. */
function encodePath(path: string): string {
  return path === "/" ? path : path.split("/").map(encode).join("/");
}

/** The path, encoded exactly once, whichever characters the client had encoded. */
function normalizeEncoding(path: string): string {
  try {
    return path
      .split("/")
      .map((part) => encode(decodeURIComponent(part)))
      .join("/");
  } catch {
    return path;
  }
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .filter((pair) => pair !== "" && !pair.startsWith("X-Amz-Signature="))
    .map((pair) => {
      const at = pair.indexOf("=");
      const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      return [encode(decodeForm(name)), encode(decodeForm(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return text;
  }
}
