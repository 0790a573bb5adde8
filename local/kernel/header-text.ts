/**
 * Values of HTTP headers as Node gives and takes them: a character per byte (ISO-8859-1), whatever the bytes stand for. Almost every client writes text
 * that is not ASCII as UTF-8.
 */
const NOT_ASCII = /[\u0080-\uffff]/;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text that a header's value stands for: its bytes read as UTF-8, or as they are where they are not UTF-8. */
export function headerText(value: string): string {
  if (!NOT_ASCII.test(value)) return value;
  try {
    return utf8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value; // a client that writes ISO-8859-1
  }
}

/** A text as the value of a header: its UTF-8, a character per byte. */
export function headerValue(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}
