import { AwsError } from "../kernel/errors.ts";
import { hmac, isSameSignature, type SignedRequest, sha256 } from "./signature.ts";

/** Values of `x-amz-content-sha256` for chunked bodies. */
export const StreamingPayload = {
  Signed: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  SignedWithTrailer: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
  UnsignedWithTrailer: "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
} as const;

const EMPTY_SHA256 = sha256("");
const malformed = (message: string) => new AwsError("IncompleteBody", message);
const mismatch = (what: string) =>
  new AwsError(
    "SignatureDoesNotMatch",
    `The signature of ${what} does not match. Check your key and signing method.`,
    403,
  );

/** Whether a payload hash marks an `aws-chunked` body. */
export function isStreamingPayload(payloadHash: string): boolean {
  return (Object.values(StreamingPayload) as readonly string[]).includes(payloadHash);
}

/**
 * Decodes `aws-chunked`: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n …  0[;…]\r\n[trailer: value\r\n …]\r\n`. For a
 * signed payload, verifies the signature of every chunk, which includes the previous one, and of the trailer.
 * @returns the bytes, and the trailers as headers (lower case).
 */
export function decodeChunked(
  body: Buffer,
  payloadHash: string,
  signed: SignedRequest,
  signingKey: Buffer,
): { body: Buffer; trailers: Readonly<Record<string, string>> } {
  const isSigned = payloadHash !== StreamingPayload.UnsignedWithTrailer;
  const scope = `${signed.date}/${signed.region}/${signed.service}/aws4_request`;
  const chunks: Buffer[] = [];
  let previous = signed.signature;
  let at = 0;
  const line = () => {
    const end = body.indexOf("\r\n", at);
    if (end < 0) throw malformed("The chunked body ends too early.");
    const text = body.toString("latin1", at, end);
    at = end + 2;
    return text;
  };
  const sign = (kind: string, ...hashes: string[]) =>
    hmac(signingKey, [kind, signed.timestamp, scope, previous, ...hashes].join("\n")).toString("hex");

  for (;;) {
    const [, hexSize, , signature] = /^([0-9a-fA-F]+)(;chunk-signature=([0-9a-f]{64}))?$/.exec(line()) ?? [];
    if (hexSize === undefined) throw malformed("The chunked body has a chunk without a size.");
    const size = Number.parseInt(hexSize, 16);
    const chunk = body.subarray(at, at + size);
    if (chunk.length !== size) throw malformed("The chunked body ends too early.");
    at += size;
    if (isSigned) {
      const expected = sign("AWS4-HMAC-SHA256-PAYLOAD", EMPTY_SHA256, sha256(chunk));
      if (signature === undefined || !isSameSignature(signature, expected)) throw mismatch("a chunk");
      previous = expected;
    }
    if (size === 0) break;
    if (body.toString("latin1", at, at + 2) !== "\r\n") throw malformed("A chunk does not end where its size says.");
    at += 2;
    chunks.push(chunk);
  }

  const trailers: Record<string, string> = {};
  while (at < body.length) {
    const text = line();
    if (text === "") break;
    const colon = text.indexOf(":");
    if (colon < 0) throw malformed("The chunked body has a trailer without a name.");
    trailers[text.slice(0, colon).trim().toLowerCase()] = text.slice(colon + 1).trim();
  }
  if (payloadHash === StreamingPayload.SignedWithTrailer) {
    const { "x-amz-trailer-signature": signature = "", ...rest } = trailers;
    const text = Object.entries(rest)
      .map(([name, value]) => `${name}:${value}\n`)
      .join("");
    if (!isSameSignature(signature, sign("AWS4-HMAC-SHA256-TRAILER", sha256(text)))) throw mismatch("the trailer");
    return { body: Buffer.concat(chunks), trailers: rest };
  }
  return { body: Buffer.concat(chunks), trailers };
}
