import { XMLBuilder, XMLParser } from "fast-xml-parser";
import { ownValue } from "../../../kernel/own-value.ts";
import { malformedXml } from "../errors.ts";

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Elements that may be repeated in the documents of requests. */
const lists = new Set(["EncryptionType", "Object", "Part", "Rule", "Tag"]);

/** XML parsers turn a literal carriage return into a line feed, and refuse other control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here
const UNSAFE_AS_CHARACTERS = /[\u0000-\u0008\u000b-\u001f]/g;

/** The predefined entities of XML; others need a document type, which is refused. */
const namedCharacters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: false });
const parser = new XMLParser({
  entityDecoder: {
    decode: decodeReferences,
    // Called for every DOCTYPE, with the entities that it declares.
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

/** A document of S3: undefined members are left out, an array repeats its element. */
export function toXml(root: string, content: Readonly<Record<string, unknown>>, withNamespace = true): string {
  const body = { ...(withNamespace ? { "@xmlns": NAMESPACE } : {}), ...content };
  const document: string = builder.build({ [root]: body });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document.replace(UNSAFE_AS_CHARACTERS, asReference)}`;
}

/**
 * The content of a request's document, whose root element must be `root`. Values are texts.
 * @throws AwsError MalformedXML, also for a DOCTYPE, and for an empty root element unless `mayBeEmpty`.
 */
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

/** Replaces character references such as `&#34;`, `&#xA;` and `&amp;`. CDATA sections are not passed to this. */
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

/** Undefined for a number that is no Unicode character, and for 0, which XML excludes. */
function characterOf(codePoint: number): string | undefined {
  const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : undefined;
}

function asReference(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16)};`;
}
