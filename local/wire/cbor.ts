import { cbor, tag, tagSymbol } from "@smithy/core/cbor";
import { AwsError } from "../kernel/errors.ts";
import type { HttpRequest, WireProtocol } from "../kernel/service.ts";
import { type ServiceModel, shapeOf } from "./model.ts";

const HEADERS = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
const EPOCH_SECONDS = 1;

/** Whether a request uses Smithy's RPC v2. */
export function isCborRequest({ path }: Pick<HttpRequest, "path">): boolean {
  return /^\/service\/\w+\/operation\/\w+$/.test(path);
}

/**
 * Smithy RPC v2 CBOR: the operation is in the path, parameters and responses are CBOR; the model says which members are
 * timestamps.
 */
export function cborProtocol(model: ServiceModel): WireProtocol {
  const { targetPrefix } = model.metadata;
  return {
    decode({ path, body }) {
      const [, , service, , operation = ""] = path.split("/");
      if (service !== targetPrefix) {
        throw new AwsError(
          "UnknownOperationException",
          `The path names the service ${service}, expected ${targetPrefix}.`,
        );
      }
      return { operation, params: body.length === 0 ? {} : decode(body) };
    },
    encode: (operation, output, requestId) => ({
      status: 200,
      headers: { ...HEADERS, "x-amzn-requestid": requestId },
      body: Buffer.from(cbor.serialize(withTimes(model, output ?? {}, model.operations[operation]?.output))),
    }),
    encodeError: (error, requestId) => ({
      status: error.status,
      headers: { ...HEADERS, "x-amzn-requestid": requestId },
      body: Buffer.from(cbor.serialize({ __type: error.code, message: error.message })),
    }),
  };
}

function decode(body: Buffer): unknown {
  try {
    return plain(cbor.deserialize(body));
  } catch {
    throw new AwsError("SerializationException", "The request body is not CBOR.");
  }
}

/** Tagged timestamps → epoch seconds, bytes → base64. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value !== "object" || value === null) return value;
  if (tagSymbol in value) return Number((value as unknown as { value: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

/** Epoch seconds → tagged timestamps, where the model has them. Undefined members are left out. */
function withTimes(model: ServiceModel, value: unknown, shapeName: string | undefined): unknown {
  if (shapeName === undefined) return value;
  const shape = shapeOf(model, shapeName);
  if (shape.type === "timestamp") return tag({ tag: EPOCH_SECONDS, value, [tagSymbol]: true });
  if (shape.type === "list")
    return (value as readonly unknown[]).map((one) => withTimes(model, one, shape.member?.shape));
  if (shape.type !== "structure" && shape.type !== "map") return value;
  return Object.fromEntries(
    Object.entries(value as object)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, withTimes(model, member, shape.members?.[name]?.shape ?? shape.value?.shape)]),
  );
}
