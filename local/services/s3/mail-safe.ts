import { headerText } from "../../kernel/header-text.ts";

/** An encoded word has 75 characters at most (RFC 2047, 2), 12 of them around its text. */
const MAX_TEXT = 63;

/**
 * A value of metadata as S3 answers it: one that is not ASCII is made mail-safe by encoded words (S3 user guide, "Working with object metadata"; RFC 2047). They are of
 * the kind Q while most characters are ASCII, else of the kind B, as recorded on AWS 02-2026.
 * @param value a character per byte, as it came.
 */
export function mailSafe(value: string): string {
  const characters = [...headerText(value)];
  const plain = characters.filter(isPlain).length;
  if (plain === characters.length) return value;
  const isMostlyPlain = plain > characters.length - plain;
  const kind = isMostlyPlain ? "Q" : "B";
  const encode = isMostlyPlain ? quoted : base64;
  const words: string[] = [];
  let text = "";
  for (const character of characters) {
    if (text !== "" && encode(text + character).length > MAX_TEXT) {
      words.push(text);
      text = "";
    }
    text += character;
  }
  return [...words, text].map((word) => `=?UTF-8?${kind}?${encode(word)}?=`).join(" ");
}

function isPlain(character: string): boolean {
  return /^[\t\u0020-\u007e]$/.test(character);
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

function quoted(text: string): string {
  return text.replace(/[^!-~]|[=?_]/gu, (character) => {
    if (character === " ") return "_";
    const bytes = [...Buffer.from(character, "utf8")];
    return bytes.map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  });
}
