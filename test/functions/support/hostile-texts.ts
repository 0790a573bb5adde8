import fc from "fast-check";
import { documents, toText } from "./json-documents.ts";

/** Pieces of JSON, of what looks like JSON, and of what is not UTF-8. */
const pieces: fc.Arbitrary<Buffer> = fc
  .oneof(
    fc.constantFrom(
      ...'{}[],:"\\-+.eE0123456789 \t\n\r/abfnrtu'.split(""),
      "true",
      "null",
      "fals",
      '"a":',
      '"":',
      '"a":{"b":1,"b":2},',
      "\\u00e9",
      "\\ud83d\\ude00",
      "\\ud800",
      "\\udc00",
      "\\u12g4",
      "\u0000",
      "\u007f",
      "é",
      "😀",
      "\u2028",
      "\ufeff",
      "1e400",
      "-0",
      "0.10",
      "[".repeat(33),
      "]".repeat(5),
      '{"a":'.repeat(32),
      "1".repeat(39),
    ),
    fc.double().map(String),
  )
  .map((text) => Buffer.from(text));

const brokenUtf8 = fc
  .constantFrom("ff", "c3", "c080", "eda080", "f4908080", "80")
  .map((hex) => Buffer.from(hex, "hex"));

const spliced = (texts: fc.Arbitrary<string>, inserted: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc.tuple(texts, fc.nat(), fc.nat(3), inserted).map(([text, at, cut, piece]) => {
    const bytes = Buffer.from(text);
    const position = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, position), piece, bytes.subarray(position + cut)]);
  });

/** Objects with few names, so that many are equal, and values of all kinds. */
const crowded: fc.Arbitrary<Buffer> = fc
  .array(
    fc.tuple(
      fc.constantFrom('"a"', '"\\u0061"', '"b"', '"0"', '"7"', '""', '"\\ud800"', '"é"', '"\\u00e9"'),
      fc.constantFrom(
        "1",
        "1e400",
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '{"":1}',
        '{"a":1,"a":2}',
        "[1,1e999]",
        '"x\\ny"',
        "{}",
      ),
    ),
    { maxLength: 90 },
  )
  .map((fields) => Buffer.from(`{${fields.map(([name, value]) => `${name}:${value}`).join()}}`));

/** Bytes that are nearly JSON, or JSON that is nearly stored. */
export const hostileTexts: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 3, arbitrary: fc.array(pieces, { maxLength: 12 }).map((parts) => Buffer.concat(parts)) },
  { weight: 4, arbitrary: spliced(documents.map(toText), pieces) },
  { weight: 1, arbitrary: spliced(documents.map(toText), brokenUtf8) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 2, arbitrary: crowded },
);
