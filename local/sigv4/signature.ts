import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { headerText } from "../kernel/header-text.ts";
import type { HttpRequest } from "../kernel/service.ts";

/** What a signed request says about itself: who signed it, when, and for which service. */
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
  /** Seconds for which a presigned URL holds; undefined for a signature in the header. */
  readonly expiresInSeconds?: number;
  readonly sessionToken?: string;
}

/** A request that says it is signed and is not well formed. */
export class MalformedSignature extends Error {}

const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * Whether a request is signed by version 2 of the signature, in the header or in the query, as S3's older clients do.
 */
export function isSignedByVersion2({ headers, query }: HttpRequest): boolean {
  if (headers["authorization"]?.startsWith("AWS ")) return true;
  const names = new URLSearchParams(query);
  return names.has("AWSAccessKeyId") && names.has("Signature");
}

/**
 * Reads the signature of a request from its `Authorization` header or its query; undefined when it has none.
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

/** When a request was signed, in milliseconds since the epoch. */
export function signedAt(signed: SignedRequest): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signed.timestamp)?.map(Number) ?? [];
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
}

/** Keys derived from secrets: four HMACs per key, day, region and service, done once. */
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

/** What a signature is made with. */
export interface SignatureParts {
  /** Hex, or the word that stands for it in `x-amz-content-sha256`. */
  readonly payloadHash: string;
  readonly signingKey: Buffer;
  /** See `SigningRules`. */
  readonly isPathEncodedOnce?: boolean;
}

/** The signature that a request should have. */
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

/** A header's value as clients sign it: the text that they wrote, not the bytes that came. */
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

/** RFC 3986: everything but letters, digits, `-`, `.`, `_`, `~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The path as it was sent, encoded once more. */
function encodePath(path: string): string {
  return path === "/" ? path : path.split("/").map(encode).join("/");
}

/** The path encoded once, whichever characters the client left as they are. */
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
