import { NotSupportedError } from "../../../kernel/errors.ts";
import { type HostObject, isNothing, type JavaMap, type JavaValue } from "./java-values.ts";
import { parseJson, printJson } from "./json.ts";
import { readJsonPath } from "./json-path.ts";

/** The request parameters of `$input.params`, by place. */
export interface RequestParams {
  readonly path: JavaMap;
  readonly querystring: JavaMap;
  readonly header: JavaMap;
}

/**
 * `$input`: a body's text and its JSON.
 * @param body "" reads as `{}`, as on API Gateway.
 */
export function inputObject(body: string, params: RequestParams): HostObject {
  const text = body === "" ? "{}" : body;
  let document: { readonly value: JavaValue } | undefined;
  const read = (path: JavaValue): JavaValue => {
    document ??= { value: parseJson(text) };
    return readJsonPath(document.value, String(path ?? "$"));
  };
  return {
    isHostObject: true,
    property: (name) => (name === "body" ? text : undefined),
    call(name, [argument]) {
      if (name === "path") return read(argument);
      if (name === "json") {
        const value = read(argument);
        return value === undefined ? '""' : printJson(value);
      }
      if (name !== "params") throw new NotSupportedError(`$input.${name}() in a mapping template`);
      if (argument === undefined) return new Map<string, JavaValue>(Object.entries(params));
      const key = String(argument);
      return params.path.get(key) ?? params.querystring.get(key) ?? params.header.get(key);
    },
  };
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** UTF-8 as Java encodes it: a lone surrogate becomes "?". */
function utf8(text: string): Buffer {
  return Buffer.from(LONE_SURROGATE.test(text) ? text.replace(LONE_SURROGATE, "?") : text, "utf8");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are escaped too.
const JAVASCRIPT_ESCAPED = /["'\\/\u0000-\u001f\u007f-\uffff]/g;
const JAVASCRIPT_SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "'": "\\'",
  "\\": "\\\\",
  "/": "\\/",
  "\b": "\\b",
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\r": "\\r",
  "\u007f": "\u007f",
};

function escapeJavaScript(text: string): string {
  return text.replace(
    JAVASCRIPT_ESCAPED,
    (sign) => JAVASCRIPT_SHORT[sign] ?? `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}

/** `java.net.URLEncoder`'s encoding: spaces as "+", and fewer plain characters than JavaScript's. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, "?"))
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

const utilities: Readonly<Record<string, (text: string) => JavaValue>> = {
  escapeJavaScript,
  parseJson,
  base64Encode: (text) => utf8(text).toString("base64"),
  base64Decode: (text) => Buffer.from(text, "base64").toString("utf8"),
  urlEncode,
  urlDecode: (text) => decodeURIComponent(text.replaceAll("+", " ")),
};

/** `$util`. */
export const utilObject: HostObject = {
  isHostObject: true,
  property: () => undefined,
  call(name, [argument]) {
    const utility = Object.hasOwn(utilities, name) ? utilities[name] : undefined;
    if (!utility) throw new NotSupportedError(`$util.${name}() in a mapping template`);
    return isNothing(argument) ? undefined : utility(String(argument));
  },
};
