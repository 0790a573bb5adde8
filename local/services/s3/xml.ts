import { XMLBuilder, XMLParser } from "fast-xml-parser";
import { ownValue } from "../../kernel/own-value.ts";
import { malformedXml } from "./support.ts";

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Elements that may be repeated, in all the documents of requests. */
const lists = new Set(["EncryptionType", "Object", "Part", "Rule", "Tag"]);

/** A reader makes a line feed of a carriage return that stands as itself, and stops at other control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here
const UNSAFE_AS_CHARACTERS = /[\u0000-\u0008\u000b-\u001f]/g;

/** The names that XML itself knows; others would need a document type, which is refused. */
const namedCharacters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: false });
const parser = new XMLParser({
  entityDecoder: {
    decode: decodeReferences,
    // called for every DOCTYPE, with the entities that it declares
    addInputEntities: () => {
      throw malformedXml();
    },
    setExternalEntities: () => {},
    setXmlVersion: () => {},
    reset: () => {},
  },
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => lists.has(name),
});

/** A document as S3 writes it; members that are undefined are left out, an array repeats its element. */
export function toXml(root: string, content: Readonly<Record<string, unknown>>, withNamespace = true): string {
  const body = { ...(withNamespace ? { "@xmlns": NAMESPACE } : {}), ...content };
  const document: string = builder.build({ [root]: body });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document.replace(UNSAFE_AS_CHARACTERS, asReference)}`;
}

/** The root element of a request's document, which must have the name `root`. Values are texts; a DOCTYPE is refused, and an element without content unless it may be empty. */
export function fromXml(root: string, body: Buffer, mayBeEmpty = false): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = parser.parse(body.toString("utf8"), true);
  } catch {
    throw malformedXml();
  }
  const content = (parsed as Record<string, unknown>)[root];
  if (mayBeEmpty && typeof content === "string" && content.trim() === "") return {};
  if (typeof content !== "object" || content === null || Array.isArray(content)) throw malformedXml();
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== "#text"));
}

/** The text that character references such as `&#34;`, `&#xA;` and `&amp;` stand for; CDATA sections do not come here. */
function decodeReferences(text: string): string {
  return text.replace(/&([^;]*);?/g, (reference, name: string) => {
    if (!reference.endsWith(";")) throw malformedXml();
    const number = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(name);
    const character = number
      ? characterOf(number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16))
      : ownValue(namedCharacters, name);
    if (character === undefined) throw malformedXml();
    return character;
  });
}

/** Undefined for a number that is no character of Unicode, or 0, which no version of XML has. */
function characterOf(codePoint: number): string | undefined {
  const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : undefined;
}

function asReference(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16)};`;
}
