import fc from "fast-check";

/** A JSON document as it is meant; `text` writes it down. Numbers are kept by their text, fields as a list, doubles included. */
export type Document =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "array"; readonly elements: readonly Document[] }
  | { readonly kind: "object"; readonly fields: readonly (readonly [string, Document])[] };

const digits = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength }).map((list) => list.join(""));

const numberText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }).map(String) },
  {
    weight: 4,
    arbitrary: fc
      .record({
        sign: fc.constantFrom("", "-"),
        integer: digits(30).map((text) => text.replace(/^0+(?=\d)/, "")),
        fraction: fc.option(digits(12), { nil: undefined }),
        exponent: fc.option(fc.tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "+", "-"), fc.nat(140)), {
          nil: undefined,
        }),
      })
      .map(
        ({ sign, integer, fraction, exponent }) =>
          `${sign}${integer}${fraction === undefined ? "" : `.${fraction}`}${exponent?.join("") ?? ""}`,
      ),
  },
);

/** Any character: fast-check's own "binary" makes a table of all of them, which takes a second. */
const character = fc
  .integer({ min: 0, max: 0x10_f7_ff })
  .map((index) => String.fromCodePoint(index < 0xd8_00 ? index : index + 0x8_00)); // Without surrogates.

const anyText = fc.oneof(
  { weight: 120, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  { weight: 80, arbitrary: fc.string({ unit: character, maxLength: 8 }) },
  { weight: 40, arbitrary: fc.constantFrom("", "\0", "\u2028", '"\\/', "\ufeff", "$B", "😀") },
  { weight: 1, arbitrary: fc.constantFrom("\ud800", "a\udc00", "\udc00\ud800") },
);

const fieldName = fc.oneof(
  { weight: 120, arbitrary: anyText.filter((name) => name !== "") },
  { weight: 60, arbitrary: fc.constantFrom("a", "b", "c") },
  {
    weight: 60,
    arbitrary: fc.constantFrom(
      "__proto__",
      "constructor",
      "toString",
      "$B",
      "$NS",
      "$$SS",
      "$BS",
      "S",
      "M",
      "0",
      "event",
    ),
  },
  { weight: 1, arbitrary: fc.constant("") },
);

const nested: fc.Arbitrary<Document> = fc.letrec<{ document: Document }>((tie) => ({
  document: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant<Document>({ kind: "null" }),
    fc.boolean().map((value): Document => ({ kind: "boolean", value })),
    numberText.map((text): Document => ({ kind: "number", text })),
    anyText.map((value): Document => ({ kind: "string", value })),
    fc.array(tie("document"), { maxLength: 6 }).map((elements): Document => ({ kind: "array", elements })),
    fc
      .array(fc.tuple(fieldName, tie("document")), { maxLength: 6 })
      .map((fields): Document => ({ kind: "object", fields })),
    fc.tuple(fc.integer({ min: 20, max: 40 }), tie("document")).map(([depth, leaf]): Document => {
      let document = leaf;
      for (let level = 0; level < depth; level++) document = { kind: "array", elements: [document] };
      return document;
    }),
  ),
})).document;

/** Hundreds of elements, or of fields. */
const wide: fc.Arbitrary<Document> = fc
  .tuple(fc.boolean(), fc.array(numberText, { minLength: 200, maxLength: 1_000, size: "max" }))
  .map(([isArray, numbers]): Document => {
    const elements = numbers.map((text): Document => ({ kind: "number", text }));
    if (isArray) return { kind: "array", elements };
    return { kind: "object", fields: elements.map((element, index) => [`field ${index % 900}`, element] as const) };
  });

/** JSON documents: nested, deep, wide, of all kinds, with equal names, awkward names, awkward numbers and, rarely, what cannot be stored. */
export const documents: fc.Arbitrary<Document> = fc.oneof(
  { weight: 200, arbitrary: nested },
  { weight: 1, arbitrary: wide },
);

/** The document as JSON text. */
export function toText(document: Document): string {
  switch (document.kind) {
    case "null":
      return "null";
    case "boolean":
    case "string":
      return JSON.stringify(document.value);
    case "number":
      return document.text;
    case "array":
      return `[${document.elements.map(toText).join(" ,")}]`;
    case "object":
      return `{${document.fields.map(([name, value]) => `${JSON.stringify(name)}: ${toText(value)}`).join(",")}}`;
  }
}

/** A number as sign, digits and scale: its exact value, whatever the spelling. */
function exactNumber(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a number: ${text}`);
  const [, sign, integer = "", fraction = "", exponent = "0"] = match;
  let value = BigInt(integer + fraction);
  let scale = Number(exponent) - fraction.length;
  if (value === 0n) return "0";
  while (value % 10n === 0n) {
    value /= 10n;
    scale++;
  }
  return `${sign}${value}e${scale}`;
}

/** One text per meaning: of equal names the last counts, order of names does not, numbers are by value. */
export function meaning(document: Document): string {
  switch (document.kind) {
    case "null":
      return "null";
    case "boolean":
    case "string":
      return JSON.stringify(document.value);
    case "number":
      return exactNumber(document.text);
    case "array":
      return `[${document.elements.map(meaning).join(",")}]`;
    case "object": {
      const fields = [...new Map(document.fields)].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${meaning(value)}`).join(",")}}`;
    }
  }
}

/** Depth is judged on the text: a field that a later one of its name replaces is gone, and may still be too deep for it. */
export const MAY_BE_TOO_DEEP = "may-be-too-deep";

/** The reasons for which a document may be parked, judged apart from the functions; empty when it must be stored. */
export function parkReasons(document: Document, level = 1): Set<string> {
  const reasons = new Set<string>();
  const add = (more: Iterable<string>): void => {
    for (const reason of more) reasons.add(reason);
  };
  if (level > 32) reasons.add("too-deep");
  if (document.kind === "string" && Buffer.from(document.value).toString() !== document.value) {
    reasons.add("lone-surrogate");
  }
  if (document.kind === "number") {
    const [digitsText = "0", scale = "0"] = exactNumber(document.text).replace(/^-/, "").split("e");
    const magnitude = digitsText.length - 1 + Number(scale);
    if (digitsText !== "0" && (digitsText.length > 38 || magnitude > 125 || magnitude < -130)) {
      reasons.add("number-out-of-range");
    }
  }
  if (document.kind === "array") for (const element of document.elements) add(parkReasons(element, level + 1));
  if (document.kind === "object") {
    const last = new Map(document.fields.map(([name], index) => [name, index]));
    for (const [index, [name, value]] of document.fields.entries()) {
      const inside = parkReasons(value, level + 1);
      if (last.get(name) === index) {
        if (name === "") reasons.add("empty-attribute-name");
        if (Buffer.from(name).toString() !== name) reasons.add("lone-surrogate");
        add(inside);
      } else if (inside.has("too-deep") || inside.has(MAY_BE_TOO_DEEP)) {
        reasons.add(MAY_BE_TOO_DEEP);
      }
    }
  }
  return reasons;
}
