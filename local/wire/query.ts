import { readFileSync } from "node:fs";
import { AwsError } from "../kernel/errors.ts";
import type { WireProtocol } from "../kernel/service.ts";

/** How a service of the Query protocol prints. */
export interface QueryProtocolOptions {
  /** Signing name, such as `sts`. */
  readonly service: string;
  /** Such as `2011-06-15`. */
  readonly version: string;
  readonly xmlNamespace: string;
  /** Members of answers that are times: epoch seconds inside, ISO 8601 in XML. */
  readonly timestamps: readonly string[];
}

/** Error codes that Query services call differently. */
const queryErrorCodes: Readonly<Record<string, string>> = {
  ValidationException: "ValidationError",
  UnknownOperationException: "InvalidAction",
};

/** The operations of each Query service whose answers have no result element, as AWS's service models say; `source` names them. */
const { withoutResult } = JSON.parse(readFileSync(new URL("./query-answers.json", import.meta.url), "utf8")) as {
  readonly source: string;
  readonly withoutResult: Readonly<Record<string, readonly string[]>>;
};

/** AWS Query: parameters come form-encoded with an `Action`, answers go out as XML. Every parameter is a string; the schemas turn them into what they are. */
export function queryProtocol(options: QueryProtocolOptions): WireProtocol {
  const print = (name: string, body: string) => `<${name} xmlns="${options.xmlNamespace}">${body}</${name}>`;
  const timestamps = new Set(options.timestamps);
  const hasNoResult = new Set(withoutResult[options.service]);
  // Clients look for the element of every result that the model has, also of an empty one.
  const printResult = (operation: string, output: unknown) =>
    hasNoResult.has(operation) ? "" : `<${operation}Result>${printXml(output ?? {}, timestamps)}</${operation}Result>`;
  return {
    decode(request) {
      const form = new URLSearchParams(request.method === "GET" ? request.query : request.body.toString("utf8"));
      const operation = form.get("Action");
      if (!operation) throw new AwsError("MissingAction", "The request must contain the parameter Action.");
      const version = form.get("Version");
      if (version !== options.version) {
        throw new AwsError(
          "InvalidAction",
          `Could not find operation ${operation} for version ${version ?? "NO_VERSION_SPECIFIED"}.`,
        );
      }
      return { operation, params: decodeQueryParameters(form) };
    },
    encode: (operation, output, requestId) => ({
      status: 200,
      headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
      body: print(
        `${operation}Response`,
        `${printResult(operation, output)}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`,
      ),
    }),
    encodeError: (error, requestId) => ({
      status: error.status,
      headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
      body: print(
        "ErrorResponse",
        `<Error><Type>${error.status >= 500 ? "Receiver" : "Sender"}</Type>` +
          `<Code>${escapeXml(queryErrorCodes[error.code] ?? error.code)}</Code>` +
          `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId>`,
      ),
    }),
  };
}

type QueryValue = string | QueryValue[] | { [name: string]: QueryValue };

/** Names in one parameter's path: no input of a Query service is nested nearly as deeply. Ours, not AWS's: the decoder and the schemas go down by recursion. */
const MAX_PATH_NAMES = 64;

/** `A.member.1.B=x` → `{ A: [{ B: "x" }] }`. `Action` and `Version` and what signs a GET are left out. */
export function decodeQueryParameters(form: URLSearchParams): Record<string, unknown> {
  const root: { [name: string]: QueryValue } = Object.create(null);
  for (const [path, value] of form) {
    if (path === "Action" || path === "Version" || path.startsWith("X-Amz-")) continue;
    const names = path.split(".");
    if (names.length > MAX_PATH_NAMES) {
      throw new AwsError(
        "MalformedInput",
        `A parameter that begins with ${path.slice(0, 40)} has ${names.length} names; ${MAX_PATH_NAMES} are allowed.`,
      );
    }
    let node = root;
    for (const name of names.slice(0, -1)) {
      const next = node[name] ?? Object.create(null);
      if (typeof next !== "object") throw new AwsError("MalformedInput", `${path} is given twice, in two forms.`);
      node[name] = next;
      node = next as { [name: string]: QueryValue };
    }
    const last = names.at(-1)!;
    if (node[last] !== undefined) throw new AwsError("MalformedInput", `${path} is given twice.`);
    node[last] = value;
  }
  return shape(root) as Record<string, unknown>;
}

/** `{ member: { 1: a, 2: b } }` → `[a, b]`, all the way down. */
function shape(node: QueryValue): QueryValue {
  if (typeof node === "string" || Array.isArray(node)) return node;
  const names = Object.keys(node);
  const members = node["member"];
  if (names.length === 1 && members !== undefined && typeof members === "object" && !Array.isArray(members)) {
    return Object.keys(members)
      .sort((a, b) => Number(a) - Number(b))
      .map((index) => shape(members[index]!));
  }
  return Object.fromEntries(names.map((name) => [name, shape(node[name]!)]));
}

function printXml(value: unknown, timestamps: ReadonlySet<string>, name = ""): string {
  if (value instanceof Map) {
    return [...value]
      .map(
        ([key, member]) => `<entry><key>${escapeXml(key)}</key><value>${printXml(member, timestamps)}</value></entry>`,
      )
      .join("");
  }
  if (Array.isArray(value)) return value.map((member) => `<member>${printXml(member, timestamps)}</member>`).join("");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => `<${key}>${printXml(member, timestamps, key)}</${key}>`)
      .join("");
  }
  if (typeof value === "number" && timestamps.has(name)) return new Date(value * 1000).toISOString();
  return escapeXml(String(value));
}

/** Text as it stands in XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
