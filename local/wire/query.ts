import { AwsError } from "../kernel/errors.ts";
import type { WireProtocol } from "../kernel/service.ts";
import { type Member, type ServiceModel, type Shape, shapeOf } from "./model.ts";
import { formTree, readForm } from "./query-form.ts";

/** Error codes that differ in the Query protocol. */
const queryErrorCodes: Readonly<Record<string, string>> = {
  ValidationException: "ValidationError",
  UnknownOperationException: "InvalidAction",
};

/** AWS Query: parameters are a form with an `Action`, responses are XML; the model has their types. */
export function queryProtocol(model: ServiceModel): WireProtocol {
  const { apiVersion, xmlNamespace } = model.metadata;
  const namespace = typeof xmlNamespace === "object" ? xmlNamespace.uri : xmlNamespace;
  const print = (name: string, body: string) => `<${name} xmlns="${namespace}">${body}</${name}>`;
  const writer = new XmlWriter(model);
  // Clients look for the result element of every operation with an output in the model, even an empty one.
  const printResult = (operation: string, output: unknown) => {
    const shape = model.operations[operation]?.output;
    return shape === undefined ? "" : `<${operation}Result>${writer.inside(output ?? {}, shape)}</${operation}Result>`;
  };
  return {
    decode(request) {
      const form = new URLSearchParams(request.method === "GET" ? request.query : request.body.toString("utf8"));
      const operation = form.get("Action");
      if (!operation) throw new AwsError("MissingAction", "The request must contain the parameter Action.");
      const version = form.get("Version");
      if (version !== apiVersion) {
        throw new AwsError(
          "InvalidAction",
          `Could not find operation ${operation} for version ${version ?? "NO_VERSION_SPECIFIED"}.`,
        );
      }
      const { input } = Object.hasOwn(model.operations, operation) ? model.operations[operation]! : {};
      return { operation, params: readForm(model, input, formTree(form)) };
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

/** Writes JSON values as the model's XML elements. */
class XmlWriter {
  readonly #model: ServiceModel;

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  /**
   * The content of a value's element.
   * @throws Error for a member outside the model: no client would read it.
   */
  inside(value: unknown, shapeName: string): string {
    const shape = shapeOf(this.#model, shapeName);
    if (shape.type === "structure") {
      return Object.entries(value as Readonly<Record<string, unknown>>)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => {
          const known = shape.members?.[name];
          if (!known) throw new Error(`${this.#model.source}: ${shapeName} has no ${name}`);
          return this.#element(known.locationName ?? name, member, known);
        })
        .join("");
    }
    if (shape.type === "list")
      return this.#list(value as readonly unknown[], shape, shape.member?.locationName ?? "member");
    if (shape.type === "map") return this.#map(value as object, shape, "entry");
    if (shape.type === "timestamp") return new Date(Number(value) * 1000).toISOString();
    return escapeXml(String(value));
  }

  #element(name: string, value: unknown, member: Member): string {
    const shape = shapeOf(this.#model, member.shape);
    if (shape.flattened || member.flattened) {
      return shape.type === "list"
        ? this.#list(value as readonly unknown[], shape, name)
        : this.#map(value as object, shape, name);
    }
    return `<${name}>${this.inside(value, member.shape)}</${name}>`;
  }

  #list(values: readonly unknown[], shape: Shape, name: string): string {
    return values.map((value) => `<${name}>${this.inside(value, shape.member!.shape)}</${name}>`).join("");
  }

  #map(values: object, shape: Shape, name: string): string {
    const { key, value } = shape;
    return Object.entries(values)
      .map(([text, one]) => {
        const inside = `${this.#element(key?.locationName ?? "key", text, key!)}${this.#element(value?.locationName ?? "value", one, value!)}`;
        return `<${name}>${inside}</${name}>`;
      })
      .join("");
  }
}

/** Characters that no XML 1.0 document may contain, not even by reference: one makes the whole response unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant.
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text escaped for XML; U+FFFD for each character that XML does not allow. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(NOT_IN_XML, "\ufffd");
}
