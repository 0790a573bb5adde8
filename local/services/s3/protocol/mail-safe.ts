import { headerText } from "../../../kernel/header-text.ts";

/** Longest text of an encoded word: 75 characters (RFC 2047, 2) less the 12 around it. */
const MAX_TEXT = 63;

/**
 * A value of user metadata in an answer: S3 writes one that is not ASCII in encoded words (S3 user guide, "Working with
 * object metadata"; RFC 2047). They are of the encoding Q while most characters are ASCII, else of B (recorded on AWS
 * 02-2026).
 * @param value a character per byte, as it was sent.
 */
export function mailSafe(value: string): string {
  const characters = [...headerText(value)];
  const plain = characters.filter(isPlain).length;
  if (plain === characters.length) return value;
  const isMostlyPlain = plain > characters.length - plain;
  const encoding = isMostlyPlain ? "Q" : "B";
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
  return [...words, text].map((word) => `=?UTF-8?${encoding}?${encode(word)}?=`).join(" ");
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
