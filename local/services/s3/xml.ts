import { XMLBuilder, XMLParser } from "fast-xml-parser";
import { malformedXml } from "./support.ts";

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** Elements that may be repeated, in all the documents of requests. */
const lists = new Set(["EncryptionType", "Object", "Part", "Rule", "Tag"]);

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: false });
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => lists.has(name),
});

/** A document as S3 writes it; members that are undefined are left out, an array repeats its element. */
export function toXml(root: string, content: Readonly<Record<string, unknown>>, withNamespace = true): string {
  const body = { ...(withNamespace ? { "@xmlns": NAMESPACE } : {}), ...content };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: body })}`;
}

/** The root element of a request's document, which must have the name `root`. Values are texts. */
export function fromXml(root: string, body: Buffer): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = parser.parse(body.toString("utf8"), true);
  } catch {
    throw malformedXml();
  }
  const content = (parsed as Record<string, unknown>)[root];
  if (typeof content !== "object" || content === null || Array.isArray(content)) throw malformedXml();
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== "#text"));
}
