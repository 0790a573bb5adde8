/**
 * Node.js reads and writes HTTP header values as ISO-8859-1, one character per byte. Almost every client encodes
 * non-ASCII text as UTF-8.
 */
const NOT_ASCII = /[\u0080-\uffff]/;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Decodes a header value as UTF-8; a value that is not valid UTF-8 stays as it is. */
export function headerText(value: string): string {
  if (!NOT_ASCII.test(value)) return value;
  try {
    return utf8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value; // a client that writes ISO-8859-1
  }
}

/** Encodes text as a header value: its UTF-8 bytes, one character each. */
export function headerValue(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}
